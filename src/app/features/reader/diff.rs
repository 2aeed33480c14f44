//! Diff of an earlier version and the newest.

use crate::app::i18n::tools::DiffTexts;
use crate::app::services::dom::elements;
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{dom, use_effect_with};
use crate::app::state::{Command, use_command_context, use_commands, use_locale};
use crate::app::ui::article::ARTICLE_ID;
use crate::app::ui::icon::{IconKind, icon};
use crate::model::{Article, Block, Inline};
use crate::reading::{Diff, DiffKind, DiffLine, DiffSpan};
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct DiffViewProps {
    pub old: RcEq<Article>,
    pub new: RcEq<Article>,
    pub children: Html,
}

/// Both versions in one text: removed text is struck out, added text is underlined.
#[component]
pub fn DiffView(props: &DiffViewProps) -> Html {
    let (ui, commands) = (use_locale(), use_command_context());
    let texts = &ui.tools().diff;
    let changes =
        use_memo((props.old.clone(), props.new.clone()), |(old, new)| Diff::new(&old.text(), &new.text()));
    let headings = use_memo((props.old.clone(), props.new.clone()), |(old, new)| {
        [old, new].into_iter().flat_map(|article| heading_texts(article)).collect::<Vec<_>>()
    });
    let (at, count) = (use_state_eq(|| 0_usize), changes.change_count);
    use_effect_with((*at, changes.clone()), |(at, _)| show_change(*at));
    let step = {
        let at = at.clone();
        Callback::from(move |by: usize| at.set((*at + by) % count.max(1)))
    };
    {
        let step = step.clone();
        use_commands(&commands, move |command| {
            match command {
                Command::NextMatch if count > 0 => step.emit(1),
                Command::PreviousMatch if count > 0 => step.emit(count - 1),
                _ => return false,
            }
            true
        });
    }
    let button = |label: &'static str, command: &'static str, shape: IconKind, by: usize| {
        let onclick = step.reform(move |_: MouseEvent| by);
        html! { <button type="button" class="ib" data-command={command} aria-label={label} title={label} {onclick}>{ icon(shape) }</button> }
    };
    let mut lines = changes.lines.iter();
    let title = lines.next().map(|line| render_line(line, texts));
    let body = lines.map(|line| {
        let whole = |kind| line.spans.iter().all(|piece| piece.kind != kind);
        let side =
            |kind| line.spans.iter().filter(move |piece| piece.kind != kind).map(|piece| piece.text.as_str());
        let is_heading =
            [DiffKind::Removed, DiffKind::Added].iter().any(|&kind| headings.contains(&side(kind).collect()));
        let class = match () {
            () if whole(DiffKind::Equal) && whole(DiffKind::Added) => "is-old",
            () if whole(DiffKind::Equal) && whole(DiffKind::Removed) => "is-new",
            () => "",
        };
        let line = render_line(line, texts);
        if is_heading {
            html! { <h2 {class}>{ line }</h2> }
        } else {
            html! { <p {class}>{ line }</p> }
        }
    });
    html! {
        <article class="art art--both" id={ARTICLE_ID} tabindex="-1" lang={props.new.lang.tag()} aria-label={props.new.title.clone()}>
            { props.children.clone() }
            <div class="chg" role="group" lang={ui.tag()}>
                if count == 0 {
                    <span>{ texts.none }</span>
                } else {
                    <span class="chg__k"><del>{ texts.removed }</del><ins>{ texts.added }</ins></span>
                    <span class="chg__n" aria-live="polite">{ texts.position(*at as u64 + 1, count as u64) }</span>
                    { button(texts.previous, "match-up", IconKind::Up, count - 1) }
                    { button(texts.next, "match-down", IconKind::Down, 1) }
                }
            </div>
            <h1 class="art__h">{ title }</h1>
            <div class="prose">{ for body }</div>
        </article>
    }
}

fn heading_texts(article: &Article) -> Vec<String> {
    let mut headings = Vec::new();
    article.body.for_each_block(|block| {
        if let Block::Heading(_, inlines) = block {
            headings.push(Inline::join_text(inlines));
        }
    });
    headings
}

fn render_line(line: &DiffLine, texts: &DiffTexts) -> Html {
    let broken = line.break_kind.map(|kind| render_piece(kind, "¶", None, texts));
    let pieces = line
        .spans
        .iter()
        .map(|DiffSpan { kind, text, change_index: change }| render_piece(*kind, text, *change, texts));
    pieces.chain(broken).collect()
}

/// Piece of a line. Screen readers may ignore deletions and insertions, so words mark them as well.
fn render_piece(kind: DiffKind, text: &str, change: Option<usize>, texts: &DiffTexts) -> Html {
    let number = change.map(|number| number.to_string());
    match kind {
        DiffKind::Equal => html! { { text.to_owned() } },
        DiffKind::Removed => {
            html! { <del data-c={number}><span class="vh">{ format!("[{}] ", texts.removed) }</span>{ text.to_owned() }</del> }
        }
        DiffKind::Added => {
            html! { <ins data-c={number}><span class="vh">{ format!("[{}] ", texts.added) }</span>{ text.to_owned() }</ins> }
        }
    }
}

/// Highlights the current change and scrolls to it.
fn show_change(at: usize) {
    for old in elements("#read .is-now") {
        let _ = old.class_list().remove_1("is-now");
    }
    let pieces = elements(&format!("#read [data-c=\"{at}\"]"));
    for piece in &pieces {
        let _ = piece.class_list().add_1("is-now");
    }
    if let Some(first) = pieces.first() {
        dom::scroll_to_center(first);
    }
}
