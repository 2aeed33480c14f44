//! Export of all results, each verified against the query.

use crate::app::i18n::format_number;
use crate::app::services::{TaskToken, dom, use_effect_with};
use crate::app::state::{LibraryView, use_library_view};
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use crate::publishing::{ExportFormat, ExportHeader, ExportRecord};
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

const FORMATS: [(ExportFormat, &str, &str); 4] = [
    (ExportFormat::Csv, "CSV", "csv"),
    (ExportFormat::JsonLines, "JSON Lines", "jsonl"),
    (ExportFormat::Ris, "RIS", "ris"),
    (ExportFormat::BibTex, "BibTeX", "bib"),
];
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
            let formats = FORMATS.iter().map(|&(format, name, suffix)| {
                let (view, step, running) = (view.clone(), step.setter(), running.clone());
                let close = props.close.clone();
                let onclick = Callback::from(move |_: MouseEvent| {
                    let (view, step, token) = (view.clone(), step.clone(), TaskToken::default());
                    let close = close.clone();
                    *running.borrow_mut() = token.clone();
                    step.set(ExportState::Running(0));
                    spawn_local(async move {
                        let written =
                            write_export(&view, format, &token, |done| step.set(ExportState::Running(done)))
                                .await;
                        let saved = written
                            .map(|text| dom::download_text(&text, &format!("sheaf.{suffix}")).is_some());
                        match saved {
                            _ if !token.is_active() => {}
                            Some(true) => close.emit(()),
                            _ => step.set(ExportState::Failed),
                        }
                    });
                });
                html! { <button class="link" {onclick}>{ name }</button> }
            });
            html! { <span class="export">{ for formats }{ cost }</span> }
        }
    }
}

/// Writes the results. Returns `None` if an article fails to load or the export is cancelled.
async fn write_export(
    view: &LibraryView,
    format: ExportFormat,
    token: &TaskToken,
    shown: impl Fn(usize),
) -> Option<String> {
    let LibraryView { archive, facets, results: found, .. } = view;
    // Without words every row is one of the result.
    let task = match &found.search {
        Some(search) => Some(search.task.as_ref()?.get()?),
        None => None,
    };
    let site = dom::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let site = site.split('#').next().unwrap_or_default();
    let (mut entries, mut done) = (Vec::new(), 0);
    for &ordinal in &found.selection.ordinals {
        // Duplicates share a row, but each is an entry.
        let group = facets.duplicates.iter().find(|group| group.contains(&ordinal));
        let others = group.into_iter().flatten().copied().filter(|&other| other != ordinal);
        for ordinal in std::iter::once(ordinal).chain(others) {
            let article = archive.article(ordinal).await.ok()?;
            let verified = match &task {
                Some(task) => Some(task.clone().verify(ordinal, SNIPPET_WIDTH).await?),
                None => None,
            };
            if verified.as_ref().is_some_and(|verified| !verified.is_match) {
                continue;
            }
            let snippet = verified.map(|verified| verified.snippet.text).unwrap_or_default();
            let source = archive.manifest().source_name(&article.source);
            entries.push(ExportRecord::from_article(&article, source, site, snippet));
        }
        done += 1;
        if done % PROGRESS_STEP == 0 {
            shown(done);
            // Yields to the event loop, also when all articles are cached.
            gloo::timers::future::TimeoutFuture::new(0).await;
        }
        if !token.is_active() {
            return None;
        }
    }
    let origin = ExportHeader {
        query: found.query_text.to_string(),
        archive: archive.manifest().display_name().to_owned(),
        build: archive.build_id().to_owned(),
        total: entries.len(),
    };
    let entries = entries.iter().map(|entry| format.record(entry, &origin));
    Some(std::iter::once(format.header(&origin)).chain(entries).collect())
}
