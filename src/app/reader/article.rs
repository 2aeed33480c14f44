//! An article as it is read: title, lead, text.

use super::blocks::Blocks;
use super::links::follow;
use super::notes::Notes;
use super::title::title;
use crate::app::dom;
use crate::app::handle::{Archive, Shared};
use crate::app::i18n::{Ui, fill};
use crate::app::library::{Act, Run};
use crate::app::pages::front::page_of;
use crate::archive::Images;
use crate::keep::Passage;
use crate::model::{Article, Block, Id, Row, Timestamp};
use crate::search::Found;
use crate::view::{Action, Marks, State};
use std::rc::Rc;
use yew::prelude::*;

/// See [`Text`].
#[derive(Properties, PartialEq)]
pub struct TextProps {
    /// What its links are looked up in.
    pub archive: Archive,
    /// The article.
    pub article: Shared<Article>,
    /// The tag of its language, in the form that is shown.
    pub tag: &'static str,
    /// The matches in its text.
    pub found: Rc<Found>,
    /// The reader's passages in it.
    pub passages: Rc<Vec<Passage>>,
    /// Whether there is room for notes in the margin.
    pub margin: bool,
    /// What to do with pictures that lie elsewhere.
    pub images: Images,
    /// The language of the interface.
    pub ui: Ui,
    /// Opens an article of the archive.
    pub open: Callback<Id>,
    /// What stands above the title.
    #[prop_or_default]
    pub children: Html,
}

/// The article itself.
#[component]
pub fn Text(props: &TextProps) -> Html {
    let article = &props.article;
    let minutes = use_memo(article.clone(), |article| Row::of(article).minutes());
    let onclick = {
        let (archive, open) = (props.archive.clone(), props.open.clone());
        Callback::from(move |event: MouseEvent| follow(&event, &archive, &open))
    };
    let source = props.archive.manifest().source_name(&article.source);
    let passages = Passages { found: &props.passages, margin: props.margin };
    let text = text(article, &props.found, passages, props.images, (props.tag, props.ui));
    html! {
        <article class="art" id="read" tabindex="-1" lang={props.tag} aria-label={article.title.clone()} {onclick}>
            { props.children.clone() }
            { kicker(source, article.time, *minutes, props.ui) }
            { earlier(article.earlier.len(), props.ui) }
            { text }
        </article>
    }
}

/// The passages that a reader has marked, and where their notes go.
#[derive(Clone, Copy, Default)]
pub struct Passages<'a> {
    /// Those that were found, in the order of the text.
    pub found: &'a [Passage],
    /// Whether there is room for notes in the margin.
    pub margin: bool,
}

/// The title, the lead and the rest, with the matches `found` in them and the reader's passages; `tag` says in which
/// form its language is shown.
pub fn text(
    article: &Article,
    found: &Found,
    passages: Passages,
    images: Images,
    (tag, ui): (&'static str, Ui),
) -> Html {
    let ranges: Vec<_> = passages.found.iter().map(|passage| passage.range.clone()).collect();
    let mut marks = Marks::new(found, &ranges);
    let heading = title(&article.title, article.lang, tag, &mut marks);
    let notes = Notes::new(passages.found, passages.margin);
    let mut blocks = Blocks { marks, lang: article.lang, headings: 0, notes, images, ui };
    let titles_notes = blocks.notes();
    // The lead comes first, also when a picture stood above it.
    let (before, rest) = article.body.blocks.split_at(lead_at(&article.body.blocks));
    let before = blocks.all(before);
    let (lead, rest) = match rest.split_first() {
        Some((lead @ Block::Lead(_), rest)) => (blocks.all(std::slice::from_ref(lead)), rest),
        _ => (Html::default(), rest),
    };
    let rest = blocks.all(rest);
    html! { <>{ heading }{ titles_notes.unwrap_or_default() }{ lead }<div class="prose">{ before }{ rest }</div></> }
}

/// Where the lead stands, if nothing but pictures come before it.
fn lead_at(blocks: &[Block]) -> usize {
    let lead = blocks.iter().position(|block| matches!(block, Block::Lead(_)));
    let silent = |block: &Block| matches!(block, Block::Figure(_) | Block::Embed(_) | Block::Rule(()));
    lead.filter(|&at| blocks.iter().take(at).all(silent)).unwrap_or(0)
}

/// See [`Day`].
#[derive(Properties, PartialEq)]
struct DayProps {
    time: Timestamp,
    ui: Ui,
}

/// The date of an article, which leads to the front page of its day.
#[component]
fn Day(props: &DayProps) -> Html {
    let run = use_context::<Run>();
    let href = State::default().apply(Action::Show(page_of(props.time.date(), false))).to_url();
    let onclick = Callback::from(move |event: MouseEvent| {
        if let Some(Run(run)) =
            run.as_ref().filter(|_| event.button() == 0 && !event.ctrl_key() && !event.meta_key())
        {
            event.prevent_default();
            run.emit(Act::Front);
        }
    });
    html! {
        <a class="kick__d" {href} {onclick} title={props.ui.front().name}>
            <time datetime={props.time.to_string()}>{ props.ui.dates().full(props.time) }</time>
        </a>
    }
}

/// The way to the earlier versions, below the article.
fn earlier(count: usize, ui: Ui) -> Html {
    let texts = &ui.tools().changes;
    let label = match count {
        0 => return Html::default(),
        1 => texts.one_earlier.to_owned(),
        count => fill(texts.earlier, &[&count.to_string()]),
    };
    let onclick = Callback::from(|_: MouseEvent| {
        if let Some(versions) = dom::element(".versions") {
            versions.scroll_into_view();
            dom::focus(".versions .rel");
        }
    });
    html! { <p class="kick kick--v" lang={ui.tag()}><button type="button" class="link" {onclick}>{ label }</button></p> }
}

/// The line above a title: source, date, minutes to read it.
pub fn kicker(source: &str, time: Option<Timestamp>, minutes: u32, ui: Ui) -> Html {
    let texts = ui.reader();
    let time = match time {
        Some(time) => html! { <Day {time} {ui} /> },
        None => html! { <span>{ texts.undated }</span> },
    };
    let minutes = fill(texts.minutes, &[&minutes.to_string()]);
    html! {
        <p class="kick" lang={ui.tag()}><b>{ source }</b>{ time }<span>{ minutes }</span></p>
    }
}
