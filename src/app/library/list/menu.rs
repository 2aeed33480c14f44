//! Row menu for touch screens.

use crate::app::components::icon::{Shape, icon};
use crate::app::components::sheet::Sheet;
use crate::app::i18n::Ui;
use crate::keep::{Mark, Marked};
use crate::model::{Id, Row};
use yew::prelude::*;

pub(super) fn menu(
    row: &Row,
    marked: Marked,
    mark: &Callback<(Id, Mark)>,
    close: &Callback<()>,
    ui: Ui,
) -> Html {
    let texts = ui.keep();
    let id = row.id;
    let item = |what: Mark, shape: Shape, label: &'static str| {
        let (mark, close) = (mark.clone(), close.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            close.emit(());
            mark.emit((id, what));
        });
        html! { <button type="button" class="opt" {onclick}>{ icon(shape) }{ label }</button> }
    };
    let (star, read) = (
        if marked.starred { texts.unstar } else { texts.star },
        if marked.read { (Shape::Dot, texts.mark_unread) } else { (Shape::Check, texts.mark_read) },
    );
    html! {
        <Sheet label={row.title.clone()} close={close.clone()}>
            <div class="sheet__h"><h2 lang={row.lang.tag()}>{ row.title.clone() }</h2></div>
            <div class="sheet__b sheet__b--last">
                { item(Mark::Star, Shape::Star, star) }
                { item(Mark::Read, read.0, read.1) }
            </div>
        </Sheet>
    }
}
