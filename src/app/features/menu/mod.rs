//! Main menu: what belongs to the archive and the device, and actions on the list.

mod bulk_actions;
mod download_panel;

use self::bulk_actions::BulkActions;
use self::download_panel::DownloadPanel;
use crate::app::i18n::Locale;
use crate::app::state::settings::{SettingsUpdate, use_settings};
use crate::app::state::{Command, use_command_context, use_locale};
use crate::app::ui::controls::{RadioGroup, radio_group};
use crate::app::ui::icon::{IconKind, icon};
use crate::app::ui::panel::Panel;
use crate::view_model::RoutePage;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct MainMenuProps {
    pub close: Callback<()>,
}

/// Menu: a sheet on a phone, else a popover at its button.
#[component]
pub fn MainMenu(props: &MainMenuProps) -> Html {
    let (ui, settings, commands) = (use_locale(), use_settings(), use_command_context());
    let close = &props.close;
    let item = |command: Command, shape: IconKind, label: &'static str| {
        let (commands, close) = (commands.clone(), close.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            close.emit(());
            commands.run(command);
        });
        html! { <button type="button" class="opt" {onclick}>{ icon(shape) }{ label }</button> }
    };
    let languages = RadioGroup {
        label: ui.reader().panel.language,
        class: None,
        names: &Locale::ALL.map(Locale::name),
        langs: &Locale::ALL.map(Locale::tag),
        chosen: Locale::ALL.iter().position(|&locale| locale == ui),
    };
    let choose = settings.edit.reform(|at: usize| -> SettingsUpdate {
        Box::new(move |settings| settings.ui = Locale::ALL.get(at).copied())
    });
    html! {
        <Panel name="aa--menu" label={ui.user_data().menu} {close}>
            <div class="aa__s">
                { item(Command::ShowPage(RoutePage::Annotations), IconKind::Pencil, ui.annotations().name) }
                { item(Command::UserData, IconKind::Note, ui.user_data().data) }
                { item(Command::Shortcuts, IconKind::Keyboard, ui.library().shortcuts) }
                { item(Command::ShowPage(RoutePage::About), IconKind::Page, ui.about().name) }
            </div>
            <DownloadPanel />
            <div class="aa__s">{ radio_group(languages, choose) }</div>
            <BulkActions {close} />
        </Panel>
    }
}
