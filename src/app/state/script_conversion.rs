//! Script conversion: articles in their own form of Chinese, or in the one chosen by the reader.
//!
//! All article text is rendered through the [`ScriptContext`] of the context. The tables load when a form is chosen,
//! after the chunk that converts; until then the original is shown.

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::http_store::HttpStore;
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{dom, use_effect_with, use_task};
use crate::archive::reader::{MAX_FILE_BYTES, Store};
use crate::model::{Article, Lang};
use crate::reading;
use crate::search::{CompiledQuery, TextMatches};
use crate::text::{ConversionTables, ConvertedText, Direction, TargetScript};
use crate::user_data::UserData;
use crate::user_data::annotations::AnchoredAnnotations;
use futures_util::future::LocalBoxFuture;
use gloo::events::EventListener;
use std::ops::Range;
use yew::prelude::*;

/// Function of a chunk that loads the tables of a direction.
pub type LoadTablesFn = fn(Direction) -> LocalBoxFuture<'static, Option<LoadedTables>>;

/// Conversion tables, with the function of their chunk that converts text.
pub struct LoadedTables {
    tables: ConversionTables,
    convert: fn(&ConversionTables, &str, TargetScript, Lang) -> Option<ConvertedText>,
}

/// Chosen form and its tables.
#[derive(Clone, Default, PartialEq)]
pub struct ScriptContext {
    /// The chosen form; `None` for each article's own.
    target: Option<TargetScript>,
    /// Tables of the direction, once loaded.
    tables: Option<RcEq<LoadedTables>>,
    /// Set if the tables failed to load.
    retry: Option<Callback<()>>,
}

impl ScriptContext {
    fn convert(&self, text: &str, lang: Lang) -> Option<ConvertedText> {
        let LoadedTables { tables, convert } = &**self.tables.as_ref()?;
        convert(tables, text, self.target?, lang)
    }

    /// Converts article text in the language `lang`.
    pub fn text(&self, text: &str, lang: Lang) -> String {
        self.convert(text, lang).map_or_else(|| text.to_owned(), |shown| shown.text)
    }

    /// Converts text and sorted byte ranges of it.
    pub fn text_with_ranges(
        &self,
        text: &str,
        ranges: &[Range<usize>],
        lang: Lang,
    ) -> (String, Vec<Range<usize>>) {
        let Some(shown) = self.convert(text, lang) else { return (text.to_owned(), ranges.to_vec()) };
        let ranges = ranges.iter().map(|range| shown.mapping.to_converted(range.clone())).collect();
        (shown.text, ranges)
    }

    /// Language tag of the converted text.
    pub fn tag(&self, lang: Lang) -> &'static str {
        let form = self.target.filter(|form| self.tables.is_some() && form.applies_to(lang));
        form.map_or(lang.tag(), TargetScript::tag)
    }

    /// Returns true if articles in the language `lang` are to be converted.
    pub fn applies_to(&self, lang: Lang) -> bool {
        self.target.is_some_and(|form| form.applies_to(lang))
    }

    /// Loads the tables again, if they failed to load.
    pub fn retry(&self) -> Option<&Callback<()>> {
        self.retry.as_ref()
    }
}

/// Displayed article.
#[derive(Clone, PartialEq)]
pub struct DisplayedArticle {
    /// Article as stored.
    pub original: RcEq<Article>,
    /// Article after conversion.
    pub article: RcEq<Article>,
    converted: Option<RcEq<reading::ConvertedArticle>>,
}

impl DisplayedArticle {
    /// The matches in its text.
    pub fn matches(&self, query: &CompiledQuery) -> TextMatches {
        match &self.converted {
            Some(converted) => converted.find_matches(query, &self.original),
            None => query.find(&self.article.text()),
        }
    }

    pub fn annotations(&self, kept: &UserData) -> AnchoredAnnotations {
        let mut passages = kept.anchor_annotations(&self.original);
        if let Some(converted) = &self.converted {
            for passage in &mut passages.anchored {
                passage.range = converted.offset_map().to_converted(passage.range.clone());
            }
        }
        passages
    }

    /// Maps a range of the displayed text to the original.
    pub fn to_original(&self, range: Range<usize>) -> Range<usize> {
        match &self.converted {
            Some(converted) => converted.offset_map().to_original(range),
            None => range,
        }
    }
}

#[hook]
pub fn use_displayed_article(
    script: &ScriptContext,
    article: Option<RcEq<Article>>,
) -> Option<DisplayedArticle> {
    let reading = use_memo((script.clone(), article), |(script, article)| {
        let original = article.clone()?;
        let tables = script.tables.as_ref().zip(script.target);
        let converted =
            tables.and_then(|(loaded, form)| reading::ConvertedArticle::new(&original, &loaded.tables, form));
        let converted = converted.map(RcEq::new);
        let article = converted.as_ref().map_or(original.clone(), |shown| RcEq::new(shown.article.clone()));
        Some(DisplayedArticle { original, article, converted })
    });
    Option::clone(&reading)
}

#[hook]
pub fn use_script(form: Option<TargetScript>, chunks: &ChunksContext) -> ScriptContext {
    let attempt = use_state(|| 0_u32);
    let answer = use_state(|| None::<(Direction, Option<RcEq<LoadedTables>>)>);
    let wanted = form.map(TargetScript::direction);
    {
        let (answer, chunks) = (answer.setter(), chunks.clone());
        use_task((wanted, *attempt), move |(wanted, _), token| async move {
            let Some(direction) = wanted else { return };
            let load = chunks.load(ChunkKind::Reader).await.and_then(|chunk| chunk.get::<LoadTablesFn>());
            let tables = match load {
                Some(load) => load(direction).await.map(RcEq::new),
                None => None,
            };
            if token.is_active() {
                answer.set(Some((direction, tables)));
            }
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
    let script = use_memo((form, tables, failed, *attempt), move |(form, tables, failed, _)| ScriptContext {
        target: *form,
        tables: tables.clone(),
        retry: failed.then_some(again),
    });
    ScriptContext::clone(&script)
}

/// Loads the tables of a direction from the page's address.
pub async fn load_tables(direction: Direction) -> Option<LoadedTables> {
    let store = HttpStore::new(Callback::noop(), Callback::noop(), Callback::noop());
    let file = store.read(direction.file_name(), MAX_FILE_BYTES).await.ok()?;
    let tables = ConversionTables::parse(std::str::from_utf8(&file).ok()?).ok()?;
    Some(LoadedTables { tables, convert: ConversionTables::convert })
}
