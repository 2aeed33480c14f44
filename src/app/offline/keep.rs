//! Download of the whole archive for offline use: size, progress, cancellation.

use super::Handle;
use crate::app::i18n::{Ui, fill};
use crate::view::{Keeping, Trouble, Wish, megabytes};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct KeepProps {
    pub ui: Ui,
}

/// Section of the type panel; empty if the browser cannot cache.
#[component]
pub fn Keep(props: &KeepProps) -> Html {
    let handle = use_context::<Handle>();
    let Some((handle, keeping)) = handle.and_then(|handle| Some((handle.clone(), handle.keeping?))) else {
        return Html::default();
    };
    let texts = props.ui.offline();
    let (text, choices) = said(&keeping, props.ui);
    let is_under_way = keeping.wish != Wish::Read && !keeping.is_whole();
    html! {
        <div class="aa__s keep">
            <p class="aa__l">
                <span>{ texts.keep }</span>
                <span>{ megabytes(keeping.core + keeping.files) }</span>
            </p>
            <p class="keep__t" role="status">{ text }</p>
            if is_under_way {
                <progress class="keep__p" max={keeping.files.to_string()} value={keeping.here().to_string()}
                    aria-label={texts.keep} />
            }
            if !choices.is_empty() {
                <p class="keep__b">
                    { for choices.into_iter().map(|(text, wish)| {
                        let handle = handle.clone();
                        let onclick = Callback::from(move |_: MouseEvent| handle.wish(wish));
                        html! { <button type="button" class="link" {onclick}>{ text }</button> }
                    }) }
                </p>
            }
        </div>
    }
}

/// Returns the status text and the available choices.
fn said(keeping: &Keeping, ui: Ui) -> (String, Vec<(&'static str, Wish)>) {
    let texts = ui.offline();
    let all = megabytes(keeping.core + keeping.files);
    let here = megabytes(keeping.core + keeping.here());
    let remove = (texts.remove, Wish::Read);
    match (keeping.trouble, keeping.wish) {
        _ if keeping.files == 0 => (texts.keep_small.to_owned(), Vec::new()),
        (Some(Trouble::Room(room)), wish) => {
            let left = megabytes(keeping.left.unwrap_or(keeping.files));
            let mut choices = vec![(texts.retry, Wish::All)];
            choices.extend((wish != Wish::Read).then_some(remove));
            (fill(texts.no_room, &[&left, &megabytes(room)]), choices)
        }
        (Some(Trouble::Network), _) => {
            (fill(texts.no_network, &[&here, &all]), vec![(texts.resume, Wish::All), remove])
        }
        (None, Wish::Read) => (texts.keep_hint.to_owned(), vec![(texts.keep_all, Wish::All)]),
        _ if keeping.is_whole() => (texts.whole.to_owned(), vec![remove]),
        (None, Wish::All) => (fill(texts.kept_so_far, &[&here, &all]), vec![(texts.pause, Wish::Paused)]),
        (None, Wish::Paused) => (fill(texts.paused, &[&here, &all]), vec![(texts.resume, Wish::All), remove]),
    }
}
