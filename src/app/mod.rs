//! The app: Yew components over plain view state. The only module that uses browser APIs.
//!
//! [`App`] opens the archive at the page's address and loads the settings. [`shell::library::Library`] renders an open
//! archive. Modules are listed in dependency order:
//!
//! | module | contents |
//! |---|---|
//! | [`js_objects`] | JavaScript objects that js-sys and web-sys do not bind |
//! | [`i18n`] | texts of the interface in three languages |
//! | [`services`] | browser services: network, storage, service worker, tabs, media session, DOM helpers |
//! | [`lazy`] | lazily loaded chunks |
//! | [`state`] | route, search, catalogue, settings, user data, offline copy, commands |
//! | [`ui`] | components and hooks shared by features |
//! | [`features`] | list, search bar, filters, timeline, reader, export, print, annotations, settings, … |
//! | [`shell`] | layout, routes, composition of the features |

#![allow(missing_docs)]

pub mod features;
pub mod i18n;
pub mod js_objects;
pub mod lazy;
pub mod services;
pub mod shell;
pub mod state;
pub mod ui;

use crate::app::lazy::{ChunkLoaders, Chunks, ChunksContext};
use crate::app::services::http_store::HttpStore;
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::services::{ContextValues, Provider, dom, use_effect_with};
use crate::app::shell::library::Library;
use crate::app::shell::loading_screen::{OpeningProgress, loading_screen};
use crate::app::state::settings::use_stored_settings;
use crate::app::state::user_data::use_stored_user_data;
use crate::app::state::{offline, script_conversion};
use i18n::Locale;
use std::cell::RefCell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Mounts the app. `loaders` fetch the lazily loaded chunks.
pub fn mount(loaders: ChunkLoaders) {
    if let Some(place) = dom::element_by_id("sheaf") {
        let parts = ChunksContext::new(Chunks::new(loaders));
        yew::Renderer::<App>::with_root_and_props(place, AppProps { chunks: parts }).render();
    }
}

/// State of the archive.
#[derive(Clone, PartialEq)]
enum ArchivePhase {
    Opening(OpeningProgress),
    Open(ArchiveHandle),
}

#[derive(Properties, PartialEq)]
pub struct AppProps {
    pub chunks: ChunksContext,
}

/// Root component.
#[component]
pub fn App(props: &AppProps) -> Html {
    let context = use_stored_settings();
    let settings = &context.settings;
    let script = script_conversion::use_script(settings.script, &props.chunks);
    let user_data = use_stored_user_data(!settings.no_persistence, &props.chunks);
    let phase = use_state(|| ArchivePhase::Opening(OpeningProgress::Waiting));
    let device = offline::use_offline(matches!(*phase, ArchivePhase::Open(_)), &props.chunks);
    {
        let (phase, device) = (phase.setter(), device.clone());
        use_effect_with((), move |()| open_archive(phase, device));
    }
    let again = {
        let (phase, device) = (phase.setter(), device.clone());
        Callback::from(move |()| open_archive(phase.clone(), device.clone()))
    };
    let archive_ui = match &*phase {
        ArchivePhase::Open(archive) => archive.manifest().lang.and_then(Locale::from_lang),
        ArchivePhase::Opening(_) => None,
    };
    let ui = settings.ui.or(archive_ui).unwrap_or_else(Locale::from_browser);
    use_effect_with(ui, |ui| {
        if let Some(root) = dom::root_element() {
            // The language tag is a constant and well formed.
            let _ = root.set_attribute("lang", ui.tag());
        }
    });
    match &*phase {
        ArchivePhase::Opening(progress) => loading_screen(progress, ui, &again),
        ArchivePhase::Open(archive) => {
            let values = ContextValues::default().with(ui).with(context.clone()).with(script);
            let values = values.with(user_data.clone()).with(device).with(props.chunks.clone());
            // The key resets all component state for another archive; only the URL carries over.
            html! {
                <Provider {values}>
                    <Library key={archive.address()} archive={archive.clone()} {user_data} reopen={again} />
                </Provider>
            }
        }
    }
}

/// Opens the archive at the page's address. If one of its files is missing, the manifest is fetched again,
/// and the app switches to a newer archive. A service worker serves the same archive until the reader accepts
/// the update, which is checked for.
fn open_archive(phase: UseStateSetter<ArchivePhase>, device: offline::OfflineContext) {
    let arrived = {
        let phase = phase.clone();
        Callback::from(move |arrived| phase.set(ArchivePhase::Opening(OpeningProgress::Receiving(arrived))))
    };
    let current = Rc::new(RefCell::new(None::<ArchiveHandle>));
    let missing = {
        let (phase, current, device) = (phase.clone(), current.clone(), device.clone());
        Callback::from(move |()| {
            device.request_check();
            // Taken, so that many missing files cause one request.
            let Some(old) = current.borrow_mut().take() else { return };
            let phase = phase.clone();
            spawn_local(async move {
                let store = HttpStore::new(Callback::noop(), Callback::noop(), Callback::noop());
                if let Ok(archive) = crate::archive::Archive::open(store).await
                    && archive.manifest().file_index != old.manifest().file_index
                {
                    phase.set(ArchivePhase::Open(ArchiveHandle::new(archive)));
                }
            });
        })
    };
    let failing = Callback::from(move |()| device.request_check());
    spawn_local(async move {
        match crate::archive::Archive::open(HttpStore::new(arrived, missing, failing)).await {
            Ok(archive) => {
                let archive = ArchiveHandle::new(archive);
                if let Some(document) = dom::document() {
                    document.set_title(archive.manifest().display_name());
                }
                *current.borrow_mut() = Some(archive.clone());
                phase.set(ArchivePhase::Open(archive));
            }
            Err(error) => phase.set(ArchivePhase::Opening(OpeningProgress::Failed(error))),
        }
    });
}
