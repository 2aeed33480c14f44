//! Reader: an article in the reading pane, in the full window, or on a phone.
//!
//! [`Reader`] loads the article and adds what the layout needs. `article` and `blocks` render the text,
//! `find` navigates matches, `picture` loads images.

pub mod annotations;
pub mod article_footer;
pub mod diff;
pub mod load_error;
pub mod masthead_tools;
pub mod match_navigation;
pub mod progress;
pub mod reading_tracker;
pub mod related;
pub mod share;
pub mod speech;
pub mod table_of_contents;
pub mod text_geometry;
pub mod toolbar;
pub mod toolbars;
pub mod use_article;
pub mod versions;

pub use diff::{DiffView, DiffViewProps};
pub use masthead_tools::reader_tools;
pub use share::{SharePanel, SharePanelProps};
pub use speech::{Player, PlayerProps};

use self::annotations::{AnnotationToolbar, use_annotations};
use self::article_footer::ArticleFooter;
use self::load_error::{LoadErrorView, load_error, missing_article};
use self::masthead_tools::MastheadTools;
use self::match_navigation::{use_match_navigation, use_matches};
use self::table_of_contents::TableOfContents;
use self::toolbar::{SidePanel, ToolbarProps};
use self::toolbars::ReaderToolbars;
use self::use_article::{LoadResult, use_article};
use self::versions::use_version_selection;
use super::settings::TypePanelProps;
use crate::app::i18n::Locale;
use crate::app::lazy;
use crate::app::lazy::Fallback;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{dom, use_effect_with, use_media};
use crate::app::state::offline::OfflineContext;
use crate::app::state::script_conversion::{ScriptContext, use_displayed_article};
use crate::app::state::settings::{Settings, SettingsUpdate};
use crate::app::state::user_data::{StorageBackend, UserDataHandle};
use crate::app::ui::article::ArticleView;
use crate::app::ui::hooks::use_focus_fallback;
use crate::model::{Article, Id, Row};
use crate::reading::table_of_contents;
use crate::user_data::ArticleFlag;
use crate::view_model::RouteAction;
use yew::prelude::*;

/// Place of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReaderLayout {
    /// Right of the list.
    Pane,
    FullWindow,
    Phone,
}

#[derive(Clone, Properties, PartialEq)]
pub struct ReaderProps {
    pub archive: ArchiveHandle,
    pub id: Id,
    pub query: AttrValue,
    pub previous: Option<Row>,
    pub next: Option<Row>,
    pub layout: ReaderLayout,
    pub settings: Settings,
    pub ui: Locale,
    pub edit: Callback<SettingsUpdate>,
    pub navigate: Callback<RouteAction>,
    pub replace: Callback<RouteAction>,
    pub show_type: bool,
    pub on_type: Callback<bool>,
    pub keeper: UserDataHandle,
    pub toggle_flag: Callback<(Id, ArticleFlag)>,
    /// Set if the reader opened it; the pane always shows some article.
    pub is_opened_by_user: bool,
}

/// Default text size in the pane, in pixels.
const PANE_TEXT_SIZE: u8 = 17;

