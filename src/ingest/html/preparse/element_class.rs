//! Classes of elements in the rules of the parser.

/// Class of an element in the rules for implied ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementClass {
    /// Without content.
    Void,
    /// Element of a whole page; the parser ignores it outside drawings, since one exists already.
    DocumentPart,
    Formatting,
    /// Format or heading without an end tag. It ends with its block or before the next one, so that it does not take
    /// over the rest of the article.
    Unclosed,
    /// "Special" element that does not limit the "scope".
    Block,
    /// Element that limits the "scope": most end tags do not reach beyond it.
    ScopeMarker,
    /// Limits the scope inside a drawing or formula; ordinary elsewhere ("integration point").
    IntegrationPoint,
    TablePart,
    /// `svg` or `math`.
    ForeignContent,
    /// An element of a drawing or formula, whatever its name.
    Drawn,
    Ordinary,
}

impl ElementClass {
    pub(super) fn limits_scope(self) -> bool {
        matches!(self, ElementClass::ScopeMarker | ElementClass::IntegrationPoint)
    }

    pub(super) fn is_inline(self) -> bool {
        matches!(self, ElementClass::Formatting | ElementClass::Unclosed | ElementClass::Ordinary)
    }

    /// Returns true if the element is no HTML but a drawing or formula, or a part of one.
    pub(super) fn is_foreign(self) -> bool {
        matches!(self, ElementClass::ForeignContent | ElementClass::Drawn | ElementClass::IntegrationPoint)
    }
}

/// Returns `true` if an element is a block, so that text before and after it is separate.
pub(super) fn is_block(name: &str) -> bool {
    matches!(element_class(name), ElementClass::Block | ElementClass::ScopeMarker | ElementClass::TablePart)
}

/// Returns `true` if a void element needs a slash, because inside a drawing it would have content.
pub(super) fn needs_slash(name: &str) -> bool {
    const BREAK_OUT: [&str; 5] = ["br", "embed", "hr", "img", "meta"];
    element_class(name) == ElementClass::Void && !BREAK_OUT.iter().any(|closing| is_name_equal(name, closing))
}

/// Returns `true` if a start tag "breaks out of foreign content", that is, ends drawings and formulas.
pub(super) fn breaks_out_of_foreign_content(name: &str) -> bool {
    const NAMES: [&str; 38] = [
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "head",
        "hr",
        "i",
        "img",
        "li",
        "listing",
        "menu",
        "meta",
        "nobr",
        "ol",
        "p",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "var",
    ];
    is_heading(name) || NAMES.iter().any(|known| is_name_equal(name, known))
}

/// Returns `true` if an integration point belongs to `svg` rather than `math`.
pub(super) fn is_svg_integration_point(name: &str) -> bool {
    ["foreignobject", "desc", "title"].iter().any(|known| is_name_equal(name, known))
}

pub(super) fn is_name_equal(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6'])
}

pub(super) fn element_class(name: &str) -> ElementClass {
    // The longest relevant name is `annotation-xml`.
    let mut lower = [0; 16];
    let Some(lower) = lower.get_mut(..name.len()) else { return ElementClass::Ordinary };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"html" | b"head" | b"body" | b"frameset" => ElementClass::DocumentPart,
        b"area" | b"base" | b"basefont" | b"bgsound" | b"br" | b"col" | b"embed" | b"frame" | b"hr"
        | b"img" | b"input" | b"keygen" | b"link" | b"meta" | b"param" | b"source" | b"track" | b"wbr" => {
            ElementClass::Void
        }
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike"
        | b"strong" | b"tt" | b"u" => ElementClass::Formatting,
        b"applet" | b"caption" | b"marquee" | b"object" | b"select" | b"table" | b"template" => {
            ElementClass::ScopeMarker
        }
        b"foreignobject" | b"desc" | b"title" | b"mi" | b"mo" | b"mn" | b"ms" | b"mtext" => {
            ElementClass::IntegrationPoint
        }
        b"td" | b"th" | b"tr" | b"tbody" | b"thead" | b"tfoot" | b"colgroup" => ElementClass::TablePart,
        b"address" | b"article" | b"aside" | b"blockquote" | b"button" | b"center" | b"dd" | b"details"
        | b"dialog" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure"
        | b"footer" | b"form" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"header" | b"hgroup"
        | b"li" | b"listing" | b"main" | b"menu" | b"nav" | b"ol" | b"p" | b"plaintext" | b"pre"
        | b"search" | b"section" | b"summary" | b"textarea" | b"ul" => ElementClass::Block,
        b"svg" | b"math" => ElementClass::ForeignContent,
        _ => ElementClass::Ordinary,
    }
}
