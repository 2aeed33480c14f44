//! Player bar of an article.

use super::sentence_highlight;
use super::voice::{Utterance, Voice, speech_synthesis, use_voices};
use crate::app::i18n::Locale;
use crate::app::services::media_session::{MediaAction, MediaSession, set_metadata};
use crate::app::services::{dom, local_storage, use_effect_with};
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::state::{settings, use_locale, use_navigation};
use crate::app::ui::icon::{IconKind, icon};
use crate::model::{Article, Id, Lang};
use crate::reading::{SkipTo, SpeechScript};
use crate::search::TextMatches;
use crate::view_model::RouteAction;
use gloo::events::EventListener;
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

/// Speech rates.
const RATES: [(&str, f32); 7] =
    [("0.75", 0.75), ("1", 1.0), ("1.25", 1.25), ("1.5", 1.5), ("1.75", 1.75), ("2", 2.0), ("2.5", 2.5)];

/// State of the player.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct PlayerState {
    /// Address of the article.
    of: usize,
    sentence: usize,
    is_playing: bool,
    /// Set if the reader chose the sentence, so that the page scrolls there.
    is_user_action: bool,
    has_failed: bool,
}

enum PlayerAction {
    /// Goes to a sentence; the flag is set if the reader asked for it.
    MoveTo(usize, bool),
    SetPlaying(bool),
    /// Starts an article at a sentence; the flag is set to play.
    Start(usize, usize, bool),
    Fail,
}

impl Reducible for PlayerState {
    type Action = PlayerAction;

    fn reduce(self: Rc<PlayerState>, what: PlayerAction) -> Rc<PlayerState> {
        let PlayerState { of, sentence: at, is_playing: playing, .. } = *self;
        Rc::new(match what {
            PlayerAction::MoveTo(at, went) => {
                PlayerState { of, sentence: at, is_playing: playing, is_user_action: went, has_failed: false }
            }
            PlayerAction::SetPlaying(playing) => PlayerState {
                of,
                sentence: at,
                is_playing: playing,
                is_user_action: playing,
                has_failed: false,
            },
            PlayerAction::Start(of, at, playing) => PlayerState {
                of,
                sentence: at,
                is_playing: playing,
                is_user_action: playing,
                has_failed: false,
            },
            PlayerAction::Fail => {
                PlayerState { of, sentence: at, is_playing: false, is_user_action: false, has_failed: true }
            }
        })
    }
}

