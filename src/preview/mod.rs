//! Preview server: serves a site over HTTP with content types, dates and compression.
//!
//! Content-named files are cached permanently by browsers; all others are revalidated. During `sheaf watch`, pages
//! get a live reload script.

mod live_reload;

pub use live_reload::ReloadChannel;

use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use tower_http::compression::Compression;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::services::ServeDir;
use tower_service::Service;

/// Minimum size for compression, in bytes; smaller files do not shrink.
const MIN_COMPRESSED_BYTES: u64 = 256;

type ResponseBody = UnsyncBoxBody<Bytes, Box<dyn std::error::Error + Send + Sync>>;

/// Preview server of a site.
pub struct PreviewServer {
    listener: TcpListener,
}

impl PreviewServer {
    /// Listens at `address`; port 0 chooses a free port.
    ///
    /// # Errors
    ///
    /// The address is in use, or does not belong to this machine.
    pub fn bind(address: SocketAddr) -> io::Result<PreviewServer> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(PreviewServer { listener })
    }

    /// Returns the URL of the site.
    ///
    /// # Errors
    ///
    /// The local address cannot be determined.
    pub fn url(&self) -> io::Result<String> {
        Ok(format!("http://{}/", self.listener.local_addr()?))
    }

    /// Serves `folder` until the program ends; with `builds`, pages reload after each build.
    ///
    /// # Errors
    ///
    /// The async runtime cannot be started.
    pub fn run(self, folder: &Path, builds: Option<ReloadChannel>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let site = SiteService { files: ServeDir::new(folder), reloads: builds };
            loop {
                // An aborted connection, or too many connections, must not stop the server.
                let Ok((stream, _)) = listener.accept().await else {
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                };
                let site = site.clone();
                let service = service_fn(move |request| {
                    let site = site.clone();
                    async move { Ok::<_, Infallible>(site.respond(request).await) }
                });
                tokio::spawn(async move {
                    // Browsers close connections early; not worth reporting.
                    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                });
            }
        })
    }
}

#[derive(Clone)]
struct SiteService {
    files: ServeDir,
    reloads: Option<ReloadChannel>,
}

impl SiteService {
    async fn respond(self, request: Request<Incoming>) -> Response<ResponseBody> {
        let path = request.uri().path().to_owned();
        let is_page = path.ends_with('/') || path.ends_with(".html");
        let mut answer = match self.reloads {
            Some(builds) if path.starts_with(live_reload::ROUTE_PREFIX) => {
                return builds.respond(&path, request.uri().query()).await;
            }
            Some(builds) if is_page && request.method() == Method::GET => {
                builds.page_with_script(self.files, request).await
            }
            _ => file_response(self.files, request).await,
        };
        if answer.status() == StatusCode::NOT_FOUND {
            answer = text_response(
                StatusCode::NOT_FOUND,
                "text/plain",
                format!("not found: no file {path} in this site\n"),
            );
        }
        let kept = if is_content_named(&path) && answer.status().is_success() {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        answer.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(kept));
        answer
    }
}

/// Serves a file, compressed if the client accepts compression and the file shrinks.
async fn file_response(files: ServeDir, request: Request<Incoming>) -> Response<ResponseBody> {
    let helps = SizeAbove::new(MIN_COMPRESSED_BYTES)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("application/gzip"))
        .and(NotForContentType::const_new("application/octet-stream"));
    let mut files = Compression::new(files).compress_when(helps);
    match files.call(request).await {
        Ok(answer) => answer.map(|body| body.map_err(Into::into).boxed_unsync()),
        Err(never) => match never {},
    }
}

/// Returns `true` if the name of the file at `path` changes with its content: all archive files except
/// `archive.json`, and files whose name ends in a digest.
fn is_content_named(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let digest = name.split('.').next().unwrap_or_default().trim_end_matches("_bg").rsplit_once('-');
    let is_digest = |text: &str| {
        matches!(text.len(), 8 | 16)
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    path.starts_with("/archive/") || name.contains('.') && digest.is_some_and(|(_, digest)| is_digest(digest))
}

fn text_response(status: StatusCode, kind: &'static str, text: impl Into<Bytes>) -> Response<ResponseBody> {
    let body = Full::new(text.into()).map_err(|never| match never {}).boxed_unsync();
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_content_names_are_cached_permanently() {
        for kept in [
            "/archive/0a1b2c3d.json.gz",
            "/archive/index-0a1b2c3d/3.bin",
            "/app-39d33ca2b1ab91ae.js",
            "/app-39d33ca2b1ab91ae_bg.wasm",
            "/style-ggd2jw3q.css",
        ] {
            assert!(is_content_named(kept), "{kept}");
        }
        for asked in
            ["/", "/index.html", "/archive.json", "/sw.js", "/site-map.xml", "/a-12345678/", "/feed.xml"]
        {
            assert!(!is_content_named(asked), "{asked}");
        }
    }
}
