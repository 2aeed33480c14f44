//! The last article that was begun, at the head of the list.

use crate::app::lazy::ChunksContext;
use crate::app::services::{use_async, use_shared};
use crate::app::state::{Catalogue, locate, use_library_view, use_rows, use_user_data};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use yew::prelude::*;

/// Row that opens the last article that was begun; hidden during a search.
#[component]
pub fn ContinueReading() -> Html {
    let (view, user_data, catalogue) = (use_library_view(), use_user_data(), use_shared::<Catalogue>());
    let (Some(view), Some(user_data), Some(catalogue)) = (view, user_data, catalogue) else {
        return Html::default();
    };
    let last_started = {
        let records = user_data.data();
        let last = records.positions.iter().max_by_key(|(_, left)| left.time);
        last.map(|(&id, left)| (id, left.progress)).filter(|_| view.results.query_text.is_empty())
    };
    let chunks = use_shared::<ChunksContext>();
    let ordinal =
        use_async((view.archive.clone(), last_started.map(|(id, _)| id)), |(archive, id)| async move {
            // An article that is missing, or cannot be located now, is not offered.
            locate(&chunks?, &archive, id?).await
        });
    let ordinal = ordinal.flatten();
    use_rows(&catalogue, ordinal.into_iter().collect(), false);
    let row = ordinal.and_then(|ordinal| catalogue.row(ordinal).ok()?);
    let (Some((id, share)), Some(row)) = (last_started, row) else { return Html::default() };
    let ui = view.ui;
    html! {
        <ArticleLink class="goon" to={LinkTarget::article(&view.navigation.navigate, id)}>
            <span class="goon__l">{ ui.user_data().continue_reading }</span>
            <span class="goon__t" lang={row.lang.tag()}>{ row.title.clone() }</span>
            <span class="goon__n">{ ui.user_data().read_so_far((share / 10).into()) }</span>
        </ArticleLink>
    }
}
