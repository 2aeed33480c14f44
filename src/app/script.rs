//! Script conversion: articles in their own form of Chinese, or in the one chosen by the reader.
//!
//! All article text is rendered through the [`Script`] of the context. The tables load when a form is chosen;
//! until then the original is shown.

use super::components::marked::marked;
use super::dom;
use super::handle::Shared;
use super::i18n::Ui;
use super::net::HttpStore;
use crate::app::hooks::use_effect_with;
use crate::archive::{LARGEST, Store};
use crate::keep::{Kept, Passages};
use crate::model::{Article, Lang};
use crate::search::{Found, Matcher};
use crate::text::{Converted, Direction, Form, Tables};
use crate::view;
use gloo::events::EventListener;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Chosen form and its tables.
#[derive(Clone, Default, PartialEq)]
pub struct Script {
    /// The chosen form; `None` for each article's own.
    form: Option<Form>,
    /// Tables of the direction, once loaded.
    tables: Option<Shared<Tables>>,
    /// Set if the tables failed to load.
    retry: Option<Callback<()>>,
}

impl Script {
    fn convert(&self, text: &str, lang: Lang) -> Option<Converted> {
        self.tables.as_ref()?.convert(text, self.form?, lang)
    }

    /// Converts article text in the language `lang`.
    pub fn text(&self, text: &str, lang: Lang) -> String {
        self.convert(text, lang).map_or_else(|| text.to_owned(), |shown| shown.text)
    }

    /// Converts text with highlights; `marks` are sorted byte ranges of the original.
    pub fn marked(&self, text: &str, marks: &[Range<usize>], lang: Lang) -> Html {
        let Some(shown) = self.convert(text, lang) else { return marked(text, marks) };
        let marks: Vec<_> = marks.iter().map(|mark| shown.mapping.range(mark.clone())).collect();
        marked(&shown.text, &marks)
    }

    /// Language tag of the converted text.
    pub fn tag(&self, lang: Lang) -> &'static str {
        let form = self.form.filter(|form| self.tables.is_some() && form.changes(lang));
        form.map_or(lang.tag(), Form::tag)
    }

    /// Renders the error of the tables with a retry button, if they failed.
    pub fn failure(&self, ui: Ui) -> Html {
        let Some(retry) = &self.retry else { return Html::default() };
        let texts = ui.script();
        html! {
            <>
                <p>{ texts.failed }</p>
                <button type="button" class="link" onclick={retry.reform(|_: MouseEvent| ())}>{ texts.retry }</button>
            </>
        }
    }

    /// Renders the same as a notice above an article that would be converted.
    pub fn notice(&self, lang: Lang, ui: Ui) -> Html {
        let concerned = self.retry.is_some() && self.form.is_some_and(|form| form.changes(lang));
        html! {
            if concerned {
                <div class="older" role="status" lang={ui.tag()}>{ self.failure(ui) }</div>
            }
        }
    }
}

/// Displayed article.
#[derive(Clone, PartialEq)]
pub struct Reading {
    /// Article as stored.
    pub original: Shared<Article>,
    /// Article after conversion.
    pub article: Shared<Article>,
    converted: Option<Shared<view::Converted>>,
}

impl Reading {
    pub fn found(&self, matcher: &Matcher) -> Found {
        match &self.converted {
            Some(converted) => converted.found(matcher, &self.original),
            None => matcher.find(&self.article.text()),
        }
    }

    pub fn passages(&self, kept: &Kept) -> Passages {
        let mut passages = kept.passages(&self.original);
        if let Some(converted) = &self.converted {
            for passage in &mut passages.found {
                passage.range = converted.mapping().range(passage.range.clone());
            }
        }
        passages
    }

    /// Maps a range of the displayed text to the original.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        match &self.converted {
            Some(converted) => converted.mapping().origin(range),
            None => range,
        }
    }
}

#[hook]
pub fn use_reading(script: &Script, article: Option<Shared<Article>>) -> Option<Reading> {
    let reading = use_memo((script.clone(), article), |(script, article)| {
        let original = article.clone()?;
        let tables = script.tables.as_ref().zip(script.form);
        let converted = tables.and_then(|(tables, form)| view::Converted::new(&original, tables, form));
        let converted = converted.map(Shared::new);
        let article = converted.as_ref().map_or(original.clone(), |shown| Shared::new(shown.article.clone()));
        Some(Reading { original, article, converted })
    });
    Option::clone(&reading)
}

#[hook]
pub fn use_script(form: Option<Form>) -> Script {
    let attempt = use_state(|| 0_u32);
    let answer = use_state(|| None::<(Direction, Option<Shared<Tables>>)>);
    let wanted = form.map(Form::direction);
    {
        let answer = answer.setter();
        use_effect_with((wanted, *attempt), move |(wanted, _)| {
            let alive = Rc::new(Cell::new(true));
            if let Some(direction) = *wanted {
                let alive = alive.clone();
                spawn_local(async move {
                    let tables = fetch(direction).await.map(Shared::new);
                    if alive.get() {
                        answer.set(Some((direction, tables)));
                    }
                });
            }
            move || alive.set(false)
        });
    }
    let known = answer.as_ref().filter(|(direction, _)| Some(*direction) == wanted);
    let failed = matches!(known, Some((_, None)));
    let again = {
        let (attempt, answer) = (attempt.clone(), answer.setter());
        Callback::from(move |()| {
            answer.set(None);
            attempt.set(*attempt + 1);
        })
    };
    {
        let again = again.clone();
        use_effect_with(failed, move |&failed| {
            // Retried without a click when the browser is online again.
            let window = dom::window().filter(|_| failed);
            let listener =
                window.map(|window| EventListener::new(&window, "online", move |_| again.emit(())));
            move || drop(listener)
        });
    }
    let tables = known.and_then(|(_, tables)| tables.clone());
    let script = use_memo((form, tables, failed, *attempt), move |(form, tables, failed, _)| Script {
        form: *form,
        tables: tables.clone(),
        retry: failed.then_some(again),
    });
    Script::clone(&script)
}

/// Loads the tables of a direction from the page's address.
async fn fetch(direction: Direction) -> Option<Tables> {
    let store = HttpStore::new(Callback::noop(), Callback::noop(), Callback::noop());
    let file = store.read(direction.file(), LARGEST).await.ok()?;
    Tables::read(std::str::from_utf8(&file).ok()?).ok()
}
