//! Player bar of an article.

use super::session::{Press, Session, tell};
use super::spoken;
use super::voice::{Utterance, Voice, speech, use_voices};
use crate::app::components::icon::{Shape, icon};
use crate::app::hooks::use_effect_with;
use crate::app::i18n::{ListenTexts, Ui, fill};
use crate::app::script::Reading;
use crate::app::{dom, settings, storage};
use crate::model::{Article, Id};
use crate::search::Found;
use crate::view::{Recital, Way};
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct PlayerProps {
    pub reading: Reading,
    /// Language tag after script conversion.
    pub tag: &'static str,
    pub source: AttrValue,
    /// Matches on the page: when they change, so do the nodes of a sentence.
    pub found: Rc<Found>,
    pub next: Option<Id>,
    pub ui: Ui,
    pub open: Callback<Id>,
    pub close: Callback<()>,
}

/// Speech rates.
const RATES: [(&str, f32); 7] =
    [("0.75", 0.75), ("1", 1.0), ("1.25", 1.25), ("1.5", 1.5), ("1.75", 1.75), ("2", 2.0), ("2.5", 2.5)];

/// State of the player.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Play {
    /// Address of the article.
    of: usize,
    at: usize,
    playing: bool,
    /// Set if the reader chose the sentence, so that the page scrolls there.
    went: bool,
    failed: bool,
}

enum Do {
    /// Goes to a sentence; the flag is set if the reader asked for it.
    Go(usize, bool),
    Play(bool),
    /// Starts an article at a sentence; the flag is set to play.
    Begin(usize, usize, bool),
    Fail,
}

impl Reducible for Play {
    type Action = Do;

    fn reduce(self: Rc<Play>, what: Do) -> Rc<Play> {
        let Play { of, at, playing, .. } = *self;
        Rc::new(match what {
            Do::Go(at, went) => Play { of, at, playing, went, failed: false },
            Do::Play(playing) => Play { of, at, playing, went: playing, failed: false },
            Do::Begin(of, at, playing) => Play { of, at, playing, went: playing, failed: false },
            Do::Fail => Play { of, at, playing: false, went: false, failed: true },
        })
    }
}

