//! Placeholders: images shown until a script loads the real one.

use super::file_name;
use crate::model::ImageUrl;
use scraper::node::Element;

/// File names that only placeholders have, without extension.
const NAMES: [&str; 29] = [
    "loading",
    "loader",
    "ajax-loader",
    "preloader",
    "lazy",
    "lazyload",
    "lazy-load",
    "lazyloading",
    "placeholder",
    "image-placeholder",
    "img-placeholder",
    "placeholder-image",
    "spacer",
    "blank",
    "transparent",
    "trans",
    "sg_trans",
    "pixel",
    "1x1",
    "1px",
    "1pix",
    "none",
    "empty",
    "grey",
    "gray",
    "cleardot",
    "nothing",
    "spinner",
    "lqip",
];

/// File names of placeholders that other images may have as well.
const DOUBTFUL_NAMES: [&str; 7] = ["space", "white", "dot", "clear", "wait", "load", "px"];

/// Words that mark a placeholder in a longer file name.
const WORDS: [&str; 14] = [
    "loading",
    "loader",
    "lazy",
    "lazyload",
    "placeholder",
    "spacer",
    "blank",
    "transparent",
    "1x1",
    "1px",
    "spinner",
    "lqip",
    "grey",
    "gray",
];

/// Returns `true` if `src` probably stands for an image in another attribute.
pub(super) fn is_placeholder(src: &str) -> bool {
    let src = src.trim();
    if is_inline(src) || names_nothing(src) {
        return true;
    }
    let Some((stem, extension)) = stem_and_extension(src) else { return false };
    stem.len() == 1 && extension == "gif"
        || NAMES.contains(&stem.as_str())
        || DOUBTFUL_NAMES.contains(&stem.as_str())
        || stem.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// Returns `true` if `src` names no file.
fn names_nothing(src: &str) -> bool {
    let scheme = src.trim().get(..6).unwrap_or_default().to_ascii_lowercase();
    src.trim().is_empty()
        || src.trim().starts_with('#')
        || matches!(scheme.as_str(), "about:" | "javasc" | "blob:h")
}

/// Returns `true` if the file name of `src` is that of a placeholder and of nothing else.
pub(super) fn is_blank(src: &str) -> bool {
    let is_drawing = |extension: &str| matches!(extension, "gif" | "png" | "svg");
    names_nothing(src)
        || stem_and_extension(src)
            .is_some_and(|(stem, extension)| is_drawing(&extension) && NAMES.contains(&stem.as_str()))
}

/// Returns `true` if `src` is inline data.
pub(super) fn is_inline(src: &str) -> bool {
    src.trim().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// Returns the file name of `src` without its extension, and the extension, in lower case.
fn stem_and_extension(src: &str) -> Option<(String, String)> {
    let file = file_name(src).to_ascii_lowercase();
    let (stem, extension) = file.rsplit_once('.')?;
    Some((stem.to_owned(), extension.to_owned()))
}

/// Returns `true` if the class of `element` says that a script has yet to load the image.
pub(super) fn awaits_script(element: &Element) -> bool {
    let classes = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    classes.split_ascii_whitespace().any(|class| class.contains("lazy") && !class.contains("loaded"))
}

/// Returns `true` if `src` is an inline image of one pixel, by the GIF and PNG headers that hold the size.
pub(super) fn is_one_pixel(src: &ImageUrl) -> bool {
    const STARTS: [&str; 3] = ["R0lGODlhAQABA", "R0lGODdhAQABA", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"];
    src.is_local()
        && src
            .as_str()
            .split_once(',')
            .is_some_and(|(_, data)| STARTS.iter().any(|start| data.starts_with(start)))
}
