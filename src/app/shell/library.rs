//! Library: the list on the left, the article on the right; on narrow screens one of them.

use super::{bottom_bar, filter_dialog, masthead, page_router, result_bar};
use crate::app::features::filters::facets;
use crate::app::features::list;
use crate::app::features::reader;
use crate::app::features::reader::{ReaderProps, reader_tools};
use crate::app::features::settings::TypePanelProps;
use crate::app::features::shortcuts::{ShortcutsDialogProps, gestures, keyboard};
use crate::app::features::user_data::dialog::UserDataDialogProps;
use crate::app::features::user_data::undo_toast;
use crate::app::i18n::Locale;
use crate::app::lazy;
use crate::app::lazy::{ChunksContext, Fallback};
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{WindowLayout, use_effect_with, use_layout};
use crate::app::state::library::{LibraryContext, SearchResults};
use crate::app::state::offline::use_offline_articles;
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::settings::{Settings, SettingsUpdate};
use crate::app::state::user_data::UserDataHandle;
use crate::app::state::{
    CatalogueRow, Overlays, SearchState, use_article_flags, use_catalogue, use_fold, use_route, use_search,
};
use crate::app::state::{CommandRunner, saved_searches};
use crate::app::ui::article_link::front_page_of;
use crate::app::ui::hooks::use_restore_focus;
use crate::archive::{ArchiveError, Facets, has_facets};
use crate::model::{Id, Row};
use crate::search::SortOrder;
use crate::search::{DateGroups, FilterMask, Query, ResultList, select_results, status_counts};
use crate::text::fold_case;
use crate::view_model::{PeriodNeighbours, RouteAction, RoutePage};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LibraryProps {
    pub archive: ArchiveHandle,
    pub settings: Settings,
    pub edit: Callback<SettingsUpdate>,
    pub ui: Locale,
    /// Opens the archive again after its files were replaced.
    pub reopen: Callback<()>,
    pub keeper: UserDataHandle,
}

