//! Reader: an article in the reading pane, in the full window, or on a phone.
//!
//! [`Reader`] loads the article and adds what the layout needs. `article` and `blocks` render the text,
//! `find` navigates matches, `picture` loads images.

mod after;
mod article;
mod bars;
mod blocks;
mod compare;
mod contents;
mod failed;
mod find;
mod hosts;
mod lines;
mod links;
mod listen;
mod load;
mod masthead;
mod notes;
mod paper;
mod pencil;
mod picture;
mod placeholder;
mod progress;
mod reading;
mod related;
mod share;
mod title;
mod tools;
mod versions;
mod viewer;
mod watch;

pub use after::opens;
pub use article::{Passages, kicker, text};
pub use compare::{Compare, CompareProps};
pub use listen::{Player, PlayerProps};
pub use masthead::reader_tools;
pub use share::{Share, ShareProps};
pub use watch::Watch;

use super::dom;
use super::handle::{Archive, Shared};
use super::hooks::use_media;
use super::i18n::Ui;
use super::keep::Keeper;
use super::offline::Handle;
use super::parts::{self, Meanwhile};
use super::script::{Script, use_reading};
use super::settings::panel::TypePanelProps;
use super::settings::{Edit, Settings};
use crate::app::hooks::{use_effect_with, use_lost_focus};
use crate::keep::Mark;
use crate::model::{Article, Id, Row};
use crate::view::{Action, sections};
use after::After;
use article::Text;
use bars::Bar;
use contents::Contents;
use failed::{Failed, failed, missing};
use find::{use_find, use_found};
use load::{Load, use_article};
use masthead::InMasthead;
use pencil::{Pencil, use_passages};
use tools::{Side, Tools};
use versions::use_shown;
use yew::prelude::*;

/// Place of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Right of the list.
    Pane,
    Alone,
    Phone,
}

#[derive(Clone, Properties, PartialEq)]
pub struct ReaderProps {
    pub archive: Archive,
    pub id: Id,
    pub query: AttrValue,
    pub previous: Option<Row>,
    pub next: Option<Row>,
    pub layout: Layout,
    pub settings: Settings,
    pub ui: Ui,
    pub edit: Callback<Edit>,
    pub navigate: Callback<Action>,
    pub show_type: bool,
    pub on_type: Callback<bool>,
    pub keeper: Keeper,
    pub mark: Callback<(Id, Mark)>,
    /// Set if the reader opened it; the pane always shows some article.
    pub opened: bool,
}

/// Default text size in the pane, in pixels.
const PANE_SIZE: u8 = 17;

