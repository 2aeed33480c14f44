//! Preview server: serves a site over HTTP with content types, dates and compression.
//!
//! Content-named files are cached permanently by browsers; all others are revalidated. During `sheaf watch`, pages
//! get a live reload script.
//!
//! Connections are bounded in number and time, and requests for other hosts and for hidden files are refused.

mod live_reload;
mod request_policy;

pub use live_reload::ReloadChannel;

use self::request_policy::AllowedHosts;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tower_http::compression::Compression;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::services::ServeDir;
use tower_service::Service;

/// Minimum size for compression, in bytes; smaller files do not shrink.
const MIN_COMPRESSED_BYTES: u64 = 256;

type ResponseBody = UnsyncBoxBody<Bytes, Box<dyn std::error::Error + Send + Sync>>;

/// Limits of the connections.
#[derive(Clone, Copy)]
struct ConnectionLimits {
    /// Maximum number of connections; others wait.
    count: usize,
    /// Time to send the head of a request.
    head: Duration,
    /// Duration of a connection, so that clients that do not read answers are disconnected.
    lifetime: Duration,
}

const CONNECTION_LIMITS: ConnectionLimits =
    ConnectionLimits { count: 256, head: Duration::from_secs(10), lifetime: Duration::from_secs(600) };

/// Preview server of a site.
pub struct PreviewServer {
    listener: TcpListener,
    allowed_hosts: AllowedHosts,
    limits: ConnectionLimits,
}

impl PreviewServer {
    /// Listens at `address`; port 0 chooses a free port. Requests may use loopback names, `address` and
    /// `allowed_hosts`.
    ///
    /// # Errors
    ///
    /// The address is in use, or does not belong to this machine.
    pub fn bind(address: SocketAddr, allowed_hosts: &[String]) -> io::Result<PreviewServer> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let allowed_hosts = AllowedHosts::new(address.ip(), allowed_hosts);
        Ok(PreviewServer { listener, allowed_hosts, limits: CONNECTION_LIMITS })
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
            let site = SiteService {
                folder: folder.into(),
                files: ServeDir::new(folder),
                reloads: builds,
                allowed_hosts: Arc::new(self.allowed_hosts),
            };
            let connections = Arc::new(Semaphore::new(self.limits.count));
            loop {
                let Ok(permit) = connections.clone().acquire_owned().await else { return Ok(()) };
                // An aborted connection, or too many open files, must not stop the server.
                let Ok((stream, _)) = listener.accept().await else {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                };
                let site = site.clone();
                let service = service_fn(move |request| {
                    let site = site.clone();
                    async move { Ok::<_, Infallible>(site.respond(request).await) }
                });
                tokio::spawn(async move {
                    let connection = http1::Builder::new()
                        .timer(TokioTimer::new())
                        .header_read_timeout(self.limits.head)
                        .serve_connection(TokioIo::new(stream), service);
                    // Browsers close connections early; not worth reporting.
                    let _ = tokio::time::timeout(self.limits.lifetime, connection).await;
                    drop(permit);
                });
            }
        })
    }
}

#[derive(Clone)]
struct SiteService {
    folder: Arc<Path>,
    files: ServeDir,
    reloads: Option<ReloadChannel>,
    allowed_hosts: Arc<AllowedHosts>,
}

impl SiteService {
    async fn respond(self, mut request: Request<Incoming>) -> Response<ResponseBody> {
        if let Err((status, text)) = self.allowed_hosts.check(&request) {
            return text_response(status, "text/plain", text);
        }
        let path = request.uri().path().to_owned();
        let is_page = path.ends_with('/') || path.ends_with(".html");
        request_policy::keep_single_range(request.headers_mut());
        let mut answer = match self.reloads {
            Some(builds) if path.starts_with(live_reload::ROUTE_PREFIX) => {
                return builds.respond(&path, request.uri().query()).await;
            }
            _ if !is_file(self.folder, request_policy::served_path(&path)).await => not_found(&path),
            Some(builds) if is_page && request.method() == Method::GET => {
                builds.page_with_script(self.files, request).await
            }
            _ => file_response(self.files, request).await,
        };
        if answer.status() == StatusCode::NOT_FOUND {
            answer = not_found(&path);
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

/// Returns true if the path is a file of the site.
async fn is_file(folder: Arc<Path>, path: Option<PathBuf>) -> bool {
    let Some(path) = path else { return false };
    // A slow disk must not delay other requests.
    let found = tokio::task::spawn_blocking(move || request_policy::is_served(&folder, &path));
    found.await.unwrap_or(false)
}

fn not_found(path: &str) -> Response<ResponseBody> {
    let text = format!("not found: no file {path} in this site\n");
    text_response(StatusCode::NOT_FOUND, "text/plain", text)
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
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};

    /// Serves a site of one page until the test process ends.
    fn serve(limits: ConnectionLimits) -> (tempfile::TempDir, SocketAddr) {
        let site = tempfile::tempdir().unwrap();
        std::fs::write(site.path().join("index.html"), "page").unwrap();
        let server = PreviewServer::bind(([127, 0, 0, 1], 0).into(), &[]).unwrap();
        let address = server.listener.local_addr().unwrap();
        let folder = site.path().to_owned();
        std::thread::spawn(move || PreviewServer { limits, ..server }.run(&folder, None));
        (site, address)
    }

    fn read_all(mut stream: &TcpStream) -> String {
        let mut text = String::new();
        // A reset connection has ended too.
        let _ = stream.read_to_string(&mut text);
        text
    }

    const SHORT: Duration = Duration::from_millis(200);
    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn half_sent_requests_are_disconnected() {
        let (_site, address) = serve(ConnectionLimits { count: 9, head: SHORT, lifetime: LONG });
        for start in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\nA: "] {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(start.as_bytes()).unwrap();
            assert!(!read_all(&stream).contains("page"), "{start}");
        }
    }

    #[test]
    fn connections_beyond_the_limit_wait_for_a_free_one() {
        let (_site, address) = serve(ConnectionLimits { count: 2, head: LONG, lifetime: LONG });
        let idle: Vec<_> = (0..2).map(|_| TcpStream::connect(address).unwrap()).collect();
        let mut third = TcpStream::connect(address).unwrap();
        third.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        third.set_read_timeout(Some(SHORT)).unwrap();
        assert!(third.read(&mut [0]).is_err(), "answered beyond the limit");
        drop(idle);
        third.set_read_timeout(None).unwrap();
        assert!(read_all(&third).ends_with("page"));
    }

    #[test]
    fn connection_ends_after_its_lifetime() {
        let (_site, address) = serve(ConnectionLimits { count: 9, head: LONG, lifetime: SHORT });
        let stream = TcpStream::connect(address).unwrap();
        assert_eq!(read_all(&stream), "");
    }

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
