//! Sharing, citing and printing of an article.

use super::text_geometry;
use crate::app::i18n::Locale;
use crate::app::services::clock::today;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{dom, use_shared, web_api};
use crate::app::state::user_data::UserDataHandle;
use crate::app::state::{ArchiveContext, use_locale, use_user_data};
use crate::app::ui::article::print_images;
use crate::app::ui::epub::{annotations, new_book, save_book};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::app::ui::panel::Panel;
use crate::model::{Article, Lang, display_url};
use crate::publishing::{CitationStyle, ExportRecord, enclosing_sentences, text_fragment_link};
use crate::user_data::UserData;
use yew::platform::spawn_local;
use yew::prelude::*;

/// CSS class of the panel.
pub const PANEL_NAME: &str = "aa--share";

/// First row of the citations, which are labelled by their style.
const FIRST_CITATION_ROW: usize = 2;

#[derive(Clone, Properties, PartialEq)]
pub struct SharePanelProps {
    pub article: RcEq<Article>,
    /// Set if the text is not converted.
    pub is_original_script: bool,
    pub close: Callback<()>,
}

/// Panel with the address, citations and printing.
#[component]
pub fn SharePanel(props: &SharePanelProps) -> Html {
    let (ui, article) = (use_locale(), &props.article);
    let user_data = use_user_data();
    let Some(ArchiveContext { archive, .. }) = use_shared() else { return Html::default() };
    let texts = ui.tools();
    // The selection when the panel opened: a touch may clear it later.
    let quoted = use_memo((), |()| {
        let url = article.url.as_ref().filter(|_| props.is_original_script)?;
        let quote = selected_quote(article)?;
        Some((text_fragment_link(url.as_str(), &quote)?, quote))
    });
    let copied = use_state_eq(|| None::<(usize, bool)>);
    let printing = use_state_eq(|| false);
    let epub_failed = use_state_eq(|| false);
    let source = archive.manifest().source_name(&article.source);
    let entry = ExportRecord::from_article(article, source, &dom::page_url(), String::new());
    let link = entry.permalink.clone();
    let row = |at: usize, label: &'static str, shown: &str, text: String| {
        copy_row(&copied, CopyRow { at, label, shown, text, lang: article.lang }, ui)
    };
    let send = {
        let (title, link, close) = (article.title.clone(), link.clone(), props.close.clone());
        Callback::from(move |_: MouseEvent| {
            web_api::share(&title, &link);
            close.emit(());
        })
    };
    let save_epub = |notes: Option<UserData>| on_save_epub(props, &archive, &epub_failed, notes);
    let is_annotated = |data: &&UserDataHandle| {
        data.data().annotations.values().any(|annotation| annotation.article == article.id)
    };
    let annotated = user_data.as_ref().filter(is_annotated);
    let (day, today) = (article.time.map(|time| time.date()), today());
    let styles = CitationStyle::ALL.into_iter().zip(FIRST_CITATION_ROW..).map(|(style, at)| {
        let cited = style.cite(&entry, day, today);
        row(at, style.name(), &cited, cited.clone())
    });
    html! {
        <Panel name={PANEL_NAME} label={texts.share} close={&props.close}>
            <div class="aa__s acts">
                if web_api::can_share() {
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
                <button type="button" class="act" disabled={*printing} onclick={on_print(&printing, &props.close)}>
                    <span class="act__l">{ if *printing { texts.print_loading } else { texts.print } }</span>
                </button>
                <button type="button" class="act" onclick={save_epub(None)}>
                    <span class="act__l">{ texts.epub }</span>
                    if *epub_failed {
                        <span class="act__s" role="alert">{ texts.epub_failed }</span>
                    }
                </button>
                if let Some(user_data) = annotated {
                    <button type="button" class="act" onclick={save_epub(Some(annotations(user_data)))}>
                        <span class="act__l">{ texts.epub_with_notes }</span>
                    </button>
                }
                if let Some(url) = &article.url {
                    <a class="act" href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow">
                        <span class="act__l">{ ui.reader().original }</span>
                        { small_icon(IconKind::External) }
                        <span class="act__t">{ display_url(url) }</span>
                    </a>
                }
            </div>
        </Panel>
    }
}

