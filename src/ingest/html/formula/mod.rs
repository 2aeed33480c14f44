//! Formulas, which become one line of text each.
//!
//! Pages hold a formula up to three times: as MathML, as TeX and as drawn HTML, SVG or an image. MathML is preferred,
//! then TeX; the drawn copies are dropped.

mod math_ml;
mod scripts;
mod tex;
mod tex_symbols;

pub(super) use tex::plain_text as tex_text;

use super::elements::{self, ElementRole, classes, has_class};
use super::node_context;
use super::preparse::SCRIPT;
use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{Html, Node};

/// Formula as text.
pub(super) struct Formula {
    pub(super) text: String,
    /// `true` if the formula stands on a line of its own.
    pub(super) is_display: bool,
}

/// Most nodes of an element that are searched for a copy of its formula.
const MAX_NODES: usize = 2000;

/// Attributes that hold the TeX of a formula.
const TEX_ATTRIBUTES: [&str; 6] =
    ["data-tex", "data-latex", "data-formula", "data-equation", "data-katex", "data-expr"];

/// Returns the formula that `node` holds, unless it is a mixture of formulas and other content.
pub(super) fn formula(node: NodeRef<'_, Node>, element: &Element) -> Option<Formula> {
    match element.name() {
        "math" => math(node, element),
        SCRIPT => script(element, node),
        _ if is_drawn_by_math_jax(element) => drawn(node, element),
        _ => {
            let mut known = element.attrs().filter(|(name, _)| TEX_ATTRIBUTES.contains(name));
            let (_, tex) = known.find(|(_, tex)| !tex.trim().is_empty())?;
            let is_display = element.name() != "span" && element.name() != "img";
            Some(find_math(node).unwrap_or_else(|| Formula { text: tex::plain_text(tex), is_display }))
        }
    }
}

/// Returns `true` if `element` may hold a formula without any text inside.
pub(super) fn may_hold_formula(element: &Element) -> bool {
    element.name() == "math"
        || is_drawn_by_math_jax(element)
        || element.attrs().any(|(name, _)| TEX_ATTRIBUTES.contains(&name))
}

/// Returns `true` if `node` repeats a formula that stands nearby in a better form.
pub(super) fn is_repeated(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let parent_has_math = || node.parent().is_some_and(|parent| find_math(parent).is_some());
    if element.name() == "img" {
        return has_class(element, |class| class.starts_with("mwe-math-fallback-image")) && parent_has_math();
    }
    if has_class(element, |class| class == "MathJax_Preview") {
        let mut after = node.next_siblings().filter_map(|node| node.value().as_element());
        return after.next().is_some_and(|element| is_drawn_by_math_jax(element) || element.name() == SCRIPT);
    }
    if element.name() == SCRIPT {
        let mut before = node.prev_siblings().filter_map(|node| node.value().as_element());
        return before.next().is_some_and(is_drawn_by_math_jax);
    }
    has_class(element, |class| class == "katex-html") && parent_has_math()
}

/// Returns `true` if `element` holds MathML for screen readers, which pages hide from sight.
pub(super) fn is_hidden_math(element: &Element) -> bool {
    has_class(element, |class| class.to_ascii_lowercase().contains("mathml"))
}

fn math(node: NodeRef<'_, Node>, element: &Element) -> Option<Formula> {
    if has_other_content(node) {
        return None;
    }
    let is_display = element.attr("display") == Some("block") || element.attr("mode") == Some("display");
    let mut text = math_ml::plain_text(node);
    if text.is_empty() {
        text = tex::plain_text(element.attr("alttext").unwrap_or_default());
    }
    Some(Formula { text, is_display })
}

/// Returns `true` if blocks or images stand in the text of a formula.
fn has_other_content(math: NodeRef<'_, Node>) -> bool {
    math.descendants().skip(1).filter_map(|node| node.value().as_element()).any(|element| {
        !matches!(
            elements::element_role(element),
            ElementRole::Plain | ElementRole::Styled | ElementRole::Hidden | ElementRole::Break
        )
    })
}

/// Returns the formula of a script of MathJax 2.
fn script(element: &Element, node: NodeRef<'_, Node>) -> Option<Formula> {
    let kind = element.attr("type")?.trim().to_ascii_lowercase();
    let is_display = kind.contains("mode=display");
    let content = node_context::text_of(node);
    let text = match kind.split(';').next()?.trim_end() {
        "math/tex" | "math/latex" => tex::plain_text(&content),
        "math/asciimath" => content.trim().to_owned(),
        "math/mml" => parse(&content)?.text,
        _ => return None,
    };
    Some(Formula { text, is_display })
}

fn is_drawn_by_math_jax(element: &Element) -> bool {
    element.name() == "mjx-container"
        || has_class(element, |class| {
            matches!(
                class,
                "MathJax"
                    | "MathJax_Display"
                    | "MathJax_SVG"
                    | "MathJax_SVG_Display"
                    | "MathJax_CHTML"
                    | "mjx-chtml"
            )
        })
}

/// Returns the formula that MathJax drew in `node`.
fn drawn(node: NodeRef<'_, Node>, element: &Element) -> Option<Formula> {
    let is_display =
        element.attr("display") == Some("true") || has_class(element, |class| class.ends_with("Display"));
    let written = || {
        let mut inner = node.descendants().take(MAX_NODES).filter_map(|node| node.value().as_element());
        inner.find_map(|element| parse(element.attr("data-mathml")?))
    };
    let script = || {
        let after = node.next_siblings().find(|node| node.value().is_element())?;
        script(after.value().as_element().filter(|element| element.name() == SCRIPT)?, after)
    };
    let found = find_math(node).or_else(written).or_else(script).or_else(|| glyphs(node))?;
    Some(Formula { is_display: is_display || found.is_display, ..found })
}

/// Returns the characters that MathJax 3 drew without a text for screen readers.
fn glyphs(node: NodeRef<'_, Node>) -> Option<Formula> {
    let elements = node.descendants().filter_map(|node| node.value().as_element());
    let glyph = |element: &Element| {
        let code = element.attr("data-c").or_else(|| {
            let mut classes = classes(element).filter(|_| element.name() == "mjx-c");
            classes.find_map(|class| class.strip_prefix("mjx-c"))
        });
        u32::from_str_radix(code?, 16).ok().and_then(char::from_u32)
    };
    let text: String = elements.filter_map(glyph).collect();
    (!text.is_empty()).then_some(Formula { text, is_display: false })
}

/// Returns the first formula in MathML inside `node`.
fn find_math(node: NodeRef<'_, Node>) -> Option<Formula> {
    node.descendants().take(MAX_NODES).find_map(|node| {
        let element = node.value().as_element().filter(|element| element.name() == "math")?;
        math(node, element).filter(|formula| !formula.text.is_empty())
    })
}

/// Returns the formula in MathML written as text.
fn parse(html: &str) -> Option<Formula> {
    const MAX_LENGTH: usize = 20_000;
    if html.len() > MAX_LENGTH {
        return None;
    }
    let html = super::preparse::preprocess(html, 1, &mut super::Diagnostics::default());
    find_math(Html::parse_fragment(&html).tree.root())
}

#[cfg(test)]
mod tests;