/// Player, which starts at the first visible sentence.
#[component]
pub fn Player(props: &PlayerProps) -> Html {
    let recital = use_memo(props.reading.article.clone(), |article| Recital::new(article));
    let play = use_reducer_eq(Play::default);
    let voices = use_voices(props.tag);
    let choices = use_state(Choices::load);
    let onward = use_state(|| false);
    let goes_on = use_mut_ref(|| None::<bool>);
    let language = props.tag.split('-').next().unwrap_or_default();
    let voice = choices.voice(language, &voices).cloned();
    {
        let (recital, dispatch, goes_on) = (recital.clone(), play.dispatcher(), goes_on.clone());
        use_effect_with(props.reading.original.clone(), move |article| {
            let of = article.address();
            // A newly opened article waits, unless the player opened it.
            let begin = match goes_on.borrow_mut().replace(false) {
                None => Do::Begin(of, recital.first_of(spoken::first_in_view()).min(recital.len()), true),
                Some(goes_on) => Do::Begin(of, 0, goes_on),
            };
            dispatch.dispatch(begin);
        });
    }
    // The position belongs to the previous article until the new one is started.
    let playing = play.playing && play.of == props.reading.original.address();
    let asked = ((play.at, playing), recital.clone(), choices.rate, voice.clone());
    {
        let (dispatch, onward, open) = (play.dispatcher(), *onward, props.open.clone());
        let ended = use_mut_ref(Callback::noop);
        let (next, of) = (props.next, props.reading.original.address());
        let goes_on = goes_on.clone();
        // The callback is read when the sentence ends, so that it uses the current settings.
        *ended.borrow_mut() = {
            let recital = recital.clone();
            Callback::from(move |(at, well): (usize, bool)| match (recital.go(at, Way::On), next) {
                _ if !well => dispatch.dispatch(Do::Fail),
                (Some(on), _) => dispatch.dispatch(Do::Go(on, false)),
                (None, Some(next)) if onward => {
                    *goes_on.borrow_mut() = Some(true);
                    open.emit(next);
                }
                (None, _) => dispatch.dispatch(Do::Begin(of, 0, false)),
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
    use_mark(&recital, *play);
    let go = {
        let (dispatch, recital, at) = (play.dispatcher(), recital.clone(), play.at);
        Callback::from(move |way| {
            if let Some(to) = recital.go(at, way) {
                dispatch.dispatch(Do::Go(to, true));
            }
        })
    };
    let press = {
        let (go, dispatch, close) = (go.clone(), play.dispatcher(), props.close.clone());
        Callback::from(move |press| match press {
            Press::Play => dispatch.dispatch(Do::Play(true)),
            Press::Pause => dispatch.dispatch(Do::Play(false)),
            Press::Previous => go.emit(Way::ParagraphBack),
            Press::Next => go.emit(Way::ParagraphOn),
            Press::Stop => close.emit(()),
        })
    };
    let playing = playing && voice.is_some();
    use_session(&press, &props.reading.article, &props.source, playing);

    let texts = props.ui.listen();
    let button = |shape: Shape, label: &'static str, way: Way| {
        let onclick = go.reform(move |_: MouseEvent| way);
        let nowhere = recital.go(play.at, way).is_none().then_some("true");
        html! {
            <button type="button" class="ib" aria-label={label} title={label} {onclick} aria-disabled={nowhere}
                disabled={voice.is_none()}>{ icon(shape) }</button>
        }
    };
    let (shape, label) = if playing { (Shape::Pause, texts.pause) } else { (Shape::Play, texts.play) };
    let toggle = press.reform(move |_: MouseEvent| if playing { Press::Pause } else { Press::Play });
    let set = |change: fn(&mut Choices, &str, String)| {
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
    let at = fill(texts.at, &[&(play.at + 1).min(recital.len()).to_string(), &recital.len().to_string()]);
    let here = {
        let (recital, at) = (recital.clone(), play.at);
        Callback::from(move |_: MouseEvent| {
            if let Some(place) = recital.place(at).and_then(spoken::place) {
                spoken::show(&place);
            }
        })
    };
    let turn_onward = {
        let onward = onward.clone();
        Callback::from(move |_: MouseEvent| onward.set(!*onward))
    };
    html! {
        <section class="player" aria-label={texts.listen} lang={props.ui.tag()}>
            { message(texts, &voices, voice.as_ref(), props, play.failed) }
            <div class="player__b">
                { button(Shape::ParagraphBack, texts.paragraph_back, Way::ParagraphBack) }
                { button(Shape::Back, texts.back, Way::Back) }
                <button type="button" class="ib ib--play" aria-label={label} title={label} onclick={toggle}
                    disabled={voice.is_none()}>{ icon(shape) }</button>
                { button(Shape::Forward, texts.on, Way::On) }
                { button(Shape::ParagraphOn, texts.paragraph_on, Way::ParagraphOn) }
            </div>
            <div class="player__c">
                <button type="button" class="player__n" title={texts.here} onclick={here}>{ at }</button>
                <select class="player__s" aria-label={texts.rate} onchange={set(|choices, _, value| choices.rate = rate(&value))}>
                    { for RATES.iter().enumerate().map(|(at, (name, _))| html! {
                        <option value={*name} selected={at == choices.rate}>{ format!("{name}×") }</option>
                    }) }
                </select>
                if !voices.is_empty() {
                    <select class="player__s player__s--voice" aria-label={texts.voice}
                        onchange={set(|choices, language, value| choices.choose(language, value))}>
                        if voice.is_none() {
                            <option value="" selected=true>{ texts.choose }</option>
                        }
                        { for voices.iter().map(|one| html! {
                            <option value={one.name.clone()} selected={voice.as_ref() == Some(one)}>
                                { &one.name }{ if one.local { "" } else { texts.online } }
                            </option>
                        }) }
                    </select>
                }
                <button type="button" class="player__o" aria-pressed={onward.to_string()} disabled={props.next.is_none()}
                    onclick={turn_onward}>{ texts.onward }</button>
            </div>
            <button type="button" class="ib player__x" aria-label={texts.close} title={texts.close}
                onclick={props.close.reform(|_: MouseEvent| ())}>{ icon(Shape::Close) }</button>
        </section>
    }
}

/// Explains why no voice speaks, or where the text is sent.
fn message(
    texts: &ListenTexts,
    voices: &[Voice],
    voice: Option<&Voice>,
    props: &PlayerProps,
    failed: bool,
) -> Html {
    let language = props.ui.lang_name(props.reading.article.lang);
    let text = match voice {
        _ if speech().is_none() => texts.unable.to_owned(),
        _ if failed => texts.failed.to_owned(),
        Some(voice) if !voice.local => texts.sends.to_owned(),
        Some(_) => return Html::default(),
        None if voices.is_empty() => fill(texts.no_voice, &[language]),
        None => fill(texts.only_online, &[language]),
    };
    html! { <p class="player__m" role="status">{ text }</p> }
}

/// Highlights the sentence. The page follows unless the reader has scrolled away.
#[hook]
fn use_mark(recital: &Rc<Recital>, play: Play) {
    let last = use_mut_ref(|| None::<Play>);
    {
        let recital = recital.clone();
        // After every render: a re-rendered text loses its highlight.
        use_effect(move || {
            let before = last.borrow_mut().replace(play);
            let moved = before != Some(play);
            let seen = before.is_some_and(|before| {
                recital
                    .place(before.at)
                    .and_then(spoken::place)
                    .is_some_and(|place| spoken::is_in_view(&place))
            });
            let place = recital.place(play.at).and_then(spoken::mark);
            if let Some(place) = place.filter(|_| moved && (play.went || play.playing && seen)) {
                spoken::show(&place);
            }
        });
    }
    use_effect_with((), |()| {
        // Speech would continue after the page is left.
        let leaving = dom::window().map(|window| {
            EventListener::new(&window, "pagehide", |_| {
                if let Some(speech) = speech() {
                    speech.cancel();
                }
            })
        });
        move || {
            drop(leaving);
            spoken::unmark();
        }
    });
}

/// Connects the player to the media session.
#[hook]
fn use_session(press: &Callback<Press>, article: &Article, source: &AttrValue, playing: bool) {
    let current = use_mut_ref(Callback::noop);
    *current.borrow_mut() = press.clone();
    use_effect_with((), move |()| {
        let session = Session::new(&Callback::from(move |press| {
            let now = current.borrow().clone();
            now.emit(press);
        }));
        move || drop(session)
    });
    let told = (AttrValue::from(article.title.clone()), source.clone(), playing);
    use_effect_with(told, |(title, source, playing)| tell(title, source, *playing));
}

/// Preferences of this device: rate, and a voice per language.
#[derive(Clone, PartialEq)]
struct Choices {
    rate: usize,
    voices: Vec<(String, String)>,
}

const KEY: &str = "sheaf.listen";

/// Returns the index of a rate, or that of the default.
fn rate(name: &str) -> usize {
    RATES.iter().position(|rate| rate.0 == name).unwrap_or(1)
}

impl Choices {
    fn load() -> Choices {
        let kept = storage::load(KEY).unwrap_or_default();
        let mut lines = kept.lines();
        let rate = rate(lines.next().unwrap_or_default());
        let voices = lines.filter_map(|line| line.split_once('='));
        Choices { rate, voices: voices.map(|(tag, name)| (tag.to_owned(), name.to_owned())).collect() }
    }

    /// Stores the preferences, one a line, unless persistence is off.
    fn store(&self) {
        if settings::forgets() {
            return;
        }
        let mut kept = RATES.get(self.rate).map_or("", |rate| rate.0).to_owned();
        for (language, name) in &self.voices {
            kept = [&kept, "\n", language, "=", name].concat();
        }
        storage::store(KEY, &kept);
    }

    fn choose(&mut self, language: &str, name: String) {
        self.voices.retain(|(known, _)| known != language);
        self.voices.push((language.to_owned(), name));
    }

    /// Returns the voice of a language: the chosen one, else the best local one.
    fn voice<'v>(&self, language: &str, voices: &'v [Voice]) -> Option<&'v Voice> {
        let chosen = self.voices.iter().find(|(known, _)| known == language);
        let chosen = chosen.and_then(|(_, name)| voices.iter().find(|voice| *voice.name == **name));
        chosen.or_else(|| voices.first().filter(|voice| voice.local))
    }
}
