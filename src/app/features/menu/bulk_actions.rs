//! Actions on the whole list.

use crate::app::i18n::user_data::BulkActionTexts;
use crate::app::i18n::{Locale, format_number};
use crate::app::lazy::ChunksContext;
use crate::app::services::use_shared;
use crate::app::state::saved_searches::toggle_saved_search;
use crate::app::state::user_data::{UserDataHandle, now};
use crate::app::state::{ArticleFlags, LibraryView, use_library_view, use_user_data};
use crate::app::ui::icon::{IconKind, icon};
use crate::archive::ArchiveError;
use crate::model::Id;
use crate::search::{Status, StatusBitmap};
use crate::user_data::UserDataEdit;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Action on every article of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BulkAction {
    Read,
    Unread,
    Star,
    Unstar,
}

impl BulkAction {
    fn texts(self, ui: Locale) -> &'static BulkActionTexts {
        let texts = ui.user_data();
        match self {
            BulkAction::Read => &texts.all_read,
            BulkAction::Unread => &texts.all_unread,
            BulkAction::Star => &texts.all_starred,
            BulkAction::Unstar => &texts.all_unstarred,
        }
    }

    /// Returns true if the action changes the article.
    fn changes(self, statuses: &StatusBitmap, ordinal: u32) -> bool {
        match self {
            BulkAction::Read => statuses.has(ordinal, Status::Unread),
            BulkAction::Unread => statuses.has(ordinal, Status::Read),
            BulkAction::Star => !statuses.has(ordinal, Status::Starred),
            BulkAction::Unstar => statuses.has(ordinal, Status::Starred),
        }
    }
}

/// The most far-reaching action comes last.
const BULK_ACTIONS: [(BulkAction, IconKind); 4] = [
    (BulkAction::Star, IconKind::Star),
    (BulkAction::Unstar, IconKind::Minus),
    (BulkAction::Unread, IconKind::Dot),
    (BulkAction::Read, IconKind::Check),
];

#[derive(Properties, PartialEq)]
pub struct BulkActionsProps {
    pub close: Callback<()>,
}

/// Section of the menu about the listed articles; empty without any.
#[component]
pub fn BulkActions(props: &BulkActionsProps) -> Html {
    let (view, user_data, flags) = (use_library_view(), use_user_data(), use_shared::<ArticleFlags>());
    let chunks = use_shared::<ChunksContext>();
    let failure = use_state_eq(|| None::<ArchiveError>);
    let (Some(view), Some(user_data)) = (view, user_data) else { return Html::default() };
    let LibraryView { ui, results: found, .. } = &view;
    let (texts, total) = (ui.user_data(), found.selection.total as u64);
    let query = found.query_text.trim();
    if found.selection.ordinals.is_empty() && query.is_empty() {
        return Html::default();
    }
    let close = &props.close;
    let items = BULK_ACTIONS.iter().map(|&(all, shape)| {
        let (view, user_data) = (view.clone(), user_data.clone());
        let (close, failure) = (close.clone(), failure.setter());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (view, user_data) = (view.clone(), user_data.clone());
            let (close, failure) = (close.clone(), failure.clone());
            spawn_local(async move {
                let listed = view.results.selection.ordinals.clone();
                match view.article_ids(listed).await {
                    Ok(ids) => {
                        close.emit(());
                        apply_bulk_action(&user_data, view.ui, all, ids);
                    }
                    Err(error) => failure.set(Some(error)),
                }
            });
        });
        let needed = flags.as_ref().is_none_or(|flags| {
            found.selection.ordinals.iter().any(|&ordinal| all.changes(&flags.bitmap, ordinal))
        });
        let count = (all == BulkAction::Read).then(|| format_number(total));
        html! {
            <button type="button" class="opt" disabled={!needed} {onclick}>
                { icon(shape) }{ all.texts(*ui).label }<span class="opt__n">{ count }</span>
            </button>
        }
    });
    let is_saved = user_data.data().searches.contains_key(query);
    let save_label = if is_saved { texts.unsave } else { texts.save };
    let save = {
        let (view, user_data, close, flags) = (view.clone(), user_data.clone(), close.clone(), flags.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            if let (Some(flags), Some(chunks)) = (&flags, &chunks) {
                toggle_saved_search(&view, &user_data, flags, chunks);
            }
        })
    };
    html! {
        <div class="aa__s">
            <h2 class="aa__l">{ texts.this_list(total) }</h2>
            if let Some(error) = &*failure {
                <p class="sheet__p" role="alert">{ ui.library().load_failure(error) }</p>
            }
            if !query.is_empty() {
                <button type="button" class="opt" onclick={save}>{ icon(IconKind::Search) }{ save_label }</button>
            }
            if !found.selection.ordinals.is_empty() {
                { for items }
            }
        </div>
    }
}

/// Sets flags that are not set yet, with one undo.
fn apply_bulk_action(user_data: &UserDataHandle, ui: Locale, all: BulkAction, ids: Vec<Id>) {
    let time = now();
    let changes: Vec<UserDataEdit> = {
        let kept = user_data.data();
        let change = |id: Id| match all {
            BulkAction::Read => (!kept.is_read(id)).then_some(UserDataEdit::Read(id, Some(time))),
            BulkAction::Unread => kept.is_read(id).then_some(UserDataEdit::Read(id, None)),
            BulkAction::Star => (!kept.is_starred(id)).then_some(UserDataEdit::Star(id, Some(time))),
            BulkAction::Unstar => kept.is_starred(id).then_some(UserDataEdit::Star(id, None)),
        };
        ids.into_iter().filter_map(change).collect()
    };
    user_data.apply_with_undo(all.texts(ui).toast(changes.len() as u64), changes);
    user_data.invalidate_filters();
}
