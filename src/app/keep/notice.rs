//! What was done last, with the way back, and why something is not kept. A notice stays until it is closed or
//! the next thing is done.

use super::{Keeper, Place, Trouble};
use crate::app::components::icon::{Shape, small_icon};
use crate::app::i18n::Ui;
use yew::prelude::*;

/// The notices at the lower edge.
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
        // It is there before anything is said, or a screen reader would not say it.
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
