//! Notice above the list about the network and updates.

use super::Handle;
use crate::app::components::icon::{Shape, icon};
use crate::app::i18n::{Ui, fill, number};
use crate::view::Update;
use yew::prelude::*;

/// Renders the notice, if any. `kept` is the mask of cached articles while the host is unreachable.
pub fn notice(handle: &Handle, kept: Option<&[bool]>, ui: Ui) -> Html {
    let texts = ui.offline();
    if let Some(kept) = kept.filter(|_| handle.away.is_some()) {
        let here = kept.iter().filter(|&&kept| kept).count();
        let counted = |count: usize| number(count as u64);
        let text = match kept.len() - here {
            0 => texts.away_whole.to_owned(),
            others => fill(texts.away, &[&counted(here), &counted(others)]),
        };
        let check = handle.clone();
        return line(Shape::Away, &text, &[(texts.check, Callback::from(move |_| check.check()))]);
    }
    let Some(update) = handle.update else { return Html::default() };
    let (take, later) = (handle.clone(), handle.clone());
    let take = Callback::from(move |_| take.take());
    let later = Callback::from(move |_| later.later());
    match update {
        Update::Elsewhere => line(Shape::Load, texts.elsewhere, &[(texts.reload, take)]),
        Update::Ready(more) => {
            let text = match more {
                0 => texts.newer.to_owned(),
                1 => texts.newer_one.to_owned(),
                more => fill(texts.newer_many, &[&number(more)]),
            };
            line(Shape::Load, &text, &[(texts.take, take), (texts.later, later)])
        }
    }
}

fn line(shape: Shape, text: &str, actions: &[(&'static str, Callback<MouseEvent>)]) -> Html {
    html! {
        <div class="notice" role="status">
            { icon(shape) }
            <p class="notice__t">{ text }</p>
            { for actions.iter().map(|(text, act)| html! {
                <button class="link" onclick={act}>{ *text }</button>
            }) }
        </div>
    }
}
