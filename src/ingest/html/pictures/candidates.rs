//! Choice of the URL of an image among the attributes of its element.
//!
//! Every script for lazy loading names its attributes differently. Names are therefore classified by the words that
//! they contain, and values by their form.

use super::source::{ImageSource, Relation};
use super::srcset::{best_candidate, best_candidate_where};
use super::{file_name, placeholder};
use crate::ingest::html::BodyContext;
use crate::model::ImageUrl;
use scraper::node::Element;
use serde_json::Value;

/// Length of the longest type in a `data:` URL.
const MAX_TYPE_BYTES: usize = 24;

/// URLs offered by the sources of a `picture`, best first.
#[derive(Default)]
pub(in crate::ingest::html) struct PictureSources {
    /// Addresses of images.
    pub(super) addresses: Vec<String>,
    /// Images as `data:` URLs.
    pub(super) inline: Vec<String>,
}

/// Chosen image.
pub(super) struct Candidate {
    pub(super) source: ImageSource,
    /// `true` if a script would have copied the URL to `src`.
    pub(super) is_lazy: bool,
}

/// Trust in an attribute that holds the URL of an image.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// Replaces `src`.
    Lazy,
    /// Used when `src` is missing or a placeholder.
    Other,
    /// Used when nothing else is left: a small copy.
    Small,
}

/// Lazy attributes that precede all others, best first.
const PREFERRED: [&str; 7] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-original-src",
    "data-lazy",
    "data-croporisrc",
];

/// Words in the names of attributes that scripts copy to `src`.
const LAZY_WORDS: [&str; 11] =
    ["src", "lazy", "original", "actual", "real", "echo", "defer", "delay", "lzimg", "ondemand", "orig"];

/// Words in the names of attributes that hold no image, or another one.
const FOREIGN_WORDS: [&str; 15] = [
    "placeholder",
    "error",
    "fallback",
    "blank",
    "loading",
    "loader",
    "spinner",
    "avatar",
    "share",
    "hover",
    "video",
    "title",
    "caption",
    "desc",
    "credit",
];

/// Words in the names of attributes that hold a small copy.
const SMALL_WORDS: [&str; 7] = ["thumb", "small", "low", "tiny", "mini", "preview", "lqip"];

/// Copies of `src` that editors leave behind.
const EDITOR_COPIES: [&str; 5] = ["_src", "data-mce-src", "data-ke-src", "data-cke-saved-src", "data-href"];

