//! Toasts for undo and for storage errors.
//!
//! The toast for undo expires, and belongs to the screen on which it appeared; undo itself remains available by
//! its key. A storage error stays until it is dismissed.

use crate::app::i18n::UserDataTexts;
use crate::app::services::{DbError, dom, use_effect_with};
use crate::app::state::use_locale;
use crate::app::state::user_data::{StorageBackend, UserDataHandle};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::view_model::RouteState;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::future::TimeoutFuture;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Lifetime of a toast.
const LIFETIME_MS: u32 = 7_000;
/// Lifetime after a click without a pointer, as by a screen reader.
const LONG_LIFETIME_MS: u32 = 20_000;
/// Delay of the next check while pointer or focus are in the toast.
const HOLD_MS: u32 = 2_000;

#[derive(Properties, PartialEq)]
pub struct UndoToastProps {
    pub user_data: UserDataHandle,
    /// A toast disappears when this changes.
    pub screen: RouteState,
}

/// The toast last shown.
#[derive(Default)]
struct ShownToast {
    action: u32,
    screen: RouteState,
    is_expired: bool,
}

/// Toasts at the lower edge.
#[component]
pub fn UndoToast(props: &UndoToastProps) -> Html {
    let UndoToastProps { user_data, screen } = props;
    let texts = use_locale().user_data();
    let (last, place, redraw) = (use_mut_ref(ShownToast::default), use_node_ref(), use_force_update());
    let is_synthetic = use_synthetic_clicks();
    let trouble = match user_data.backend() {
        StorageBackend::Memory(trouble) if user_data.should_warn() => Some(storage_error(trouble, texts)),
        _ => None,
    };
    let entry = user_data.undo_entry().filter(|entry| {
        let mut last = last.borrow_mut();
        if last.action != entry.action {
            *last = ShownToast { action: entry.action, screen: screen.clone(), is_expired: false };
        }
        last.is_expired |= last.screen != *screen;
        !last.is_expired
    });
    let expire = {
        let (last, redraw) = (last.clone(), redraw.clone());
        Rc::new(move || {
            last.borrow_mut().is_expired = true;
            redraw.force_update();
        })
    };
    {
        let (place, expire) = (place.clone(), expire.clone());
        use_effect_with(entry.as_ref().map(|entry| entry.action), move |shown| {
            let is_replaced = Rc::new(Cell::new(false));
            if shown.is_some() {
                let lifetime = if is_synthetic.get() { LONG_LIFETIME_MS } else { LIFETIME_MS };
                let is_replaced = is_replaced.clone();
                spawn_local(async move {
                    TimeoutFuture::new(lifetime).await;
                    while !is_replaced.get() && is_held(&place) {
                        TimeoutFuture::new(HOLD_MS).await;
                    }
                    if !is_replaced.get() {
                        expire();
                    }
                });
            }
            move || is_replaced.set(true)
        });
    }
    let unwarn = {
        let user_data = user_data.clone();
        Callback::from(move |_: MouseEvent| user_data.dismiss_warning())
    };
    let undo = {
        let user_data = user_data.clone();
        Callback::from(move |_: MouseEvent| user_data.undo())
    };
    let dismiss = Callback::from(move |_: MouseEvent| expire());
    let close = |onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="ib" aria-label={texts.dismiss} title={texts.dismiss} {onclick}>
                { small_icon(IconKind::Close) }
            </button>
        }
    };
    html! {
        // The live region exists before its text, since screen readers announce only changes.
        <div class="notices" role="status">
            if let Some(trouble) = trouble {
                <div class="notice"><p>{ trouble }</p><span class="notice__e">{ close(unwarn) }</span></div>
            }
            if let Some(entry) = entry {
                <div class="notice" ref={place}>
                    <p>{ entry.message }</p>
                    <span class="notice__e">
                        <button type="button" class="link" data-command="undo" aria-keyshortcuts="z" onclick={undo}>{ texts.undo }</button>
                        { close(dismiss) }
                    </span>
                </div>
            }
        </div>
    }
}

/// Returns a flag that is set if the last action was a click without a pointer.
#[hook]
fn use_synthetic_clicks() -> Rc<Cell<bool>> {
    let flag = (*use_memo((), |()| Rc::new(Cell::new(false)))).clone();
    {
        let flag = flag.clone();
        use_effect_with((), move |()| {
            let listeners = dom::window().map(|window| {
                ["click", "keydown", "pointerdown"].map(|name| {
                    let flag = flag.clone();
                    let options = EventListenerOptions::run_in_capture_phase();
                    EventListener::new_with_options(&window, name, options, move |event| {
                        let click = event.dyn_ref::<MouseEvent>().filter(|event| event.type_() == "click");
                        flag.set(click.is_some_and(|click| click.detail() == 0 && click.is_trusted()));
                    })
                })
            });
            move || drop(listeners)
        });
    }
    flag
}

/// Returns true if the pointer or the focus is in the toast.
fn is_held(place: &NodeRef) -> bool {
    place.cast::<Element>().is_some_and(|toast| toast.matches(":is(:hover, :focus-within)").unwrap_or(false))
}

fn storage_error(error: DbError, texts: &UserDataTexts) -> &'static str {
    match error {
        DbError::Unavailable => texts.no_storage,
        DbError::NewerVersion => texts.newer_storage,
        DbError::Damaged => texts.damaged_storage,
        DbError::Full => texts.full_storage,
    }
}
