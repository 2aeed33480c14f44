//! Toasts for undo and for storage errors. A toast stays until it is closed or replaced.

use super::{Keeper, Place, Trouble};
use crate::app::components::icon::{Shape, small_icon};
use crate::app::i18n::Ui;
use yew::prelude::*;

/// Renders the toasts at the lower edge.
pub fn notice(keeper: &Keeper, ui: Ui) -> Html {
    let texts = ui.keep();
    let trouble = match keeper.place() {
        Place::Memory(trouble) if keeper.warns() => Some(texts.troubles[number(trouble)]),
        _ => None,
    };
    let done = keeper.done();
    let unwarn = {
        let keeper = keeper.clone();
        Callback::from(move |_: MouseEvent| keeper.unwarn())
    };
    let undo = {
        let keeper = keeper.clone();
        Callback::from(move |_: MouseEvent| keeper.undo())
    };
    let dismiss = {
        let keeper = keeper.clone();
        Callback::from(move |_: MouseEvent| keeper.dismiss())
    };
    let close = |onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="ib" aria-label={texts.dismiss} title={texts.dismiss} {onclick}>
                { small_icon(Shape::Close) }
            </button>
        }
    };
    html! {
        // The live region exists before its text, since screen readers announce only changes.
        <div class="notices" role="status">
            if let Some(trouble) = trouble {
                <div class="notice"><p>{ trouble }</p><span class="notice__e">{ close(unwarn) }</span></div>
            }
            if let Some(done) = done {
                <div class="notice">
                    <p>{ done.said }</p>
                    <span class="notice__e">
                        <button type="button" class="link" data-command="undo" onclick={undo}>{ texts.undo }</button>
                        { close(dismiss) }
                    </span>
                </div>
            }
        </div>
    }
}

fn number(trouble: Trouble) -> usize {
    match trouble {
        Trouble::Refused => 0,
        Trouble::Newer => 1,
        Trouble::Damaged => 2,
        Trouble::Full => 3,
    }
}
