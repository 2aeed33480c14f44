//! HTTP client for the images of publishers.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::http::header::RETRY_AFTER;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error, Proxy};

/// Timeout of a request, including redirects.
const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_REDIRECTS: u32 = 5;
/// Maximum size of a response, in bytes.
const MAX_BYTES: u64 = 24 << 20;

/// Failure to fetch an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// Permanent failure: a retry is useless.
    Permanent(String),
    /// Transient failure: a later run may succeed.
    Transient(String),
    /// The host asks to wait before the next request.
    Throttled(String, Duration),
    /// Request that was blocked by policy; not attempted.
    Blocked(String),
}

/// HTTP client for images.
pub struct ImageClient(Agent);

impl ImageClient {
    /// Creates a client for public hosts. With `private`, private networks are allowed and the proxy of the
    /// environment is used; otherwise not, since the addresses that a proxy contacts cannot be checked here.
    pub fn new(private: bool) -> ImageClient {
        let proxy = if private { Proxy::try_from_env() } else { None };
        let config = Agent::config_builder()
            .proxy(proxy)
            .timeout_global(Some(TIMEOUT))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .max_redirects(MAX_REDIRECTS)
            .http_status_as_error(false)
            .user_agent(concat!("sheaf/", env!("CARGO_PKG_VERSION")))
            .accept("image/webp,image/png,image/jpeg,image/gif")
            .build();
        ImageClient(Agent::with_parts(
            config,
            DefaultConnector::default(),
            PublicResolver { allow_private: private, system_resolver: DefaultResolver::default() },
        ))
    }

    /// Fetches the bytes at `url`.
    ///
    /// # Errors
    ///
    /// The host does not answer, answers with an error, or sends too much.
    pub fn get(&self, url: &str) -> Result<Vec<u8>, FetchError> {
        let mut response = self.0.get(url).call().map_err(|error| classify_error(&error))?;
        let status = response.status().as_u16();
        if status >= 400 {
            let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
            return Err(classify_status(
                status,
                wait.and_then(|wait| parse_retry_after(wait, Timestamp::now())),
            ));
        }
        let body = response.body_mut().with_config().limit(MAX_BYTES).read_to_vec();
        body.map_err(|error| classify_error(&error))
    }
}

fn classify_status(status: u16, wait: Option<Duration>) -> FetchError {
    let reason = format!("the host answered {status}");
    match (status, wait) {
        (429 | 503, Some(wait)) => FetchError::Throttled(reason, wait),
        (408 | 425 | 429 | 500.., _) => FetchError::Transient(reason),
        _ => FetchError::Permanent(reason),
    }
}

/// Parses the header `Retry-After`: seconds or a date.
fn parse_retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let time = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()?;
    Some(Duration::from_secs(u64::try_from(time.as_second() - now.as_second()).unwrap_or(0)))
}

fn classify_error(error: &Error) -> FetchError {
    let reason = error.to_string();
    match error {
        Error::BodyExceedsLimit(_) => {
            FetchError::Permanent(format!("the image exceeds {} MB", MAX_BYTES >> 20))
        }
        Error::BadUri(_) => FetchError::Permanent(reason),
        Error::Io(io) if io.kind() == ErrorKind::PermissionDenied => FetchError::Blocked(io.to_string()),
        Error::Io(io) => FetchError::Transient(io.to_string()),
        // No answer, or an intermediary interferes: a wrong clock, a firewall.
        _ => FetchError::Transient(reason),
    }
}

/// DNS resolver that returns only public addresses, unless private ones are allowed.
#[derive(Debug)]
struct PublicResolver {
    allow_private: bool,
    system_resolver: DefaultResolver,
}

impl Resolver for PublicResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.system_resolver.resolve(uri, config, timeout)?;
        let mut wanted = self.empty();
        for address in found.iter().filter(|address| self.allow_private || is_public(address.ip())) {
            wanted.push(*address);
        }
        if wanted.is_empty() {
            let error = std::io::Error::new(
                ErrorKind::PermissionDenied,
                "the host is in a private network: use --private-network to allow",
            );
            return Err(Error::Io(error));
        }
        Ok(wanted)
    }
}

/// Returns `true` if an address is publicly routable, by the IANA registries of special-purpose addresses.
fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [first, second, third, _] = ip.octets();
            let shared = first == 100 && (64..128).contains(&second);
            let special = (first, second, third) == (192, 0, 0) || first == 198 && second & 0xfe == 18;
            !(first == 0 || first >= 224 || shared || special)
                && !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_documentation())
        }
        IpAddr::V6(ip) => {
            // Only 2000::/3 is allocated; excluded are documentation, Teredo and 6to4, which embeds IPv4 addresses.
            let [first, second, ..] = ip.segments();
            first & 0xe000 == 0x2000
                && (first, second) != (0x2001, 0xdb8)
                && (first, second) != (0x2001, 0)
                && first != 0x2002
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let wait = |value| parse_retry_after(value, now).map(|wait| wait.as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait(" 0 "), Some(0));
        assert_eq!(wait("Tue, 14 Nov 2023 22:14:20 GMT"), Some(60));
        assert_eq!(wait("Tue, 14 Nov 2023 22:00:00 GMT"), Some(0));
        for value in ["", "-1", "soon", "1.5"] {
            assert_eq!(wait(value), None, "{value}");
        }
    }

    #[test]
    fn private_hosts_are_blocked() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "2001:db8::1",
            "64:ff9b::7f00:1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["1.1.1.1", "93.184.215.14", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4001::1"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
        for url in ["http://127.0.0.1:1/a.png", "http://localhost/a.png", "http://[::1]/a.png"] {
            let Err(FetchError::Blocked(reason)) = ImageClient::new(false).get(url) else {
                panic!("{url} was asked")
            };
            assert!(reason.contains("private network"), "{reason}");
        }
    }
}