#[component]
pub fn Reader(props: &ReaderProps) -> Html {
    let asked = use_article(&props.archive, props.id);
    let article = match &asked.result {
        LoadResult::Ready(article) => Some(article.clone()),
        _ => None,
    };
    use_current_id(props, article.clone());
    let known = use_mut_ref(bool::default);
    *known.borrow_mut() |= !matches!(asked.result, LoadResult::Waiting);
    let shown = use_version_selection(&props.archive, article.clone());
    let script = use_context::<ScriptContext>().unwrap_or_default();
    let reading = use_displayed_article(&script, shown.article.clone());
    // A diff has no matches.
    let searched = reading.clone().filter(|_| !shown.is_comparing);
    let found = use_matches(&searched, &props.query);
    let (find, step) = use_match_navigation(&reading, &found);
    let name = use_title(&props.archive, reading.as_ref().map(|reading| reading.article.clone()));
    // Moves the screen-reader focus to the article.
    use_focus_fallback((props.layout != ReaderLayout::Pane).then_some("#read"), (props.id, name.clone()));
    let matches =
        found.iter().any(|(range, _)| article.as_ref().is_some_and(|it| range.start > it.title.len()));
    let drawn = reading.as_ref().map(|reading| reading.article.clone());
    let margin = use_fits_margin_notes(props);
    reading_tracker::use_reading_position(props, article.clone(), drawn, matches);
    let (passages, lost) = use_annotations(&props.keeper, &reading);
    let back = {
        let navigate = props.navigate.clone();
        Callback::from(move |()| {
            navigate.emit(if dom::is_wide() {
                RouteAction::SetFullWindow(false)
            } else {
                RouteAction::Close
            });
        })
    };
    // A stable callback, so that a long article does not render again for a star or a text size.
    let open = use_callback(props.navigate.clone(), |id: Id, navigate| navigate.emit(RouteAction::Open(id)));
    let device = use_context::<OfflineContext>();
    let reload = Callback::from(move |()| device.iter().for_each(OfflineContext::apply_update));
    let heard = found.clone();
    let body = match &asked.result {
        LoadResult::Waiting => Html::default(),
        LoadResult::Missing => missing_article(&props.navigate.reform(|()| RouteAction::Close), props.ui),
        LoadResult::Failed(error, row) => {
            let source = row.as_ref().map(|row| props.archive.manifest().source_name(&row.source));
            load_error(LoadErrorView {
                error,
                row: row.as_deref(),
                source: source.unwrap_or_default(),
                is_retrying: asked.is_loading,
                retry: &asked.retry,
                script: &script,
                reload: &reload,
                ui: props.ui,
            })
        }
        LoadResult::Ready(newest) => {
            let article = reading.as_ref().map_or(newest, |reading| &reading.article);
            let after = ArticleFooter {
                article: newest,
                archive: &props.archive,
                previous: props.previous.as_ref(),
                next: props.next.as_ref(),
                navigate: &props.navigate,
                version: &shown.select,
                script: &script,
                ui: props.ui,
            };
            // Another text gets nodes of its own: a translator may have changed or marked those of this one.
            let shows = shown.article.as_ref().map_or(0, RcEq::address);
            let key = format!("{} {shows}", article.id);
            let text = html! {
                    <ArticleView {key} archive={props.archive.clone()} article={article.clone()} matches={found} annotations={passages.clone()} has_margin={margin} tag={script.tag(article.lang)} ui={props.ui}
                        images={props.settings.images.unwrap_or(props.archive.manifest().images)}
                        {open}>
                        { shown.notice(props.ui) }
                        { script.notice(article.lang, props.ui) }
                    </ArticleView>
            };
            let text = if shown.is_comparing {
                let old = shown.article.clone().unwrap_or_else(|| newest.clone());
                let children = shown.notice(props.ui);
                let compare = DiffViewProps { old, new: newest.clone(), ui: props.ui, children };
                // The article stays until the diff is loaded.
                let meanwhile = Fallback { content: text, close: None };
                lazy::lazy_panel_with_fallback(meanwhile, |rare| rare.diff, compare, props.ui)
            } else {
                text
            };
            html! { <>{ text }{ annotations::unanchored_annotations(&lost, &props.keeper, props.ui) }{ after.render() }</> }
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
    let player = reading.clone().filter(|_| *listening && !shown.is_comparing).map(|reading| {
        let source = props.archive.manifest().source_name(&reading.article.source).to_owned();
        let player = PlayerProps {
            tag: script.tag(reading.article.lang),
            reading,
            source: source.into(),
            found: heard,
            next: props.next.as_ref().map(|row| row.id),
            ui: props.ui,
            open: props.navigate.reform(RouteAction::Open),
            close: on_listen.reform(|()| false),
        };
        lazy::lazy_panel_with_fallback(
            Fallback::with_close(&player.close),
            |rare| rare.player,
            player,
            props.ui,
        )
    });
    let pencil = reading.clone().filter(|_| !shown.is_comparing).map(|reading| {
        html! {
            <AnnotationToolbar {reading} {passages} keeper={props.keeper.clone()} layout={props.layout} ui={props.ui}
                navigate={props.navigate.clone()} />
        }
    });
    let url = article.as_ref().and_then(|article| article.url.clone());
    let lang = article.as_ref().map_or("", |article| script.tag(article.lang));
    let star = {
        let id = props.id;
        props.toggle_flag.reform(move |_: MouseEvent| (id, ArticleFlag::Star))
    };
    let starred = props.keeper.data().is_starred(props.id);
    let sections = use_memo(reading.as_ref().map(|reading| reading.article.clone()), |article| {
        article.as_ref().map(|article| table_of_contents(&article.body)).unwrap_or_default()
    });
    let (open, set_open) = use_side_panel(props.id);
    let has_contents = !sections.is_empty() && !shown.is_comparing;
    let tools = ToolbarProps {
        url,
        is_loaded: *known.borrow(),
        find,
        step,
        has_contents,
        open_panel: open,
        set_open_panel: set_open.clone(),
        is_listening: *listening,
        on_listen,
        toggle_star: star,
        is_starred: starred,
        ui: props.ui,
    };
    // A converted sentence does not occur on the original page.
    let as_written = reading.as_ref().is_some_and(|reading| reading.article == reading.original);
    let side = shown.article.clone().zip(open).map(|(article, side)| {
        let close = set_open.reform(|()| None);
        match side {
            SidePanel::Contents => {
                html! { <TableOfContents {sections} tag={script.tag(article.lang)} ui={props.ui} {close} /> }
            }
            SidePanel::Share => {
                let share = SharePanelProps {
                    archive: props.archive.clone(),
                    article,
                    is_original_script: as_written,
                    ui: props.ui,
                    close,
                };
                lazy::lazy_panel_with_fallback(
                    Fallback::with_close(&share.close),
                    |rare| rare.share,
                    share,
                    props.ui,
                )
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
            default_size: (props.layout == ReaderLayout::Pane).then_some(PANE_TEXT_SIZE),
        };
        lazy::lazy_panel_with_fallback(
            Fallback::with_close(&panel.close),
            |rare| rare.type_panel,
            panel,
            props.ui,
        )
    };
    html! {
        <>
            { layout_frame(props, tools, html! { <>{ body }{ player.unwrap_or_default() }</> }, back, (&name, lang)) }
            // Always one node: a changing number of nodes makes Yew recreate the preceding ones.
            { side.unwrap_or_default() }
            { pencil.unwrap_or_default() }
            if props.show_type {
                { type_panel() }
            }
        </>
    }
}

/// Moves the reader's records of earlier ids to the article, and shows its present id in the address.
#[hook]
fn use_current_id(props: &ReaderProps, article: Option<RcEq<Article>>) {
    let (keeper, replace) = (props.keeper.clone(), props.replace.clone());
    let loaded = keeper.backend() != StorageBackend::Opening;
    use_effect_with((article, props.id, loaded), move |(article, id, loaded)| {
        let Some(article) = article.as_ref().filter(|article| *loaded && !article.aliases.is_empty()) else {
            return;
        };
        let moved = keeper.data().move_records(&article.aliases, article.id);
        if !moved.is_empty() {
            keeper.apply(moved);
            keeper.invalidate_filters();
        }
        if article.aliases.contains(id) {
            replace.emit(RouteAction::Open(article.id));
        }
    });
}

/// Renders the toolbars of the layout around the text.
fn layout_frame(
    props: &ReaderProps,
    tools: ToolbarProps,
    body: Html,
    back: Callback<()>,
    (title, lang): (&AttrValue, &'static str),
) -> Html {
    let bar = ReaderToolbars { tools: &tools, show_type: props.show_type, on_type: &props.on_type, back };
    match props.layout {
        ReaderLayout::Pane => html! { <>{ body }<MastheadTools ..tools /></> },
        ReaderLayout::FullWindow => html! {
            <div class="reader">
                { bar.top_bar(title, lang) }
                <main>{ body }</main>
            </div>
        },
        ReaderLayout::Phone => html! {
            <div class="reader">
                <progress::ReadingProgress {title} at_window_top=true />
                <main>{ body }</main>
                { bar.bottom_bar() }
            </div>
        },
    }
}

/// Default size and measure in the full window, in pixels and characters.
const DEFAULT_TEXT_SIZE: u32 = 19;
const DEFAULT_MEASURE: u32 = 34;
/// Width in pixels of a margin note and its spacing.
const MARGIN_NOTE_WIDTH: u32 = 216 + 32 + 24;

/// Returns true if notes fit into the margin.
#[hook]
fn use_fits_margin_notes(props: &ReaderProps) -> bool {
    let Settings { size, measure, .. } = &props.settings;
    let text = size.map_or(DEFAULT_TEXT_SIZE, u32::from) * measure.map_or(DEFAULT_MEASURE, u32::from);
    let wide = (text + 2 * MARGIN_NOTE_WIDTH).max(1200);
    use_media(format!("(min-width: {wide}px)")) && props.layout == ReaderLayout::FullWindow
}

/// Returns the open panel, which closes when the article changes.
#[hook]
fn use_side_panel(id: Id) -> (Option<SidePanel>, Callback<Option<SidePanel>>) {
    let open = use_state_eq(|| None::<(Id, SidePanel)>);
    let side = open.filter(|(of, _)| *of == id).map(|(_, side)| side);
    (side, Callback::from(move |side: Option<SidePanel>| open.set(side.map(|side| (id, side)))))
}

/// Sets the document title while the reader is mounted, and returns the article's title.
#[hook]
fn use_title(archive: &ArchiveHandle, article: Option<RcEq<Article>>) -> AttrValue {
    let title = article.map_or(AttrValue::default(), |article| article.title.clone().into());
    use_effect_with((archive.clone(), title.clone()), |(archive, title)| {
        let name = archive.manifest().display_name().to_owned();
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
