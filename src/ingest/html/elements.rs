//! Roles of HTML elements in the tree.

use super::inline_runs::InlineFormat;
use crate::model::{List, ListMarker};
use scraper::node::Element;

/// Role of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementRole {
    /// Invisible, with all content.
    Hidden,
    /// Block, such as `p` and `div`.
    Block,
    /// Inline element without effect on the tree.
    Plain,
    /// Inline element that may add an [`InlineFormat`].
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
    /// `ruby`: bases with their readings.
    Ruby,
    /// `rb`: base of a reading.
    RubyBase,
    /// `rt`: reading of a base.
    RubyText,
    /// `rtc`: row of readings, or one reading of all bases.
    RubyTextContainer,
    InlineQuote,
    /// Fallback for browsers without scripts.
    NoScript,
    /// `svg`: only HTML inside counts.
    ForeignContent,
    /// `foreignObject`: HTML inside an `svg`.
    IntegrationPoint,
}

impl ElementRole {
    /// Returns `true` for a ruby and its parts.
    pub(super) fn is_ruby(self) -> bool {
        use ElementRole::{Ruby, RubyBase, RubyText, RubyTextContainer};
        matches!(self, Ruby | RubyBase | RubyText | RubyTextContainer)
    }
}

/// The namespace of formulas.
const MATH: &str = "http://www.w3.org/1998/Math/MathML";

/// The role of `element`. Unknown elements are plain, as they are in a browser.
pub(super) fn element_role(element: &Element) -> ElementRole {
    match element.name() {
        "template" if is_shadow_root(element) => ElementRole::Block,
        "script" | "style" | "template" | "head" | "meta" | "link" | "base" | "title" | "datalist"
        | "param" | "source" | "track" | "col" | "colgroup" | "area" | "rp" | "canvas" | "noembed"
        | "noframes" | "frame" | "frameset" | "input" | "progress" | "meter" | "basefont" | "bgsound" => {
            ElementRole::Hidden
        }
        "annotation" | "annotation-xml" if &*element.name.ns == MATH => ElementRole::Hidden,
        super::preparse::SCRIPT => ElementRole::Hidden,
        super::preparse::NO_SCRIPT => ElementRole::NoScript,
        "svg" => ElementRole::ForeignContent,
        "foreignObject" => ElementRole::IntegrationPoint,
        "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "nav" | "aside" | "address"
        | "center" | "form" | "fieldset" | "legend" | "hgroup" | "dialog" | "body" | "html" | "details"
        | "dl" | "dd" | "option" | "optgroup" | "select" | "textarea" | "search" | "marquee" | "lt-div"
        | "lt-p" => ElementRole::Block,
        "strong" | "b" | "em" | "i" | "cite" | "dfn" | "var" | "u" | "ins" | "s" | "strike" | "del"
        | "code" | "kbd" | "samp" | "tt" | "sub" | "sup" | "a" | "span" | "font" => ElementRole::Styled,
        "h1" | "h2" => ElementRole::Heading(2),
        "h3" => ElementRole::Heading(3),
        "h4" | "h5" | "h6" => ElementRole::Heading(4),
        "blockquote" => ElementRole::Quote,
        "ul" | "menu" | "dir" => ElementRole::List { ordered: false },
        "ol" => ElementRole::List { ordered: true },
        "li" => ElementRole::Item,
        "table" => ElementRole::Table,
        "tr" => ElementRole::Row,
        "td" => ElementRole::Cell { header: false },
        "th" => ElementRole::Cell { header: true },
        "caption" | "thead" | "tbody" | "tfoot" => ElementRole::TablePart,
        "figure" => ElementRole::Figure,
        "figcaption" => ElementRole::Caption,
        "pre" | "listing" | "xmp" | "plaintext" => ElementRole::Preformatted,
        "img" | "image" | "amp-img" | "amp-anim" => ElementRole::Picture,
        "picture" => ElementRole::PictureSet,
        "iframe" | "video" | "audio" | "object" | "embed" => ElementRole::Embed,
        name if super::embeds::is_custom_player(name) => ElementRole::Embed,
        "hr" => ElementRole::Rule,
        "br" => ElementRole::Break,
        "dt" | "summary" => ElementRole::Term,
        "ruby" => ElementRole::Ruby,
        "rb" => ElementRole::RubyBase,
        "rt" => ElementRole::RubyText,
        "rtc" => ElementRole::RubyTextContainer,
        "q" => ElementRole::InlineQuote,
        _ => ElementRole::Plain,
    }
}

