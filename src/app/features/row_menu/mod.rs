//! Menu of a row: a sheet on a phone, else a popover at the pointer.

use crate::app::services::{WindowLayout, dom, use_effect_with, use_layout, web_api};
use crate::app::state::row_menu::{Point, ROW_MENU, RowMenuProps};
use crate::app::state::user_data::{UserDataHandle, now};
use crate::app::state::{LibraryView, use_library_view, use_user_data};
use crate::app::ui::article_link::route_href;
use crate::app::ui::icon::{IconKind, icon};
use crate::app::ui::label_editor::LabelEditor;
use crate::app::ui::panel::Panel;
use crate::archive::ArchiveError;
use crate::search::Filter;
use crate::user_data::{ArticleFlag, UserDataEdit};
use crate::view_model::RouteAction;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use yew::platform::spawn_local;
use yew::prelude::*;

#[component]
pub fn RowMenu(props: &RowMenuProps) -> Html {
    let (view, user_data, layout) = (use_library_view(), use_user_data(), use_layout());
    let copied = use_state_eq(|| None::<bool>);
    let failure = use_state_eq(|| None::<ArchiveError>);
    let edits_labels = use_state_eq(bool::default);
    use_arrow_keys();
    let at = use_memo(props.at, |&at| if at == (0, 0) { focused_corner().unwrap_or(at) } else { at });
    let (Some(view), Some(user_data)) = (view, user_data) else { return Html::default() };
    let RowMenuProps { row, number, close, .. } = props;
    let (ui, id) = (view.ui, row.id);
    let (texts, tools, marks) = (ui.row_menu(), ui.tools(), ui.user_data());
    let flags = user_data.data().flag_state(id);
    let item = |shape: IconKind, label: &str, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="opt" {onclick}>{ icon(shape) }{ label.to_owned() }</button>
        }
    };
    let closing = |run: Box<dyn Fn()>| {
        let close = close.clone();
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            run();
        })
    };
    let toggle = |flag: ArticleFlag| {
        let user_data = user_data.clone();
        closing(Box::new(move || user_data.toggle_flag(id, flag, ui)))
    };
    let permalink = format!("{}{}", dom::page_url(), route_href(RouteAction::Open(id)));
    let copy = {
        let (link, copied) = (permalink.clone(), copied.setter());
        Callback::from(move |_: MouseEvent| {
            let (link, copied) = (link.clone(), copied.clone());
            spawn_local(async move { copied.set(Some(web_api::copy_text(&link).await)) });
        })
    };
    let share = {
        let title = row.title.clone();
        closing(Box::new(move || web_api::share(&title, &permalink)))
    };
    let mark_above = {
        let (view, user_data, number) = (view.clone(), user_data.clone(), *number);
        let (close, failure) = (close.clone(), failure.setter());
        Callback::from(move |_: MouseEvent| {
            let (view, user_data) = (view.clone(), user_data.clone());
            let (close, failure) = (close.clone(), failure.clone());
            spawn_local(async move {
                match mark_above_as_read(&view, &user_data, number).await {
                    Ok(()) => close.emit(()),
                    Err(error) => failure.set(Some(error)),
                }
            });
        })
    };
    let more_from_source = {
        let (navigate, query) =
            (view.navigation.navigate.clone(), Filter::Source(row.source.clone()).add_to(""));
        closing(Box::new(move || navigate.emit(RouteAction::OpenList(query.clone()))))
    };
    let (copy_icon, copy_label) = match *copied {
        None => (IconKind::Link, tools.copy_link),
        Some(true) => (IconKind::Check, tools.copied),
        Some(false) => (IconKind::Link, tools.copy_failed),
    };
    let star = if flags.starred { marks.unstar } else { marks.star };
    let (read_icon, read) =
        if flags.read { (IconKind::Dot, marks.mark_unread) } else { (IconKind::Check, marks.mark_read) };
    let edit_labels = {
        let edits_labels = edits_labels.setter();
        Callback::from(move |_: MouseEvent| edits_labels.set(true))
    };
    let is_first = *number == 0;
    let close_link = close.reform(|_: MouseEvent| ());
    html! {
        <Panel name={ROW_MENU} label={row.title.clone()} {close} at={*at}>
            if layout == WindowLayout::Phone {
                <h2 class="aa__t" lang={row.lang.tag()}>{ row.title.clone() }</h2>
            }
            if *edits_labels {
                <div class="aa__s"><LabelEditor {id} /></div>
            } else {
                <div class="aa__s">
                    { item(IconKind::Star, star, toggle(ArticleFlag::Star)) }
                    { item(read_icon, read, toggle(ArticleFlag::Read)) }
                    <button type="button" class="opt" aria-disabled={is_first.then_some("true")}
                        onclick={if is_first { Callback::noop() } else { mark_above }}>
                        { icon(IconKind::Up) }{ texts.mark_above }
                    </button>
                    { item(IconKind::Label, ui.labels().edit, edit_labels) }
                    if let Some(error) = &*failure {
                        <p class="sheet__p" role="alert">{ ui.library().load_failure(error) }</p>
                    }
                </div>
                <div class="aa__s">
                    <a class="opt" href={route_href(RouteAction::Open(id))} target="_blank" rel="noopener" onclick={close_link}>
                        { icon(IconKind::External) }{ texts.open_in_new_tab }
                    </a>
                    { item(copy_icon, copy_label, copy) }
                    <span class="vh" role="status">{ copied.map(|_| copy_label) }</span>
                    if web_api::can_share() {
                        { item(IconKind::Share, tools.send, share) }
                    }
                </div>
                if view.archive.manifest().sources.len() > 1 {
                    <div class="aa__s">{ item(IconKind::Page, texts.more_from_source, more_from_source) }</div>
                }
            }
        </Panel>
    }
}