#[component]
pub fn Reader(props: &ReaderProps) -> Html {
    let asked = use_article(&props.archive, props.id);
    let article = match &asked.load {
        Load::Ready(article) => Some(article.clone()),
        _ => None,
    };
    let known = use_mut_ref(bool::default);
    *known.borrow_mut() |= !matches!(asked.load, Load::Waiting);
    let shown = use_shown(&props.archive, article.clone());
    let script = use_context::<Script>().unwrap_or_default();
    let reading = use_reading(&script, shown.article.clone());
    // A diff has no matches.
    let searched = reading.clone().filter(|_| !shown.compares);
    let found = use_found(&searched, &props.query);
    let (find, step) = use_find(&reading, &found);
    let name = use_title(&props.archive, reading.as_ref().map(|reading| reading.article.clone()));
    // Moves the screen-reader focus to the article.
    use_lost_focus((props.layout != Layout::Pane).then_some("#read"), (props.id, name.clone()));
    let matches =
        found.iter().any(|(range, _)| article.as_ref().is_some_and(|it| range.start > it.title.len()));
    let drawn = reading.as_ref().map(|reading| reading.article.clone());
    let margin = use_margin(props);
    reading::use_kept_place(props, article.clone(), drawn, matches);
    let (passages, lost) = use_passages(&props.keeper, &reading);
    let back = {
        let navigate = props.navigate.clone();
        Callback::from(move |()| {
            navigate.emit(if dom::is_wide() { Action::Alone(false) } else { Action::Close });
        })
    };
    // A stable callback, so that a long article does not render again for a star or a text size.
    let open = use_callback(props.navigate.clone(), |id: Id, navigate| navigate.emit(Action::Open(id)));
    let device = use_context::<Handle>();
    let reload = Callback::from(move |()| device.iter().for_each(Handle::take));
    let heard = found.clone();
    let body = match &asked.load {
        Load::Waiting => Html::default(),
        Load::Missing => missing(&props.navigate.reform(|()| Action::Close), props.ui),
        Load::Failed(error, row) => {
            let source = row.as_ref().map(|row| props.archive.manifest().source_name(&row.source));
            failed(Failed {
                error,
                row: row.as_deref(),
                source: source.unwrap_or_default(),
                busy: asked.busy,
                retry: &asked.retry,
                script: &script,
                reload: &reload,
                ui: props.ui,
            })
        }
        Load::Ready(newest) => {
            let article = reading.as_ref().map_or(newest, |reading| &reading.article);
            let after = After {
                article: newest,
                archive: &props.archive,
                previous: props.previous.as_ref(),
                next: props.next.as_ref(),
                navigate: &props.navigate,
                version: &shown.choose,
                script: &script,
                ui: props.ui,
            };
            // Another text gets nodes of its own: a translator may have changed or marked those of this one.
            let shows = shown.article.as_ref().map_or(0, Shared::address);
            let key = format!("{} {shows}", article.id);
            let text = html! {
                    <Text {key} archive={props.archive.clone()} article={article.clone()} {found} passages={passages.clone()} {margin} tag={script.tag(article.lang)} ui={props.ui}
                        images={props.settings.images.unwrap_or(props.archive.manifest().images)}
                        {open}>
                        { shown.notice(props.ui) }
                        { script.notice(article.lang, props.ui) }
                    </Text>
            };
            let text = if shown.compares {
                let old = shown.article.clone().unwrap_or_else(|| newest.clone());
                let children = shown.notice(props.ui);
                let compare = CompareProps { old, new: newest.clone(), ui: props.ui, children };
                // The article stays until the diff is loaded.
                let meanwhile = Meanwhile { shown: text, close: None };
                parts::rare_after(meanwhile, |rare| rare.compare, compare, props.ui)
            } else {
                text
            };
            html! { <>{ text }{ pencil::lost(&lost, &props.keeper, props.ui) }{ after.draw() }</> }
        }
    };
    let listening = use_state(|| false);
    let on_listen = {
        let listening = listening.clone();
        Callback::from(move |on: bool| {
            listening.set(on);
            if !on {
                dom::focus(".ib--listen");
            }
        })
    };
    let player = reading.clone().filter(|_| *listening && !shown.compares).map(|reading| {
        let source = props.archive.manifest().source_name(&reading.article.source).to_owned();
        let player = PlayerProps {
            tag: script.tag(reading.article.lang),
            reading,
            source: source.into(),
            found: heard,
            next: props.next.as_ref().map(|row| row.id),
            ui: props.ui,
            open: props.navigate.reform(Action::Open),
            close: on_listen.reform(|()| false),
        };
        parts::rare_after(Meanwhile::closing(&player.close), |rare| rare.player, player, props.ui)
    });
    let pencil = reading.clone().filter(|_| !shown.compares).map(|reading| {
        html! {
            <Pencil {reading} {passages} keeper={props.keeper.clone()} layout={props.layout} ui={props.ui}
                navigate={props.navigate.clone()} />
        }
    });
    let url = article.as_ref().and_then(|article| article.url.clone());
    let lang = article.as_ref().map_or("", |article| script.tag(article.lang));
    let star = {
        let id = props.id;
        props.mark.reform(move |_: MouseEvent| (id, Mark::Star))
    };
    let starred = props.keeper.kept().is_starred(props.id);
    let sections = use_memo(reading.as_ref().map(|reading| reading.article.clone()), |article| {
        article.as_ref().map(|article| sections(&article.body)).unwrap_or_default()
    });
    let (open, set_open) = use_side(props.id);
    let has_contents = !sections.is_empty() && !shown.compares;
    let tools = Tools {
        url,
        known: *known.borrow(),
        find,
        step,
        has_contents,
        open,
        set_open: set_open.clone(),
        listening: *listening,
        on_listen,
        star,
        starred,
        ui: props.ui,
    };
    // A converted sentence does not occur on the original page.
    let as_written = reading.as_ref().is_some_and(|reading| reading.article == reading.original);
    let side = shown.article.clone().zip(open).map(|(article, side)| {
        let close = set_open.reform(|()| None);
        match side {
            Side::Contents => {
                html! { <Contents {sections} tag={script.tag(article.lang)} ui={props.ui} {close} /> }
            }
            Side::Share => {
                let share =
                    ShareProps { archive: props.archive.clone(), article, as_written, ui: props.ui, close };
                parts::rare_after(Meanwhile::closing(&share.close), |rare| rare.share, share, props.ui)
            }
        }
    });
    let type_panel = || {
        let panel = TypePanelProps {
            settings: props.settings.clone(),
            edit: props.edit.clone(),
            ui: props.ui,
            close: props.on_type.reform(|()| false),
            archive_images: props.archive.manifest().images,
            usual: (props.layout == Layout::Pane).then_some(PANE_SIZE),
        };
        parts::rare_after(Meanwhile::closing(&panel.close), |rare| rare.type_panel, panel, props.ui)
    };
    html! {
        <>
            { around(props, tools, html! { <>{ body }{ player.unwrap_or_default() }</> }, back, (&name, lang)) }
            // Always one node: a changing number of nodes makes Yew recreate the preceding ones.
            { side.unwrap_or_default() }
            { pencil.unwrap_or_default() }
            if props.show_type {
                { type_panel() }
            }
        </>
    }
}