#[component]
pub fn Library(props: &LibraryProps) -> Html {
    let archive = &props.archive;
    let (ui, texts) = (props.ui, props.ui.library());
    let layout = use_layout();
    let script = use_context::<ScriptContext>().unwrap_or_default();
    let route = use_route();
    let pages = use_catalogue(archive);
    let facets = use_facets(archive);
    let known = facets.as_ref().and_then(|facets| facets.as_ref().ok()).cloned();
    let (flags, begun) = use_article_flags(archive, &props.keeper, &route.state.query);
    // A list without a flag filter does not depend on flags.
    let by_mark = route.state.query.contains([':', '：']).then(|| begun.clone());
    let fold = use_fold(&route.state.query);
    let asked = use_memo(
        (route.state.query.clone(), known.clone(), by_mark, fold.is_some()),
        |(query, known, ..)| {
            let query = Rc::new(Query::parse(query));
            let fold = fold.unwrap_or(fold_case);
            let sieve = known
                .as_ref()
                .map(|known| FilterMask::with_fold(&query, archive.manifest(), known, &begun, fold));
            (query, sieve.map(Rc::new))
        },
    );
    let (query, sieve) = &*asked;
    let kept = {
        let pages = pages.clone();
        use_offline_articles(archive, move || pages.retry())
    };
    let search = use_search(archive, query, sieve.as_ref(), kept.as_ref());
    let has_terms = query.has_terms();
    // Without an index, relevance is unknown until every text is scanned.
    let is_ranked = archive.manifest().file_index.is_none() || archive.index().is_some();
    let usual = if is_ranked { SortOrder::Relevance } else { SortOrder::Newest };
    let sort = route.state.effective_sort(usual, has_terms);
    // A search that says nothing leaves the counts of the filters alone, beside an empty list.
    let inconclusive = search.as_ref().is_some_and(SearchState::is_inconclusive);
    let hits = search.as_ref().filter(|_| !inconclusive).map(|search| search.hits.clone());
    let deps = (RcEq::from(asked.clone()), hits.clone(), sort, inconclusive);
    let listed = use_memo(deps, |(asked, hits, sort, inconclusive)| {
        let (Some(sieve), Some(known)) = (&asked.1, &known) else { return Default::default() };
        let hits = hits.as_ref().map(|hits| hits.as_slice());
        let mut selection = select_results(sieve, hits, *sort, archive.manifest(), known);
        if *inconclusive {
            selection = ResultList { ordinals: Vec::new(), total: 0, ..selection };
        }
        let groups =
            (*sort != SortOrder::Relevance).then(|| DateGroups::new(&selection.ordinals, &known.days));
        (RcEq::new(selection), RcEq::new(groups))
    });
    let (selection, groups) = &*listed;
    let statuses = use_memo((RcEq::from(asked.clone()), hits, flags.clone()), |(asked, hits, flags)| {
        let hits = hits.as_ref().map(|hits| hits.as_slice());
        asked.1.as_ref().map_or([0; 4], |sieve| status_counts(sieve, hits, flags, archive.count()))
    });
    let looked_up = known.clone().map(|known| (known, flags.clone()));
    saved_searches::use_saved_searches(archive, &props.keeper, looked_up, &route.state.query);
    let show_type = use_state(bool::default);
    let show_filters = use_state(bool::default);
    let show_keys = use_state(bool::default);
    let show_data = use_state(bool::default);

    // A wide screen always shows an article: the open one, or the first of the list.
    let opened = use_opened_ordinal(archive, route.state.article);
    let first = selection
        .ordinals
        .first()
        .copied()
        .filter(|_| layout == WindowLayout::Wide && route.state.article.is_none());
    let current = opened.or(first);
    let current_id = route.state.article.or_else(|| Some(pages.request_row(first?, has_terms).ok()??.id));
    let last_shown = use_mut_ref(|| None::<Id>);
    if current_id.is_some() {
        *last_shown.borrow_mut() = current_id;
    }
    let shown = if layout == WindowLayout::Wide { *last_shown.borrow() } else { current_id };
    let position =
        current.and_then(|current| selection.ordinals.iter().position(|&ordinal| ordinal == current));
    let neighbour = |step: isize| -> Option<CatalogueRow> {
        // An article outside the list is followed by the list's first.
        let at = match position {
            Some(at) => at.checked_add_signed(step)?,
            None => usize::try_from(step).ok().filter(|_| current.is_some())? - 1,
        };
        pages.request_row(*selection.ordinals.get(at)?, has_terms).ok()?
    };
    let (previous, next) = (neighbour(-1), neighbour(1));
    let on_type = {
        let show_type = show_type.clone();
        Callback::from(move |show| show_type.set(show))
    };
    let on_filters = {
        let show_filters = show_filters.clone();
        Callback::from(move |show| show_filters.set(show))
    };
    let on_keys = {
        let show_keys = show_keys.clone();
        Callback::from(move |show| show_keys.set(show))
    };
    let mark = use_callback((props.keeper.clone(), ui), |(id, mark), (keeper, ui)| {
        keeper.toggle_flag(id, mark, *ui)
    });
    let page = route.state.page;
    let reading_alone =
        page.is_none() && shown.is_some() && (layout != WindowLayout::Wide || route.state.full_window);
    let covered = reading_alone || page.is_some();
    use_restore_focus(covered, "#list");
    let scrolled = use_mut_ref(|| None);
    let step = |side: usize, row: &Option<CatalogueRow>| match (page, &known) {
        (Some(RoutePage::Front(period)), Some(known)) => Some(RouteAction::OpenPage(RoutePage::Front(
            PeriodNeighbours::new(period, &known.days).adjacent[side]?,
        ))),
        (Some(_), _) => None,
        _ => row.as_ref().map(|row| RouteAction::Open(row.id)),
    };
    // The front page of the article's day.
    let day = current.zip(known.as_ref()).and_then(|(current, known)| known.days.date(current));
    let on_density = {
        let edit = props.edit.clone();
        Callback::from(move |()| edit.emit(Box::new(|settings| settings.compact = !settings.compact)))
    };
    let (before, after) = (step(0, &previous), step(1, &next));
    let neighbours = [before.is_some(), after.is_some()];
    let run = keyboard::use_keyboard(keyboard::CommandContext {
        navigate: route.navigate.clone(),
        replace: route.replace.clone(),
        on_type: on_type.clone(),
        on_filters: on_filters.clone(),
        on_shortcuts: on_keys.clone(),
        on_density,
        single_keys: !props.settings.single_keys_off,
        panels: (*show_type, *show_filters, *show_keys),
        previous: before,
        next: after,
        current: shown.filter(|_| page.is_none()),
        front_page: day
            .filter(|_| page.is_none())
            .map(|day| RouteAction::OpenPage(front_page_of(day, false))),
        is_full_window: route.state.full_window,
        layout,
        is_list_covered: covered,
        toggle_flag: mark.clone(),
        on_user_data: {
            let (show_data, show_type) = (show_data.setter(), show_type.setter());
            Callback::from(move |()| {
                show_type.set(false);
                show_data.set(true);
            })
        },
    });

    {
        // The first list has the network to itself.
        let parts = use_context::<ChunksContext>();
        use_effect_with(known.is_some(), |&known| {
            if let Some(parts) = parts.filter(|_| known) {
                spawn_local(async move {
                    // A failure is reported when an article is opened.
                    let _ = parts.load_reader().await;
                });
            }
        });
    }

    let Some(known) = known else {
        let error = facets.and_then(Result::err);
        let again = props.reopen.clone();
        let progress = error.map_or(
            super::loading_screen::OpeningProgress::Waiting,
            super::loading_screen::OpeningProgress::Failed,
        );
        return super::loading_screen::loading_screen(&progress, ui, &again);
    };
    let found = SearchResults {
        query_text: route.state.query.clone().into(),
        query: query.clone().into(),
        selection: selection.clone(),
        search,
        sort,
        facets: known,
        flags,
        statuses: *statuses,
    };
    let scene = LibraryContext {
        archive: archive.clone(),
        results: found,
        offline_articles: kept,
        layout,
        ui,
        navigate: route.navigate.clone(),
        replace: route.replace.clone(),
        keeper: props.keeper.clone(),
        toggle_flag: mark,
    };
    let found = &scene.results;
    let reader_layout = match layout {
        WindowLayout::Phone => reader::ReaderLayout::Phone,
        WindowLayout::Wide if !route.state.full_window => reader::ReaderLayout::Pane,
        _ => reader::ReaderLayout::FullWindow,
    };
    let row = |row: Option<CatalogueRow>| row.map(|row| Row::clone(&row));
    let reader = shown.map(|id| {
        let reader = ReaderProps {
            archive: archive.clone(),
            id,
            query: found.query_text.clone(),
            previous: row(previous),
            next: row(next),
            layout: reader_layout,
            settings: props.settings.clone(),
            ui,
            edit: props.edit.clone(),
            navigate: route.navigate.clone(),
            replace: route.replace.clone(),
            show_type: *show_type,
            on_type: on_type.clone(),
            keeper: scene.keeper.clone(),
            toggle_flag: scene.toggle_flag.clone(),
            is_opened_by_user: route.state.article.is_some(),
        };
        lazy::soon(|soon| soon.reader, reader, ui)
    });
    let data = |close: Callback<()>| {
        let meanwhile = Fallback::with_close(&close);
        let sheet = UserDataDialogProps {
            keeper: props.keeper.clone(),
            archive: archive.manifest().display_name().to_owned().into(),
            settings: props.settings.clone(),
            edit: props.edit.clone(),
            ui,
            close,
        };
        lazy::lazy_panel_with_fallback(meanwhile, |rare| rare.user_data, sheet, ui)
    };
    let type_panel = || {
        let panel = TypePanelProps {
            settings: props.settings.clone(),
            edit: props.edit.clone(),
            ui,
            close: on_type.reform(|()| false),
            archive_images: archive.manifest().images,
            default_size: None,
        };
        lazy::lazy_panel_with_fallback(Fallback::with_close(&panel.close), |rare| rare.type_panel, panel, ui)
    };
    let keys = || {
        let (settings, edit, close) =
            (props.settings.clone(), props.edit.clone(), on_keys.reform(|()| false));
        let meanwhile = Fallback::with_close(&close);
        lazy::lazy_panel_with_fallback(
            meanwhile,
            |rare| rare.shortcuts,
            ShortcutsDialogProps { settings, edit, ui, close },
            ui,
        )
    };
    let hide_data = {
        let show_data = show_data.setter();
        Callback::from(move |()| show_data.set(false))
    };
    let tools = reader_tools(*show_type, &on_type, &route.navigate, ui);
    let bare = !has_facets(archive.manifest());
    let narrow_panel = layout != WindowLayout::Wide && *show_type && !reading_alone;
    html! {
        <ContextProvider<Overlays> context={route.overlays.clone()}>
            <ContextProvider<CommandRunner> context={run.clone()}>
                <a class="skip" href="#list" onclick={skip_to_list}>{ texts.skip }</a>
                <div class={classes!("shell", bare.then_some("is-bare"), (!found.query_text.is_empty()).then_some("has-query"))}
                    hidden={covered}>
                    { masthead::masthead(&scene, &pages, &on_filters, &on_type, *show_type, tools) }
                    { result_bar::result_bar(&scene) }
                    if layout == WindowLayout::Wide && !bare {
                        <nav class="rail" aria-label={texts.filters}>
                            <facets::FacetPanel scene={scene.clone()} />
                        </nav>
                    }
                    <list::List scene={scene.clone()} groups={groups.clone()} pages={pages.clone()} compact={props.settings.compact}
                        current={current.filter(|_| layout == WindowLayout::Wide)} is_active={!covered}
                        scroll={route.scroll.clone()} traversals={route.traversals} save_scroll={route.save_scroll.clone()} />
                    if layout == WindowLayout::Wide {
                        <main class="pane" id="pane" tabindex="-1">
                            { reader.clone().filter(|_| !covered) }
                        </main>
                    }
                    if layout == WindowLayout::Phone {
                        { bottom_bar::bottom_bar(&scene, &pages, &on_filters) }
                    }
                </div>
                // Always one node: a changing number of nodes makes Yew recreate the preceding ones.
                { reader.filter(|_| reading_alone).unwrap_or_default() }
                if let Some(page) = page {
                    { page_router::render_page(page, &scene, pages, script, scrolled) }
                }
                { undo_toast::undo_toast(&props.keeper, ui) }
                if *show_data {
                    { data(hide_data) }
                }
                if narrow_panel {
                    { type_panel() }
                }
                if *show_filters && layout != WindowLayout::Wide {
                    { filter_dialog::filter_sheet(&scene, on_filters.reform(|()| false)) }
                }
                if covered {
                    <gestures::Gestures commands={run} {neighbours} {ui} />
                }
                if *show_keys {
                    { keys() }
                }
            </ContextProvider<CommandRunner>>
        </ContextProvider<Overlays>>
    }
}

