//! Notice above the list about the network and updates.

use crate::app::i18n::Locale;
use crate::app::state::offline::OfflineContext;
use crate::app::ui::icon::{IconKind, icon};
use crate::view_model::SiteUpdate;
use yew::prelude::*;

/// Renders the notice, if any. `kept` is the mask of cached articles while the host is unreachable.
pub fn offline_notice(handle: &OfflineContext, kept: Option<&[bool]>, ui: Locale) -> Html {
    let texts = ui.offline();
    if let Some(kept) = kept.filter(|_| handle.offline_files.is_some()) {
        let here = kept.iter().filter(|&&kept| kept).count();
        let text = if here == kept.len() {
            texts.offline_complete.to_owned()
        } else {
            texts.offline(here as u64, kept.len() as u64)
        };
        let check = handle.clone();
        return notice_line(
            IconKind::Offline,
            &text,
            &[(texts.check, Callback::from(move |_| check.request_check()))],
        );
    }
    let Some(update) = handle.update else { return Html::default() };
    let (take, later) = (handle.clone(), handle.clone());
    let take = Callback::from(move |_| take.apply_update());
    let later = Callback::from(move |_| later.postpone_update());
    match update {
        SiteUpdate::ActiveInOtherTab => {
            notice_line(IconKind::Download, texts.updated_in_other_tab, &[(texts.reload, take)])
        }
        SiteUpdate::Ready(more) => {
            let text = match more {
                0 => texts.newer.to_owned(),
                1 => texts.newer_one.to_owned(),
                more => texts.newer_many(more.into()),
            };
            notice_line(
                IconKind::Download,
                &text,
                &[(texts.apply_update, take), (texts.postpone_update, later)],
            )
        }
    }
}

fn notice_line(shape: IconKind, text: &str, actions: &[(&'static str, Callback<MouseEvent>)]) -> Html {
    html! {
        <div class="notice" role="status">
            { icon(shape) }
            <p class="notice__t">{ text }</p>
            { for actions.iter().map(|(text, act)| html! {
                <button class="link" onclick={act}>{ *text }</button>
            }) }
        </div>
    }
}
