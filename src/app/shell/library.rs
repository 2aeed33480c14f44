//! Library: the list on the left, the article on the right; on narrow screens one of them.

use super::commands::{CommandScope, use_shell_commands};
use super::loading_screen::{OpeningProgress, loading_screen};
use super::{bottom_bar, list_pane, masthead, page_router, panels, reading_pane, result_bar};
use crate::app::features::filters::facets::FacetPanel;
use crate::app::features::shortcuts::gestures::Gestures;
use crate::app::features::shortcuts::keyboard::use_keyboard;
use crate::app::features::user_data::undo_toast::UndoToast;
use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::services::{ContextValues, Provider, WindowLayout, use_effect_with, use_layout, use_shared};
use crate::app::state::offline::OfflineContext;
use crate::app::state::settings::use_settings;
use crate::app::state::user_data::UserDataHandle;
use crate::app::state::{
    ArchiveContext, Command, Commands, FocusTarget, LibraryView, Navigation, use_catalogue,
    use_current_article, use_facets, use_locale, use_panels, use_results, use_route,
};
use crate::app::ui::hooks::use_restore_focus;
use crate::archive::has_facets;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LibraryProps {
    pub archive: ArchiveHandle,
    pub user_data: UserDataHandle,
    /// Opens the archive again after its files were replaced.
    pub reopen: Callback<()>,
}

#[component]
pub fn Library(props: &LibraryProps) -> Html {
    let LibraryProps { archive, user_data, .. } = props;
    let (ui, layout, settings) = (use_locale(), use_layout(), use_settings());
    let route = use_route();
    let catalogue = use_catalogue(archive);
    let facets = use_facets(archive);
    let known = facets.as_ref().and_then(|facets| facets.as_ref().ok());
    let (results, flags) = use_results(archive, known, &route, &catalogue, user_data);
    let current = use_current_article(archive, &catalogue, route.state.article, &results, layout);
    let panels = use_panels();
    let page = route.state.page;
    let is_reader_alone = page.is_none()
        && current.shown.is_some()
        && (layout != WindowLayout::Wide || route.state.full_window);
    let is_covered = is_reader_alone || page.is_some();
    let commands = (*use_memo((), |()| Commands::default())).clone();
    let scope = CommandScope::new(&route, &current, known.map(|facets| &facets.days), layout, is_covered);
    let neighbours = scope.neighbours();
    use_shell_commands(&commands, scope, &panels, user_data, &settings);
    use_keyboard(&commands, !settings.settings.single_keys_off);
    use_restore_focus(is_covered, &commands);
    use_reader_preload(known.is_some());
    let page_scroll = use_mut_ref(|| None);
    let device = use_shared::<OfflineContext>();

    let Some(known) = known else {
        let error = facets.and_then(Result::err);
        let progress = error.map_or(OpeningProgress::Waiting, OpeningProgress::Failed);
        return loading_screen(&progress, ui, &props.reopen);
    };
    let navigation = Navigation { navigate: route.navigate.clone(), replace: route.replace.clone() };
    let view = LibraryView {
        archive: archive.clone(),
        facets: known.clone(),
        results: results.clone(),
        navigation: navigation.clone(),
        ui,
    };
    let values = ContextValues::default()
        .with(ArchiveContext { archive: archive.clone(), facets: known.clone() })
        .with(navigation)
        .with(results)
        .with(flags)
        .with(catalogue)
        .with(panels.clone())
        .with(commands.clone())
        .with(route.overlays.clone())
        .with(layout);
    let reader = reading_pane::reader(&route, &current, &view, layout);
    let has_rail = layout == WindowLayout::Wide && has_facets(archive.manifest());
    let class = classes!(
        "shell",
        (!has_facets(archive.manifest())).then_some("is-bare"),
        (!route.state.query.is_empty()).then_some("has-query")
    );
    html! {
        <Provider {values}>
            <a class="skip" href="#list" onclick={skip_to_list(&commands)}>{ ui.library().skip }</a>
            <div {class} hidden={is_covered}>
                { masthead::masthead(&view, &panels, layout) }
                { result_bar::result_bar(&view, layout) }
                if has_rail {
                    <nav class="rail" aria-label={ui.library().filters}><FacetPanel /></nav>
                }
                { list_pane::list_pane(&view, &route, &current, device.as_ref(), !is_covered) }
                if layout == WindowLayout::Wide {
                    <main class="pane" id="pane" tabindex="-1">{ reader.clone().filter(|_| !is_covered) }</main>
                }
                if layout == WindowLayout::Phone {
                    { bottom_bar::bottom_bar(&view, &panels) }
                }
            </div>
            // Always one node: a changing number of nodes makes Yew recreate the preceding ones.
            { reader.filter(|_| is_reader_alone).unwrap_or_default() }
            if let Some(page) = page {
                { page_router::render_page(page, page_scroll) }
            }
            <UndoToast user_data={user_data.clone()} screen={route.state.clone()} />
            { panels::open_panels(&view, &panels, layout, is_reader_alone) }
            if is_covered {
                <Gestures {neighbours} />
            }
        </Provider>
    }
}

/// Moves the focus to the list. The fragment holds the state of the tab, so the link cannot.
fn skip_to_list(commands: &Commands) -> Callback<MouseEvent> {
    let commands = commands.clone();
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        commands.run(Command::Focus(FocusTarget::List));
    })
}

/// Loads the reader once the list `is_loaded`: the first list has the network to itself.
#[hook]
fn use_reader_preload(is_loaded: bool) {
    let chunks = use_shared::<ChunksContext>();
    use_effect_with(is_loaded, move |&is_loaded| {
        if let Some(chunks) = chunks.filter(|_| is_loaded) {
            spawn_local(async move {
                // A failure is reported when an article is opened.
                let _ = chunks.load(ChunkKind::Reader).await;
            });
        }
    });
}
