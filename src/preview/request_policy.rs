//! Requests that the preview server answers.
//!
//! A page of another site must not read local files through a name of its own that resolves to this machine (DNS
//! rebinding). Therefore the host must be a loopback name, the address the server listens on, or named with
//! `--allowed-host`.

use http::header::{HOST, IF_RANGE, RANGE};
use http::{HeaderMap, Request, StatusCode, Version};
use percent_encoding::percent_decode_str;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Host names that requests may use.
#[derive(Clone, Debug)]
pub(super) struct AllowedHosts {
    listening: IpAddr,
    names: Vec<String>,
}

impl AllowedHosts {
    pub(super) fn new(listening: IpAddr, names: &[String]) -> AllowedHosts {
        AllowedHosts { listening, names: names.iter().map(|name| comparable(name)).collect() }
    }

    /// Checks the host of a request.
    pub(super) fn check<B>(&self, request: &Request<B>) -> Result<(), (StatusCode, String)> {
        let mut hosts = request.headers().get_all(HOST).iter();
        // A request in absolute form names the host in its target.
        let host = match (request.uri().host(), hosts.next(), hosts.next()) {
            (_, _, Some(_)) => None,
            (Some(host), ..) => Some(host),
            (None, Some(host), None) => host.to_str().ok().and_then(without_port),
            (None, None, None) if request.version() == Version::HTTP_10 => return Ok(()),
            (None, None, None) => None,
        };
        let Some(host) = host else {
            return Err((StatusCode::BAD_REQUEST, "the request must name one host\n".to_owned()));
        };
        if self.allows(host) {
            return Ok(());
        }
        let advice =
            format!("host {host} not allowed: start with --allowed-host {host} to allow this name\n");
        Err((StatusCode::FORBIDDEN, advice))
    }

    fn allows(&self, host: &str) -> bool {
        let host = comparable(host);
        let ip =
            host.strip_prefix('[').and_then(|ip| ip.strip_suffix(']')).unwrap_or(&host).parse::<IpAddr>();
        match ip {
            // A numeric address cannot be rebound.
            Ok(ip) => ip.is_loopback() || ip == self.listening || self.listening.is_unspecified(),
            Err(_) => host == "localhost" || host.ends_with(".localhost") || self.names.contains(&host),
        }
    }
}

fn comparable(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// Removes the port of `host:port`.
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => host.split_at(rest.find(']')? + 2),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(name)
}

/// Returns the path of a served file relative to the site; `None` for a path that the server refuses: files and folders
/// whose name begins with a dot, empty segments, and control characters.
///
/// An empty segment would let a redirect lead to another host, as `//host/` does.
pub(super) fn served_path(path: &str) -> Option<PathBuf> {
    // As the file service decodes it.
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let segments = decoded.strip_prefix('/')?;
    let mut relative = PathBuf::new();
    if segments.is_empty() {
        return Some(relative);
    }
    for segment in segments.strip_suffix('/').unwrap_or(segments).split('/') {
        if segment.is_empty() || segment.starts_with('.') || segment.contains(['\\', ':']) {
            return None;
        }
        relative.push(segment);
    }
    (!decoded.contains(char::is_control)).then_some(relative)
}

/// Returns true if `relative` is a regular file or a folder of the site. Pipes and devices would block, and names
/// beyond the limit of the file system are errors.
pub(super) fn is_served(site: &Path, relative: &Path) -> bool {
    let place = site.join(relative);
    match std::fs::metadata(&place) {
        Ok(found) if found.is_dir() => {
            std::fs::metadata(place.join(crate::site::INDEX_PAGE)).is_ok_and(|index| index.is_file())
        }
        Ok(found) => found.is_file(),
        Err(_) => false,
    }
}

/// Removes a `Range` header that is to be ignored: several ranges, another unit, an invalid range, and a range under
/// the condition `If-Range`. The whole file is a valid answer to each; see RFC 9110, section 14.2.
pub(super) fn keep_single_range(headers: &mut HeaderMap) {
    let mut ranges = headers.get_all(RANGE).iter();
    let is_single = match (ranges.next(), ranges.next()) {
        (Some(range), None) => range.to_str().is_ok_and(is_single_range),
        _ => false,
    };
    if !is_single || headers.contains_key(IF_RANGE) {
        headers.remove(RANGE);
    }
}

/// Returns true for `bytes=A-B`, `bytes=A-` and `bytes=-N`.
fn is_single_range(range: &str) -> bool {
    let Some((unit, range)) = range.split_once('=') else { return false };
    let Some((first, last)) = range.trim().split_once('-') else { return false };
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    unit.eq_ignore_ascii_case("bytes")
        && match (number(first), number(last)) {
            (Some(first), Some(last)) => first <= last,
            (Some(_), None) => last.is_empty(),
            (None, Some(_)) => first.is_empty(),
            (None, None) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn loopback_numeric_and_named_hosts_are_allowed() {
        let local = AllowedHosts::new("127.0.0.1".parse().unwrap(), &["Box.lan".to_owned()]);
        for host in ["localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.8.8.8", "[::1]", "box.LAN"] {
            assert!(local.allows(host), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example", "192.168.1.5", "127.0.0.1.evil.example", "", "0x7f.1"]
        {
            assert!(!local.allows(host), "{host}");
        }
        let open = AllowedHosts::new("0.0.0.0".parse().unwrap(), &[]);
        assert!(open.allows("192.168.1.5") && !open.allows("evil.example"));
    }

    #[test]
    fn ports_are_removed_from_hosts() {
        for (host, name) in [
            ("localhost", Some("localhost")),
            ("localhost:8080", Some("localhost")),
            ("[::1]:8080", Some("[::1]")),
            ("[::1]", Some("[::1]")),
            ("[::1", None),
            ("a:b", None),
            ("a@b:1", Some("a@b")),
        ] {
            assert_eq!(without_port(host), name, "{host}");
        }
    }

    #[test]
    fn only_plain_paths_are_served() {
        for (path, served) in [
            ("/", Some("")),
            ("/a/b.html", Some("a/b.html")),
            ("/a/", Some("a")),
            ("/%E6%B1%9F", Some("江")),
            ("//evil.example/a", None),
            ("/a//b", None),
            ("/%2Fa", None),
            ("/\\a", None),
            ("/%5Ca", None),
            ("/.git/config", None),
            ("/a/%2egit", None),
            ("/../a", None),
            ("/C:/a", None),
            ("/a%00b", None),
            ("/a%zz", Some("a%zz")),
            ("/%ff", None),
            ("*", None),
        ] {
            assert_eq!(served_path(path).as_deref(), served.map(Path::new), "{path}");
        }
    }

    #[test]
    fn only_single_ranges_are_kept() {
        let kept = |range: &[&'static str], condition: bool| {
            let mut headers = HeaderMap::new();
            for range in range {
                headers.append(RANGE, HeaderValue::from_static(range));
            }
            if condition {
                headers.insert(IF_RANGE, HeaderValue::from_static("x"));
            }
            keep_single_range(&mut headers);
            headers.contains_key(RANGE)
        };
        for range in ["bytes=0-1", "bytes=5-", "bytes=-5", "Bytes=0-99999999999999999999999"] {
            assert!(kept(&[range], false), "{range}");
            assert!(!kept(&[range], true), "{range}");
        }
        for range in ["bytes=0-1,3-4", "bytes=5-1", "bytes=-", "bytes=a-b", "lines=0-1", "0-1", ""] {
            assert!(!kept(&[range], false), "{range}");
        }
        assert!(!kept(&["bytes=0-1", "bytes=2-3"], false));
    }
}
