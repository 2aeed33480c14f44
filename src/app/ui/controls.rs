//! Controls of the type panel.

use crate::app::i18n::PanelTexts;
use crate::app::state::settings::Theme;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Keyboard handling of a radio group: arrow keys choose, and only the chosen button is a tab stop.
fn radio_group_keys(count: usize, chosen: Option<usize>, choose: Callback<usize>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let at = chosen.unwrap_or_default();
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (at + 1) % count,
            "ArrowLeft" | "ArrowUp" => (at + count - 1) % count,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        choose.emit(next);
        // Yew delegates events to its root, so the root is their current target.
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let group = target.and_then(|target| target.parent_element());
        let button = group.and_then(|group| group.children().item(next as u32));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // The button is visible, so it takes the focus.
            let _ = button.focus();
        }
    })
}

/// Tab stop of a group: the chosen button, else the first.
fn tab_stop(chosen: Option<usize>, at: usize) -> &'static str {
    if chosen.unwrap_or_default() == at { "0" } else { "-1" }
}

/// Theme picker. Each theme shows a sample character in its colours; the automatic one is half light and
/// half dark.
pub fn theme_picker(texts: &PanelTexts, chosen: Theme, choose: &Callback<Theme>) -> Html {
    let chosen = Theme::ALL.iter().position(|&theme| theme == chosen);
    let choose = choose.reform(|at: usize| Theme::ALL[at.min(Theme::ALL.len() - 1)]);
    let sample = texts.sample;
    let swatch = |(at, theme): (usize, Theme)| {
        let onclick = choose.reform(move |_: MouseEvent| at);
        let name = match theme {
            Theme::Auto => texts.theme_auto,
            Theme::Light => texts.theme_paper,
            Theme::Sepia => texts.theme_tea,
            Theme::Dark => texts.theme_night,
            Theme::Black => texts.theme_ink,
        };
        let sample = match theme {
            Theme::Auto => html! {
                <span class="sw__c sw__c--auto">
                    <span data-theme="light">{ sample }</span><span data-theme="dark">{ sample }</span>
                </span>
            },
            theme => html! { <span class="sw__c" data-theme={theme.name()}>{ sample }</span> },
        };
        html! {
            <button type="button" class="sw__b" role="radio" aria-checked={(chosen == Some(at)).to_string()}
                tabindex={tab_stop(chosen, at)} {onclick}>{ sample }{ name }</button>
        }
    };
    let onkeydown = radio_group_keys(Theme::ALL.len(), chosen, choose.clone());
    html! {
        <div class="sw" role="radiogroup" aria-label={texts.theme} {onkeydown}>
            { for Theme::ALL.into_iter().enumerate().map(swatch) }
        </div>
    }
}

/// Radio group.
pub struct RadioGroup<'a> {
    pub label: &'static str,
    /// CSS class of the group. Only a group without one shows its label.
    pub class: Option<&'static str>,
    pub names: &'a [&'static str],
    /// Language tags of the names, if they differ.
    pub langs: &'a [&'static str],
    pub chosen: Option<usize>,
}

pub fn radio_group(choice: RadioGroup, choose: Callback<usize>) -> Html {
    let RadioGroup { label, class: kind, names, langs, chosen } = choice;
    let one = |(at, name): (usize, &&'static str)| {
        let onclick = choose.reform(move |_: MouseEvent| at);
        html! {
            <button type="button" role="radio" aria-checked={(chosen == Some(at)).to_string()}
                lang={langs.get(at).copied()} tabindex={tab_stop(chosen, at)} {onclick}>{ *name }</button>
        }
    };
    let onkeydown = radio_group_keys(names.len(), chosen, choose.clone());
    html! {
        <>
            if kind.is_none() {
                <p class="aa__l"><span>{ label }</span></p>
            }
            <div class={classes!("segc", kind)} role="radiogroup" aria-label={label} {onkeydown}>
                { for names.iter().enumerate().map(one) }
            </div>
        </>
    }
}

pub fn switch(label: &'static str, on: bool, flip: &Callback<bool>) -> Html {
    let onclick = flip.reform(move |_: MouseEvent| !on);
    html! {
        <button type="button" class="tog" role="switch" aria-checked={on.to_string()} {onclick}>
            { label }<span class="tog__b" />
        </button>
    }
}
