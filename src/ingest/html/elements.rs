//! Roles of HTML elements in the tree.

use super::runs::Format;
use scraper::node::Element;

/// Role of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Invisible, with all content.
    Hidden,
    /// Block, such as `p` and `div`.
    Block,
    /// Inline element without effect on the tree.
    Plain,
    /// Inline element that may add a [`Format`].
    Styled,
    Heading(u8),
    Quote,
    List {
        ordered: bool,
    },
    Item,
    Table,
    Row,
    Cell {
        header: bool,
    },
    /// `caption`, `thead` and similar blocks inside a table.
    TablePart,
    Figure,
    Caption,
    Preformatted,
    Picture,
    /// `picture`, which contains sources and one `img`.
    PictureSet,
    Embed,
    Rule,
    Break,
    /// Term of a `dl` or summary of `details`: a separate, strong line.
    Term,
    /// `rt`: displayed in parentheses after its base text.
    Reading,
    Quotation,
    /// Fallback for browsers without scripts.
    NoScript,
    /// `svg`: only HTML inside counts.
    Drawing,
    /// `foreignObject`: HTML inside an `svg`.
    Island,
}

/// Returns the role of `element`. Unknown elements are plain, as in browsers.
pub(super) fn role(element: &Element) -> Role {
    match element.name() {
        "script" | "style" | "template" | "head" | "meta" | "link" | "base" | "title" | "datalist"
        | "param" | "source" | "track" | "col" | "colgroup" | "area" | "rp" | "canvas" | "annotation"
        | "annotation-xml" | "noembed" | "noframes" | "frame" | "frameset" | "input" | "progress"
        | "meter" | "basefont" | "bgsound" => Role::Hidden,
        super::guard::NO_SCRIPT => Role::NoScript,
        "svg" => Role::Drawing,
        "foreignObject" => Role::Island,
        "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "nav" | "aside" | "address"
        | "center" | "form" | "fieldset" | "legend" | "hgroup" | "dialog" | "body" | "html" | "details"
        | "dl" | "dd" | "option" | "optgroup" | "select" | "textarea" | "search" | "marquee" | "lt-div"
        | "lt-p" => Role::Block,
        "strong" | "b" | "em" | "i" | "cite" | "dfn" | "var" | "u" | "ins" | "s" | "strike" | "del"
        | "code" | "kbd" | "samp" | "tt" | "sub" | "sup" | "a" | "span" | "font" => Role::Styled,
        "h1" | "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" | "h5" | "h6" => Role::Heading(4),
        "blockquote" => Role::Quote,
        "ul" | "menu" | "dir" => Role::List { ordered: false },
        "ol" => Role::List { ordered: true },
        "li" => Role::Item,
        "table" => Role::Table,
        "tr" => Role::Row,
        "td" => Role::Cell { header: false },
        "th" => Role::Cell { header: true },
        "caption" | "thead" | "tbody" | "tfoot" => Role::TablePart,
        "figure" => Role::Figure,
        "figcaption" => Role::Caption,
        "pre" | "listing" | "xmp" | "plaintext" => Role::Preformatted,
        "img" | "image" | "amp-img" | "amp-anim" => Role::Picture,
        "picture" => Role::PictureSet,
        "iframe" | "video" | "audio" | "object" | "embed" | "youtube-player" | "amp-youtube"
        | "amp-iframe" | "amp-video" => Role::Embed,
        "hr" => Role::Rule,
        "br" => Role::Break,
        "dt" | "summary" => Role::Term,
        "rt" => Role::Reading,
        "q" => Role::Quotation,
        _ => Role::Plain,
    }
}

/// Returns the format of a styled element other than a link.
pub(super) fn format(element: &Element) -> Option<Format> {
    Some(match element.name() {
        "strong" | "b" => Format::Strong,
        "em" | "i" | "cite" | "dfn" | "var" => Format::Emphasis,
        "u" | "ins" => Format::Underline,
        "s" | "strike" | "del" => Format::Strike,
        "code" | "kbd" | "samp" | "tt" => Format::Code,
        "sub" => Format::Sub,
        "sup" => Format::Sup,
        "span" => return style_format(element.attr("style")?),
        _ => return None,
    })
}

/// Returns `true` if the class of `element` marks an image caption.
pub(super) fn is_named_caption(element: &Element) -> bool {
    const NAMES: [&str; 4] = ["caption", "picinfo", "image-capture", "image-copyright"];
    let classes = element.attr("class").unwrap_or_default().split_ascii_whitespace();
    classes.into_iter().any(|class| NAMES.iter().any(|name| class.contains(name)))
}

/// Returns the format given by the style of a `span`; editors of some sites write nothing else.
fn style_format(style: &str) -> Option<Format> {
    style.split(';').find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim_end();
        match (property.trim(), value) {
            ("font-weight", "bold" | "bolder" | "600" | "700" | "800" | "900") => Some(Format::Strong),
            ("font-style", "italic" | "oblique") => Some(Format::Emphasis),
            ("text-decoration" | "text-decoration-line", "line-through") => Some(Format::Strike),
            _ => None,
        }
    })
}
