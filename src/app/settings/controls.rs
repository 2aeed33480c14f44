//! The controls of the type panel.

use super::Theme;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Moves among radio buttons as people expect: arrows choose, and only the chosen one is a stop for Tab.
fn arrows(count: usize, chosen: Option<usize>, choose: Callback<usize>) -> Callback<KeyboardEvent> {
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
        // Yew hears events at its root, so that is their current target.
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let group = target.and_then(|target| target.closest("[role=radiogroup]").ok().flatten());
        let button = group.and_then(|group| group.query_selector_all("[role=radio]").ok()?.item(next as u32));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // It is on screen, so it takes the focus.
            let _ = button.focus();
        }
    })
}

/// The one tab stop of a group: what is chosen, else the first.
fn tab_stop(chosen: Option<usize>, at: usize) -> &'static str {
    if chosen.unwrap_or_default() == at { "0" } else { "-1" }
}

/// See [`Themes`].
#[derive(Properties, PartialEq)]
pub struct ThemesProps {
    /// What is chosen here.
    pub label: &'static str,
    /// The names of the themes, in the order of [`Theme::ALL`].
    pub names: [&'static str; 5],
    /// The character that shows a theme.
    pub sample: &'static str,
    /// The chosen theme.
    pub chosen: Theme,
    /// Chooses one.
    pub choose: Callback<Theme>,
}

/// The themes, each shown in its own colours. The first follows the system and is half of both.
#[component]
pub fn Themes(props: &ThemesProps) -> Html {
    let chosen = Theme::ALL.iter().position(|&theme| theme == props.chosen);
    let choose = props.choose.reform(|at: usize| Theme::ALL[at.min(Theme::ALL.len() - 1)]);
    let swatch = |(at, (theme, name)): (usize, (Theme, &&'static str))| {
        let onclick = choose.reform(move |_: MouseEvent| at);
        let sample = match theme {
            Theme::Auto => html! {
                <span class="sw__c sw__c--auto">
                    <span data-theme="light">{ props.sample }</span><span data-theme="dark">{ props.sample }</span>
                </span>
            },
            theme => html! { <span class="sw__c" data-theme={theme.name()}>{ props.sample }</span> },
        };
        html! {
            <button type="button" class="sw__b" role="radio" aria-checked={(chosen == Some(at)).to_string()}
                tabindex={tab_stop(chosen, at)} {onclick}>{ sample }{ *name }</button>
        }
    };
    let onkeydown = arrows(Theme::ALL.len(), chosen, choose.clone());
    html! {
        <div class="sw" role="radiogroup" aria-label={props.label} {onkeydown}>
            { for Theme::ALL.into_iter().zip(&props.names).enumerate().map(swatch) }
        </div>
    }
}

/// See [`Choice`].
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// What is chosen here.
    pub label: &'static str,
    /// Whether the label is only spoken.
    #[prop_or_default]
    pub hidden_label: bool,
    /// The names of the choices.
    pub names: Vec<&'static str>,
    /// The languages of the names, where they differ.
    #[prop_or_default]
    pub langs: Vec<&'static str>,
    /// What the style sheet calls this group.
    #[prop_or_default]
    pub kind: &'static str,
    /// Which is chosen.
    pub chosen: Option<usize>,
    /// Chooses one.
    pub choose: Callback<usize>,
}

/// One of a few.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let one = |(at, name): (usize, &&'static str)| {
        let onclick = props.choose.reform(move |_: MouseEvent| at);
        html! {
            <button type="button" role="radio" aria-checked={(props.chosen == Some(at)).to_string()}
                lang={props.langs.get(at).copied()} tabindex={tab_stop(props.chosen, at)} {onclick}>{ *name }</button>
        }
    };
    let onkeydown = arrows(props.names.len(), props.chosen, props.choose.clone());
    html! {
        <>
            if !props.hidden_label {
                <p class="aa__l"><span>{ props.label }</span></p>
            }
            <div class={classes!("segc", (!props.kind.is_empty()).then(|| format!("segc--{}", props.kind)))}
                role="radiogroup" aria-label={props.label} {onkeydown}>
                { for props.names.iter().enumerate().map(one) }
            </div>
        </>
    }
}

/// See [`Switch`].
#[derive(Properties, PartialEq)]
pub struct SwitchProps {
    /// What is switched.
    pub label: &'static str,
    /// Whether it is on.
    pub on: bool,
    /// Switches it.
    pub flip: Callback<bool>,
}

/// Something that is on or off.
#[component]
pub fn Switch(props: &SwitchProps) -> Html {
    let on = props.on;
    let onclick = props.flip.reform(move |_: MouseEvent| !on);
    html! {
        <button type="button" class="tog" role="switch" aria-checked={on.to_string()} {onclick}>
            { props.label }<span class="tog__b" />
        </button>
    }
}
