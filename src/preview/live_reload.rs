//! Live reload: pages reload after each build.

use super::{ResponseBody, file_response, text_response};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, HeaderValue, LAST_MODIFIED};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use tokio::sync::watch;
use tower_http::services::ServeDir;

/// Route prefix of live reload, which no site uses.
pub(super) const ROUTE_PREFIX: &str = "/~sheaf/";

/// Script of the pages.
const RELOAD_SCRIPT: &str = include_str!("reload.js");

/// Number of the last build, with notification of the next one.
#[derive(Clone)]
pub struct ReloadChannel(watch::Receiver<u64>);

impl ReloadChannel {
    /// Creates a channel, with the sender that counts builds.
    pub fn new() -> (watch::Sender<u64>, ReloadChannel) {
        let (sender, receiver) = watch::channel(1);
        (sender, ReloadChannel(receiver))
    }

    /// Returns the script, or the number of a build other than `asked`, waiting for one if necessary.
    pub(super) async fn respond(mut self, path: &str, asked: Option<&str>) -> Response<ResponseBody> {
        let mut answer = match path.strip_prefix(ROUTE_PREFIX) {
            Some("reload.js") => text_response(StatusCode::OK, "text/javascript", RELOAD_SCRIPT),
            Some("builds") => {
                // The sender is dropped only when the program ends.
                let _ = self.0.wait_for(|build| asked != Some(build.to_string().as_str())).await;
                let build = self.0.borrow().to_string();
                text_response(StatusCode::OK, "text/plain", build)
            }
            _ => text_response(StatusCode::NOT_FOUND, "text/plain", "not found: no such live reload route\n"),
        };
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    }

    /// Returns a page with the live reload script.
    pub(super) async fn page_with_script(
        self,
        files: ServeDir,
        mut request: Request<Incoming>,
    ) -> Response<ResponseBody> {
        request.headers_mut().clear();
        // Read before the file: a build in between then causes one reload too many rather than none.
        let build = *self.0.borrow();
        let answer = file_response(files, request).await;
        if answer.status() != StatusCode::OK {
            return answer;
        }
        let (mut parts, body) = answer.into_parts();
        let Ok(page) = body.collect().await else {
            return text_response(
                StatusCode::NOT_FOUND,
                "text/plain",
                "cannot read the page: the file changed during the request\n",
            );
        };
        let page = String::from_utf8_lossy(&page.to_bytes()).into_owned();
        let script =
            format!("<script src=\"{ROUTE_PREFIX}reload.js\" data-build=\"{build}\"></script></head>");
        let page = page.replacen("</head>", &script, 1);
        parts.headers.remove(CONTENT_LENGTH);
        parts.headers.remove(LAST_MODIFIED);
        parts.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Response::from_parts(
            parts,
            Full::new(Bytes::from(page)).map_err(|never| match never {}).boxed_unsync(),
        )
    }
}