/// Renders the toolbars of the layout around the text.
fn around(
    props: &ReaderProps,
    tools: Tools,
    body: Html,
    back: Callback<()>,
    (title, lang): (&AttrValue, &'static str),
) -> Html {
    let bar = Bar { tools: &tools, show_type: props.show_type, on_type: &props.on_type, back };
    match props.layout {
        Layout::Pane => html! { <>{ body }<InMasthead ..tools /></> },
        Layout::Alone => html! {
            <div class="reader">
                { bar.above(title, lang) }
                <main>{ body }</main>
            </div>
        },
        Layout::Phone => html! {
            <div class="reader">
                <progress::Progress {title} top=true />
                <main>{ body }</main>
                { bar.under_thumb() }
            </div>
        },
    }
}

/// Default size and measure in the full window, in pixels and characters.
const SIZE: u32 = 19;
const MEASURE: u32 = 34;
/// Width in pixels of a margin note and its spacing.
const BESIDE: u32 = 216 + 32 + 24;

/// Returns true if notes fit into the margin.
#[hook]
fn use_margin(props: &ReaderProps) -> bool {
    let Settings { size, measure, .. } = &props.settings;
    let text = size.map_or(SIZE, u32::from) * measure.map_or(MEASURE, u32::from);
    let wide = (text + 2 * BESIDE).max(1200);
    use_media(format!("(min-width: {wide}px)")) && props.layout == Layout::Alone
}

/// Returns the open panel, which closes when the article changes.
#[hook]
fn use_side(id: Id) -> (Option<Side>, Callback<Option<Side>>) {
    let open = use_state_eq(|| None::<(Id, Side)>);
    let side = open.filter(|(of, _)| *of == id).map(|(_, side)| side);
    (side, Callback::from(move |side: Option<Side>| open.set(side.map(|side| (id, side)))))
}

/// Sets the document title while the reader is mounted, and returns the article's title.
#[hook]
fn use_title(archive: &Archive, article: Option<Shared<Article>>) -> AttrValue {
    let title = article.map_or(AttrValue::default(), |article| article.title.clone().into());
    use_effect_with((archive.clone(), title.clone()), |(archive, title)| {
        let name = archive.manifest().name().to_owned();
        if let Some(document) = dom::document().filter(|_| !title.is_empty()) {
            document.set_title(&format!("{title} — {name}"));
        }
        move || {
            if let Some(document) = dom::document() {
                document.set_title(&name);
            }
        }
    });
    title
}
