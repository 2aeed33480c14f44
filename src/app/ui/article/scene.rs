//! Rendering of an article from all that it depends on.

use super::blocks::{NodeSink, SlicePlace};
use super::margin_notes::BlockNotes;
use super::slices::SliceQueue;
use super::title::render_title;
use super::withheld_pictures::WithheldPictures;
use crate::app::i18n::Locale;
use crate::app::services::rc_eq::RcEq;
use crate::app::ui::article_link::{LinkTarget, route_href};
use crate::archive::ImagePolicy;
use crate::model::{Article, Id};
use crate::reading::{CursorPlace, HighlightCursor, MarkupTexts, MarkupWalk, Slice, SlicedWalk, write_slice};
use crate::search::TextMatches;
use crate::user_data::annotations::AnchoredAnnotation;
use crate::view_model::RouteAction;
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Article with all that its nodes depend on.
#[derive(PartialEq)]
pub struct Scene {
    pub article: RcEq<Article>,
    /// Language tag after script conversion.
    pub tag: &'static str,
    pub matches: Rc<TextMatches>,
    /// Anchored annotations in text order.
    pub annotations: Rc<Vec<AnchoredAnnotation>>,
    /// Set if annotations are elements.
    pub has_marks: bool,
    /// Set if notes fit into the margin.
    pub has_margin: bool,
    /// Addresses and ids of the articles to which links lead, in the order of the addresses.
    pub links: Rc<Vec<(String, Id)>>,
    pub open: Option<Callback<Id>>,
    pub images: ImagePolicy,
    pub withheld: RcEq<WithheldPictures>,
    pub ui: Locale,
}

impl Scene {
    /// Returns the scene of an article as it is stored, without links and remote images.
    pub fn plain(article: &RcEq<Article>, ui: Locale) -> Scene {
        Scene {
            article: article.clone(),
            tag: article.lang.tag(),
            matches: Rc::default(),
            annotations: Rc::default(),
            has_marks: false,
            has_margin: false,
            links: Rc::default(),
            open: None,
            images: ImagePolicy::Off,
            withheld: RcEq::default(),
            ui,
        }
    }

    /// Returns the target of a link to `href` if the archive holds the article.
    pub fn link_target(&self, href: &str) -> Option<LinkTarget> {
        let at = self.links.binary_search_by(|(address, _)| address.as_str().cmp(href)).ok()?;
        let (open, (_, id)) = (self.open.clone()?, self.links.get(at)?);
        let id = *id;
        Some(LinkTarget::new(route_href(RouteAction::Open(id)), move || open.emit(id)))
    }

    fn texts(&self) -> MarkupTexts {
        MarkupTexts::new(self.ui.lang())
    }

    /// Ranges of the annotations that are elements.
    fn marked_ranges(&self) -> Vec<Range<usize>> {
        let marked = if self.has_marks { self.annotations.as_slice() } else { &[] };
        marked.iter().map(|annotation| annotation.range.clone()).collect()
    }

    /// Creates a builder of nodes from a place of the text on.
    fn sink<'a>(self: &'a Rc<Scene>, ranges: &'a [Range<usize>], cursor: CursorPlace) -> NodeSink<'a> {
        NodeSink {
            marks: HighlightCursor::resume(&self.matches, ranges, cursor),
            notes: BlockNotes::new(&self.annotations, self.has_margin, cursor.at),
            scene: self,
            queue: None,
            open: Vec::new(),
            done: Vec::new(),
        }
    }
}

/// Renders title, lead and body with matches, annotations and links. With a queue, slices are drawn later.
pub fn render_article(scene: &Rc<Scene>, slices: &[Slice], queue: Option<&RcEq<SliceQueue>>) -> Html {
    let article = &scene.article;
    let ranges = scene.marked_ranges();
    let mut sink = scene.sink(&ranges, CursorPlace::default());
    let heading = render_title(&article.title, article.lang, scene.tag, &mut sink.marks);
    let title_notes = sink.ended_notes().unwrap_or_default();
    sink.queue = queue;
    let walk = MarkupWalk::new(&mut sink, article.lang, scene.texts());
    SlicedWalk::new(walk, slices).blocks(&article.body.blocks);
    let mut blocks = sink.done;
    // The lead comes first, even after a figure.
    let lead = article.body.lead_position().map(|at| blocks.remove(at)).unwrap_or_default();
    let blocks: Html = blocks.into_iter().collect();
    html! { <>{ heading }{ title_notes }{ lead }<div class="prose">{ blocks }</div></> }
}

/// Renders a slice of an article.
pub fn render_slice(scene: &Rc<Scene>, SlicePlace { start, cursor }: &SlicePlace) -> Html {
    let ranges = scene.marked_ranges();
    let mut sink = scene.sink(&ranges, *cursor);
    let walk = MarkupWalk::resume(&mut sink, start.place.clone(), scene.texts());
    write_slice(walk, &scene.article.body.blocks, &start.slice);
    sink.done.into_iter().collect()
}
