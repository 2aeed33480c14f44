//! Reader: an article in the reading pane, in the full window, or on a phone.
//!
//! [`Reader`] loads the article and adds what the layout needs. `reader_body` renders the text or the reason why it is
//! missing, with the components of `ui::article`; `match_navigation` steps through matches.

pub mod annotations;
pub mod article_footer;
pub mod article_labels;
pub mod diff;
pub mod highlights;
pub mod layout;
pub mod load_error;
pub mod masthead_tools;
pub mod match_navigation;
pub mod progress;
pub mod reader_body;
pub mod reading_tracker;
pub mod related;
pub mod script_offer;
pub mod share;
pub mod speech;
pub mod table_of_contents;
pub mod text_geometry;
pub mod toolbar;
pub mod toolbars;
pub mod use_article;
pub mod versions;

pub use diff::{DiffView, DiffViewProps};
pub use layout::ReaderLayout;
pub use masthead_tools::reader_tools;
pub use share::{SharePanel, SharePanelProps};
pub use speech::{Player, PlayerProps};

use self::annotations::AnnotationToolbar;
use self::annotations::displayed::use_annotations;
use self::annotations::margin::use_margin_notes;
use self::highlights::use_highlights;
use self::layout::{layout_frame, use_fits_margin_notes};
use self::match_navigation::{MatchStep, use_match_navigation, use_matches};
use self::reader_body::{ReaderBody, use_text_drawing};
use self::table_of_contents::TableOfContents;
use self::toolbar::{OriginalLink, SidePanel, SidePanels, SpeechButton, ToolbarProps, type_button};
use self::use_article::{LoadResult, use_article};
use self::versions::use_version_selection;
use crate::app::services::custom_highlight::HighlightKind;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{dom, use_effect_with, use_shared};
use crate::app::state::offline::OfflineContext;
use crate::app::state::script_conversion::{DisplayedArticle, ScriptContext, use_displayed_article};
use crate::app::state::settings::use_settings;
use crate::app::state::user_data::{StorageBackend, UserDataHandle};
use crate::app::state::{
    ArchiveContext, Command, Navigation, Panels, use_command_context, use_commands, use_locale,
    use_navigation, use_user_data,
};
use crate::app::ui::article::ARTICLE_ID;
use crate::app::ui::hooks::use_focus_fallback;
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use crate::model::{Article, Id, Row};
use crate::reading::table_of_contents;
use crate::search::TextMatches;
use crate::user_data::ArticleFlag;
use crate::view_model::RouteAction;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct ReaderProps {
    pub id: Id,
    pub query: AttrValue,
    pub previous: Option<Row>,
    pub next: Option<Row>,
    pub layout: ReaderLayout,
    /// Set if the reader opened it; the pane always shows some article.
    pub is_opened_by_user: bool,
}

