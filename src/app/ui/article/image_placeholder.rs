//! Placeholder of an image, and its credit line.

use crate::app::i18n::Locale;
use crate::app::ui::icon::{IconKind, icon};
use crate::model::{Figure, ImageUrl};
use yew::prelude::*;

/// Renders alternative text, host, size and an action.
pub fn image_placeholder(
    figure: &Figure,
    what: &str,
    action: Option<(&str, Callback<MouseEvent>)>,
    ui: Locale,
) -> Html {
    let size = figure.size.map(|(width, height)| format!("{width} × {height}"));
    let about: Vec<String> = origin_url(figure).host().map(str::to_owned).into_iter().chain(size).collect();
    html! {
        <div class="gone">
            { icon(IconKind::Picture) }
            if !figure.alt.is_empty() {
                <span class="gone__a">{ &figure.alt }</span>
            }
            <span>{ what }</span>
            <span class="gone__d">{ about.join(" · ") }</span>
            <span class="gone__b">
                if let Some((label, onclick)) = action {
                    <button type="button" class="link" {onclick}>{ label }</button>
                }
                <a class="link" href={origin_url(figure).as_str().to_owned()} target="_blank"
                    rel="noopener noreferrer nofollow">{ ui.reader().picture.open }</a>
            </span>
        </div>
    }
}

/// Renders the host below an image without caption; nothing if it is archived.
pub fn credit(figure: &Figure, ui: Locale) -> Html {
    let host = origin_url(figure).host().map(|host| ui.reader().picture.credit(host));
    html! {
        if let Some(host) = host {
            <figcaption class="fig__c" lang={ui.tag()}>{ host }</figcaption>
        }
    }
}

/// Returns the URL of an image, without its proxy.
fn origin_url(figure: &Figure) -> &ImageUrl {
    figure.fallback.as_ref().unwrap_or(&figure.src)
}
