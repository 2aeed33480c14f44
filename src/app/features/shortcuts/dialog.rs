//! Shortcuts dialog: keys and gestures.

use crate::app::i18n::Locale;
use crate::app::state::commands::{CommandGroup, KEY_BINDINGS, KeyBinding, key_name};
use crate::app::state::settings::{SettingsContext, SettingsUpdate, use_settings};
use crate::app::state::use_locale;
use crate::app::ui::controls::switch;
use crate::app::ui::dialog::Sheet;
use crate::app::ui::icon::{IconKind, icon};
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct ShortcutsDialogProps {
    pub close: Callback<()>,
}

/// Commands by group, gestures, and the switch for single-letter keys.
#[component]
pub fn ShortcutsDialog(props: &ShortcutsDialogProps) -> Html {
    let ShortcutsDialogProps { close } = props;
    let (SettingsContext { settings, edit }, ui) = (use_settings(), use_locale());
    let (texts, names) = (ui.library(), ui.commands());
    let closed = close.reform(|_: MouseEvent| ());
    let flip = edit
        .reform(|on: bool| -> SettingsUpdate { Box::new(move |settings| settings.single_keys_off = !on) });
    let groups = [
        (CommandGroup::Find, names.finding),
        (CommandGroup::Read, names.reading),
        (CommandGroup::Page, names.page),
    ];
    html! {
        <Sheet label={texts.shortcuts} {close}>
            <div class="sheet__h">
                <h2>{ texts.shortcuts }</h2>
                <button class="ib" aria-label={texts.close} onclick={closed}>{ icon(IconKind::Close) }</button>
            </div>
            <div class={classes!("keys", "sheet__b", settings.single_keys_off.then_some("is-off"))}>
                { for groups.into_iter().map(|(group, name)| html! {
                    <section>
                        <h3 class="keys__h">{ name }</h3>
                        <dl>{ for KEY_BINDINGS.iter().filter(|command| command.group == group).map(|command| shortcut_row(command, ui)) }</dl>
                    </section>
                }) }
                <section class="keys__touch">
                    <h3 class="keys__h">{ names.touch }</h3>
                    <dl>{ for [&names.swipe, &names.pull].into_iter().map(|texts| html! {
                        <div><dt>{ texts.gesture }</dt><dd>{ texts.effect }</dd></div>
                    }) }</dl>
                </section>
                <div class="keys__s">
                    { switch(names.single_keys, !settings.single_keys_off, &flip) }
                    <p>{ names.single_keys_hint }</p>
                </div>
            </div>
        </Sheet>
    }
}

fn shortcut_row(command: &'static KeyBinding, ui: Locale) -> Html {
    // Keys that type nothing cannot be switched off.
    let named = command.keys.iter().any(|key| key.len() > 1);
    html! {
        <div class={classes!((!named).then_some("keys__single"))}>
            <dt>{ (command.name)(ui.commands()) }</dt>
            <dd>{ for command.keys.iter().map(|key| html! { <kbd class="key">{ key_name(key) }</kbd> }) }</dd>
        </div>
    }
}
