//! Parts of a page for browsers without scripts, prepared for Readability.

use crate::ingest::html::NO_SCRIPT;

/// Tags of media, which may be in no other place of the page.
const MEDIA: [&str; 7] = ["<img", "<picture", "<video", "<audio", "<iframe", "<svg", "<object"];

/// Removes the parts without media of `page`, a preprocessed page: requests to enable scripts, and dialogs. A lone
/// image after its placeholder gets back its element, with which Readability replaces the placeholder; it would take
/// both for a gallery.
pub(super) fn without_no_script(page: &str) -> String {
    let (open, close) = (format!("<{NO_SCRIPT}"), format!("</{NO_SCRIPT}>"));
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(&open) {
        kept.push_str(before);
        let Some((part, after)) = after.split_once(&close) else { break };
        let content = part.split_once('>').map_or("", |(_, content)| content).trim().to_ascii_lowercase();
        if content.starts_with("<img") && content.matches('<').count() == 1 && ends_with_image(&kept) {
            kept.extend(["<noscript", part, "</noscript>"]);
        } else if MEDIA.iter().any(|tag| content.contains(tag)) {
            kept.extend([&open, part, &close]);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

fn ends_with_image(html: &str) -> bool {
    let last_tag = html.rfind('<').and_then(|at| html.get(at..)).unwrap_or_default().trim_end();
    last_tag.ends_with('>') && last_tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("<img"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_without_media_are_removed_and_images_follow_their_placeholder() {
        let part = |content: &str| format!("<{NO_SCRIPT}>{content}</{NO_SCRIPT}>");
        let lazy = "<figure><img class=lazy>\n";
        let page = format!(
            "<p>一{}</p>{lazy}{}</figure>{}<p>二",
            part("<p>请启用脚本</p>"),
            part("<IMG src=a>"),
            part("<img src=b>")
        );
        let expected =
            format!("<p>一</p>{lazy}<noscript><IMG src=a></noscript></figure>{}<p>二", part("<img src=b>"));
        assert_eq!(without_no_script(&page), expected);
        assert_eq!(without_no_script("<p>一"), "<p>一");
    }
}
