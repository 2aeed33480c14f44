//! Blocks of a body as DOM nodes.
//!
//! The traversal follows [`for_each_line`](crate::model::for_each_line), so that [`HighlightCursor`] counts the same bytes as
//! the search that found the matches.

use super::image_placeholder::credit;
use super::margin_notes::MarginNotes;
use super::picture::Picture;
use crate::app::i18n::Locale;
use crate::app::ui::icon::{IconKind, small_icon};
use crate::archive::ImagePolicy;
use crate::model::{Block, Cell, Figure, Href, Inline, Lang, List, Url, site_name};
use crate::reading::{HighlightCursor, TextRun};
use crate::text::span_language;
use std::rc::Rc;
use yew::prelude::*;

/// Renders blocks in document order, each once.
pub struct BlockRenderer<'a> {
    /// Matches from the line after the title on.
    pub marks: HighlightCursor<'a>,
    /// Language of the current element; initially the article's.
    pub lang: Lang,
    pub heading_count: usize,
    pub notes: MarginNotes<'a>,
    pub images: ImagePolicy,
    pub ui: Locale,
}

/// Element id of a heading by its index.
pub fn heading_id(number: usize) -> String {
    format!("h-{number}")
}

/// Element id of an anchor of the article.
pub fn anchor_id(name: &str) -> String {
    format!("n-{name}")
}

