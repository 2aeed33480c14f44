//! The blocks of a body as nodes of the page.
//!
//! The walk follows [`each_line`](crate::model::each_line), so that [`Marks`] counts the same bytes as the
//! search that found the matches.

use super::notes::Notes;
use super::picture::Picture;
use super::placeholder::credit;
use crate::app::components::icon::{Shape, small_icon};
use crate::app::i18n::{Ui, fill};
use crate::archive::Images;
use crate::model::{Block, Cell, Figure, Href, Inline, Lang, List, Url};
use crate::view::{Marks, Run, foreign, site_name};
use std::rc::Rc;
use yew::prelude::*;

/// Draws blocks, in reading order and each once.
pub struct Blocks<'a> {
    /// The matches, from the first line after the title on.
    pub marks: Marks<'a>,
    /// The language of what is drawn now; at first the article's.
    pub lang: Lang,
    /// How many headings have been drawn.
    pub headings: usize,
    /// The reader's notes.
    pub notes: Notes<'a>,
    /// What to do with pictures that lie elsewhere.
    pub images: Images,
    /// The language of the interface.
    pub ui: Ui,
}

/// The id of a heading, by its number in the article.
pub fn heading_id(number: usize) -> String {
    format!("h-{number}")
}

/// The id of the element that an anchor of the article names.
pub fn anchor_id(name: &str) -> String {
    format!("n-{name}")
}

impl Blocks<'_> {
    /// Blocks one after another.
    pub fn all(&mut self, blocks: &[Block]) -> Html {
        // One node a block, with a note or without: where their number changes, Yew makes the pictures anew.
        let draw = |block| {
            let drawn = self.block(block);
            html! { <>{ drawn }{ self.notes().unwrap_or_default() }</> }
        };
        blocks.iter().map(draw).collect()
    }

    /// The notes beside passages that have ended by now.
    pub fn notes(&mut self) -> Option<Html> {
        self.notes.below(self.marks.passed(), self.ui)
    }

    /// What lies inside something that leaves no room for notes in the margin.
    fn inset<T>(&mut self, draw: impl FnOnce(&mut Self) -> T) -> T {
        self.notes.depth += 1;
        let drawn = draw(self);
        self.notes.depth -= 1;
        drawn
    }

    /// One block.
    pub fn block(&mut self, block: &Block) -> Html {
        match block {
            Block::Lead(inlines) => {
                let (number, lang, line) = self.line(inlines);
                html! { <p class="lead" {lang} data-line={number}>{ line }</p> }
            }
            Block::Paragraph(inlines) => {
                // Dots under a whole paragraph would emphasise nothing: it is a remark beside the text.
                let aside = matches!(inlines.as_slice(), [Inline::Emphasis(_)]).then_some("aside");
                let (number, lang, line) = self.line(inlines);
                html! { <p class={aside} {lang} data-line={number}>{ line }</p> }
            }
            Block::Heading(level, inlines) => {
                // Level 1 is the article's title.
                let tag = format!("h{}", (*level).clamp(2, 4));
                let id = heading_id(self.headings);
                self.headings += 1;
                let (number, lang, line) = self.line(inlines);
                html! { <@{tag} {id} {lang} data-line={number} tabindex="-1">{ line }</@> }
            }
            Block::List(list) => self.inset(|blocks| blocks.list(list)),
            Block::Quote(inner) => {
                html! { <blockquote>{ self.inset(|blocks| blocks.all(inner)) }</blockquote> }
            }
            Block::Preformatted(text) => {
                let number = self.marks.line().to_string();
                html! { <pre tabindex="0" data-line={number}>{ self.inset(|blocks| blocks.text(text)) }</pre> }
            }
            Block::Table(rows) => self.inset(|blocks| blocks.table(rows)),
            Block::Figure(figure) => self.inset(|blocks| blocks.figure(figure)),
            Block::Embed(url) => self.embed(url),
            Block::Rule(()) => html! { <hr /> },
        }
    }

    fn list(&mut self, list: &List) -> Html {
        let items: Html = list.items.iter().map(|item| html! { <li>{ self.all(item) }</li> }).collect();
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
            <@{tag} colspan={span(cell.columns)} rowspan={span(cell.rows)}>{ self.all(&cell.blocks) }</@>
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
        let text = fill(self.ui.reader().embed, &[site_name(url)]);
        html! {
            <p class="embed" lang={self.ui.tag()}>
                <a href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow">
                    { text }{ small_icon(Shape::External) }
                </a>
            </p>
        }
    }

    /// A line of text: its number, by which it is found on the page, and its language where it is not that of what
    /// stands around it.
    fn line(&mut self, inlines: &[Inline]) -> (String, Option<&'static str>, Html) {
        let number = self.marks.line().to_string();
        let (lang, html) = self.run(inlines);
        (number, lang, html)
    }

    /// A run of text, and its language where it is not that of what stands around it.
    fn run(&mut self, inlines: &[Inline]) -> (Option<&'static str>, Html) {
        let around = self.lang;
        let lang = foreign(inlines, around);
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
                let (lang, run) = self.run(inner);
                html! { <strong {lang}>{ run }</strong> }
            }
            Inline::Emphasis(inner) => {
                let (lang, run) = self.run(inner);
                html! { <em {lang}>{ run }</em> }
            }
            Inline::Underline(inner) => {
                let (lang, run) = self.run(inner);
                html! { <u {lang}>{ run }</u> }
            }
            Inline::Strike(inner) => html! { <s>{ self.inlines(inner) }</s> },
            Inline::Code(inner) => html! { <code>{ self.inlines(inner) }</code> },
            Inline::Sub(inner) => html! { <sub>{ self.inlines(inner) }</sub> },
            Inline::Sup(inner) => html! { <sup>{ self.inlines(inner) }</sup> },
            Inline::Link(Href::Url(url), inner) => {
                let class = is_address(inner).then_some("address");
                let (lang, run) = self.run(inner);
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
                self.marks.runs(" ");
                html! { <br /> }
            }
        }
    }

    fn text(&mut self, text: &str) -> Html {
        let mut drawn = Vec::with_capacity(1);
        for run in self.marks.runs(text) {
            drawn.extend(run.passage.and_then(|number| self.notes.beside(number)));
            drawn.push(piece(run, html! { { run.text.to_owned() } }));
        }
        drawn.into_iter().collect()
    }
}

/// A run of text as it is drawn: in its match, and in its passage.
pub fn piece(run: Run, inside: Html) -> Html {
    let inside = match run.mark {
        Some(number) => html! { <mark data-n={number.to_string()}>{ inside }</mark> },
        None => inside,
    };
    match run.passage {
        Some(number) => html! { <span class="pen" data-pen={number.to_string()}>{ inside }</span> },
        None => inside,
    }
}

/// Whether a link shows its address: that may break anywhere, or justified lines around it fall apart.
fn is_address(inlines: &[Inline]) -> bool {
    matches!(inlines, [Inline::Text(text)] if text.starts_with("http") || text.starts_with("www."))
}
