//! MathML as text, after the [core] and presentation elements of the standard.
//!
//! [core]: https://w3c.github.io/mathml-core/

use super::scripts::{accented, grouped, subscript, superscript};
use crate::ingest::html::node_context;
use ego_tree::NodeRef;
use scraper::Node;

/// Part of a formula.
#[derive(Default)]
struct Term {
    text: String,
    form: Form,
    /// `true` if a letter or digit after the part needs a space: `sin x`, `1/2 x`.
    is_loose: bool,
}

/// Form of a part, which decides about brackets.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    /// One symbol, number or word.
    #[default]
    Atom,
    /// Atom with scripts.
    Scripted,
    /// Anything else.
    Row,
}

impl Term {
    fn atom(text: String) -> Term {
        let is_loose = text.chars().count() > 1 && text.chars().all(char::is_alphanumeric);
        Term { text, form: Form::Atom, is_loose }
    }

    /// Returns the text as an operand of a fraction.
    fn operand(&self) -> String {
        if self.form == Form::Row { grouped(&self.text) } else { self.text.clone() }
    }

    /// Returns the text as the base of a script, or below a root.
    fn base(&self) -> String {
        if self.form == Form::Atom { self.text.clone() } else { grouped(&self.text) }
    }
}

/// Returns the text of a `math` element.
pub(super) fn plain_text(math: NodeRef<'_, Node>) -> String {
    row(math.children()).text.trim().to_owned()
}

fn term(node: NodeRef<'_, Node>) -> Term {
    let element = match node.value() {
        Node::Text(text) => return Term::atom(clean(text)),
        Node::Element(element) => element,
        _ => return Term::default(),
    };
    match element.name() {
        "mi" | "mn" | "mo" | "mtext" | "ms" => Term::atom(token(node)),
        "mfrac" => fraction(node, element.attr("linethickness") == Some("0")),
        "msup" | "mover" => scripted(node, None, Some(1)),
        "msub" | "munder" => scripted(node, Some(1), None),
        "msubsup" | "munderover" => scripted(node, Some(1), Some(2)),
        "mmultiscripts" => multiscripts(node),
        "msqrt" => root(&row(node.children()), ""),
        "mroot" => {
            let parts = parts(node);
            root(&part(&parts, 0), &part(&parts, 1).text)
        }
        "mfenced" => fenced(node, element),
        "mtable" => table(node),
        "semantics" | "maction" => first_presentation(node),
        "mspace" => Term { text: " ".to_owned(), ..Term::default() },
        "annotation" | "annotation-xml" | "mphantom" | "none" | "mprescripts" | "maligngroup"
        | "malignmark" => Term::default(),
        "br" => Term { text: " ".to_owned(), ..Term::default() },
        _ => row(node.children()),
    }
}

/// Returns the text of a token, without the invisible operators of multiplication and application.
fn token(node: NodeRef<'_, Node>) -> String {
    clean(&node_context::text_of(node))
}

fn clean(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|c| !matches!(c, '\u{2061}'..='\u{2064}' | '\u{200b}')).collect()
}

fn row<'a>(nodes: impl Iterator<Item = NodeRef<'a, Node>>) -> Term {
    let terms: Vec<Term> = nodes.map(term).filter(|term| !term.text.is_empty()).collect();
    match <[Term; 1]>::try_from(terms) {
        Ok([one]) => one,
        Err(terms) => {
            let mut whole = Term { form: Form::Row, ..Term::default() };
            for term in terms {
                push(&mut whole, &term);
            }
            whole
        }
    }
}

/// Appends `term`, after a space where its first letter or digit would join the last one.
fn push(whole: &mut Term, term: &Term) {
    let before = whole.text.chars().next_back();
    let after = term.text.chars().next();
    let both = |fits: fn(char) -> bool| before.is_some_and(fits) && after.is_some_and(fits);
    let digit_after_letter = before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_numeric);
    let is_word = term.is_loose && !after.is_some_and(char::is_numeric);
    let opens = whole.is_loose && whole.text.ends_with(|c: char| c.is_alphanumeric()) && after == Some('√');
    if both(char::is_alphanumeric)
        && (whole.is_loose || is_word || digit_after_letter || both(char::is_numeric))
        || opens
        || term.form == Form::Row && term.is_loose && both(char::is_alphanumeric)
    {
        whole.text.push(' ');
    }
    whole.text.push_str(&term.text);
    whole.is_loose = term.is_loose;
}

fn parts(node: NodeRef<'_, Node>) -> Vec<Term> {
    node.children().filter(is_part).map(term).collect()
}

fn is_part(node: &NodeRef<'_, Node>) -> bool {
    match node.value() {
        Node::Text(text) => !text.trim().is_empty(),
        value => value.is_element(),
    }
}

fn part(parts: &[Term], at: usize) -> Term {
    parts.get(at).map_or_else(Term::default, |term| Term { text: term.text.trim().to_owned(), ..*term })
}

fn fraction(node: NodeRef<'_, Node>, is_without_bar: bool) -> Term {
    let parts = parts(node);
    let bar = if is_without_bar { '¦' } else { '/' };
    let text = format!("{}{bar}{}", part(&parts, 0).operand(), part(&parts, 1).operand());
    let rest: String = parts.iter().skip(2).map(|term| term.text.as_str()).collect();
    Term { text: text + &rest, form: Form::Row, is_loose: true }
}

