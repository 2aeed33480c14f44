//! Tag names joined to their first attribute, by crawlers that removed line breaks.

/// Returns the length of the tag name in a joined name such as `divclass="x"`; `None` for other names.
pub(super) fn glued_tag_length(name: &str) -> Option<usize> {
    let (glued, _) = name.split_once('=')?;
    let glued = glued.to_ascii_lowercase();
    let fits = |tag: &&&str| glued.strip_prefix(**tag).is_some_and(is_attribute);
    // The longest tag name that leaves a known attribute wins: `tdata-x=` is hardly `t` and `data-x`.
    TAGS.iter().filter(fits).map(|tag| tag.len()).max()
}

/// Returns `true` if `name` is an element that articles use.
pub(super) fn is_known_tag(name: &str) -> bool {
    TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag))
}

fn is_attribute(name: &str) -> bool {
    const PREFIXES: [&str; 7] = ["data-", "aria-", "v-", "on", ":", "@", "item"];
    ATTRIBUTES.contains(&name)
        || PREFIXES.iter().any(|prefix| name.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty()))
}

const TAGS: [&str; 90] = [
    "a",
    "abbr",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "param",
    "picture",
    "play-media",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "video",
    "wbr",
    "youtube-player",
    "share-button",
];

const ATTRIBUTES: [&str; 41] = [
    "align",
    "alt",
    "allow",
    "allowfullscreen",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "colspan",
    "content",
    "controls",
    "datetime",
    "dir",
    "face",
    "frameborder",
    "height",
    "href",
    "id",
    "lang",
    "loading",
    "media",
    "name",
    "poster",
    "property",
    "referrerpolicy",
    "rel",
    "role",
    "rowspan",
    "scrolling",
    "sizes",
    "src",
    "srcset",
    "start",
    "style",
    "target",
    "title",
    "type",
    "video-type",
    "width",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_tag_names_are_split() {
        for (name, tag) in [
            ("divclass=\"x\"", Some("div")),
            ("imgclass=x", Some("img")),
            ("ahref=https:", Some("a")),
            ("asideid=x", Some("aside")),
            ("youtube-playervideo-type=\"youtube\"source=\"x", Some("youtube-player")),
            ("play-mediav-bind:current-media=\"x\"", Some("play-media")),
            ("tdcolspan=2", Some("td")),
            ("DIVdata-x=1", Some("DIV")),
            ("div=1", None),
            ("foo=1", None),
        ] {
            assert_eq!(glued_tag_length(name).map(|length| &name[..length]), tag, "{name}");
        }
    }
}
