//! Images, captions and embeds.

use super::{OpenElement, Traversal, TreeBuilder};
use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::html::elements::{self, ElementRole};
use crate::ingest::html::embeds::Embed;
use crate::ingest::html::inline_runs::InlineFormat;
use crate::ingest::html::{boilerplate, embeds, formula, node_context, pictures, preparse, svg};
use crate::model::{Block, Figure, Href, Url};
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};
use std::rc::Rc;

/// Length of the longest inline image that counts as the blurred copy of another.
const MAX_BLURRED_COPY: usize = 4000;

/// Last image of the text.
pub(super) struct LastImage {
    node: NodeId,
    alt: String,
    file: String,
    is_lazy: bool,
    in_no_script: bool,
}

impl TreeBuilder<'_, '_> {
    pub(super) fn push_image(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let sources = self.picture_sources.as_ref();
        match pictures::read_image(node, element, sources, self.context, self.diagnostics) {
            pictures::ImageElement::Figure { figure, is_lazy } => self.push_figure(node, figure, is_lazy),
            pictures::ImageElement::Inline { figure, text } if self.is_in_line(node) => {
                self.push_inline_image(node, &figure, text.as_deref());
            }
            pictures::ImageElement::Inline { figure, .. } => self.push_figure(node, figure, false),
            pictures::ImageElement::Emoji(text) => self.text(&text),
            pictures::ImageElement::Missing(text) if self.is_in_line(node) => self.text(&text),
            pictures::ImageElement::Missing(text) => {
                self.flush();
                self.text(&text);
                self.flush();
            }
            pictures::ImageElement::Removed(rule) => self.diagnostics.count_removed(rule, 1),
        }
    }

    /// Appends an image within a line as its text; without one, as a link from the mark of a missing character.
    fn push_inline_image(&mut self, node: NodeRef<'_, Node>, figure: &Figure, text: Option<&str>) {
        const MISSING_CHARACTER: &str = "〓";
        match (text, Url::parse(figure.src.as_str())) {
            (Some(text), _) => self.text(text),
            (None, Some(url)) => {
                let outer = Rc::clone(&self.formats);
                if !outer.iter().any(|format| matches!(format, InlineFormat::Link(_))) {
                    let link = InlineFormat::Link(Href::Url(url));
                    self.formats = outer.iter().cloned().chain([link]).collect();
                }
                self.text(MISSING_CHARACTER);
                self.formats = outer;
            }
            (None, None) => self.push_figure(node, Box::new(figure.clone()), false),
        }
    }

    /// Returns `true` if text stands before or after `node` in its line.
    fn is_in_line(&self, node: NodeRef<'_, Node>) -> bool {
        self.line.ends_with_text() || node_context::precedes_text(node)
    }

