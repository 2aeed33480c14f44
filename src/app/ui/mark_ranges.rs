//! Text with highlighted matches.

use std::ops::Range;
use yew::prelude::*;

/// Renders `text` with the byte ranges `marks`, which are sorted, inside `<mark>`. `render` renders a part from its start.
pub fn mark_ranges(text: &str, marks: &[Range<usize>], render: impl Fn(usize, &str) -> Html) -> Html {
    let mut parts = Vec::with_capacity(marks.len() * 2 + 1);
    let mut end = 0;
    for mark in marks {
        let (Some(before), Some(inside)) = (text.get(end..mark.start), text.get(mark.clone())) else { break };
        parts.push(render(end, before));
        parts.push(html! { <mark>{ render(mark.start, inside) }</mark> });
        end = mark.end;
    }
    parts.push(render(end, text.get(end..).unwrap_or_default()));
    parts.into_iter().collect()
}
