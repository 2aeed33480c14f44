//! Asking a publisher for a picture.

use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error, Proxy};

/// A picture takes no longer, redirections and all.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(10);
const REDIRECTIONS: u32 = 5;
/// No picture in an article is larger.
const LARGEST: u64 = 24 << 20;

/// Why a picture did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It will not come later either.
    Lasting(String),
    /// It may come another time.
    Passing(String),
    /// It was not asked for; it may be when that is allowed.
    Refused(String),
}

/// Who asks.
pub struct Client(Agent);

impl Client {
    /// One that asks public hosts; with `private` also those of this machine's own network, and through a proxy that
    /// the environment names: who that would ask cannot be known here.
    pub fn new(private: bool) -> Client {
        let proxy = if private { Proxy::try_from_env() } else { None };
        let config = Agent::config_builder()
            .proxy(proxy)
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(PATIENCE_TO_CONNECT))
            .max_redirects(REDIRECTIONS)
            .user_agent(concat!("sheaf/", env!("CARGO_PKG_VERSION")))
            .accept("image/webp,image/png,image/jpeg,image/gif")
            .build();
        Client(Agent::with_parts(
            config,
            DefaultConnector::default(),
            Public { private, system: DefaultResolver::default() },
        ))
    }

    /// The bytes at `url`.
    ///
    /// # Errors
    ///
    /// Nobody answers, there is nothing, or too much.
    pub fn get(&self, url: &str) -> Result<Vec<u8>, Failure> {
        let mut response = self.0.get(url).call().map_err(|error| failure(&error))?;
        let body = response.body_mut().with_config().limit(LARGEST).read_to_vec();
        body.map_err(|error| failure(&error))
    }
}

fn failure(error: &Error) -> Failure {
    let said = error.to_string();
    match error {
        Error::StatusCode(code @ (408 | 425 | 429 | 500..)) => {
            Failure::Passing(format!("the host answered {code}"))
        }
        Error::StatusCode(code) => Failure::Lasting(format!("the host answered {code}")),
        Error::BodyExceedsLimit(_) => Failure::Lasting(format!("it has more than {} MB", LARGEST >> 20)),
        Error::BadUri(_) => Failure::Lasting(said),
        Error::Io(io) if io.kind() == ErrorKind::PermissionDenied => Failure::Refused(io.to_string()),
        Error::Io(io) => Failure::Passing(io.to_string()),
        // Nobody answers, or somebody in between: a clock that is wrong, a wall that intercepts.
        _ => Failure::Passing(said),
    }
}

/// Finds the addresses of hosts, and only public ones unless told otherwise.
#[derive(Debug)]
struct Public {
    private: bool,
    system: DefaultResolver,
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.system.resolve(uri, config, timeout)?;
        let mut wanted = self.empty();
        for address in found.iter().filter(|address| self.private || is_public(address.ip())) {
            wanted.push(*address);
        }
        if wanted.is_empty() {
            let error = std::io::Error::new(
                ErrorKind::PermissionDenied,
                "the host lies in this machine's own network",
            );
            return Err(Error::Io(error));
        }
        Ok(wanted)
    }
}

/// Whether anybody in the world could have put a picture there. Ranges as in IANA's registries of special addresses.
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
            // The only block from which addresses are given out, but for documents, and what wraps an IPv4 address.
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
    fn hosts_of_the_own_network_are_not_asked() {
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
            let Err(Failure::Refused(said)) = Client::new(false).get(url) else { panic!("{url} was asked") };
            assert!(said.contains("own network"), "{said}");
        }
    }
}
