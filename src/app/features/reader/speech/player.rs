//! Player bar of an article.

use super::playback::{Playback, use_playback};
use super::sentence_highlight;
use super::voice::{Voice, speech_synthesis, use_voices};
use super::voice_preferences::{RATES, VoicePreferences, rate_index};
use crate::app::i18n::Locale;
use crate::app::services::media_session::{MediaAction, MediaSession, set_metadata};
use crate::app::services::use_effect_with;
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::state::use_locale;
use crate::app::ui::icon::{IconKind, icon};
use crate::model::{Article, Id, Lang};
use crate::reading::SkipTo;
use crate::search::TextMatches;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct PlayerProps {
    pub reading: DisplayedArticle,
    /// Language tag after script conversion.
    pub tag: &'static str,
    pub source: AttrValue,
    /// Matches on the page: when they change, so do the nodes of a sentence.
    pub found: Rc<TextMatches>,
    pub next: Option<Id>,
    pub close: Callback<()>,
}

/// Player, which starts at the first visible sentence.
#[component]
pub fn Player(props: &PlayerProps) -> Html {
    let ui = use_locale();
    let voices = use_voices(props.tag);
    let preferences = use_state(VoicePreferences::load);
    let continues = use_state(|| false);
    let language = props.tag.split('-').next().unwrap_or_default();
    let voice = preferences.voice_for(language, &voices).cloned();
    let next = props.next.filter(|_| *continues);
    let playback = use_playback(&props.reading, voice.as_ref(), preferences.rate(), next);
    let action = {
        let (skip, set_playing) = (playback.skip.clone(), playback.set_playing.clone());
        let close = props.close.clone();
        Callback::from(move |action| match action {
            MediaAction::Play => set_playing.emit(true),
            MediaAction::Pause => set_playing.emit(false),
            MediaAction::Previous => skip.emit(SkipTo::PreviousParagraph),
            MediaAction::Next => skip.emit(SkipTo::NextParagraph),
            MediaAction::Stop => close.emit(()),
        })
    };
    use_media_session(&action, &props.reading.article, &props.source, playback.is_playing);

    let texts = ui.listen();
    let Playback { script, sentence, has_failed, .. } = &playback;
    let position = texts.position((sentence + 1).min(script.len()) as u64, script.len() as u64);
    let show_sentence = {
        let (script, sentence) = (script.clone(), *sentence);
        Callback::from(move |_: MouseEvent| {
            if let Some(place) = script.position(sentence).and_then(sentence_highlight::sentence_rect) {
                sentence_highlight::scroll_into_view(&place);
            }
        })
    };
    let toggle_continuation = {
        let continues = continues.clone();
        Callback::from(move |_: MouseEvent| continues.set(!*continues))
    };
    html! {
        <section class="player" aria-label={texts.listen} lang={ui.tag()}>
            { voice_message(ui, &voices, voice.as_ref(), props.reading.article.lang, *has_failed) }
            { playback_buttons(&playback, &action, voice.is_some(), ui) }
            <div class="player__c">
                <button type="button" class="player__n" title={texts.show_sentence} onclick={show_sentence}>{ position }</button>
                { rate_select(&preferences, ui) }
                if !voices.is_empty() {
                    { voice_select(&preferences, language, &voices, voice.as_ref(), ui) }
                }
                <button type="button" class="player__o" aria-pressed={continues.to_string()} disabled={props.next.is_none()}
                    onclick={toggle_continuation}>{ texts.continue_with_next }</button>
            </div>
            <button type="button" class="ib player__x" aria-label={texts.close} title={texts.close}
                onclick={props.close.reform(|_: MouseEvent| ())}>{ icon(IconKind::Close) }</button>
        </section>
    }
}

