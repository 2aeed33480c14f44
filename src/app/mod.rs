//! The app: Yew components over the view's plain state. The only place that names the browser.
//!
//! [`App`] opens the archive beside the page and keeps the settings; [`library::Library`] is everything
//! one sees of an open archive, the list and beside or instead of it the [`reader`].
//!
//! # The map
//!
//! A module uses those before it, never those after.
//!
//! | module | what it holds |
//! |---|---|
//! | [`dom`] | elements, focus, scrolling, the page itself |
//! | [`platform`] | what the device and the browser are |
//! | [`storage`] | `localStorage` |
//! | [`net`] | fetching the archive's files |
//! | [`handle`] | values that are shared and compared by address |
//! | [`i18n`] | the texts of the interface |
//! | [`hooks`] | the route, the search, rows, focus, media |
//! | [`components`] | icons, panels, sheets |
//! | [`opening`] | the page until the archive is open |
//! | [`script`] | Chinese in the script of the reader's choice |
//! | [`settings`] | settings and their panel |
//! | [`offline`] | the service worker: updates, the archive on the device |
//! | [`keep`] | the reader's data in the browser's database, in step between tabs |
//! | [`pages`] | the front page, passages, about |
//! | [`reader`] | an article |
//! | [`library`] | the list, the search, filters, commands |
//! | [`parts`] | chunks that are loaded later |

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

/// Starts the app in the page; `sources` says how its parts are had.
pub fn start(sources: Sources) {
    let place = dom::document().and_then(|document| document.get_element_by_id("sheaf"));
    if let Some(place) = place {
        let parts = Parts::new(Places::new(sources));
        yew::Renderer::<App>::with_root_and_props(place, AppProps { parts }).render();
    }
}

/// How far the archive is.
#[derive(Clone, PartialEq)]
enum Phase {
    Opening(Progress),
    Open(Archive),
}

/// See [`App`].
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// What comes after the app has begun.
    pub parts: Parts,
}

/// The whole app.
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
            // A tag of ours is a well-formed value.
            let _ = root.set_attribute("lang", ui.tag());
        }
    });
    match &*phase {
        Phase::Opening(progress) => opening(progress, ui, &again),
        Phase::Open(archive) => {
            // Another archive begins with nothing remembered of the one before but what the URL says.
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

/// Opens the archive beside the page. When one of its files turns out to be missing, the archive is asked for
/// again; if it is another one by then, the app goes on with that. A worker that keeps the site answers with the same
/// one until the reader has taken the newer site, which is looked for.
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
            // Taken, so that many missing files ask once.
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