impl BlockRenderer<'_> {
    pub fn blocks(&mut self, blocks: &[Block]) -> Html {
        // One node per block, with or without a note: a changing number of nodes makes Yew recreate the
        // images.
        let draw = |block| {
            let drawn = self.block(block);
            html! { <>{ drawn }{ self.notes().unwrap_or_default() }</> }
        };
        blocks.iter().map(draw).collect()
    }

    /// Renders the notes of annotations that have ended.
    pub fn notes(&mut self) -> Option<Html> {
        self.notes.notes_below(self.marks.ended_annotations(), self.ui)
    }

    /// Renders an element without room for margin notes.
    fn with_inset<T>(&mut self, draw: impl FnOnce(&mut Self) -> T) -> T {
        self.notes.depth += 1;
        let drawn = draw(self);
        self.notes.depth -= 1;
        drawn
    }

    pub fn block(&mut self, block: &Block) -> Html {
        match block {
            Block::Lead(inlines) => {
                let (number, lang, line) = self.line(inlines);
                html! { <p class="lead" {lang} data-line={number}>{ line }</p> }
            }
            Block::Paragraph(inlines) => {
                // A fully emphasised paragraph is an aside; emphasis dots under all of it would mean nothing.
                let aside = matches!(inlines.as_slice(), [Inline::Emphasis(_)]).then_some("aside");
                let (number, lang, line) = self.line(inlines);
                html! { <p class={aside} {lang} data-line={number}>{ line }</p> }
            }
            Block::Heading(level, inlines) => {
                // Level 1 is the article's title.
                let tag = format!("h{}", (*level).clamp(2, 4));
                let id = heading_id(self.heading_count);
                self.heading_count += 1;
                let (number, lang, line) = self.line(inlines);
                html! { <@{tag} {id} {lang} data-line={number} tabindex="-1">{ line }</@> }
            }
            Block::List(list) => self.with_inset(|blocks| blocks.list(list)),
            Block::Quote(inner) => {
                html! { <blockquote>{ self.with_inset(|blocks| blocks.blocks(inner)) }</blockquote> }
            }
            Block::Preformatted(text) => {
                let number = self.marks.next_line().to_string();
                html! { <pre tabindex="0" data-line={number}>{ self.with_inset(|blocks| blocks.text(text)) }</pre> }
            }
            Block::Table(rows) => self.with_inset(|blocks| blocks.table(rows)),
            Block::Figure(figure) => self.with_inset(|blocks| blocks.figure(figure)),
            Block::Embed(url) => self.embed(url),
            Block::Rule(()) => html! { <hr /> },
        }
    }

    fn list(&mut self, list: &List) -> Html {
        let items: Html = list.items.iter().map(|item| html! { <li>{ self.blocks(item) }</li> }).collect();
        match list.start {
            Some(start) => html! { <ol start={start.to_string()}>{ items }</ol> },
            None => html! { <ul>{ items }</ul> },
        }
    }

    fn table(&mut self, rows: &[Vec<Cell>]) -> Html {
        let rows: Html = rows
            .iter()
            .map(|row| html! { <tr>{ row.iter().map(|cell| self.cell(cell)).collect::<Html>() }</tr> })
            .collect();
        html! {
            <div class="table" role="region" tabindex="0" aria-label={self.ui.reader().table}>
                <table><tbody>{ rows }</tbody></table>
            </div>
        }
    }

    fn cell(&mut self, cell: &Cell) -> Html {
        let tag = if cell.header { "th" } else { "td" };
        let span = |count: Option<u16>| count.map(|count| count.to_string());
        html! {
            <@{tag} colspan={span(cell.columns)} rowspan={span(cell.rows)}>{ self.blocks(&cell.blocks) }</@>
        }
    }

    fn figure(&mut self, figure: &Figure) -> Html {
        let caption = if figure.caption.is_empty() {
            credit(figure, self.ui)
        } else {
            let (number, lang, line) = self.line(&figure.caption);
            html! { <figcaption {lang} data-line={number}>{ line }</figcaption> }
        };
        html! {
            <figure class="fig">
                <Picture
                    key={figure.src.as_str()}
                    figure={Rc::new(figure.clone())} images={self.images} lang={self.lang.tag()} ui={self.ui}
                />
                { caption }
            </figure>
        }
    }

    fn embed(&mut self, url: &Url) -> Html {
        let text = self.ui.reader().embed(site_name(url));
        html! {
            <p class="embed" lang={self.ui.tag()}>
                <a href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow">
                    { text }{ small_icon(IconKind::External) }
                </a>
            </p>
        }
    }

    /// Renders a line: its number, which is its address in the DOM, and its language if it differs.
    fn line(&mut self, inlines: &[Inline]) -> (String, Option<&'static str>, Html) {
        let number = self.marks.next_line().to_string();
        let (lang, html) = self.inline_run(inlines);
        (number, lang, html)
    }

    /// Renders inlines, with their language if it differs from the context.
    fn inline_run(&mut self, inlines: &[Inline]) -> (Option<&'static str>, Html) {
        let around = self.lang;
        let lang = span_language(inlines, around);
        self.lang = lang.unwrap_or(around);
        let html = self.inlines(inlines);
        self.lang = around;
        (lang.map(Lang::tag), html)
    }

    fn inlines(&mut self, inlines: &[Inline]) -> Html {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> Html {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Strong(inner) => {
                let (lang, run) = self.inline_run(inner);
                html! { <strong {lang}>{ run }</strong> }
            }
            Inline::Emphasis(inner) => {
                let (lang, run) = self.inline_run(inner);
                html! { <em {lang}>{ run }</em> }
            }
            Inline::Underline(inner) => {
                let (lang, run) = self.inline_run(inner);
                html! { <u {lang}>{ run }</u> }
            }
            Inline::Strike(inner) => html! { <s>{ self.inlines(inner) }</s> },
            Inline::Code(inner) => html! { <code>{ self.inlines(inner) }</code> },
            Inline::Sub(inner) => html! { <sub>{ self.inlines(inner) }</sub> },
            Inline::Sup(inner) => html! { <sup>{ self.inlines(inner) }</sup> },
            Inline::Link(Href::Url(url), inner) => {
                let class = is_visible_url(inner).then_some("address");
                let (lang, run) = self.inline_run(inner);
                html! {
                    <a {class} {lang} href={url.as_str().to_owned()} target="_blank"
                        rel="noopener noreferrer nofollow">{ run }</a>
                }
            }
            Inline::Link(Href::Anchor(name), inner) => html! {
                <a href={format!("#{}", anchor_id(name))}>{ self.inlines(inner) }</a>
            },
            Inline::Anchor(name) => html! { <span class="anchor" id={anchor_id(name)} tabindex="-1" /> },
            Inline::Break => {
                self.marks.split_runs(" ");
                html! { <br /> }
            }
        }
    }

    fn text(&mut self, text: &str) -> Html {
        let mut drawn = Vec::with_capacity(1);
        for run in self.marks.split_runs(text) {
            drawn.extend(run.annotation_index.and_then(|number| self.notes.margin_note(number)));
            drawn.push(render_run(run, html! { { run.text.to_owned() } }));
        }
        drawn.into_iter().collect()
    }
}

/// Wraps a run in its match and its annotation.
pub fn render_run(run: TextRun, inside: Html) -> Html {
    let inside = match run.match_index {
        Some(number) => html! { <mark data-n={number.to_string()}>{ inside }</mark> },
        None => inside,
    };
    match run.annotation_index {
        Some(number) => html! { <span class="pen" data-pen={number.to_string()}>{ inside }</span> },
        None => inside,
    }
}

/// Returns true for a link that shows its URL, which may break anywhere: else it would stretch justified
/// lines.
fn is_visible_url(inlines: &[Inline]) -> bool {
    matches!(inlines, [Inline::Text(text)] if text.starts_with("http") || text.starts_with("www."))
}
