//! What the keys do.

use crate::app::components::icon::{Shape, icon};
use crate::app::components::sheet::Sheet;
use crate::app::i18n::Ui;
use yew::prelude::*;

const KEYS: [&[&str]; 11] = [
    &["/"],
    &["j"],
    &["k"],
    &["o", "Enter"],
    &["Esc"],
    &["f"],
    &["a"],
    &["n", "N"],
    &["[", "]"],
    &["v"],
    &["?"],
];

/// All keys.
pub fn keys_help(ui: Ui, close: Callback<()>) -> Html {
    let texts = ui.library();
    let closed = close.reform(|_: MouseEvent| ());
    html! {
        <Sheet label={texts.keys} {close}>
            <div class="sheet__h">
                <h2>{ texts.keys }</h2>
                <button class="ib" aria-label={texts.close} onclick={closed}>{ icon(Shape::Close) }</button>
            </div>
            <dl class="keys sheet__b">
                { for KEYS.iter().zip(texts.key_names).map(|(keys, name)| html! {
                    <>
                        <dt>{ for keys.iter().map(|key| html! { <kbd class="key">{ *key }</kbd> }) }</dt>
                        <dd>{ name }</dd>
                    </>
                }) }
            </dl>
        </Sheet>
    }
}
