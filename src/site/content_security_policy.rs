//! The content security policy of a site's pages.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// Policy of a page of a site.
///
/// A page runs and requests the site's own files only. Images of articles may come from other hosts. No part of a page
/// accepts HTML as text, and the one Trusted Types policy names the service worker. Debug builds have no policy, for live
/// reload.
pub const SITE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
img-src http: https: data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types sheaf";

/// Returns the policy `site` for a page that holds its own scripts and style sheet and requests no host.
pub(super) fn single_file_policy(site: &str, style: &str, scripts: [&str; 2]) -> String {
    let digest = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let own = |name: &str| match name {
        "script-src" => Some(format!("{} {} 'wasm-unsafe-eval'", digest(scripts[0]), digest(scripts[1]))),
        "style-src" => Some(digest(style)),
        // The page's own elements are read by way of such addresses.
        "connect-src" => Some("data:".to_owned()),
        "worker-src" => Some("blob:".to_owned()),
        "img-src" => Some("http: https: data: blob:".to_owned()),
        "font-src" | "manifest-src" => Some("'none'".to_owned()),
        _ => None,
    };
    let directives = site.split(';').map(|directive| {
        let directive = directive.trim();
        let name = directive.split(' ').next().unwrap_or_default();
        own(name).map_or(directive.to_owned(), |value| format!("{name} {value}"))
    });
    directives.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_file_policy_allows_only_the_page_itself() {
        let site = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                    worker-src 'self'; base-uri 'none'; trusted-types 'none'";
        // Digests as `printf '' | openssl dgst -sha256 -binary | base64` gives them.
        let empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        assert_eq!(
            single_file_policy(site, "", ["", ""]),
            format!(
                "default-src 'none'; script-src {empty} {empty} 'wasm-unsafe-eval'; style-src {empty}; \
                 connect-src data:; worker-src blob:; base-uri 'none'; trusted-types 'none'"
            )
        );
    }
}
