//! Export of all results, each verified against the query.

use super::Scene;
use crate::app::dom;
use crate::app::hooks::use_effect_with;
use crate::app::i18n::{fill, number};
use crate::search::Matcher;
use crate::text::{fold, snippet};
use crate::view::{Entry, Format, Origin};
use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ExportProps {
    pub scene: Scene,
}

/// State of an export.
#[derive(Clone, PartialEq)]
enum Step {
    Idle,
    /// The formats are offered.
    Choosing,
    /// Number of exported articles.
    Under(usize),
    Failed,
}

const FORMATS: [(Format, &str, &str); 4] = [
    (Format::Csv, "CSV", "csv"),
    (Format::JsonLines, "JSON Lines", "jsonl"),
    (Format::Ris, "RIS", "ris"),
    (Format::BibTex, "BibTeX", "bib"),
];
/// Mean download size of an article in kilobytes when its neighbours are not needed, measured on packs.
const KILOBYTES: u64 = 8;
/// About two table lines.
const SNIPPET: usize = 72;
/// Articles between two updates of the count.
const SHOWN: usize = 20;

/// Button, then the formats with the download size, then the progress.
#[component]
pub fn Export(props: &ExportProps) -> Html {
    let Scene { archive, found, ui, .. } = &props.scene;
    let texts = ui.library();
    let step = use_state_eq(|| Step::Idle);
    let wanted = use_mut_ref(|| Rc::new(Cell::new(true)));
    {
        // A changed query cancels the export.
        let (step, wanted) = (step.setter(), wanted.clone());
        use_effect_with(found.text.clone(), move |_| {
            step.set(Step::Idle);
            move || wanted.borrow().set(false)
        });
    }
    let go = |step: &UseStateHandle<Step>, to: Step| {
        let step = step.setter();
        Callback::from(move |_: MouseEvent| step.set(to.clone()))
    };
    let total = found.selection.total;
    match &*step {
        Step::Idle => {
            html! { <button class="link" onclick={go(&step, Step::Choosing)}>{ texts.export }</button> }
        }
        Step::Under(done) => {
            html! { <span role="status">{ fill(texts.exporting, &[&number(*done as u64), &number(total as u64)]) }</span> }
        }
        Step::Failed => html! {
            <span role="alert">{ texts.export_failed }{ " " }
                <button class="link" onclick={go(&step, Step::Choosing)}>{ texts.again }</button>
            </span>
        },
        Step::Choosing => {
            let is_split = archive.manifest().tables.is_some();
            let cost = is_split
                .then(|| fill(texts.export_cost, &[&format!("{} kB", number(total as u64 * KILOBYTES))]));
            let formats = FORMATS.iter().map(|&(format, name, suffix)| {
                let (scene, step, wanted) = (props.scene.clone(), step.setter(), wanted.clone());
                let onclick = Callback::from(move |_: MouseEvent| {
                    let (scene, step, alive) = (scene.clone(), step.clone(), Rc::new(Cell::new(true)));
                    *wanted.borrow_mut() = alive.clone();
                    step.set(Step::Under(0));
                    spawn_local(async move {
                        let written = write(&scene, format, &alive, |done| step.set(Step::Under(done))).await;
                        let saved =
                            written.map(|text| dom::save(&text, &format!("sheaf.{suffix}")).is_some());
                        if alive.get() {
                            step.set(if saved == Some(true) { Step::Idle } else { Step::Failed });
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
async fn write(scene: &Scene, format: Format, alive: &Cell<bool>, shown: impl Fn(usize)) -> Option<String> {
    let Scene { archive, found, .. } = scene;
    let matcher = Matcher::new(&found.query);
    let site = dom::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let site = site.split('#').next().unwrap_or_default();
    let (mut entries, mut done) = (Vec::new(), 0);
    for &ordinal in &found.selection.ordinals {
        // Duplicates share a row, but each is an entry.
        let group = found.facets.same.iter().find(|group| group.contains(&ordinal));
        let others = group.into_iter().flatten().copied().filter(|&other| other != ordinal);
        for ordinal in std::iter::once(ordinal).chain(others) {
            let article = archive.article(ordinal).await.ok()?;
            let text = article.text();
            if found.query.has_terms() && !matcher.matches(&fold(&text)) {
                continue;
            }
            let snippet = snippet(&text, &matcher.find(&text), SNIPPET).text;
            let source = archive.manifest().source_name(&article.source);
            entries.push(Entry::of(&article, source, site, snippet));
        }
        done += 1;
        if done % SHOWN == 0 {
            shown(done);
            // Yields to the event loop, also when all articles are cached.
            gloo::timers::future::TimeoutFuture::new(0).await;
        }
        if !alive.get() {
            return None;
        }
    }
    let origin = Origin {
        query: found.text.to_string(),
        archive: archive.manifest().name().to_owned(),
        build: archive.build().to_owned(),
        total: entries.len(),
    };
    let entries = entries.iter().map(|entry| format.entry(entry, &origin));
    Some(std::iter::once(format.begin(&origin)).chain(entries).collect())
}
