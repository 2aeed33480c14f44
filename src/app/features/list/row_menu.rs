//! Row menu for touch screens.

use crate::app::i18n::Locale;
use crate::app::ui::dialog::Sheet;
use crate::app::ui::icon::{IconKind, icon};
use crate::model::{Id, Row};
use crate::user_data::{ArticleFlag, FlagState};
use yew::prelude::*;

pub(super) fn row_menu(
    row: &Row,
    marked: FlagState,
    mark: &Callback<(Id, ArticleFlag)>,
    close: &Callback<()>,
    ui: Locale,
) -> Html {
    let texts = ui.user_data();
    let id = row.id;
    let item = |what: ArticleFlag, shape: IconKind, label: &'static str| {
        let (mark, close) = (mark.clone(), close.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            close.emit(());
            mark.emit((id, what));
        });
        html! { <button type="button" class="opt" {onclick}>{ icon(shape) }{ label }</button> }
    };
    let (star, read) = (
        if marked.starred { texts.unstar } else { texts.star },
        if marked.read { (IconKind::Dot, texts.mark_unread) } else { (IconKind::Check, texts.mark_read) },
    );
    html! {
        <Sheet label={row.title.clone()} close={close.clone()}>
            <div class="sheet__h"><h2 lang={row.lang.tag()}>{ row.title.clone() }</h2></div>
            <div class="sheet__b sheet__b--last">
                { item(ArticleFlag::Star, IconKind::Star, star) }
                { item(ArticleFlag::Read, read.0, read.1) }
            </div>
        </Sheet>
    }
}