/// Player, which starts at the first visible sentence.
#[component]
pub fn Player(props: &PlayerProps) -> Html {
    let (ui, navigation) = (use_locale(), use_navigation());
    let recital = use_memo(props.reading.article.clone(), |article| SpeechScript::new(article));
    let play = use_reducer_eq(PlayerState::default);
    let voices = use_voices(props.tag);
    let choices = use_state(VoicePreferences::load);
    let onward = use_state(|| false);
    let goes_on = use_mut_ref(|| None::<bool>);
    let language = props.tag.split('-').next().unwrap_or_default();
    let voice = choices.voice_for(language, &voices).cloned();
    {
        let (recital, dispatch, goes_on) = (recital.clone(), play.dispatcher(), goes_on.clone());
        use_effect_with(props.reading.original.clone(), move |article| {
            let of = article.address();
            // A newly opened article waits, unless the player opened it.
            let begin = match goes_on.borrow_mut().replace(false) {
                None => PlayerAction::Start(
                    of,
                    recital.first_in_line(sentence_highlight::first_visible_line()).min(recital.len()),
                    true,
                ),
                Some(goes_on) => PlayerAction::Start(of, 0, goes_on),
            };
            dispatch.dispatch(begin);
        });
    }
    // The position belongs to the previous article until the new one is started.
    let playing = play.is_playing && play.of == props.reading.original.address();
    let asked = ((play.sentence, playing), recital.clone(), choices.rate, voice.clone());
    {
        let (dispatch, onward, navigate) = (play.dispatcher(), *onward, navigation.navigate);
        let ended = use_mut_ref(Callback::noop);
        let (next, of) = (props.next, props.reading.original.address());
        let goes_on = goes_on.clone();
        // The callback is read when the sentence ends, so that it uses the current settings.
        *ended.borrow_mut() = {
            let recital = recital.clone();
            Callback::from(move |(at, well): (usize, bool)| {
                match (recital.skip(at, SkipTo::NextSentence), next) {
                    _ if !well => dispatch.dispatch(PlayerAction::Fail),
                    (Some(on), _) => dispatch.dispatch(PlayerAction::MoveTo(on, false)),
                    (None, Some(next)) if onward => {
                        *goes_on.borrow_mut() = Some(true);
                        navigate.emit(RouteAction::Open(next));
                    }
                    (None, _) => dispatch.dispatch(PlayerAction::Start(of, 0, false)),
                }
            })
        };
        use_effect_with(asked, move |((at, playing), recital, rate, voice)| {
            let (at, rate) = (*at, RATES.get(*rate).map_or(1.0, |rate| rate.1));
            let done = Callback::from(move |well| {
                let ended = ended.borrow().clone();
                ended.emit((at, well));
            });
            let utterance = voice
                .as_ref()
                .filter(|_| *playing && at < recital.len())
                .and_then(|voice| Utterance::new(recital.text(at), voice, rate, done));
            move || drop(utterance)
        });
    }
    use_sentence_highlight(&recital, *play);
    let go = {
        let (dispatch, recital, at) = (play.dispatcher(), recital.clone(), play.sentence);
        Callback::from(move |way| {
            if let Some(to) = recital.skip(at, way) {
                dispatch.dispatch(PlayerAction::MoveTo(to, true));
            }
        })
    };
    let press = {
        let (go, dispatch, close) = (go.clone(), play.dispatcher(), props.close.clone());
        Callback::from(move |press| match press {
            MediaAction::Play => dispatch.dispatch(PlayerAction::SetPlaying(true)),
            MediaAction::Pause => dispatch.dispatch(PlayerAction::SetPlaying(false)),
            MediaAction::Previous => go.emit(SkipTo::PreviousParagraph),
            MediaAction::Next => go.emit(SkipTo::NextParagraph),
            MediaAction::Stop => close.emit(()),
        })
    };
    let playing = playing && voice.is_some();
    use_media_session(&press, &props.reading.article, &props.source, playing);

    let texts = ui.listen();
    let button = |shape: IconKind, label: &'static str, way: SkipTo| {
        let onclick = go.reform(move |_: MouseEvent| way);
        let nowhere = recital.skip(play.sentence, way).is_none().then_some("true");
        html! {
            <button type="button" class="ib" aria-label={label} title={label} {onclick} aria-disabled={nowhere}
                disabled={voice.is_none()}>{ icon(shape) }</button>
        }
    };
    let (shape, label) = if playing { (IconKind::Pause, texts.pause) } else { (IconKind::Play, texts.play) };
    let toggle =
        press.reform(move |_: MouseEvent| if playing { MediaAction::Pause } else { MediaAction::Play });
    let set = |change: fn(&mut VoicePreferences, &str, String)| {
        let (choices, language) = (choices.clone(), language.to_owned());
        Callback::from(move |event: Event| {
            let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok())
            else {
                return;
            };
            let mut changed = (*choices).clone();
            change(&mut changed, &language, select.value());
            changed.store();
            choices.set(changed);
        })
    };
    let at = texts.position((play.sentence + 1).min(recital.len()) as u64, recital.len() as u64);
    let here = {
        let (recital, at) = (recital.clone(), play.sentence);
        Callback::from(move |_: MouseEvent| {
            if let Some(place) = recital.position(at).and_then(sentence_highlight::sentence_rect) {
                sentence_highlight::scroll_into_view(&place);
            }
        })
    };
    let turn_onward = {
        let onward = onward.clone();
        Callback::from(move |_: MouseEvent| onward.set(!*onward))
    };
    html! {
        <section class="player" aria-label={texts.listen} lang={ui.tag()}>
            { voice_message(ui, &voices, voice.as_ref(), props.reading.article.lang, play.has_failed) }
            <div class="player__b">
                { button(IconKind::PreviousParagraph, texts.previous_paragraph, SkipTo::PreviousParagraph) }
                { button(IconKind::Back, texts.previous_sentence, SkipTo::PreviousSentence) }
                <button type="button" class="ib ib--play" aria-label={label} title={label} onclick={toggle}
                    disabled={voice.is_none()}>{ icon(shape) }</button>
                { button(IconKind::Forward, texts.next_sentence, SkipTo::NextSentence) }
                { button(IconKind::NextParagraph, texts.next_paragraph, SkipTo::NextParagraph) }
            </div>
            <div class="player__c">
                <button type="button" class="player__n" title={texts.show_sentence} onclick={here}>{ at }</button>
                <select class="player__s" aria-label={texts.rate} onchange={set(|choices, _, value| choices.rate = rate_index(&value))}>
                    { for RATES.iter().enumerate().map(|(at, (name, _))| html! {
                        <option value={*name} selected={at == choices.rate}>{ format!("{name}×") }</option>
                    }) }
                </select>
                if !voices.is_empty() {
                    <select class="player__s player__s--voice" aria-label={texts.voice}
                        onchange={set(|choices, language, value| choices.set_voice(language, value))}>
                        if voice.is_none() {
                            <option value="" selected=true>{ texts.choose_voice }</option>
                        }
                        { for voices.iter().map(|one| html! {
                            <option value={one.name.clone()} selected={voice.as_ref() == Some(one)}>
                                { &one.name }{ if one.is_local { "" } else { texts.online } }
                            </option>
                        }) }
                    </select>
                }
                <button type="button" class="player__o" aria-pressed={onward.to_string()} disabled={props.next.is_none()}
                    onclick={turn_onward}>{ texts.continue_with_next }</button>
            </div>
            <button type="button" class="ib player__x" aria-label={texts.close} title={texts.close}
                onclick={props.close.reform(|_: MouseEvent| ())}>{ icon(IconKind::Close) }</button>
        </section>
    }
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

