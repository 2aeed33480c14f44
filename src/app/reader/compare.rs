//! Diff of an earlier version and the newest.

use crate::app::components::icon::{Shape, icon};
use crate::app::dom::{self, elements};
use crate::app::handle::Shared;
use crate::app::hooks::use_effect_with;
use crate::app::i18n::{Ui, fill};
use crate::model::{Article, Block, Inline, each_block};
use crate::view::{Changes, Kind, Line, Piece};
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct CompareProps {
    pub old: Shared<Article>,
    pub new: Shared<Article>,
    pub ui: Ui,
    pub children: Html,
}

/// Both versions in one text: removed text is struck out, added text is underlined.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let texts = &props.ui.tools().changes;
    let changes = use_memo((props.old.clone(), props.new.clone()), |(old, new)| {
        Changes::between(&old.text(), &new.text())
    });
    let headings = use_memo((props.old.clone(), props.new.clone()), |(old, new)| {
        [old, new].into_iter().flat_map(|article| headings(article)).collect::<Vec<_>>()
    });
    let (at, count) = (use_state_eq(|| 0_usize), changes.count);
    use_effect_with((*at, changes.clone()), |(at, _)| show(*at));
    let step = {
        let at = at.clone();
        Callback::from(move |by: usize| at.set((*at + by) % count.max(1)))
    };
    let button = |label: &'static str, command: &'static str, shape: Shape, by: usize| {
        let onclick = step.reform(move |_: MouseEvent| by);
        html! { <button type="button" class="ib" data-command={command} aria-label={label} title={label} {onclick}>{ icon(shape) }</button> }
    };
    let mut lines = changes.lines.iter();
    let title = lines.next().map(|line| draw(line, texts.legend));
    let body = lines.map(|line| {
        let whole = |kind| line.pieces.iter().all(|piece| piece.kind != kind);
        let side = |kind| {
            line.pieces.iter().filter(move |piece| piece.kind != kind).map(|piece| piece.text.as_str())
        };
        let is_heading =
            [Kind::Gone, Kind::Come].iter().any(|&kind| headings.contains(&side(kind).collect()));
        let class = match () {
            () if whole(Kind::Kept) && whole(Kind::Come) => "is-old",
            () if whole(Kind::Kept) && whole(Kind::Gone) => "is-new",
            () => "",
        };
        let line = draw(line, texts.legend);
        if is_heading {
            html! { <h2 {class}>{ line }</h2> }
        } else {
            html! { <p {class}>{ line }</p> }
        }
    });
    html! {
        <article class="art art--both" id="read" tabindex="-1" lang={props.new.lang.tag()} aria-label={props.new.title.clone()}>
            { props.children.clone() }
            <div class="chg" role="group" lang={props.ui.tag()}>
                if count == 0 {
                    <span>{ texts.none }</span>
                } else {
                    <span class="chg__k"><del>{ texts.legend[0] }</del><ins>{ texts.legend[1] }</ins></span>
                    <span class="chg__n" aria-live="polite">{ fill(texts.at, &[&(*at + 1).to_string(), &count.to_string()]) }</span>
                    { button(texts.previous, "match-up", Shape::Up, count - 1) }
                    { button(texts.next, "match-down", Shape::Down, 1) }
                }
            </div>
            <h1 class="art__h">{ title }</h1>
            <div class="prose">{ for body }</div>
        </article>
    }
}

fn headings(article: &Article) -> Vec<String> {
    let mut headings = Vec::new();
    each_block(&article.body.blocks, &mut |block| {
        if let Block::Heading(_, inlines) = block {
            let mut text = String::new();
            Inline::each_text(inlines, &mut |piece| text.push_str(piece));
            headings.push(text);
        }
    });
    headings
}

fn draw(line: &Line, names: [&'static str; 2]) -> Html {
    let broken = line.broken.map(|kind| piece(kind, "¶", None, names));
    let pieces = line.pieces.iter().map(|Piece { kind, text, change }| piece(*kind, text, *change, names));
    pieces.chain(broken).collect()
}

/// Piece of a line. Screen readers may ignore deletions and insertions, so words mark them as well.
fn piece(kind: Kind, text: &str, change: Option<usize>, [gone, come]: [&'static str; 2]) -> Html {
    let number = change.map(|number| number.to_string());
    match kind {
        Kind::Kept => html! { { text.to_owned() } },
        Kind::Gone => {
            html! { <del data-c={number}><span class="vh">{ format!("[{gone}] ") }</span>{ text.to_owned() }</del> }
        }
        Kind::Come => {
            html! { <ins data-c={number}><span class="vh">{ format!("[{come}] ") }</span>{ text.to_owned() }</ins> }
        }
    }
}

/// Highlights the current change and scrolls to it.
fn show(at: usize) {
    for old in elements("#read .is-now") {
        let _ = old.class_list().remove_1("is-now");
    }
    let pieces = elements(&format!("#read [data-c=\"{at}\"]"));
    for piece in &pieces {
        let _ = piece.class_list().add_1("is-now");
    }
    if let Some(first) = pieces.first() {
        dom::to_middle(first);
    }
}
