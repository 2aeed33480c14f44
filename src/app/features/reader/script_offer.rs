//! Offer to convert articles, made once, where interface and article are in different Chinese scripts.

use crate::app::i18n::Locale;
use crate::app::services::use_effect_with;
use crate::app::state::settings::{Settings, SettingsUpdate, use_settings};
use crate::model::Lang;
use crate::text::TargetScript;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ScriptOfferProps {
    pub lang: Lang,
    pub ui: Locale,
}

/// Line above an article that offers the interface's script. It is gone with the article.
#[component]
pub fn ScriptOffer(props: &ScriptOfferProps) -> Html {
    let context = use_settings();
    let is_open = use_state_eq(|| !context.settings.is_script_offered);
    let is_original = context.settings.script.is_none();
    let offered =
        script_of(props.ui).filter(|script| *is_open && is_original && script.applies_to(props.lang));
    {
        let edit = context.edit.clone();
        use_effect_with(offered.is_some(), move |&is_offered| {
            if is_offered {
                edit.emit(Box::new(|settings: &mut Settings| settings.is_script_offered = true));
            }
        });
    }
    let Some(script) = offered else { return Html::default() };
    let convert = context.edit.reform(move |_: MouseEvent| -> SettingsUpdate {
        Box::new(move |settings| settings.script = Some(script))
    });
    let close = {
        let is_open = is_open.setter();
        Callback::from(move |_: MouseEvent| is_open.set(false))
    };
    let texts = &props.ui.script().offer;
    html! {
        <div class="older older--script" lang={props.ui.tag()} translate="no">
            <span>{ texts.question }</span>
            <button type="button" class="link" onclick={convert}>{ texts.convert }</button>
            <button type="button" class="link" onclick={close}>{ texts.keep }</button>
        </div>
    }
}

/// Returns the script of an interface; for Traditional Chinese that of the browser's region.
fn script_of(ui: Locale) -> Option<TargetScript> {
    let tag = ui.regional_tag().to_ascii_lowercase();
    match ui {
        Locale::Hans => Some(TargetScript::Hans),
        Locale::Hant if tag.contains("hk") || tag.contains("mo") => Some(TargetScript::HongKong),
        Locale::Hant => Some(TargetScript::Taiwan),
        Locale::En => None,
    }
}
