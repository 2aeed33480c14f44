//! The last article that was begun, at the head of the list.

use crate::app::services::use_effect_with;
use crate::app::state::Catalogue;
use crate::app::state::library::LibraryContext;
use crate::app::ui::article_link::open_on_click;
use crate::model::Id;
use crate::view_model::{RouteAction, RouteState};
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ContinueReadingProps {
    pub scene: LibraryContext,
    pub pages: Catalogue,
}

/// Row that opens the last article that was begun; hidden during a search.
#[component]
pub fn ContinueReading(props: &ContinueReadingProps) -> Html {
    let LibraryContext { archive, results: found, keeper, ui, navigate, .. } = &props.scene;
    let begun = {
        let kept = keeper.data();
        let last = kept.positions.iter().max_by_key(|(_, left)| left.time);
        last.map(|(&id, left)| (id, left.progress)).filter(|_| found.query_text.is_empty())
    };
    let place = use_state_eq(|| None::<(Id, u32)>);
    {
        let (place, archive) = (place.setter(), archive.clone());
        use_effect_with(begun.map(|(id, _)| id), move |id| {
            if let Some(id) = *id {
                spawn_local(async move {
                    // An article that is missing, or cannot be located now, is not offered.
                    let ordinal = archive.locate(id).await.ok().flatten();
                    place.set(ordinal.map(|ordinal| (id, ordinal)));
                });
            }
        });
    }
    let Some((id, share)) = begun else { return Html::default() };
    let row =
        place.filter(|(of, _)| *of == id).and_then(|(_, at)| props.pages.request_row(at, false).ok()?);
    let Some(row) = row else { return Html::default() };
    let href = RouteState::default().apply(RouteAction::Open(id)).to_fragment();
    html! {
        <a class="goon" {href} onclick={open_on_click(navigate, id)}>
            <span class="goon__l">{ ui.user_data().continue_reading }</span>
            <span class="goon__t" lang={row.lang.tag()}>{ row.title.clone() }</span>
            <span class="goon__n">{ ui.user_data().read_so_far((share / 10).into()) }</span>
        </a>
    }
}