/// Returns the lower left corner of the focused element: a key that opens the menu has no point.
fn focused_corner() -> Option<Point> {
    let area = dom::active_element()?.get_bounding_client_rect();
    Some((area.left() as i32, area.bottom() as i32))
}

/// Marks the listed articles before a row as read, with one undo. Fails if the id table cannot be loaded.
async fn mark_above_as_read(
    view: &LibraryView,
    user_data: &UserDataHandle,
    number: usize,
) -> Result<(), ArchiveError> {
    let above = view.results.selection.ordinals.iter().take(number).copied().collect();
    let mut ids = view.article_ids(above).await?;
    ids.retain(|&id| !user_data.data().is_read(id));
    let time = now();
    let said = view.ui.user_data().all_read.toast(ids.len() as u64);
    let edits = ids.into_iter().map(|id| UserDataEdit::Read(id, Some(time))).collect();
    user_data.apply_with_undo(said, edits);
    Ok(())
}

/// Moves the focus through the menu with the arrow keys while it is open.
#[hook]
fn use_arrow_keys() {
    use_effect_with((), |()| {
        let mut options = EventListenerOptions::enable_prevent_default();
        // The list scrolls by Home and End otherwise.
        options.phase = EventListenerPhase::Capture;
        let listener = dom::document().map(|document| {
            EventListener::new_with_options(&document, "keydown", options, |event| {
                if event.dyn_ref::<KeyboardEvent>().and_then(move_focus).is_some() {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}

fn move_focus(event: &KeyboardEvent) -> Option<()> {
    if dom::is_typing(event.target()) {
        return None;
    }
    let items = dom::elements(&format!(".{ROW_MENU} .opt"));
    let focused = dom::active_element();
    let now = items.iter().position(|item| Some(item) == focused.as_ref());
    let count = items.len().max(1);
    let next = match event.key().as_str() {
        "ArrowDown" => now.map_or(0, |at| (at + 1) % count),
        "ArrowUp" => now.map_or(count - 1, |at| (at + count - 1) % count),
        "Home" => 0,
        "End" => count - 1,
        _ => return None,
    };
    dom::focus_element(items.into_iter().nth(next)?)
}