#[component]
pub fn Reader(props: &ReaderProps) -> Html {
    let (context, user_data) = (use_shared::<ArchiveContext>(), use_user_data());
    let (Some(ArchiveContext { archive, .. }), Some(user_data)) = (context, user_data) else {
        return Html::default();
    };
    let (ui, settings, navigation) = (use_locale(), use_settings().settings, use_navigation());
    let Navigation { navigate, .. } = &navigation;
    let asked = use_article(&archive, props.id);
    let article = match &asked.result {
        LoadResult::Ready(article) => Some(article.clone()),
        _ => None,
    };
    use_current_id(props.id, article.clone(), &user_data, &navigation);
    let known = use_mut_ref(bool::default);
    *known.borrow_mut() |= !matches!(asked.result, LoadResult::Waiting);
    let shown = use_version_selection(&archive, article.clone());
    let script = use_shared::<ScriptContext>().unwrap_or_default();
    let reading = use_displayed_article(&script, shown.article.clone());
    // A diff has neither matches nor annotations.
    let highlighted = reading.clone().filter(|_| !shown.is_comparing);
    let found = use_matches(&highlighted, &props.query);
    let displayed = reading.as_ref().map(|reading| reading.article.clone());
    let drawing = use_text_drawing(props.id, shown.article.as_ref(), &displayed);
    let match_bar = use_match_navigation(&reading, &found, drawing.is_drawn);
    let title = use_title(&archive, displayed.clone());
    // Moves the screen-reader focus to the article.
    use_focus_fallback((props.layout != ReaderLayout::Pane).then_some(ARTICLE_ID), (props.id, title.clone()));
    let matches =
        found.iter().any(|(range, _)| article.as_ref().is_some_and(|it| range.start > it.title.len()));
    let whole = article.clone().filter(|_| drawing.is_drawn);
    let margin = use_fits_margin_notes(props.layout, &settings);
    reading_tracker::use_reading_position(props, &user_data, &settings, (whole, displayed.clone()), matches);
    let annotations = use_annotations(&user_data, &reading, drawing.is_drawn);
    use_highlights(HighlightKind::Annotation, &highlighted.filter(|_| drawing.is_drawn), &annotations.slices);
    use_margin_notes(&annotations, margin);
    let back = navigate.reform(|()| match dom::is_wide() {
        true => RouteAction::SetFullWindow(false),
        false => RouteAction::Close,
    });
    let device = use_shared::<OfflineContext>();
    let reload = Callback::from(move |()| device.iter().for_each(OfflineContext::apply_update));
    let body = ReaderBody {
        archive: &archive,
        requested: &asked,
        version: &shown,
        reading: reading.as_ref(),
        script: &script,
        matches: &found,
        annotations: &annotations,
        drawing: &drawing,
        has_margin: margin,
        images: settings.images.unwrap_or(archive.manifest().images),
        user_data: &user_data,
        previous: &props.previous,
        next: &props.next,
        close: navigate.reform(|()| RouteAction::Close),
        reload,
        ui,
    };
    let body = body.render();
    let speech = use_speech_button();
    let player = reading.clone().filter(|_| speech.is_on && !shown.is_comparing).map(|reading| {
        let next = props.next.as_ref().map(|row| row.id);
        speech_player(&speech, &archive, (reading, found), &script, next)
    });
    let pencil = reading.clone().filter(|_| !shown.is_comparing).map(|reading| {
        html! { <AnnotationToolbar {reading} {annotations} layout={props.layout} /> }
    });
    let lang = article.as_ref().map_or("", |article| script.tag(article.lang));
    let star = {
        let (id, user_data) = (props.id, user_data.clone());
        Callback::from(move |_: MouseEvent| user_data.toggle_flag(id, ArticleFlag::Star, ui))
    };
    let sections = use_memo(displayed, |article| {
        article.as_ref().map(|article| table_of_contents(&article.body)).unwrap_or_default()
    });
    let panels = use_side_panels(props.id, !sections.is_empty() && !shown.is_comparing);
    let tools = ToolbarProps {
        original: OriginalLink {
            url: article.as_ref().and_then(|article| article.url.clone()),
            link: use_node_ref(),
        },
        is_loaded: *known.borrow(),
        matches: match_bar,
        panels: panels.clone(),
        speech,
        is_starred: user_data.data().is_starred(props.id),
        toggle_star: star,
        ui,
    };
    use_reader_commands(&tools);
    let type_button = use_shared::<Panels>().map(|panels| type_button(&panels, ui)).unwrap_or_default();
    let side = shown.article.clone().zip(panels.open).map(|(article, side)| {
        let close = panels.set.reform(|()| None);
        match side {
            SidePanel::Contents => {
                html! { <TableOfContents {sections} tag={script.tag(article.lang)} {close} /> }
            }
            SidePanel::Share => {
                // A converted sentence does not occur on the original page.
                let is_original_script =
                    reading.as_ref().is_some_and(|reading| reading.article == reading.original);
                let fallback = Fallback::with_close(&close);
                lazy_panel(SharePanelProps { article, is_original_script, close }, fallback)
            }
        }
    });
    html! {
        <>
            { layout_frame(props.layout, (tools, type_button), html! { <>{ body }{ player.unwrap_or_default() }</> }, back, (&title, lang)) }
            // Always one node: a changing number of nodes makes Yew recreate the preceding ones.
            { side.unwrap_or_default() }
            { pencil.unwrap_or_default() }
        </>
    }
}

