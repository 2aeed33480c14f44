//! Placeholder of an image.

use crate::app::i18n::Locale;
use crate::app::ui::icon::{IconKind, icon};
use crate::model::Figure;
use yew::prelude::*;

/// Renders alternative text, host, size and an action.
pub fn image_placeholder(
    figure: &Figure,
    what: &str,
    action: Option<(&str, Callback<MouseEvent>)>,
    ui: Locale,
) -> Html {
    let size = figure.size.map(|(width, height)| format!("{width} × {height}"));
    let about: Vec<String> = figure.origin().host().map(str::to_owned).into_iter().chain(size).collect();
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
                <a class="link" href={figure.origin().as_str().to_owned()} target="_blank"
                    rel="noopener noreferrer nofollow">{ ui.reader().picture.open }</a>
            </span>
        </div>
    }
}
