//! A preview of a site on this machine: files over HTTP with their types, dates and compression.
//!
//! Files named by their content are kept by browsers for good, all others asked for again each time. While `sheaf watch`
//! builds, pages get a script that loads them anew after a build.

mod live;

pub use live::Builds;

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

/// Smaller files are no smaller compressed.
const COMPRESSED_FROM: u64 = 256;

type Body = UnsyncBoxBody<Bytes, Box<dyn std::error::Error + Send + Sync>>;

/// Where a site is served.
pub struct Server {
    listener: TcpListener,
}

impl Server {
    /// Listens at `address`; at port 0 it finds one that is free.
    ///
    /// # Errors
    ///
    /// Somebody else listens there, or the address is none of this machine.
    pub fn bind(address: SocketAddr) -> io::Result<Server> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Server { listener })
    }

    /// The address of the site.
    ///
    /// # Errors
    ///
    /// The system does not say.
    pub fn url(&self) -> io::Result<String> {
        Ok(format!("http://{}/", self.listener.local_addr()?))
    }

    /// Serves `folder` until the program ends; with `builds`, pages are loaded anew after each.
    ///
    /// # Errors
    ///
    /// The system gives no more connections at all.
    pub fn run(self, folder: &Path, builds: Option<Builds>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let site = Site { files: ServeDir::new(folder), builds };
            loop {
                // One that is gone before it is taken, or one too many, is no reason to stop.
                let Ok((stream, _)) = listener.accept().await else {
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                };
                let site = site.clone();
                let service = service_fn(move |request| {
                    let site = site.clone();
                    async move { Ok::<_, Infallible>(site.answer(request).await) }
                });
                tokio::spawn(async move {
                    // A browser that closes the connection early is nothing to report.
                    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                });
            }
        })
    }
}

#[derive(Clone)]
struct Site {
    files: ServeDir,
    builds: Option<Builds>,
}

impl Site {
    async fn answer(self, request: Request<Incoming>) -> Response<Body> {
        let path = request.uri().path().to_owned();
        let is_page = path.ends_with('/') || path.ends_with(".html");
        let mut answer = match self.builds {
            Some(builds) if path.starts_with(live::PLACE) => {
                return builds.answer(&path, request.uri().query()).await;
            }
            Some(builds) if is_page && request.method() == Method::GET => {
                builds.page(self.files, request).await
            }
            _ => file(self.files, request).await,
        };
        if answer.status() == StatusCode::NOT_FOUND {
            answer = text(StatusCode::NOT_FOUND, "text/plain", format!("there is no {path} in this site\n"));
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

/// A file, compressed where that helps and is asked for.
async fn file(files: ServeDir, request: Request<Incoming>) -> Response<Body> {
    let helps = SizeAbove::new(COMPRESSED_FROM)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("application/gzip"))
        .and(NotForContentType::const_new("application/octet-stream"));
    let mut files = Compression::new(files).compress_when(helps);
    match files.call(request).await {
        Ok(answer) => answer.map(|body| body.map_err(Into::into).boxed_unsync()),
        Err(never) => match never {},
    }
}

/// Whether a file at `path` has a name that changes with its content: all of the archive but its first file, and those
/// whose name ends in a digest.
fn is_content_named(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let digest = name.split('.').next().unwrap_or_default().trim_end_matches("_bg").rsplit_once('-');
    let is_digest = |text: &str| {
        matches!(text.len(), 8 | 16)
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    path.starts_with("/archive/") || name.contains('.') && digest.is_some_and(|(_, digest)| is_digest(digest))
}

fn text(status: StatusCode, kind: &'static str, text: impl Into<Bytes>) -> Response<Body> {
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
    fn only_names_that_change_with_their_content_are_kept() {
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
