//! Readings of ruby: <https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-ruby-element>.

use super::elements::{ElementRole, element_role};
use super::inline_runs::FormatStack;
use super::line::LineBuffer;
use crate::ingest::char_cleanup::clean_line;
use crate::ingest::diagnostics::Diagnostics;
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::Node;

/// Place of the content of an `rt` or `rtc`.
pub(super) enum ReadingPlace {
    /// The reading has been added to its base, or written out if there is none.
    Ruby,
    /// The readings are elements inside.
    Inside,
    /// The text of the line: there is no ruby, or the element holds more than text.
    Text,
}

/// Adds the reading of an `rt` or `rtc` to its base.
pub(super) fn push_reading(
    line: &mut LineBuffer,
    node: NodeRef<'_, Node>,
    role: ElementRole,
    formats: &FormatStack,
    found: &mut Diagnostics,
) -> ReadingPlace {
    let is_row = role == ElementRole::RubyTextContainer;
    if is_row && has_readings(node) {
        line.open_reading_row();
        return ReadingPlace::Inside;
    }
    let Some(reading) = reading_text(node).filter(|_| line.is_in_ruby()) else { return ReadingPlace::Text };
    let reading = clean_line(&reading, |rule| found.count_removed(rule, 1));
    if !line.push_reading(&reading, is_row) {
        line.push_text(&format!("（{reading}）"), formats, found);
        line.pass_written_reading();
    }
    ReadingPlace::Ruby
}

/// Returns the text of an `rt` or `rtc`; `None` if it holds more than text.
fn reading_text(node: NodeRef<'_, Node>) -> Option<String> {
    let mut reading = String::new();
    let mut hidden = None;
    for edge in node.traverse() {
        match edge {
            Edge::Open(inner) if hidden.is_none() => match inner.value() {
                Node::Text(text) => reading.push_str(text),
                Node::Element(element) if inner.id() != node.id() => match element_role(element) {
                    ElementRole::Hidden => hidden = Some(inner.id()),
                    ElementRole::Break => reading.push(' '),
                    ElementRole::Plain | ElementRole::Styled => {}
                    _ => return None,
                },
                _ => {}
            },
            Edge::Close(inner) if hidden == Some(inner.id()) => hidden = None,
            _ => {}
        }
    }
    Some(reading)
}

/// Returns `true` if an `rtc` holds `rt` elements.
fn has_readings(node: NodeRef<'_, Node>) -> bool {
    let elements = node.children().filter_map(|child| child.value().as_element());
    elements.into_iter().any(|element| element_role(element) == ElementRole::RubyText)
}

/// Returns a title without the markup and the readings of ruby, which a title cannot show, and the number of readings;
/// `None` if it has none.
pub(in crate::ingest) fn strip_readings(title: &str) -> Option<(String, u32)> {
    const PARTS: [&str; 5] = ["ruby", "rb", "rt", "rtc", "rp"];
    let lower = title.to_ascii_lowercase();
    // A title may also speak of the elements.
    if !["<ruby", "<rt", "</ruby>"].iter().all(|tag| lower.contains(tag)) {
        return None;
    }
    let mut kept = String::with_capacity(title.len());
    let (mut is_reading, mut count) = (false, 0);
    let mut rest = title;
    while let Some((text, after)) = rest.split_once('<') {
        let inside = after.trim_start_matches('/');
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside[..end].to_ascii_lowercase();
        let tag_end = after.find('>').filter(|_| PARTS.contains(&name.as_str()));
        if !is_reading {
            kept.push_str(text);
        }
        match tag_end {
            Some(tag_end) => {
                is_reading = !after.starts_with('/') && matches!(&*name, "rt" | "rtc" | "rp");
                count += u32::from(is_reading && name == "rt");
                rest = &after[tag_end + 1..];
            }
            None => {
                if !is_reading {
                    kept.push('<');
                }
                rest = after;
            }
        }
    }
    if !is_reading {
        kept.push_str(rest);
    }
    Some((kept, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_readings_and_keep_other_markup() {
        let stripped = strip_readings;
        assert_eq!(stripped("<b>江水</b> < 5"), None);
        let title =
            "在<ruby>江<rp>(</rp><rt>jiāng</rt><rp>)</rp>水<rt class=\"x\">shuǐ</RT></ruby>边 <b>1 < 2</b>";
        assert_eq!(stripped(title), Some(("在江水边 <b>1 < 2</b>".into(), 2)));
        assert_eq!(stripped("<ruby><rb>東<rb>京<rt>とう<rt>きょう</ruby>へ"), Some(("東京へ".into(), 2)));
        assert_eq!(stripped("<ruby>、<rt> 与 <rp> 怎么用"), None);
    }
}
