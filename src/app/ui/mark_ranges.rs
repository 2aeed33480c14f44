//! Text with highlighted matches.

use std::ops::Range;
use yew::prelude::*;

/// Renders `text` with the byte ranges `marks`, which are sorted, inside `<mark>`.
pub fn mark_ranges(text: &str, marks: &[Range<usize>]) -> Html {
    let mut parts = Vec::with_capacity(marks.len() * 2 + 1);
    let mut end = 0;
    for mark in marks {
        let (Some(before), Some(inside)) = (text.get(end..mark.start), text.get(mark.clone())) else { break };
        parts.push(html! { { before.to_owned() } });
        parts.push(html! { <mark>{ inside.to_owned() }</mark> });
        end = mark.end;
    }
    parts.push(html! { { text.get(end..).unwrap_or_default().to_owned() } });
    parts.into_iter().collect()
}