/// Row that copies a text.
struct CopyRow<'a> {
    at: usize,
    label: &'static str,
    shown: &'a str,
    text: String,
    lang: Lang,
}

/// Renders a row, with the result if it is the last one that was pressed.
fn copy_row(copied: &UseStateHandle<Option<(usize, bool)>>, row: CopyRow, ui: Locale) -> Html {
    let CopyRow { at, label, shown, text, lang } = row;
    let texts = ui.tools();
    let state = copied.filter(|(which, _)| *which == at).map(|(_, copied)| copied);
    let copied = copied.setter();
    let onclick = Callback::from(move |_: MouseEvent| {
        let (text, copied) = (text.clone(), copied.clone());
        spawn_local(async move { copied.set(Some((at, web_api::copy_text(&text).await))) });
    });
    html! {
        <button type="button" class="act" {onclick}>
            <span class="act__l">{ label }</span>
            <span class="act__s" role="status">
                if state.is_none() && at >= FIRST_CITATION_ROW {
                    { texts.copy }
                }
                if let Some(copied) = state {
                    if copied { { small_icon(IconKind::Check) } }
                    { if copied { texts.copied } else { texts.copy_failed } }
                }
            </span>
            <span class={classes!("act__t", (state == Some(false)).then_some("is-whole"))} lang={lang.tag()}>{ shown.to_owned() }</span>
        </button>
    }
}

/// Prints the article once its images are loaded.
fn on_print(printing: &UseStateHandle<bool>, close: &Callback<()>) -> Callback<MouseEvent> {
    let (printing, close) = (printing.setter(), close.clone());
    Callback::from(move |_: MouseEvent| {
        printing.set(true);
        let close = close.clone();
        spawn_local(async move {
            print_images::wait_for_images().await;
            // The panel would cover the page during the print dialog.
            close.emit(());
            web_api::print();
        });
    })
}

/// Saves the article as an e-book, with the reader's `notes` if given.
fn on_save_epub(
    props: &SharePanelProps,
    archive: &ArchiveHandle,
    failed: &UseStateHandle<bool>,
    notes: Option<UserData>,
) -> Callback<MouseEvent> {
    let (archive, article) = (archive.clone(), props.article.clone());
    let (failed, close) = (failed.setter(), props.close.clone());
    Callback::from(move |_: MouseEvent| {
        let (archive, article, notes) = (archive.clone(), article.clone(), notes.clone());
        let (failed, close) = (failed.clone(), close.clone());
        spawn_local(async move {
            match article_book(&archive, &article, notes).await {
                Some(()) => close.emit(()),
                None => failed.set(true),
            }
        });
    })
}

/// Saves an article as an e-book, named by its title.
async fn article_book(archive: &ArchiveHandle, article: &Article, notes: Option<UserData>) -> Option<()> {
    let mut book = new_book(archive.manifest(), "", false)?;
    book.add(archive, article).await.ok()?;
    save_book(book, notes.as_ref(), &format!("{}.epub", article.title)).await
}

/// Returns the selected text; within one line, its whole sentences.
fn selected_quote(article: &Article) -> Option<String> {
    let (start, end) = text_geometry::selected_range()?;
    let lines = article.lines();
    if start.line != end.line {
        return article
            .text()
            .get(start.to_byte_offset(&lines)..end.to_byte_offset(&lines))
            .map(str::to_owned);
    }
    let line = lines.get(start.line)?;
    let byte = |at| line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte);
    Some(enclosing_sentences(line, byte(start.char_offset), byte(end.char_offset)).to_owned())
        .filter(|sentence| !sentence.is_empty())
}
