//! The app: Yew components over the view's plain state. The only place that names the browser.
//!
//! [`App`] opens the archive beside the page and keeps the settings; [`library::Library`] is everything
//! one sees of an open archive, the list and beside or instead of it the [`reader`].

pub mod components;
pub mod dom;
pub mod handle;
pub mod hooks;
pub mod i18n;
pub mod library;
pub mod net;
pub mod opening;
pub mod reader;
pub mod settings;

use handle::Archive;
use i18n::Ui;
use library::Library;
use net::HttpStore;
use opening::{Opening, Progress};
use settings::Settings;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Starts the app in the page.
pub fn start() {
    let place = dom::document().and_then(|document| document.get_element_by_id("sheaf"));
    if let Some(place) = place {
        yew::Renderer::<App>::with_root(place).render();
    }
}

/// How far the archive is.
#[derive(Clone, PartialEq)]
enum Phase {
    Opening(Progress),
    Open(Archive),
}

/// The whole app.
#[component]
pub fn App() -> Html {
    let settings = use_state(Settings::load);
    let phase = use_state(|| Phase::Opening(Progress::Waiting));
    let attempt = use_state(|| 0_u32);
    {
        let phase = phase.clone();
        use_effect_with(*attempt, move |_| {
            let arrived = {
                let phase = phase.clone();
                Callback::from(move |arrived| phase.set(Phase::Opening(Progress::Arriving(arrived))))
            };
            spawn_local(async move {
                match crate::archive::Archive::open(HttpStore::new(arrived)).await {
                    Ok(archive) => phase.set(Phase::Open(Archive::new(archive))),
                    Err(error) => phase.set(Phase::Opening(Progress::Failed(error))),
                }
            });
        });
    }
    {
        let settings = settings.clone();
        // A system that turns dark takes the page with it, unless a theme is chosen.
        use_effect_with(settings, |settings| {
            let settings = settings.clone();
            hooks::media_listener("(prefers-color-scheme: dark)", move || settings.show_theme())
        });
    }
    let again = Callback::from(move |()| attempt.set(*attempt + 1));
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
    let set = {
        let settings = settings.clone();
        Callback::from(move |changed: Settings| {
            changed.store();
            settings.set(changed);
        })
    };
    match &*phase {
        Phase::Opening(progress) => html! { <Opening progress={progress.clone()} {ui} {again} /> },
        Phase::Open(archive) => {
            html! { <Library archive={archive.clone()} settings={(*settings).clone()} {set} {ui} stale={again} /> }
        }
    }
}
