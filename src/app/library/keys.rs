//! What the keys do.

use crate::app::components::icon::{Icon, Shape};
use crate::app::components::sheet::Sheet;
use crate::app::i18n::Ui;
use yew::prelude::*;

/// See [`KeysHelp`].
#[derive(Properties, PartialEq)]
pub struct KeysHelpProps {
    /// The language of the interface.
    pub ui: Ui,
    /// Closes it.
    pub close: Callback<()>,
}

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
#[component]
pub fn KeysHelp(props: &KeysHelpProps) -> Html {
    let texts = props.ui.library();
    let close = props.close.reform(|_: MouseEvent| ());
    html! {
        <Sheet label={texts.keys} close={props.close.clone()}>
            <div class="sheet__h">
                <h2>{ texts.keys }</h2>
                <button class="ib" aria-label={texts.close} onclick={close}><Icon shape={Shape::Close} /></button>
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