    /// Appends a formula, and nothing for its copies; returns nothing for all other elements.
    pub(super) fn push_formula(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Option<Traversal> {
        if formula::is_repeated(node, element) {
            self.diagnostics.count_removed("repeated-formula", 1);
            return Some(Traversal::Skip);
        }
        let formula = formula::formula(node, element)?;
        if formula.is_display {
            self.flush();
        }
        if node.prev_sibling().is_some_and(|before| node_context::ends_with_word(before)) {
            self.text(" ");
        }
        self.text(&formula.text);
        if node.next_sibling().is_some_and(|after| node_context::starts_with_word(after)) {
            self.text(" ");
        }
        if formula.is_display {
            self.flush();
        }
        Some(Traversal::Skip)
    }

    /// Opens an `svg` element: its texts form a block unless there is only one.
    pub(super) fn open_drawing(&mut self, id: NodeId, node: NodeRef<'_, Node>, element: &Element) {
        let drawing = svg::drawing(node, element);
        self.is_drawing_block = drawing.is_block;
        if drawing.is_block {
            self.open_border(id);
        }
        for label in drawing.labels {
            self.text(&label);
            self.line.push_break(&self.formats);
        }
        self.open.push((id, OpenElement::ForeignContent(self.in_foreign_content)));
        self.in_foreign_content = true;
    }

    /// Opens an element of a drawing, of which only texts and images are shown.
    pub(super) fn open_in_drawing(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Traversal {
        match element.name() {
            "text" if !svg::is_fallback(node) => {
                if self.line.ends_with_text() && self.is_drawing_block {
                    self.line.push_break(&self.formats);
                }
                self.in_foreign_content = false;
                self.text(&svg::text(node));
                self.in_foreign_content = true;
                Traversal::Skip
            }
            "image" => {
                if let Some(figure) = pictures::linked_image(element, self.context, self.diagnostics) {
                    self.push_figure(node, figure, false);
                }
                Traversal::Skip
            }
            _ => Traversal::Descend,
        }
    }

    /// Appends an image that a style or a script draws in an element other than `img`.
    pub(super) fn push_drawn_image(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        if let Some(figure) = pictures::drawn_image(node, element, self.context, self.diagnostics)
            && !self.shown_images.contains(figure.image_key())
        {
            self.push_figure(node, figure, true);
        }
    }

    /// Appends an image, unless it repeats one: many pages hold an image once for scripts and once in `noscript`.
    fn push_figure(&mut self, node: NodeRef<'_, Node>, figure: Box<Figure>, is_lazy: bool) {
        let image = LastImage {
            node: node.id(),
            alt: figure.alt.clone(),
            file: pictures::file_name(figure.src.as_str()).to_owned(),
            is_lazy,
            in_no_script: self.in_no_script,
        };
        let is_new = self.shown_images.insert(figure.image_key().to_owned());
        let is_adjacent = !self.line.is_visible();
        let previous = match self.blocks.last_mut().and_then(|frame| frame.blocks.last_mut()) {
            Some(Block::Figure(previous)) if is_adjacent => Some(previous),
            _ => None,
        };
        if let Some(last) = &self.last_image {
            let same_alt = !image.alt.is_empty() && last.alt == image.alt;
            let same_file = previous.is_some() && !image.file.is_empty() && last.file == image.file;
            let is_pair = last.in_no_script != image.in_no_script;
            let lazy_pair = is_pair
                && previous.is_some()
                && (if image.in_no_script { last.is_lazy } else { image.is_lazy });
            if self.in_no_script && (same_alt || !is_new)
                || is_pair && (same_file || lazy_pair || same_alt && is_lazy)
            {
                // A small copy or placeholder of the image in `noscript`.
                if let Some(previous) = previous
                    && image.in_no_script
                    && (same_file || same_alt)
                    && !last.is_lazy
                {
                    previous.src = figure.src;
                    previous.fallback = figure.fallback;
                    if figure.archived.is_some() {
                        (previous.archived, previous.size) = (figure.archived, figure.size);
                    }
                }
                self.diagnostics.count_removed("repeated-picture", 1);
                return;
            }
            // Inline data right before the image in the same element is its blurred copy.
            if let Some(previous) = previous
                && previous.archived.is_none()
                && previous.src.is_local()
                && previous.src.as_str().len() <= MAX_BLURRED_COPY
                && (figure.archived.is_some() || !figure.src.is_local())
                && (previous.alt.is_empty() || previous.alt == figure.alt)
                && shares_parent(node, last.node)
            {
                *previous = figure;
                self.last_image = Some(image);
                self.diagnostics.count_removed("repeated-picture", 1);
                return;
            }
        } else if self.in_no_script && !is_new {
            self.diagnostics.count_removed("repeated-picture", 1);
            return;
        }
        self.last_image = Some(image);
        self.flush();
        self.push(Block::Figure(figure));
    }

    /// Returns `true` if an element other than `figcaption` is the caption of the preceding image.
    pub(super) fn is_caption(&self, role: ElementRole, node: NodeRef<'_, Node>, element: &Element) -> bool {
        if !matches!(role, ElementRole::Block | ElementRole::Plain | ElementRole::Styled)
            || self.line.is_visible()
        {
            return false;
        }
        let Some(frame) = self.blocks.last() else { return false };
        let follows_picture =
            matches!(frame.blocks.last(), Some(Block::Figure(figure)) if figure.caption.is_empty());
        follows_picture
            && (elements::has_caption_class(element) && !node_context::has_picture(node)
                || node_context::is_small_line(node, element))
    }

    pub(super) fn push_embed(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Traversal {
        if let Some(html) = element.attr("srcdoc").filter(|_| element.name() == "iframe")
            && self.push_source_document(html)
        {
            return Traversal::Skip;
        }
        let embed = embeds::embed(node, element, self.context.base);
        let is_shown = embed.url.is_some() || !embed.texts.is_empty();
        self.push_card(node, embed);
        if is_shown {
            return Traversal::Skip;
        }
        // The fallback content is all that remains of an object without a URL.
        if element.name() == "object" || embeds::is_custom_player(element.name()) {
            return Traversal::Descend;
        }
        self.diagnostics.count_removed("empty-embed", 1);
        Traversal::Skip
    }

    /// Appends what an ordinary element embeds by its attributes.
    pub(super) fn push_attributed_embed(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        if let Some(embed) = embeds::attributed_embed(node, element, self.context.base) {
            self.push_card(node, embed);
        }
    }

    fn push_card(&mut self, node: NodeRef<'_, Node>, embed: Embed) {
        let poster = embed.poster.as_deref();
        if let Some(figure) =
            poster.and_then(|text| pictures::named_image(text, self.context, self.diagnostics))
        {
            self.push_figure(node, figure, false);
        }
        if !embed.texts.is_empty() {
            self.flush();
            for (i, text) in embed.texts.iter().enumerate() {
                if i > 0 {
                    self.line.push_break(&self.formats);
                }
                self.text(text);
            }
            self.flush();
        }
        if let Some(url) = embed.url {
            self.flush();
            self.push(Block::Embed(url));
        }
    }

    /// Appends the content of a frame that is written in an attribute; returns `false` if there is none.
    fn push_source_document(&mut self, html: &str) -> bool {
        if self.is_source_document || html.trim().is_empty() {
            return false;
        }
        let html = preparse::preprocess(html, 1, &mut Diagnostics::default());
        let dom = Html::parse_fragment(&html);
        let furniture = boilerplate::mark_boilerplate(&dom, 1, &mut Diagnostics::default());
        let outer_depth = self.depth();
        let mut inner = TreeBuilder::new(self.context, self.diagnostics);
        inner.is_source_document = true;
        inner.outer_depth = outer_depth;
        let blocks = super::walk(&dom, &furniture, inner);
        if blocks.is_empty() {
            return false;
        }
        self.flush();
        blocks.into_iter().for_each(|block| self.push(block));
        true
    }
}

/// Returns `true` if `node` and the earlier node `other` have a parent or grandparent in common.
fn shares_parent(node: NodeRef<'_, Node>, other: NodeId) -> bool {
    let Some(other) = node.tree().get(other) else { return false };
    node.ancestors().take(2).any(|one| other.ancestors().take(2).any(|two| one == two))
}