/// Renders the bar that reads the article aloud.
fn speech_player(
    speech: &SpeechButton,
    archive: &ArchiveHandle,
    (reading, found): (DisplayedArticle, Rc<TextMatches>),
    script: &ScriptContext,
    next: Option<Id>,
) -> Html {
    let source = archive.manifest().source_name(&reading.article.source).to_owned();
    let player = PlayerProps {
        tag: script.tag(reading.article.lang),
        reading,
        source: source.into(),
        found,
        next,
        close: speech.set.reform(|()| false),
    };
    let fallback = Fallback::with_close(&player.close);
    lazy_panel(player, fallback)
}

/// Moves the reader's records of earlier ids to the article, and shows its present id in the address.
#[hook]
fn use_current_id(
    id: Id,
    article: Option<RcEq<Article>>,
    user_data: &UserDataHandle,
    navigation: &Navigation,
) {
    let (user_data, replace) = (user_data.clone(), navigation.replace.clone());
    let is_loaded = user_data.backend() != StorageBackend::Opening;
    use_effect_with((article, id, is_loaded), move |(article, id, is_loaded)| {
        let article = article.as_ref().filter(|article| *is_loaded && !article.aliases.is_empty());
        let Some(article) = article else { return };
        let moved = user_data.data().move_records(&article.aliases, article.id);
        if !moved.is_empty() {
            user_data.apply(moved);
            user_data.invalidate_filters();
        }
        if article.aliases.contains(id) {
            replace.emit(RouteAction::Open(article.id));
        }
    });
}

/// Returns the panels of the tools. An open one closes when the article changes.
#[hook]
fn use_side_panels(id: Id, has_contents: bool) -> SidePanels {
    let open = use_state_eq(|| None::<(Id, SidePanel)>);
    let side = open.filter(|(of, _)| *of == id).map(|(_, side)| side);
    let set = use_callback(id, {
        let open = open.setter();
        move |side: Option<SidePanel>, id| open.set(side.map(|side| (*id, side)))
    });
    SidePanels { has_contents, open: side, set }
}

/// Returns the state of the button that reads the article aloud.
#[hook]
fn use_speech_button() -> SpeechButton {
    let (is_on, button) = (use_state_eq(bool::default), use_node_ref());
    let set = {
        let (is_on, button) = (is_on.setter(), button.clone());
        Callback::from(move |on: bool| {
            is_on.set(on);
            if !on {
                dom::focus_ref(&button);
            }
        })
    };
    SpeechButton { is_on: *is_on, set, button }
}

/// Handles the commands of the tools.
#[hook]
fn use_reader_commands(tools: &ToolbarProps) {
    let commands = use_command_context();
    let tools = tools.clone();
    use_commands(&commands, move |command| {
        match command {
            Command::NextMatch if tools.matches.cursor.count > 0 => tools.matches.step.emit(MatchStep::Next),
            Command::PreviousMatch if tools.matches.cursor.count > 0 => {
                tools.matches.step.emit(MatchStep::Previous);
            }
            Command::Contents if tools.panels.has_contents => tools.panels.toggle(SidePanel::Contents),
            Command::Share => tools.panels.toggle(SidePanel::Share),
            Command::Listen => tools.speech.set.emit(!tools.speech.is_on),
            Command::Original => return tools.original.open(),
            _ => return false,
        }
        true
    });
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