/// Returns true for a template whose content a browser displays in its parent. `shadowroot` is the former name.
fn is_shadow_root(template: &Element) -> bool {
    let mode = template.attr("shadowrootmode").or_else(|| template.attr("shadowroot")).unwrap_or_default();
    mode.eq_ignore_ascii_case("open") || mode.eq_ignore_ascii_case("closed")
}

/// Returns the format of a styled element other than a link.
pub(super) fn inline_format(element: &Element) -> Option<InlineFormat> {
    Some(match element.name() {
        "strong" | "b" => InlineFormat::Strong,
        "em" | "i" | "cite" | "dfn" | "var" => InlineFormat::Emphasis,
        "u" | "ins" => InlineFormat::Underline,
        "s" | "strike" | "del" => InlineFormat::Strike,
        "code" | "kbd" | "samp" | "tt" => InlineFormat::Code,
        "sub" => InlineFormat::Sub,
        "sup" => InlineFormat::Sup,
        "span" => return style_format(element.attr("style")?),
        _ => return None,
    })
}

/// Returns the empty list that `element` begins.
pub(super) fn new_list(element: &Element, ordered: bool) -> List {
    if !ordered {
        return List::default();
    }
    let reversed = element.attr("reversed").is_some();
    let start = integer_attribute(element, "start").or((!reversed).then_some(1));
    let styles = element.attr("style").unwrap_or_default();
    let style = declarations(styles).find(|(property, _)| *property == "list-style-type");
    let marker = match style.map(|(_, value)| value).or(element.attr("type")).unwrap_or_default().trim() {
        "a" | "lower-alpha" | "lower-latin" => Some(ListMarker::LowerLatin),
        "A" | "upper-alpha" | "upper-latin" => Some(ListMarker::UpperLatin),
        "i" | "lower-roman" => Some(ListMarker::LowerRoman),
        "I" | "upper-roman" => Some(ListMarker::UpperRoman),
        _ => None,
    };
    List { start, marker, reversed, items: Vec::new() }
}

pub(super) fn integer_attribute(element: &Element, name: &str) -> Option<i32> {
    element.attr(name)?.trim().parse().ok()
}

/// Returns `true` if the style of `element` makes line ends breaks, `false` if spaces, `None` if neither.
pub(super) fn preserves_line_ends(element: &Element) -> Option<bool> {
    let (_, value) = declarations(element.attr("style")?).find(|(property, _)| *property == "white-space")?;
    match value {
        "pre" | "pre-wrap" | "pre-line" | "break-spaces" => Some(true),
        "normal" | "nowrap" => Some(false),
        _ => None,
    }
}

/// Returns the properties and values of a style.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    let declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    declarations
        .map(|(property, value)| (property.trim(), value.trim().trim_end_matches("!important").trim_end()))
}

/// Returns the classes of `element` as they are written.
pub(super) fn classes(element: &Element) -> impl Iterator<Item = &str> {
    element.attr("class").unwrap_or_default().split_ascii_whitespace()
}

/// Returns `true` if a class of `element` satisfies `fits`.
pub(super) fn has_class(element: &Element, fits: impl Fn(&str) -> bool) -> bool {
    classes(element).any(fits)
}

/// Returns `true` if the class of `element` marks an image caption.
pub(super) fn has_caption_class(element: &Element) -> bool {
    const NAMES: [&str; 4] = ["caption", "picinfo", "image-capture", "image-copyright"];
    has_class(element, |class| NAMES.iter().any(|name| class.contains(name)))
}

/// Returns the format given by the style of a `span`; editors of some sites write nothing else.
fn style_format(style: &str) -> Option<InlineFormat> {
    declarations(style).find_map(|declaration| match declaration {
        ("font-weight", "bold" | "bolder" | "600" | "700" | "800" | "900") => Some(InlineFormat::Strong),
        ("font-style", "italic" | "oblique") => Some(InlineFormat::Emphasis),
        ("text-decoration" | "text-decoration-line", "line-through") => Some(InlineFormat::Strike),
        _ => None,
    })
}