/// Highlights the sentence. The page follows unless the reader has scrolled away.
#[hook]
fn use_sentence_highlight(recital: &Rc<SpeechScript>, play: PlayerState) {
    let last = use_mut_ref(|| None::<PlayerState>);
    {
        let recital = recital.clone();
        // After every render: a re-rendered text loses its highlight.
        use_effect(move || {
            let before = last.borrow_mut().replace(play);
            let moved = before != Some(play);
            let seen = before.is_some_and(|before| {
                recital
                    .position(before.sentence)
                    .and_then(sentence_highlight::sentence_rect)
                    .is_some_and(|place| sentence_highlight::is_in_view(&place))
            });
            let place = recital.position(play.sentence).and_then(sentence_highlight::highlight_sentence);
            if let Some(place) = place.filter(|_| moved && (play.is_user_action || play.is_playing && seen)) {
                sentence_highlight::scroll_into_view(&place);
            }
        });
    }
    use_effect_with((), |()| {
        // Speech would continue after the page is left.
        let leaving = dom::window().map(|window| {
            EventListener::new(&window, "pagehide", |_| {
                if let Some(speech) = speech_synthesis() {
                    speech.cancel();
                }
            })
        });
        move || {
            drop(leaving);
            sentence_highlight::clear_highlight();
        }
    });
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

/// Preferences of this device: rate, and a voice per language.
#[derive(Clone, PartialEq)]
struct VoicePreferences {
    rate: usize,
    voices: Vec<(String, String)>,
}

const PREFERENCES_KEY: &str = "sheaf.listen";

/// Returns the index of a rate, or that of the default.
fn rate_index(name: &str) -> usize {
    RATES.iter().position(|rate| rate.0 == name).unwrap_or(1)
}

impl VoicePreferences {
    fn load() -> VoicePreferences {
        let kept = local_storage::load(PREFERENCES_KEY).unwrap_or_default();
        let mut lines = kept.lines();
        let rate = rate_index(lines.next().unwrap_or_default());
        let voices = lines.filter_map(|line| line.split_once('='));
        VoicePreferences {
            rate,
            voices: voices.map(|(tag, name)| (tag.to_owned(), name.to_owned())).collect(),
        }
    }

    /// Stores the preferences, one a line, unless persistence is off.
    fn store(&self) {
        if settings::is_persistence_off() {
            return;
        }
        let mut kept = RATES.get(self.rate).map_or("", |rate| rate.0).to_owned();
        for (language, name) in &self.voices {
            kept = [&kept, "\n", language, "=", name].concat();
        }
        local_storage::store(PREFERENCES_KEY, &kept);
    }

    fn set_voice(&mut self, language: &str, name: String) {
        self.voices.retain(|(known, _)| known != language);
        self.voices.push((language.to_owned(), name));
    }

    /// Returns the voice of a language: the chosen one, else the best local one.
    fn voice_for<'v>(&self, language: &str, voices: &'v [Voice]) -> Option<&'v Voice> {
        let chosen = self.voices.iter().find(|(known, _)| known == language);
        let chosen = chosen.and_then(|(_, name)| voices.iter().find(|voice| *voice.name == **name));
        chosen.or_else(|| voices.first().filter(|voice| voice.is_local))
    }
}