fn root(radicand: &Term, index: &str) -> Term {
    let sign = match index {
        "" | "2" => "√".to_owned(),
        "3" => "∛".to_owned(),
        "4" => "∜".to_owned(),
        index => format!("{}√", superscript(index, true)),
    };
    Term { text: sign + &radicand.base(), form: Form::Scripted, is_loose: true }
}

fn scripted(node: NodeRef<'_, Node>, below: Option<usize>, above: Option<usize>) -> Term {
    let parts = parts(node);
    let base = part(&parts, 0);
    let is_word =
        base.text.chars().count() > 1 || base.text.chars().any(|c| matches!(c, '∀'..='⋿' | '⨀'..='⫿'));
    let mut text = if base.form == Form::Scripted { base.text.clone() } else { base.base() };
    let scripts = [(below, subscript as fn(&str, bool) -> String), (above, superscript)];
    for (at, write) in scripts {
        let Some(script) = at.map(|at| part(&parts, at)) else { continue };
        match accent(&script.text) {
            _ if script.text.is_empty() => {}
            Some(mark) if is_over_or_under(node) => text = accented(&text, mark),
            _ => text.push_str(&write(&script.text, script.form == Form::Atom)),
        }
    }
    let scripts = [below, above].into_iter().flatten().count();
    parts.iter().skip(1 + scripts).for_each(|term| text.push_str(&term.text));
    let ends_in_mark = text.contains(['_', '^']) && text.ends_with(char::is_alphanumeric);
    Term { text, form: Form::Scripted, is_loose: is_word || ends_in_mark }
}

fn is_over_or_under(node: NodeRef<'_, Node>) -> bool {
    node.value()
        .as_element()
        .is_some_and(|element| matches!(element.name(), "mover" | "munder" | "munderover"))
}

/// Returns the combining character of an accent; nothing for a brace, which has no text.
fn accent(text: &str) -> Option<&'static str> {
    Some(match text {
        "¯" | "‾" | "_" | "―" | "\u{304}" | "\u{305}" => "\u{305}",
        "^" | "ˆ" | "\u{302}" => "\u{302}",
        "~" | "˜" | "∼" | "\u{303}" => "\u{303}",
        "→" | "⃗" => "\u{20d7}",
        "˙" | "." => "\u{307}",
        "¨" | ".." => "\u{308}",
        "ˇ" => "\u{30c}",
        "⏞" | "⏟" | "⏜" | "⏝" | "⎴" | "⎵" | "︷" | "︸" => "",
        _ => return None,
    })
}

/// Returns a base with scripts on both sides: `base sub sup … mprescripts sub sup …`.
fn multiscripts(node: NodeRef<'_, Node>) -> Term {
    let (mut before, mut after) = (String::new(), String::new());
    let mut is_before = false;
    let mut is_lower = true;
    let mut children = node.children().filter(is_part);
    let base = children.next().map(term).unwrap_or_default();
    for child in children {
        if child.value().as_element().is_some_and(|element| element.name() == "mprescripts") {
            (is_before, is_lower) = (true, true);
            continue;
        }
        let script = term(child);
        if !script.text.is_empty() {
            let write = if is_lower { subscript } else { superscript };
            let side = if is_before { &mut before } else { &mut after };
            side.push_str(&write(&script.text, script.form == Form::Atom));
        }
        is_lower = !is_lower;
    }
    Term { text: before + &base.base() + &after, form: Form::Scripted, is_loose: false }
}

fn fenced(node: NodeRef<'_, Node>, element: &scraper::node::Element) -> Term {
    let open = element.attr("open").unwrap_or("(");
    let close = element.attr("close").unwrap_or(")");
    let separators: Vec<char> =
        element.attr("separators").unwrap_or(",").chars().filter(|c| !c.is_whitespace()).collect();
    let mut text = open.to_owned();
    for (i, part) in parts(node).iter().enumerate() {
        if i > 0 {
            text.extend(separators.get(i - 1).or(separators.last()));
        }
        text.push_str(&part.text);
    }
    Term { text: text + close, form: Form::Atom, is_loose: false }
}

/// Returns the rows of a table, separated by semicolons.
fn table(node: NodeRef<'_, Node>) -> Term {
    let rows = node.children().filter(is_part).map(|row| {
        if !row.value().is_element() {
            return term(row).text;
        }
        let cells: Vec<String> =
            parts(row).into_iter().map(|cell| cell.text).filter(|text| !text.is_empty()).collect();
        cells.join(" ")
    });
    Term {
        text: rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("; "),
        form: Form::Row,
        is_loose: true,
    }
}

/// Returns the first child that is no annotation; annotations in TeX only if they are all there is.
fn first_presentation(node: NodeRef<'_, Node>) -> Term {
    let children: Vec<_> = node.children().filter(is_part).collect();
    let shown = children.iter().map(|child| term(*child)).find(|term| !term.text.is_empty());
    shown.unwrap_or_else(|| {
        Term::atom(super::tex::plain_text(&children.first().map(|node| token(*node)).unwrap_or_default()))
    })
}