/// Renders the buttons that play, pause and move.
fn playback_buttons(
    playback: &Playback,
    action: &Callback<MediaAction>,
    has_voice: bool,
    ui: Locale,
) -> Html {
    let texts = ui.listen();
    let Playback { script, sentence, is_playing, skip, .. } = playback;
    let button = |shape: IconKind, label: &'static str, way: SkipTo| {
        let onclick = skip.reform(move |_: MouseEvent| way);
        let disabled = script.skip(*sentence, way).is_none().then_some("true");
        html! {
            <button type="button" class="ib" aria-label={label} title={label} {onclick} aria-disabled={disabled}
                disabled={!has_voice}>{ icon(shape) }</button>
        }
    };
    let (shape, label, toggle) = match is_playing {
        true => (IconKind::Pause, texts.pause, MediaAction::Pause),
        false => (IconKind::Play, texts.play, MediaAction::Play),
    };
    html! {
        <div class="player__b">
            { button(IconKind::PreviousParagraph, texts.previous_paragraph, SkipTo::PreviousParagraph) }
            { button(IconKind::Back, texts.previous_sentence, SkipTo::PreviousSentence) }
            <button type="button" class="ib ib--play" aria-label={label} title={label}
                onclick={action.reform(move |_: MouseEvent| toggle)} disabled={!has_voice}>{ icon(shape) }</button>
            { button(IconKind::Forward, texts.next_sentence, SkipTo::NextSentence) }
            { button(IconKind::NextParagraph, texts.next_paragraph, SkipTo::NextParagraph) }
        </div>
    }
}

fn rate_select(preferences: &UseStateHandle<VoicePreferences>, ui: Locale) -> Html {
    let set = on_choice(preferences, |preferences, name| preferences.rate_index = rate_index(&name));
    html! {
        <select class="player__s" aria-label={ui.listen().rate} onchange={set}>
            { for RATES.iter().enumerate().map(|(at, (name, _))| html! {
                <option value={*name} selected={at == preferences.rate_index}>{ format!("{name}×") }</option>
            }) }
        </select>
    }
}

fn voice_select(
    preferences: &UseStateHandle<VoicePreferences>,
    language: &'static str,
    voices: &[Voice],
    selected: Option<&Voice>,
    ui: Locale,
) -> Html {
    let texts = ui.listen();
    let set = on_choice(preferences, move |preferences, name| preferences.set_voice(language, name));
    html! {
        <select class="player__s player__s--voice" aria-label={texts.voice} onchange={set}>
            if selected.is_none() {
                <option value="" selected=true>{ texts.choose_voice }</option>
            }
            { for voices.iter().map(|one| html! {
                <option value={one.name.clone()} selected={selected == Some(one)}>
                    { &one.name }{ if one.is_local { "" } else { texts.online } }
                </option>
            }) }
        </select>
    }
}

/// Changes and stores the preferences when an option is chosen.
fn on_choice(
    preferences: &UseStateHandle<VoicePreferences>,
    change: impl Fn(&mut VoicePreferences, String) + 'static,
) -> Callback<Event> {
    let preferences = preferences.clone();
    Callback::from(move |event: Event| {
        let target = event.target();
        let Some(select) = target.and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) else {
            return;
        };
        let mut changed = (*preferences).clone();
        change(&mut changed, select.value());
        changed.store();
        preferences.set(changed);
    })
}

/// Explains why no voice speaks, or where the text is sent.
fn voice_message(ui: Locale, voices: &[Voice], voice: Option<&Voice>, lang: Lang, failed: bool) -> Html {
    let (texts, language) = (ui.listen(), ui.lang_name(lang));
    let text = match voice {
        _ if speech_synthesis().is_none() => texts.unsupported.to_owned(),
        _ if failed => texts.failed.to_owned(),
        Some(voice) if !voice.is_local => texts.online_warning.to_owned(),
        Some(_) => return Html::default(),
        None if voices.is_empty() => texts.no_voice(language),
        None => texts.only_online(language),
    };
    html! { <p class="player__m" role="status">{ text }</p> }
}

/// Connects the player to the media session.
#[hook]
fn use_media_session(press: &Callback<MediaAction>, article: &Article, source: &AttrValue, playing: bool) {
    let current = use_mut_ref(Callback::noop);
    *current.borrow_mut() = press.clone();
    use_effect_with((), move |()| {
        let session = MediaSession::new(&Callback::from(move |press| {
            let now = current.borrow().clone();
            now.emit(press);
        }));
        move || drop(session)
    });
    let told = (AttrValue::from(article.title.clone()), source.clone(), playing);
    use_effect_with(told, |(title, source, playing)| set_metadata(title, source, *playing));
}
