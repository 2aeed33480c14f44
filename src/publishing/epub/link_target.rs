//! Addresses of links as RFC 3986 writes them. Browsers accept more; the validators of books do not.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Characters that must be encoded, except `%` and `#`.
const FORBIDDEN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Returns the URL `address` with every forbidden character percent-encoded; `None` for an invalid host.
pub fn strict_address(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let mut strict = String::with_capacity(address.len());
    let mut rest = rest;
    if !scheme.is_empty() {
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (user, host) = rest[..end].rsplit_once('@').unwrap_or(("", &rest[..end]));
        if !is_host(host) {
            return None;
        }
        strict = [scheme, "://"].concat();
        if !user.is_empty() {
            push_encoded(&mut strict, user);
            strict.push('@');
        }
        strict.push_str(host);
        rest = &rest[end..];
        // Browsers read the first backslash as the start of the path.
        if let Some(path) = rest.strip_prefix('\\') {
            strict.push('/');
            rest = path;
        }
    }
    let (path, fragment) = rest.split_once('#').map_or((rest, None), |(path, id)| (path, Some(id)));
    push_encoded(&mut strict, path);
    if let Some(fragment) = fragment {
        strict.push('#');
        push_encoded(&mut strict, &fragment.replace('#', "%23"));
    }
    Some(strict)
}

/// Returns true for a domain name, an IPv4 or an IPv6 address, each with an optional port.
fn is_host(text: &str) -> bool {
    let is_port = |port: &str| port.is_empty() || port.parse::<u16>().is_ok() && !port.starts_with('+');
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        let port = if port.is_empty() { Some("") } else { port.strip_prefix(':') };
        return address.parse::<std::net::Ipv6Addr>().is_ok() && port.is_some_and(is_port);
    }
    let (name, port) = text.split_once(':').unwrap_or((text, ""));
    let is_label = |label: &str| {
        let is_known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        !label.is_empty() && label.bytes().all(is_known) && !label.starts_with('-') && !label.ends_with('-')
    };
    name.split('.').all(is_label) && is_port(port)
}

fn push_encoded(strict: &mut String, text: &str) {
    let mut parts = text.split('%');
    strict.extend(parts.next().map(|part| utf8_percent_encode(part, FORBIDDEN).to_string()));
    for part in parts {
        let is_code = part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
        strict.push_str(if is_code { "%" } else { "%25" });
        strict.extend(utf8_percent_encode(part, FORBIDDEN));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_encoded() {
        for (address, strict) in [
            ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
            ("https://a.example/潮|a[0]?x={1}", "https://a.example/%E6%BD%AE%7Ca%5B0%5D?x=%7B1%7D"),
            ("https://a.example/100%?a=%zz%4#b#c", "https://a.example/100%25?a=%25zz%254#b%23c"),
            ("http://[2001:db8::1]:80/[", "http://[2001:db8::1]:80/%5B"),
            ("http://a:[@a_b.example:/", "http://a:%5B@a_b.example:/"),
            ("http://a.example\\b\\c", "http://a.example/b%5Cc"),
            ("mailto:a@b.example?subject=[x]", "mailto:a@b.example?subject=%5Bx%5D"),
        ] {
            assert_eq!(strict_address(address).as_deref(), Some(strict));
        }
    }

    #[test]
    fn invalid_hosts_are_rejected() {
        for host in
            ["..", "-.example", "@", "%E6%BD%AE.example", "[", "[::1]x", "a.example:x", "a.example:99999"]
        {
            assert_eq!(strict_address(&format!("http://{host}/a")), None);
        }
    }
}