/// Returns the best image of `element`; `sources` are those of the enclosing `picture`.
///
/// A picture that comes with the article precedes its URL, unless it may be a small preview.
pub(super) fn choose(
    element: &Element,
    sources: Option<&PictureSources>,
    context: &BodyContext<'_>,
) -> Option<Candidate> {
    let mut candidates: Vec<(String, bool)> = Vec::new();
    let mut extend = |list: Vec<String>, lazy| candidates.extend(list.into_iter().map(|text| (text, lazy)));
    let src = element.attr("src").map(str::trim);
    let shown = src.filter(|src| !placeholder::is_placeholder(src));
    let is_waiting = shown.is_none() || placeholder::awaits_script(element);
    extend(by_trust(element, Trust::Lazy), true);
    extend(lazy_sets(element), true);
    if is_waiting {
        extend(by_trust(element, Trust::Other), true);
    }
    extend(shown.into_iter().map(str::to_owned).collect(), false);
    let set = element.attr("srcset");
    let is_content = |text: &str| !placeholder::is_placeholder(text);
    let best = match context.pictures {
        Some(_) => set.and_then(|set| best_candidate_where(set, is_content)),
        None => set.and_then(best_candidate).filter(|text| is_content(text)),
    };
    extend(best.into_iter().map(str::to_owned).collect(), false);
    let addresses = sources.iter().flat_map(|sources| sources.addresses.iter().cloned());
    let (decodable, others): (Vec<_>, Vec<_>) =
        addresses.partition(|text| context.pictures.is_none() || !is_undecoded(text));
    extend(decodable, false);
    extend(others, false);
    if is_waiting {
        extend(in_json(element), true);
    }
    extend(by_trust(element, Trust::Small), true);
    // Inline data is usually a placeholder for a real image, except in a saved page.
    if context.pictures.is_some() {
        let set = set.and_then(|set| best_candidate_where(set, placeholder::is_inline));
        let inline = set
            .map(str::to_owned)
            .into_iter()
            .chain(sources.iter().flat_map(|sources| sources.inline.iter().cloned()));
        let (mut decodable, others): (Vec<_>, Vec<_>) = inline.partition(|text| !is_undecoded(text));
        // Formats that the build can reduce precede the others.
        decodable.extend(src.filter(|src| placeholder::is_inline(src)).map(str::to_owned));
        decodable.extend(others);
        extend(decodable, false);
    }
    extend(src.filter(|src| !placeholder::is_blank(src)).into_iter().map(str::to_owned).collect(), false);
    let mut chosen: Option<Candidate> = None;
    for (text, is_lazy) in candidates {
        let Some(source) = ImageSource::resolve(&text, context).filter(is_shown) else { continue };
        let Some(first) = &mut chosen else {
            let is_complete = context.pictures.is_none() || source.url.is_some() && source.local.is_some();
            chosen = Some(Candidate { source, is_lazy });
            if is_complete { break } else { continue }
        };
        if first.source.url.is_none() && source.url.is_some() {
            first.source.url = source.url;
            first.source.relation = Relation::Copy;
        } else if first.source.local.is_none()
            && source.local.as_ref().is_some_and(|local| !local.is_inline_drawing())
        {
            first.source.local = source.local;
            first.source.relation = if first.is_lazy { Relation::Preview } else { Relation::Copy };
        }
    }
    chosen
}

/// Returns `true` if the name or the type of an image says that the build cannot decode the format.
fn is_undecoded(text: &str) -> bool {
    const KINDS: [&str; 4] = ["avif", "heic", "heif", "svg"];
    let text = text.get(..MAX_TYPE_BYTES).filter(|_| placeholder::is_inline(text)).unwrap_or(text);
    let text = text.to_ascii_lowercase();
    match text.strip_prefix("data:image/") {
        Some(kind) => KINDS.iter().any(|known| kind.starts_with(known)),
        None => file_name(&text).rsplit_once('.').is_some_and(|(_, extension)| KINDS.contains(&extension)),
    }
}

fn is_shown(source: &ImageSource) -> bool {
    let is_hidden = |url: &ImageUrl| placeholder::is_one_pixel(url) || super::is_empty_proxy(url);
    !source.url.as_ref().is_some_and(is_hidden)
}

/// Returns the address of an image that a script would draw in an element other than `img`.
pub(super) fn lazy_address(element: &Element) -> Option<String> {
    let own = element.attr("src").filter(|src| element.name().contains('-') && has_picture_name(src));
    let mut lazy = by_trust(element, Trust::Lazy).into_iter().chain(own.map(str::to_owned));
    lazy.find(|text| has_picture_name(text))
}

/// Returns the values of the attributes of one trust that look like URLs of images.
fn by_trust(element: &Element, trust: Trust) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (name, value) in element.attrs() {
        if trust_in(name) != Some(trust) || !is_address(value, trust) {
            continue;
        }
        let order = PREFERRED.iter().position(|known| *known == name).unwrap_or(PREFERRED.len());
        // Shops leave the width to a script.
        let value = value.trim().replace("{width}", "1080").replace("%7Bwidth%7D", "1080");
        found.push((order, value));
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, value)| value).collect()
}

