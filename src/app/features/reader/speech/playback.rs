//! Playback of an article: the spoken sentence, and what follows it.

use super::sentence_highlight;
use super::voice::{Utterance, Voice, speech_synthesis};
use crate::app::services::{dom, use_effect_with};
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::state::use_navigation;
use crate::model::Id;
use crate::reading::{SkipTo, SpeechScript};
use crate::view_model::RouteAction;
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Playback of an article.
pub struct Playback {
    pub script: Rc<SpeechScript>,
    pub sentence: usize,
    pub is_playing: bool,
    pub has_failed: bool,
    /// Moves to another sentence.
    pub skip: Callback<SkipTo>,
    pub set_playing: Callback<bool>,
}

/// Speaks the article from its first visible sentence on, then the article `next`.
#[hook]
pub fn use_playback(
    reading: &DisplayedArticle,
    voice: Option<&Voice>,
    rate: f32,
    next: Option<Id>,
) -> Playback {
    let script = use_memo(reading.article.clone(), |article| SpeechScript::new(article));
    let state = use_reducer_eq(PlaybackState::default);
    let continues = use_mut_ref(|| None::<bool>);
    use_start(reading, &script, &state, &continues);
    // The position belongs to the previous article until the new one is started.
    let is_current = state.article == reading.original.address();
    let is_playing = state.is_playing && is_current && voice.is_some();
    let ended = use_sentence_end(reading, &script, &state, next, &continues);
    let spoken = (state.sentence, is_playing, script.clone(), rate, voice.cloned());
    use_effect_with(spoken, move |(sentence, is_playing, script, rate, voice)| {
        let sentence = *sentence;
        let done = Callback::from(move |has_succeeded| {
            let ended = ended.borrow().clone();
            ended.emit((sentence, has_succeeded));
        });
        let utterance = voice
            .as_ref()
            .filter(|_| *is_playing && sentence < script.len())
            .and_then(|voice| Utterance::new(script.text(sentence), voice, *rate, done));
        move || drop(utterance)
    });
    use_sentence_highlight(&script, *state);
    let skip = {
        let (dispatch, script, sentence) = (state.dispatcher(), script.clone(), state.sentence);
        Callback::from(move |way| {
            if let Some(to) = script.skip(sentence, way) {
                dispatch.dispatch(PlaybackAction::MoveTo { sentence: to, is_user_action: true });
            }
        })
    };
    let set_playing = {
        let dispatch = state.dispatcher();
        Callback::from(move |is_playing| dispatch.dispatch(PlaybackAction::SetPlaying(is_playing)))
    };
    let PlaybackState { sentence, has_failed, .. } = *state;
    Playback { script, sentence, is_playing, has_failed, skip, set_playing }
}

/// State of the playback.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct PlaybackState {
    /// Address of the article.
    article: usize,
    sentence: usize,
    is_playing: bool,
    /// Set if the reader chose the sentence, so that the page scrolls there.
    is_user_action: bool,
    has_failed: bool,
}

enum PlaybackAction {
    MoveTo {
        sentence: usize,
        is_user_action: bool,
    },
    SetPlaying(bool),
    /// Starts an article at a sentence.
    Start {
        article: usize,
        sentence: usize,
        is_playing: bool,
    },
    Fail,
}

impl Reducible for PlaybackState {
    type Action = PlaybackAction;

    fn reduce(self: Rc<PlaybackState>, action: PlaybackAction) -> Rc<PlaybackState> {
        let state = PlaybackState { has_failed: false, ..*self };
        Rc::new(match action {
            PlaybackAction::MoveTo { sentence, is_user_action } => {
                PlaybackState { sentence, is_user_action, ..state }
            }
            PlaybackAction::SetPlaying(is_playing) => {
                PlaybackState { is_playing, is_user_action: is_playing, ..state }
            }
            PlaybackAction::Start { article, sentence, is_playing } => {
                PlaybackState { article, sentence, is_playing, is_user_action: is_playing, ..state }
            }
            PlaybackAction::Fail => {
                PlaybackState { is_playing: false, is_user_action: false, has_failed: true, ..state }
            }
        })
    }
}

/// Set when the player opens the next article; absent until the first one is started.
type Continuation = Rc<RefCell<Option<bool>>>;

/// Starts the article when it opens. The first one begins where the reader looks. A later one waits, unless the
/// player opened it.
#[hook]
fn use_start(
    reading: &DisplayedArticle,
    script: &Rc<SpeechScript>,
    state: &UseReducerHandle<PlaybackState>,
    continues: &Continuation,
) {
    let (script, dispatch, continues) = (script.clone(), state.dispatcher(), continues.clone());
    use_effect_with(reading.original.clone(), move |article| {
        let (sentence, is_playing) = match continues.borrow_mut().replace(false) {
            None => {
                let line = sentence_highlight::first_visible_line();
                (script.first_in_line(line).min(script.len()), true)
            }
            Some(continues) => (0, continues),
        };
        dispatch.dispatch(PlaybackAction::Start { article: article.address(), sentence, is_playing });
    });
}

/// Receives a sentence that ended, and `true` if it was spoken.
type SentenceEnd = Callback<(usize, bool)>;

/// Returns the continuation after a sentence. The callback is read when the sentence ends, so that it uses the
/// current settings.
#[hook]
fn use_sentence_end(
    reading: &DisplayedArticle,
    script: &Rc<SpeechScript>,
    state: &UseReducerHandle<PlaybackState>,
    next: Option<Id>,
    continues: &Continuation,
) -> Rc<RefCell<SentenceEnd>> {
    let (navigate, article) = (use_navigation().navigate, reading.original.address());
    let ended = use_mut_ref(SentenceEnd::noop);
    let (script, dispatch, continues) = (script.clone(), state.dispatcher(), continues.clone());
    *ended.borrow_mut() = Callback::from(move |(sentence, has_succeeded): (usize, bool)| {
        match (script.skip(sentence, SkipTo::NextSentence), next) {
            _ if !has_succeeded => dispatch.dispatch(PlaybackAction::Fail),
            (Some(sentence), _) => {
                dispatch.dispatch(PlaybackAction::MoveTo { sentence, is_user_action: false });
            }
            (None, Some(next)) => {
                *continues.borrow_mut() = Some(true);
                navigate.emit(RouteAction::Open(next));
            }
            (None, None) => {
                dispatch.dispatch(PlaybackAction::Start { article, sentence: 0, is_playing: false });
            }
        }
    });
    ended
}

/// Highlights the sentence. The page follows unless the reader has scrolled away.
#[hook]
fn use_sentence_highlight(script: &Rc<SpeechScript>, state: PlaybackState) {
    let last = use_mut_ref(|| None::<PlaybackState>);
    {
        let script = script.clone();
        // After every render: a re-rendered text loses its highlight.
        use_effect(move || {
            let before = last.borrow_mut().replace(state);
            let moved = before != Some(state);
            let seen = before.is_some_and(|before| {
                script
                    .position(before.sentence)
                    .and_then(sentence_highlight::sentence_rect)
                    .is_some_and(|place| sentence_highlight::is_in_view(&place))
            });
            let place = script.position(state.sentence).and_then(sentence_highlight::highlight_sentence);
            if let Some(place) = place.filter(|_| moved && (state.is_user_action || state.is_playing && seen))
            {
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
