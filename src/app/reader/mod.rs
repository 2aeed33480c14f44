//! The reader: an article as a page, beside the list, in the whole window, or on a phone.
//!
//! [`Reader`] gets the article and puts around it what the layout asks for; `article` and `blocks` draw the
//! text, `find` steps through matches, `picture` loads pictures with care.

mod after;
mod article;
mod bars;
mod blocks;
mod failed;
mod find;
mod hosts;
mod links;
mod load;
mod masthead;
mod picture;
mod placeholder;
mod progress;
mod related;
mod title;
mod tools;
mod versions;
mod watch;

pub use masthead::reader_tools;
pub use watch::Watch;

use super::dom;
use super::handle::{Archive, Shared};
use super::i18n::Ui;
use super::script::{Script, use_reading};
use super::settings::Settings;
use super::settings::panel::TypePanel;
use crate::model::{Article, Id, Row};
use crate::view::Action;
use after::After;
use article::Text;
use bars::Bar;
use failed::{Failed, failed, missing};
use find::{use_find, use_found};
use load::{Load, use_article};
use masthead::InMasthead;
use tools::Tools;
use versions::use_shown;
use yew::prelude::*;

/// Where the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Right of the list.
    Pane,
    /// In the whole window.
    Alone,
    /// On a phone.
    Phone,
}

/// See [`Reader`].
#[derive(Properties, PartialEq)]
pub struct ReaderProps {
    /// The open archive.
    pub archive: Archive,
    /// The article to show.
    pub id: Id,
    /// The query, whose terms are marked.
    pub query: AttrValue,
    /// The article before in the list.
    pub previous: Option<Row>,
    /// The next article in the list.
    pub next: Option<Row>,
    /// Where the reader stands.
    pub layout: Layout,
    /// The reader's choices.
    pub settings: Settings,
    /// The language of the interface.
    pub ui: Ui,
    /// Changes the choices.
    pub set: Callback<Settings>,
    /// Changes what is on screen.
    pub navigate: Callback<Action>,
    /// Whether the type panel is open.
    pub show_type: bool,
    /// Opens or closes it.
    pub on_type: Callback<bool>,
}

/// The size of text beside the list, unless another is chosen.
const PANE_SIZE: u8 = 17;

/// An open article.
#[component]
pub fn Reader(props: &ReaderProps) -> Html {
    let asked = use_article(&props.archive, props.id);
    let article = match &asked.load {
        Load::Ready(article) => Some(article.clone()),
        _ => None,
    };
    let shown = use_shown(&props.archive, article.clone());
    let script = use_context::<Script>().unwrap_or_default();
    let reading = use_reading(&script, shown.article.clone());
    let found = use_found(&reading, &props.query);
    let (find, step) = use_find(&reading, &found);
    let name = use_title(&props.archive, reading.as_ref().map(|reading| reading.article.clone()));
    let back = {
        let navigate = props.navigate.clone();
        Callback::from(move |()| {
            navigate.emit(if dom::is_wide() { Action::Alone(false) } else { Action::Close });
        })
    };
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
            html! {
                <>
                    <Text archive={props.archive.clone()} article={article.clone()} {found} tag={script.tag(article.lang)} ui={props.ui}
                        images={props.settings.images.unwrap_or(props.archive.manifest().images)}
                        open={props.navigate.reform(Action::Open)}>
                        { shown.notice(props.ui) }
                        { script.notice(article.lang, props.ui) }
                    </Text>
                    { after.draw() }
                </>
            }
        }
    };
    let url = article.as_ref().and_then(|article| article.url.clone());
    let lang = article.as_ref().map_or("", |article| script.tag(article.lang));
    let tools = Tools { url, find, step, ui: props.ui };
    html! {
        <>
            { around(props, tools, body, back, (&name, lang)) }
            if props.show_type {
                <TypePanel settings={props.settings.clone()} set={&props.set} ui={props.ui}
                    archive_images={props.archive.manifest().images} close={props.on_type.reform(|()| false)}
                    usual={(props.layout == Layout::Pane).then_some(PANE_SIZE)} />
            }
        </>
    }
}

/// What the layout puts around the text.
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

/// Names the tab after the article, and after the archive again when the reader goes; hands back the title.
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
