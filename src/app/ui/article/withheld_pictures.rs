//! Pictures that are not requested because their host fails: one line for each run of them.

use crate::app::i18n::Locale;
use crate::app::services::rc_eq::RcEq;
use crate::app::services::use_effect_with;
use crate::model::Figure;
use std::cell::RefCell;
use web_sys::{Element, Node};
use yew::prelude::*;

/// Withheld pictures of an article, in document order.
#[derive(Default)]
pub struct WithheldPictures {
    pictures: RefCell<Vec<WithheldPicture>>,
}

/// Place of a picture among the pictures of its article.
#[derive(Clone, PartialEq)]
pub struct PictureRun {
    pub withheld: RcEq<WithheldPictures>,
    /// Byte offset in the text of the article, which the pictures of a run share.
    pub at: usize,
}

#[derive(Clone)]
struct WithheldPicture {
    at: usize,
    place: Element,
    load: Callback<()>,
    update: Callback<()>,
}

impl PictureRun {
    fn members(&self) -> Vec<WithheldPicture> {
        let pictures = self.withheld.pictures.borrow();
        pictures.iter().filter(|picture| picture.at == self.at).cloned().collect()
    }

    fn update(&self) {
        self.members().iter().for_each(|picture| picture.update.emit(()));
    }

    fn add(&self, added: WithheldPicture) {
        let mut pictures = self.withheld.pictures.borrow_mut();
        let position = pictures.partition_point(|other| {
            other.place.compare_document_position(&added.place) & Node::DOCUMENT_POSITION_FOLLOWING != 0
        });
        pictures.insert(position, added);
    }

    fn remove(&self, place: &Element) {
        self.withheld.pictures.borrow_mut().retain(|picture| picture.place != *place);
    }
}

/// Lists the picture at `place` while it `is_withheld`. `load` requests it again.
#[hook]
pub fn use_withheld(run: &PictureRun, is_withheld: bool, place: &NodeRef, load: Callback<()>) {
    let (place, update) = (place.clone(), use_force_update());
    use_effect_with((run.clone(), is_withheld), move |(run, is_withheld)| {
        let place = place.cast::<Element>().filter(|_| *is_withheld);
        if let Some(place) = place.clone() {
            let update = Callback::from(move |()| update.force_update());
            run.add(WithheldPicture { at: run.at, place, load, update });
            run.update();
        }
        let run = run.clone();
        move || {
            if let Some(place) = place {
                run.remove(&place);
                run.update();
            }
        }
    });
}

/// Renders the alternative text of a withheld picture, and before the first of a run their number and a button that
/// requests all of them.
pub fn withheld_picture(figure: &Figure, run: &PictureRun, place: &NodeRef, ui: Locale) -> Html {
    let texts = &ui.reader().picture;
    let members = run.members();
    let is_first = members.first().is_some_and(|first| place.get().as_ref() == Some(first.place.as_ref()));
    let count = members.len();
    let retry = Callback::from(move |_: MouseEvent| members.iter().for_each(|picture| picture.load.emit(())));
    html! {
        <>
            if is_first {
                <p class="held">
                    { texts.withheld(count as u64) }
                    <button type="button" class="link" onclick={retry}>{ texts.retry }</button>
                </p>
            }
            if !figure.alt.is_empty() {
                <p class="held__a">{ &figure.alt }</p>
            }
        </>
    }
}
