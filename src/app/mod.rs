//! The app: Yew components over plain view state. The only module that uses browser APIs.
//!
//! [`App`] opens the archive at the page's address and loads the settings. [`library::Library`] renders an
//! open archive: the list, and the [`reader`] next to it or instead of it.

pub mod components;
pub mod dom;
pub mod handle;
pub mod hooks;
pub mod i18n;
pub mod keep;
pub mod library;
pub mod net;
pub mod offline;
pub mod opening;
pub mod pages;
pub mod parts;
pub mod platform;
pub mod reader;
pub mod script;
pub mod settings;
pub mod storage;

use crate::app::hooks::use_effect_with;
use handle::Archive;
use i18n::Ui;
use keep::use_keeper;
use library::Library;
use net::HttpStore;
use opening::{Progress, opening};
use parts::{Parts, Places, Sources};
use settings::use_settings;
use std::cell::RefCell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Mounts the app. `sources` load the lazily loaded chunks.
pub fn start(sources: Sources) {
    let place = dom::document().and_then(|document| document.get_element_by_id("sheaf"));
    if let Some(place) = place {
        let parts = Parts::new(Places::new(sources));
        yew::Renderer::<App>::with_root_and_props(place, AppProps { parts }).render();
    }
}

/// State of the archive.
#[derive(Clone, PartialEq)]
enum Phase {
    Opening(Progress),
    Open(Archive),
}

#[derive(Properties, PartialEq)]
pub struct AppProps {
    pub parts: Parts,
}

/// Root component.
#[component]
pub fn App(props: &AppProps) -> Html {
    let (settings, edit) = use_settings();
    let script = script::use_script(settings.script);
    let keeper = use_keeper(!settings.forgets);
    let phase = use_state(|| Phase::Opening(Progress::Waiting));
    let device = offline::use_device(matches!(*phase, Phase::Open(_)), &props.parts);
    {
        let (phase, device) = (phase.setter(), device.clone());
        use_effect_with((), move |()| open(phase, device));
    }
    let again = {
        let (phase, device) = (phase.setter(), device.clone());
        Callback::from(move |()| open(phase.clone(), device.clone()))
    };
    let archive_ui = match &*phase {
        Phase::Open(archive) => archive.manifest().lang.and_then(Ui::of_lang),
        Phase::Opening(_) => None,
    };
    let ui = settings.ui.or(archive_ui).unwrap_or_else(Ui::of_browser);
    use_effect_with(ui, |ui| {
        if let Some(root) = dom::root() {
            // The language tag is a constant and well formed.
            let _ = root.set_attribute("lang", ui.tag());
        }
    });
    match &*phase {
        Phase::Opening(progress) => opening(progress, ui, &again),
        Phase::Open(archive) => {
            // The key resets all component state for another archive; only the URL carries over.
            html! {
                <ContextProvider<script::Script> context={script}>
                    <ContextProvider<offline::Handle> context={device}>
                        <ContextProvider<Parts> context={props.parts.clone()}>
                            <Library key={archive.address()} archive={archive.clone()} settings={(*settings).clone()} {edit} {ui}
                                stale={again} {keeper} />
                        </ContextProvider<Parts>>
                    </ContextProvider<offline::Handle>>
                </ContextProvider<script::Script>>
            }
        }
    }
}

/// Opens the archive at the page's address. If one of its files is missing, the manifest is fetched again,
/// and the app switches to a newer archive. A service worker serves the same archive until the reader accepts
/// the update, which is checked for.
fn open(phase: UseStateSetter<Phase>, device: offline::Handle) {
    let arrived = {
        let phase = phase.clone();
        Callback::from(move |arrived| phase.set(Phase::Opening(Progress::Arriving(arrived))))
    };
    let current = Rc::new(RefCell::new(None::<Archive>));
    let missing = {
        let (phase, current, device) = (phase.clone(), current.clone(), device.clone());
        Callback::from(move |()| {
            device.check();
            // Taken, so that many missing files cause one request.
            let Some(old) = current.borrow_mut().take() else { return };
            let phase = phase.clone();
            spawn_local(async move {
                let store = HttpStore::new(Callback::noop(), Callback::noop(), Callback::noop());
                if let Ok(archive) = crate::archive::Archive::open(store).await
                    && archive.manifest().tables != old.manifest().tables
                {
                    phase.set(Phase::Open(Archive::new(archive)));
                }
            });
        })
    };
    let failing = Callback::from(move |()| device.check());
    spawn_local(async move {
        match crate::archive::Archive::open(HttpStore::new(arrived, missing, failing)).await {
            Ok(archive) => {
                let archive = Archive::new(archive);
                if let Some(document) = dom::document() {
                    document.set_title(archive.manifest().name());
                }
                *current.borrow_mut() = Some(archive.clone());
                phase.set(Phase::Open(archive));
            }
            Err(error) => phase.set(Phase::Opening(Progress::Failed(error))),
        }
    });
}