/// Moves the focus to the list. The fragment holds the state of the tab, so the link cannot.
fn skip_to_list(event: MouseEvent) {
    event.prevent_default();
    crate::app::services::dom::focus("#list");
}

/// Loads the data of filters and counts.
#[hook]
fn use_facets(archive: &ArchiveHandle) -> Option<Result<RcEq<Facets>, ArchiveError>> {
    let facets = use_state(|| None);
    let setter = facets.setter();
    use_effect_with(archive.clone(), move |archive| {
        let archive = archive.clone();
        spawn_local(async move {
            setter.set(Some(archive.facets().await.map(RcEq::from)));
        });
    });
    (*facets).clone()
}

/// Locates the article of the address.
#[hook]
fn use_opened_ordinal(archive: &ArchiveHandle, id: Option<Id>) -> Option<u32> {
    let found = use_state_eq(|| None::<(Id, Option<u32>)>);
    let setter = found.setter();
    use_effect_with((archive.clone(), id), move |(archive, id)| {
        let archive = archive.clone();
        if let Some(id) = *id {
            spawn_local(async move {
                // The reader reports errors; the list has no current row then.
                setter.set(Some((id, archive.locate(id).await.ok().flatten())));
            });
        }
    });
    found.filter(|(of, _)| Some(*of) == id)?.1
}