fn trust_in(name: &str) -> Option<Trust> {
    const NO_URLS: [&str; 12] = [
        "src", "alt", "title", "href", "class", "id", "style", "name", "longdesc", "usemap", "cite", "sizes",
    ];
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if NO_URLS.contains(&name) || name.starts_with("on") || name.contains("srcset") || has(&FOREIGN_WORDS) {
        return None;
    }
    Some(match name {
        name if EDITOR_COPIES.contains(&name) => Trust::Other,
        // Large files that a viewer would open, next to a `src` that shows the image.
        "data-orig-file" | "data-large-file" | "data-medium-file" => Trust::Other,
        _ if has(&SMALL_WORDS) => Trust::Small,
        _ if has(&LAZY_WORDS) => Trust::Lazy,
        _ => Trust::Other,
    })
}

fn is_address(value: &str, trust: Trust) -> bool {
    let value = value.trim();
    let is_path = !value.is_empty()
        && !value.starts_with(['{', '[', '<', '#', '.'])
        && !value.contains(char::is_whitespace)
        && value.contains('/');
    let is_relative = value.starts_with("./") || value.starts_with("../");
    !placeholder::is_blank(value)
        && !placeholder::is_inline(value)
        && (has_picture_name(value) || trust == Trust::Lazy && (is_path || is_relative))
}

/// Returns `true` if `text` is a URL whose path or query names an image format.
pub(super) fn has_picture_name(text: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".svg", ".jfif", ".heic", ".tif", ".tiff",
    ];
    const QUERIES: [&str; 6] = ["wx_fmt=", "format=jp", "format=png", "format=webp", "fm=jp", "fm=webp"];
    let text = text.trim().to_ascii_lowercase();
    if text.is_empty() || text.starts_with(['{', '[', '<', '#']) || text.contains(char::is_whitespace) {
        return false;
    }
    let has_ending = ENDINGS.iter().any(|ending| {
        text.match_indices(ending).any(|(at, _)| {
            !text[at + ending.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) && at > 0
        })
    });
    let has_query = || text.contains('/') && QUERIES.iter().any(|query| text.contains(query));
    !text.starts_with("javascript:") && (has_ending || has_query())
}

/// Returns the best candidates of lazy `srcset` attributes.
fn lazy_sets(element: &Element) -> Vec<String> {
    let is_set = |name: &str| name != "srcset" && (name.contains("srcset") || name == "data-bgset");
    let sets = element.attrs().filter(|(name, _)| is_set(name)).map(|(_, value)| value);
    sets.filter_map(best_candidate).filter(|text| !placeholder::is_inline(text)).map(str::to_owned).collect()
}

/// Returns the best URL of an image in an attribute that holds JSON.
fn in_json(element: &Element) -> Vec<String> {
    let mut best: Option<(u64, String)> = None;
    let mut offer = |weight: u64, text: &str| {
        // Bare file names tell nothing about the folder.
        if text.contains('/')
            && has_picture_name(text)
            && !placeholder::is_blank(text)
            && best.as_ref().is_none_or(|(most, _)| weight > *most)
        {
            best = Some((weight, text.to_owned()));
        }
    };
    for (_, value) in element.attrs().filter(|(_, value)| value.trim_start().starts_with(['{', '['])) {
        let Ok(value) = serde_json::from_str::<Value>(value) else { continue };
        let mut open: Vec<(&str, &Value)> = vec![("", &value)];
        while let Some((key, value)) = open.pop() {
            match value {
                Value::String(text) => offer(key_weight(key), text),
                Value::Array(values) => open.extend(values.iter().rev().map(|value| (key, value))),
                Value::Object(entries) => {
                    for (key, value) in entries {
                        // Some pages list the sizes by URL.
                        let area = value.as_array().map(|size| size.iter().filter_map(Value::as_u64));
                        offer(area.map_or(1, |size| size.fold(1, u64::saturating_mul)), key);
                        open.push((key, value));
                    }
                }
                _ => {}
            }
        }
    }
    best.into_iter().map(|(_, text)| text).collect()
}

fn key_weight(key: &str) -> u64 {
    let key = key.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    match () {
        () if has(&SMALL_WORDS) || has(&FOREIGN_WORDS) => 1,
        () if has(&["orig", "full", "large", "src", "url"]) => 3,
        () => 2,
    }
}
