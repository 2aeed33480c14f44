//! Sharing, citing and printing of an article.

use super::{lines, paper};
use crate::app::components::icon::{Shape, small_icon};
use crate::app::components::panel::Panel;
use crate::app::handle::{Archive, Shared};
use crate::app::i18n::Ui;
use crate::app::library::today;
use crate::app::{dom, platform};
use crate::model::Article;
use crate::view::{Entry, Style, quote_link, readable, sentence};
use yew::platform::spawn_local;
use yew::prelude::*;

/// CSS class of the panel.
pub const NAME: &str = "aa--share";

/// First row of the citations, which are labelled by their style.
const CITED: usize = 2;

#[derive(Clone, Properties, PartialEq)]
pub struct ShareProps {
    pub archive: Archive,
    pub article: Shared<Article>,
    /// Set if the text is not converted.
    pub as_written: bool,
    pub ui: Ui,
    pub close: Callback<()>,
}

/// Panel with the address, citations and printing.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let (texts, article) = (props.ui.tools(), &props.article);
    // The selection when the panel opened: a touch may clear it later.
    let quoted = use_memo((), |()| {
        let url = article.url.as_ref().filter(|_| props.as_written)?;
        let quote = selected(article)?;
        Some((quote_link(url.as_str(), &quote)?, quote))
    });
    let copied = use_state_eq(|| None::<(usize, bool)>);
    let printing = use_state_eq(|| false);
    let source = props.archive.manifest().source_name(&article.source);
    let entry = Entry::of(article, source, &dom::site(), String::new());
    let link = entry.permalink.clone();
    let row = |at: usize, label: &'static str, shown: &str, text: String| {
        let state = copied.filter(|(which, _)| *which == at).map(|(_, copied)| copied);
        let copied = copied.setter();
        let onclick = Callback::from(move |_: MouseEvent| {
            let (text, copied) = (text.clone(), copied.clone());
            spawn_local(async move { copied.set(Some((at, platform::copy(&text).await))) });
        });
        html! {
            <button type="button" class="act" {onclick}>
                <span class="act__l">{ label }</span>
                <span class="act__s" role="status">
                    if state.is_none() && at >= CITED {
                        { texts.copy }
                    }
                    if let Some(copied) = state {
                        if copied { { small_icon(Shape::Check) } }
                        { if copied { texts.copied } else { texts.not_copied } }
                    }
                </span>
                <span class={classes!("act__t", (state == Some(false)).then_some("is-whole"))} lang={article.lang.tag()}>{ shown.to_owned() }</span>
            </button>
        }
    };
    let send = {
        let (title, link, close) = (article.title.clone(), link.clone(), props.close.clone());
        Callback::from(move |_: MouseEvent| {
            platform::share(&title, &link);
            close.emit(());
        })
    };
    let print = {
        let (printing, close) = (printing.setter(), props.close.clone());
        Callback::from(move |_: MouseEvent| {
            printing.set(true);
            let close = close.clone();
            spawn_local(async move {
                paper::pictures().await;
                // The panel would cover the page during the print dialog.
                close.emit(());
                platform::print();
            });
        })
    };
    let (day, today) = (article.time.map(|time| time.date()), today());
    let styles = Style::ALL.into_iter().zip(CITED..).map(|(style, at)| {
        let cited = style.cite(&entry, day, today);
        row(at, style.name(), &cited, cited.clone())
    });
    html! {
        <Panel name={NAME} label={texts.share} close={&props.close}>
            <div class="aa__s acts">
                if platform::can_share() {
                    <button type="button" class="act" onclick={send}><span class="act__l">{ texts.send }</span></button>
                }
                { row(0, texts.copy_link, &link, link.clone()) }
                if let Some((link, quote)) = &*quoted {
                    { row(1, texts.copy_quote, quote, link.clone()) }
                }
            </div>
            <div class="aa__s acts">
                <p class="aa__l">{ texts.cite }</p>
                { for styles }
            </div>
            <div class="aa__s acts">
                <button type="button" class="act" disabled={*printing} onclick={print}>
                    <span class="act__l">{ if *printing { texts.print_waits } else { texts.print } }</span>
                </button>
                if let Some(url) = &article.url {
                    <a class="act" href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow">
                        <span class="act__l">{ props.ui.reader().original }</span>
                        { small_icon(Shape::External) }
                        <span class="act__t">{ readable(url) }</span>
                    </a>
                }
            </div>
        </Panel>
    }
}

/// Returns the selected text; within one line, its whole sentences.
fn selected(article: &Article) -> Option<String> {
    let (start, end) = lines::selected()?;
    let lines = article.lines();
    if start.line != end.line {
        return article.text().get(start.byte(&lines)..end.byte(&lines)).map(str::to_owned);
    }
    let line = lines.get(start.line)?;
    let byte = |at| line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte);
    Some(sentence(line, byte(start.at), byte(end.at)).to_owned()).filter(|sentence| !sentence.is_empty())
}
