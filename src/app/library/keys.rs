//! Shortcuts dialog: keys and gestures.

use super::commands::{COMMANDS, Command, Group, key_name};
use crate::app::components::icon::{Shape, icon};
use crate::app::components::sheet::Sheet;
use crate::app::i18n::Ui;
use crate::app::settings::controls::switch;
use crate::app::settings::{Edit, Settings};
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct KeysSheetProps {
    pub settings: Settings,
    pub edit: Callback<Edit>,
    pub ui: Ui,
    pub close: Callback<()>,
}

/// Commands by group, gestures, and the switch for single-letter keys.
#[component]
pub fn KeysSheet(props: &KeysSheetProps) -> Html {
    let KeysSheetProps { settings, edit, ui, close } = props;
    let (texts, names) = (ui.library(), ui.commands());
    let closed = close.reform(|_: MouseEvent| ());
    let flip = edit.reform(|on: bool| -> Edit { Box::new(move |settings| settings.keys_off = !on) });
    let groups = [Group::Find, Group::Read, Group::Page];
    html! {
        <Sheet label={texts.keys} {close}>
            <div class="sheet__h">
                <h2>{ texts.keys }</h2>
                <button class="ib" aria-label={texts.close} onclick={closed}>{ icon(Shape::Close) }</button>
            </div>
            <div class={classes!("keys", "sheet__b", settings.keys_off.then_some("is-off"))}>
                { for groups.into_iter().zip(names.groups).map(|(group, name)| html! {
                    <section>
                        <h3 class="keys__h">{ name }</h3>
                        <dl>{ for COMMANDS.iter().filter(|command| command.group == group).map(|command| line(command, *ui)) }</dl>
                    </section>
                }) }
                <section class="keys__touch">
                    <h3 class="keys__h">{ names.touch }</h3>
                    <dl>{ for names.gestures.iter().map(|(gesture, does)| html! {
                        <div><dt>{ *gesture }</dt><dd>{ *does }</dd></div>
                    }) }</dl>
                </section>
                <div class="keys__s">
                    { switch(names.single, !settings.keys_off, &flip) }
                    <p>{ names.single_hint }</p>
                </div>
            </div>
        </Sheet>
    }
}

fn line(command: &'static Command, ui: Ui) -> Html {
    // Keys that type nothing cannot be switched off.
    let named = command.keys.iter().any(|key| key.len() > 1);
    html! {
        <div class={classes!((!named).then_some("keys__single"))}>
            <dt>{ (command.name)(ui.commands()) }</dt>
            <dd>{ for command.keys.iter().map(|key| html! { <kbd class="key">{ key_name(key) }</kbd> }) }</dd>
        </div>
    }
}
