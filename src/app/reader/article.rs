//! Article view: title, lead, text.

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

#[derive(Properties, PartialEq)]
pub struct TextProps {
    pub archive: Archive,
    pub article: Shared<Article>,
    /// Language tag after script conversion.
    pub tag: &'static str,
    pub found: Rc<Found>,
    pub passages: Rc<Vec<Passage>>,
    /// Set if notes fit into the margin.
    pub margin: bool,
    pub images: Images,
    pub ui: Ui,
    pub open: Callback<Id>,
    #[prop_or_default]
    pub children: Html,
}

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

/// Annotations of an article, and the place of their notes.
#[derive(Clone, Copy, Default)]
pub struct Passages<'a> {
    /// Anchored annotations in text order.
    pub found: &'a [Passage],
    /// Set if notes fit into the margin.
    pub margin: bool,
}

/// Renders title, lead and body with matches and annotations; `tag` is the language tag after script
/// conversion.
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
    // The lead comes first, even after a figure.
    let (before, rest) = article.body.blocks.split_at(lead_at(&article.body.blocks));
    let before = blocks.all(before);
    let (lead, rest) = match rest.split_first() {
        Some((lead @ Block::Lead(_), rest)) => (blocks.all(std::slice::from_ref(lead)), rest),
        _ => (Html::default(), rest),
    };
    let rest = blocks.all(rest);
    html! { <>{ heading }{ titles_notes.unwrap_or_default() }{ lead }<div class="prose">{ before }{ rest }</div></> }
}

/// Returns the index of the lead if only figures, embeds and rules precede it.
fn lead_at(blocks: &[Block]) -> usize {
    let lead = blocks.iter().position(|block| matches!(block, Block::Lead(_)));
    let silent = |block: &Block| matches!(block, Block::Figure(_) | Block::Embed(_) | Block::Rule(()));
    lead.filter(|&at| blocks.iter().take(at).all(silent)).unwrap_or(0)
}

#[derive(Properties, PartialEq)]
struct DayProps {
    time: Timestamp,
    ui: Ui,
}

/// Date of an article, linked to the front page of its day.
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

/// Link to the earlier versions below the article.
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

/// Kicker above the title: source, date, reading time.
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
