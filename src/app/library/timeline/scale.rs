//! Granularity of the histogram.

use crate::app::components::icon::{Shape, icon};
use crate::app::i18n::Ui;
use crate::view::{Histogram, Unit};
use std::ops::Range;
use yew::prelude::*;

/// Granularity and the focused days, counted from 1970-01-01.
pub type Look = (Unit, Range<i64>);

/// Choice of year, month and day, where pressing the current one resets to the whole span, and steps to
/// earlier and later bars.
pub fn scale(histogram: &Histogram, focus: &Range<i64>, look: UseStateHandle<Option<Look>>, ui: Ui) -> Html {
    let texts = ui.library();
    let units = Unit::ALL.into_iter().zip(texts.units).map(|(unit, name)| {
        let chosen = look.as_ref().is_some_and(|(chosen, _)| *chosen == unit);
        let onclick = {
            let (look, focus) = (look.clone(), focus.clone());
            Callback::from(move |_: MouseEvent| look.set((!chosen).then(|| (unit, focus.clone()))))
        };
        let shown = look.is_none() && histogram.unit == Some(unit);
        html! { <button type="button" aria-pressed={(chosen || shown).to_string()} {onclick}>{ name }</button> }
    });
    let aside = |later: bool| {
        let (unit, _) = look.as_ref().filter(|_| histogram.beyond != [false; 2])?;
        let (look, to) = (look.clone(), (*unit, histogram.aside(later)));
        let any = histogram.beyond[usize::from(later)];
        let onclick = Callback::from(move |_: MouseEvent| {
            if any {
                look.set(Some(to.clone()));
            }
        });
        // Not `disabled`, which would drop the focus at the last step.
        let disabled = (!any).then_some("true");
        let (shape, name) = if later { (Shape::Forward, texts.later) } else { (Shape::Back, texts.earlier) };
        Some(
            html! { <button type="button" aria-label={name} aria-disabled={disabled} {onclick}>{ icon(shape) }</button> },
        )
    };
    html! {
        <div class="scale" role="group" aria-label={texts.scale}>
            { aside(false).unwrap_or_default() }
            { for units }
            { aside(true).unwrap_or_default() }
        </div>
    }
}
