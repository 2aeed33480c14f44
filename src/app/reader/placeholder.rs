//! What stands in the place of a picture, and under one that has no caption.

use crate::app::components::icon::{Shape, icon};
use crate::app::i18n::{Ui, fill};
use crate::model::{Figure, ImageUrl};
use yew::prelude::*;

/// What stands in the place of a picture: what it would be, where from, and what can be done.
pub fn notice(figure: &Figure, what: &str, action: Option<(&str, Callback<MouseEvent>)>, ui: Ui) -> Html {
    let size = figure.size.map(|(width, height)| format!("{width} × {height}"));
    let about: Vec<String> = origin(figure).site().map(str::to_owned).into_iter().chain(size).collect();
    html! {
        <div class="gone">
            { icon(Shape::Picture) }
            if !figure.alt.is_empty() {
                <span class="gone__a">{ &figure.alt }</span>
            }
            <span>{ what }</span>
            <span class="gone__d">{ about.join(" · ") }</span>
            <span class="gone__b">
                if let Some((label, onclick)) = action {
                    <button type="button" class="link" {onclick}>{ label }</button>
                }
                <a class="link" href={origin(figure).as_str().to_owned()} target="_blank"
                    rel="noopener noreferrer nofollow">{ ui.reader().picture.open }</a>
            </span>
        </div>
    }
}

/// The line under a picture without caption: its host. Nothing when it lies in the archive.
pub fn credit(figure: &Figure, ui: Ui) -> Html {
    let host = origin(figure).site().map(|host| fill(ui.reader().picture.credit, &[host]));
    html! {
        if let Some(host) = host {
            <figcaption class="fig__c" lang={ui.tag()}>{ host }</figcaption>
        }
    }
}

/// Where a picture comes from in the end, also when a proxy stands in front.
fn origin(figure: &Figure) -> &ImageUrl {
    figure.fallback.as_ref().unwrap_or(&figure.src)
}
