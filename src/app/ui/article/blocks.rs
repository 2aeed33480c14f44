//! Body of an article as DOM nodes, with its matches and annotations.

use super::Scene;
use super::margin_notes::BlockNotes;
use super::picture::Picture;
use super::slices::{SliceQueue, SliceView};
use super::withheld_pictures::PictureRun;
use crate::app::services::rc_eq::RcEq;
use crate::app::ui::article_link::ArticleLink;
use crate::app::ui::icon::{IconKind, small_icon};
use crate::model::{Figure, Lang, Node};
use crate::reading::{CursorPlace, Element, HighlightCursor, MarkupSink, SliceStart, TextRun};
use std::rc::Rc;
use yew::prelude::*;

/// Builder of the nodes of an article, in document order.
pub struct NodeSink<'a> {
    /// Matches and annotations from the line after the title on.
    pub marks: HighlightCursor<'a>,
    pub notes: BlockNotes<'a>,
    pub scene: &'a Rc<Scene>,
    /// Queue of the slices that are drawn later; without it, all are drawn at once.
    pub queue: Option<&'a RcEq<SliceQueue>>,
    /// Elements that are not closed.
    pub open: Vec<OpenElement<'a>>,
    /// Finished nodes outside of open elements.
    pub done: Vec<Html>,
}

/// Number of slices that are drawn at once.
const FIRST_SLICES: usize = 3;

/// Start of a slice in the app.
#[derive(Clone, PartialEq)]
pub struct SlicePlace {
    pub start: SliceStart,
    pub cursor: CursorPlace,
}

/// Element under construction.
pub struct OpenElement<'a> {
    element: Element<'a>,
    /// Number of the line that begins with the element: its address in the DOM.
    line: Option<usize>,
    children: Vec<Html>,
}

impl NodeSink<'_> {
    /// Renders the notes of annotations that have ended.
    pub fn ended_notes(&mut self) -> Option<Html> {
        self.notes.notes_below(self.marks.byte_offset(), self.scene.ui)
    }

    /// Nodes of the innermost element.
    fn siblings(&mut self) -> &mut Vec<Html> {
        match self.open.last_mut() {
            Some(parent) => &mut parent.children,
            None => &mut self.done,
        }
    }
}

impl<'a> MarkupSink<'a> for NodeSink<'a> {
    fn open(&mut self, element: Element<'a>) {
        let line = element.is_line.then(|| self.marks.next_line());
        self.open.push(OpenElement { element, line, children: Vec::new() });
    }

    fn close(&mut self, _: &'static str) {
        if let Some(closed) = self.open.pop() {
            let node = render_element(closed, self.scene);
            self.siblings().push(node);
        }
    }

    fn text(&mut self, text: &'a str) {
        let runs = self.marks.split_runs(text).into_iter();
        let runs = runs.map(|run| render_run(run, html! { { run.text.to_owned() } })).collect();
        self.siblings().push(runs);
    }

    fn line_break(&mut self) {
        self.marks.split_runs(" ");
        self.siblings().push(html! { <br /> });
    }

    fn label(&mut self, text: String) {
        let is_link = self.open.last().is_some_and(|parent| parent.element.is_external);
        let icon = if is_link { small_icon(IconKind::External) } else { Html::default() };
        self.siblings().push(html! { <>{ text }{ icon }</> });
    }

    fn picture(&mut self, figure: &'a Figure, lang: Lang) {
        let Scene { images, ui, .. } = **self.scene;
        let key = figure.src.as_str();
        let figure = Rc::new(figure.clone());
        let run = PictureRun { withheld: self.scene.withheld.clone(), at: self.marks.byte_offset() };
        self.siblings().push(html! { <Picture {key} {figure} {run} {images} lang={lang.tag()} {ui} /> });
    }

    fn end_block(&mut self) {
        let notes = self.ended_notes().unwrap_or_default();
        let siblings = self.siblings();
        // One node per block, with or without a note: a changing number of nodes makes Yew recreate the images.
        if let Some(block) = siblings.pop() {
            siblings.push(html! { <>{ block }{ notes }</> });
        }
    }

    fn defer(&mut self, start: SliceStart) -> bool {
        // The lead is moved to the front.
        let has_lead = self.scene.article.body.lead_position().is_none_or(|lead| lead < self.done.len());
        let Some(queue) = self.queue.filter(|_| has_lead && start.number >= FIRST_SLICES) else {
            return false;
        };
        let (scene, queue, key) = (self.scene.clone(), queue.clone(), start.slice.nodes.start);
        let place = SlicePlace { start, cursor: self.marks.place() };
        self.siblings().push(html! { <SliceView {key} {scene} {queue} {place} /> });
        true
    }

    fn skip(&mut self, node: Node<'a>) {
        if node.line().is_some() {
            self.marks.next_line();
        }
        self.marks.skip(node.text().unwrap_or_default());
    }

    fn skip_end(&mut self, node: Node<'a>) {
        if matches!(node, Node::Block(_)) {
            self.notes.skip_below(self.marks.byte_offset());
        }
    }
}

fn render_element(closed: OpenElement, scene: &Scene) -> Html {
    let OpenElement { element, line, children } = closed;
    if let Some(to) = element.href.as_ref().and_then(|href| scene.link_target(href)) {
        let lang = element.lang.map(Lang::tag);
        return html! { <ArticleLink class={element.class} {lang} {to}>{ children }</ArticleLink> };
    }
    let number = |number: Option<u16>| number.map(|number| number.to_string());
    html! {
        <@{element.name} class={classes!(element.class, element.is_even.then_some("even"))} dir={element.dir} id={element.id} lang={element.lang.map(Lang::tag)}
            href={element.href.map(|href| href.into_owned())}
            target={element.is_external.then_some("_blank")}
            rel={element.is_external.then_some("noopener noreferrer nofollow")}
            start={element.start.map(|start| start.to_string())}
            type={element.list_type} reversed={element.is_reversed}
            colspan={number(element.columns)} rowspan={number(element.rows)}
            role={element.label.map(|_| "region")} aria-label={element.label} tabindex={element.tab_index}
            data-line={line.map(|line| line.to_string())}>
            { children.into_iter().collect::<Html>() }
        </@>
    }
}

/// Wraps a run in its match and its annotation.
pub fn render_run(run: TextRun, inside: Html) -> Html {
    let inside = match run.match_index {
        Some(number) => html! { <mark data-n={number.to_string()}>{ inside }</mark> },
        None => inside,
    };
    match run.annotation_index {
        Some(_) => html! { <span class="pen">{ inside }</span> },
        None => inside,
    }
}
