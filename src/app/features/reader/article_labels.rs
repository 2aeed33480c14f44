//! The reader's labels below an article.

use crate::app::state::labels::LabelPanelProps;
use crate::app::state::row_menu::Point;
use crate::app::state::{use_locale, use_navigation, use_user_data};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use crate::model::Id;
use crate::search::Filter;
use crate::view_model::RouteAction;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ArticleLabelsProps {
    pub id: Id,
}

/// Labels, each a link to its articles, and the button that edits them.
#[component]
pub fn ArticleLabels(props: &ArticleLabelsProps) -> Html {
    let (ui, navigation, user_data) = (use_locale(), use_navigation(), use_user_data());
    let (panel, button) = (use_state(|| None), use_node_ref());
    let Some(user_data) = user_data else { return Html::default() };
    let texts = ui.labels();
    let data = user_data.data();
    let labels = data.labels_of(props.id).map(|label| {
        let query = Filter::Label(label.name.clone()).to_query_string();
        let to = LinkTarget::route(&navigation.navigate, RouteAction::OpenList(query));
        html! { <ArticleLink key={label.name.clone()} class="lab" {to}>{ label.name.clone() }</ArticleLink> }
    });
    let edit = {
        let (panel, button) = (panel.setter(), button.clone());
        Callback::from(move |_: MouseEvent| panel.set(lower_corner(&button)))
    };
    let panel_view = panel.map(|at| {
        let panel = panel.setter();
        let close = Callback::from(move |()| panel.set(None));
        lazy_panel(LabelPanelProps { id: props.id, at, close: close.clone() }, Fallback::with_close(&close))
    });
    html! {
        <div class="labels-row" role="group" translate="no" aria-label={texts.name}>
            <span class="labels-row__l">{ for labels }</span>
            <button type="button" class="lab lab--edit" ref={button} aria-haspopup="dialog" onclick={edit}>
                { small_icon(IconKind::Label) }{ texts.edit }
            </button>
            { panel_view.unwrap_or_default() }
        </div>
    }
}

/// Returns the lower left corner of an element.
fn lower_corner(element: &NodeRef) -> Option<Point> {
    let area = element.cast::<Element>()?.get_bounding_client_rect();
    Some((area.left() as i32, area.bottom() as i32))
}
