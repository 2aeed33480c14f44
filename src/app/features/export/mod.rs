//! Export of all results, each verified against the query.

use crate::app::i18n::format_number;
use crate::app::services::{TaskToken, dom, use_effect_with};
use crate::app::state::result_articles::{ResultArticle, ResultArticles};
use crate::app::state::{LibraryView, use_library_view, use_user_data};
use crate::app::ui::epub::{annotations, new_book, save_book};
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use crate::publishing::{ExportFormat, ExportHeader, ExportRecord};
use crate::search::SortOrder;
use crate::user_data::UserData;
use yew::platform::spawn_local;
use yew::prelude::*;

/// State of an export.
#[derive(Clone, PartialEq)]
enum ExportState {
    /// The formats are offered.
    Choosing,
    /// Number of exported articles.
    Running(usize),
    Failed,
}

/// Exported file.
#[derive(Clone, Copy)]
enum ExportTarget {
    Table(ExportFormat),
    /// E-book, with the highlights and notes or without.
    Epub(bool),
}

/// Mean download size of an article in kilobytes when its neighbours are not needed, measured on packs.
const KILOBYTES_PER_ARTICLE: u64 = 8;
/// About two table lines.
const SNIPPET_WIDTH: usize = 72;
/// Articles between two updates of the count.
const PROGRESS_STEP: usize = 20;

/// Button, then the [`Export`].
#[component]
pub fn ExportButton() -> Html {
    let is_open = use_state_eq(bool::default);
    let view = use_library_view();
    {
        // A changed query cancels the export.
        let is_open = is_open.setter();
        let query_text = view.as_ref().map(|view| view.results.query_text.clone());
        use_effect_with(query_text, move |_| is_open.set(false));
    }
    let Some(view) = view else { return Html::default() };
    let set_open = |to: bool| {
        let is_open = is_open.setter();
        Callback::from(move |()| is_open.set(to))
    };
    if *is_open {
        let close = set_open(false);
        return lazy_panel(ExportProps { close: close.clone() }, Fallback::with_close(&close));
    }
    let open = set_open(true).reform(|_: MouseEvent| ());
    html! { <button class="link" onclick={open}>{ view.ui.library().export }</button> }
}

#[derive(Clone, Properties, PartialEq)]
pub struct ExportProps {
    pub close: Callback<()>,
}

/// Formats with the download size, then the progress.
#[component]
pub fn Export(props: &ExportProps) -> Html {
    let step = use_state_eq(|| ExportState::Choosing);
    let running = use_mut_ref(TaskToken::default);
    let user_data = use_user_data();
    {
        let running = running.clone();
        use_effect_with((), move |()| move || running.borrow().cancel());
    }
    let Some(view) = use_library_view() else { return Html::default() };
    let LibraryView { archive, results: found, ui, .. } = &view;
    let texts = ui.library();
    let go = |step: &UseStateHandle<ExportState>, to: ExportState| {
        let step = step.setter();
        Callback::from(move |_: MouseEvent| step.set(to.clone()))
    };
    let total = found.selection.total;
    match &*step {
        ExportState::Running(done) => {
            html! { <span role="status">{ texts.exporting(*done as u64, total as u64) }</span> }
        }
        ExportState::Failed => html! {
            <span role="alert">{ texts.export_failed }{ " " }
                <button class="link" onclick={go(&step, ExportState::Choosing)}>{ texts.retry }</button>
            </span>
        },
        ExportState::Choosing => {
            let is_split = archive.manifest().file_index.is_some();
            let cost = is_split.then(|| {
                texts.export_cost(&format!("{} kB", format_number(total as u64 * KILOBYTES_PER_ARTICLE)))
            });
            let button = |target: ExportTarget, name: &'static str, suffix: &'static str| {
                let (view, step, running) = (view.clone(), step.setter(), running.clone());
                let (close, user_data) = (props.close.clone(), user_data.clone());
                let onclick = Callback::from(move |_: MouseEvent| {
                    let (view, step, token) = (view.clone(), step.clone(), TaskToken::default());
                    let (close, user_data) = (close.clone(), user_data.clone());
                    *running.borrow_mut() = token.clone();
                    step.set(ExportState::Running(0));
                    spawn_local(async move {
                        let shown = |done| step.set(ExportState::Running(done));
                        let file = format!("sheaf.{suffix}");
                        let saved = match target {
                            ExportTarget::Table(format) => write_export(&view, format, &token, shown)
                                .await
                                .and_then(|text| dom::download_text(&text, &file)),
                            ExportTarget::Epub(is_annotated) => {
                                let notes = user_data.filter(|_| is_annotated).map(|data| annotations(&data));
                                write_book(&view, notes, &token, shown, &file).await
                            }
                        };
                        match saved {
                            _ if !token.is_active() => {}
                            Some(()) => close.emit(()),
                            None => step.set(ExportState::Failed),
                        }
                    });
                });
                html! { <button class="link" {onclick}>{ name }</button> }
            };
            let formats = ExportFormat::ALL
                .map(|format| button(ExportTarget::Table(format), format.label(), format.extension()));
            let has_notes = user_data.as_ref().is_some_and(|data| !data.data().annotations.is_empty());
            let noted =
                has_notes.then(|| button(ExportTarget::Epub(true), ui.tools().epub_with_notes, "epub"));
            let book = button(ExportTarget::Epub(false), ui.tools().epub, "epub");
            html! { <span class="export">{ for formats }{ book }{ noted }{ cost }</span> }
        }
    }
}

/// Writes the results as a table. Returns `None` if an article fails to load or the export is cancelled.
async fn write_export(
    view: &LibraryView,
    format: ExportFormat,
    token: &TaskToken,
    shown: impl Fn(usize),
) -> Option<String> {
    let LibraryView { archive, results: found, .. } = view;
    let site = dom::page_url();
    let mut entries = Vec::new();
    let mut results = ResultArticles::new(view, token)?.with_duplicates().with_snippets(SNIPPET_WIDTH);
    while let Some(result) = results.next().await {
        let ResultArticle { article, snippet } = result.ok()?;
        let source = archive.manifest().source_name(&article.source);
        entries.push(ExportRecord::from_article(&article, source, &site, snippet));
        report_progress(entries.len(), &shown);
    }
    let origin = ExportHeader {
        query: found.query_text.to_string(),
        archive: archive.manifest().display_name().to_owned(),
        build: archive.build_id().to_owned(),
        total: entries.len(),
    };
    let entries = entries.iter().map(|entry| format.record(entry, &origin));
    token.is_active().then(|| std::iter::once(format.header(&origin)).chain(entries).collect())
}

/// Saves the results as an e-book. Returns `None` if that fails or is cancelled.
async fn write_book(
    view: &LibraryView,
    notes: Option<UserData>,
    token: &TaskToken,
    shown: impl Fn(usize),
    file: &str,
) -> Option<()> {
    let LibraryView { archive, results: found, .. } = view;
    let oldest_first = found.sort == SortOrder::Oldest;
    let mut book = new_book(archive.manifest(), &found.query_text, oldest_first)?;
    let mut results = ResultArticles::new(view, token)?.with_duplicates();
    let mut count = 0;
    while let Some(result) = results.next().await {
        book.add(archive, &result.ok()?.article).await.ok()?;
        count += 1;
        report_progress(count, &shown);
    }
    if count == 0 || !token.is_active() { None } else { save_book(book, notes.as_ref(), file).await }
}

fn report_progress(count: usize, shown: impl Fn(usize)) {
    if count.is_multiple_of(PROGRESS_STEP) {
        shown(count);
    }
}
