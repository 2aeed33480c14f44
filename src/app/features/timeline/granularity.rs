//! Granularity of the histogram.

use crate::app::i18n::Locale;
use crate::app::ui::icon::{IconKind, icon};
use crate::search::{Granularity, Histogram};
use std::ops::Range;
use yew::prelude::*;

/// Granularity and the focused days, counted from 1970-01-01.
pub type TimelineFocus = (Granularity, Range<i64>);

/// Choice of year, month and day, where pressing the current one resets to the whole span, and steps to
/// earlier and later bars.
pub fn granularity_picker(
    histogram: &Histogram,
    focus: &Range<i64>,
    look: UseStateHandle<Option<TimelineFocus>>,
    ui: Locale,
) -> Html {
    let texts = ui.timeline();
    let units = Granularity::ALL.into_iter().map(|unit| {
        let chosen = look.as_ref().is_some_and(|(chosen, _)| *chosen == unit);
        let onclick = {
            let (look, focus) = (look.clone(), focus.clone());
            Callback::from(move |_: MouseEvent| look.set((!chosen).then(|| (unit, focus.clone()))))
        };
        let shown = look.is_none() && histogram.granularity == Some(unit);
        html! { <button type="button" aria-pressed={(chosen || shown).to_string()} {onclick}>{ texts.granularity_name(unit) }</button> }
    });
    let aside = |later: bool| {
        let (unit, _) = look.as_ref().filter(|_| histogram.has_more != [false; 2])?;
        let (look, to) = (look.clone(), (*unit, histogram.neighbour_span(later)));
        let any = histogram.has_more[usize::from(later)];
        let onclick = Callback::from(move |_: MouseEvent| {
            if any {
                look.set(Some(to.clone()));
            }
        });
        // Not `disabled`, which would drop the focus at the last step.
        let disabled = (!any).then_some("true");
        let (shape, name) =
            if later { (IconKind::Forward, texts.later) } else { (IconKind::Back, texts.earlier) };
        Some(
            html! { <button type="button" aria-label={name} aria-disabled={disabled} {onclick}>{ icon(shape) }</button> },
        )
    };
    html! {
        <div class="scale" role="group" aria-label={texts.granularity}>
            { aside(false).unwrap_or_default() }
            { for units }
            { aside(true).unwrap_or_default() }
        </div>
    }
}
