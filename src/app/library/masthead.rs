//! The head of the page: what the archive is called, the search field, the article's tools.

use super::Found;
use super::search_field::SearchField;
use crate::app::components::icon::{Icon, Shape};
use crate::app::handle::Archive;
use crate::app::hooks::Layout;
use crate::app::i18n::{Ui, fill, number};
use crate::archive::Manifest;
use crate::model::Date;
use crate::view::Action;
use yew::prelude::*;

/// See [`Masthead`].
#[derive(Properties, PartialEq)]
pub struct MastheadProps {
    /// The archive.
    pub archive: Archive,
    /// What was found.
    pub found: Found,
    /// The layout of the window.
    pub layout: Layout,
    /// The language of the interface.
    pub ui: Ui,
    /// Does something.
    pub navigate: Callback<Action>,
    /// Does something in place.
    pub replace: Callback<Action>,
    /// Opens the sheet of filters.
    pub on_filters: Callback<bool>,
    /// Opens the type panel.
    pub on_type: Callback<bool>,
    /// Whether the type panel is open.
    pub show_type: bool,
    /// The article's tools, on a wide screen.
    pub children: Html,
}

/// The months from the archive's first article to its last, as `2020.6 – 2025.2`.
fn span(manifest: &Manifest) -> Option<String> {
    let months = &manifest.months;
    let last = months.first + i32::try_from(months.counts.len().checked_sub(1)?).ok()?;
    let written = |index| {
        let date = Date::of_month_index(index);
        format!("{}.{}", date.year, date.month)
    };
    let (first, last) = (written(months.first), written(last));
    Some(if first == last { first } else { format!("{first} – {last}") })
}

/// The head of the page.
#[component]
pub fn Masthead(props: &MastheadProps) -> Html {
    let manifest = props.archive.manifest();
    let texts = props.ui.library();
    let count = match manifest.count {
        1 => texts.article.to_owned(),
        count => fill(texts.articles, &[&number(count)]),
    };
    let line = [Some(count), span(manifest)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let filters = props.on_filters.reform(|_: MouseEvent| true);
    let show_type = props.show_type;
    let on_type = props.on_type.reform(move |_: MouseEvent| !show_type);
    let name = manifest.name().to_owned();
    // Chinese may be spaced on a nameplate; Latin letters fall apart.
    let latin = name.contains(|c: char| c.is_ascii_alphabetic()).then_some("name__t--latin");
    let has_filters = !super::facets::is_bare(manifest);
    html! {
        <header class="mast">
            <div class="name">
                <h1 class={classes!("name__t", latin)}>{ name }</h1>
                <p class="name__s">{ line }</p>
            </div>
            if props.layout != Layout::Phone {
                <SearchField found={props.found.clone()} ui={props.ui} layout={props.layout}
                    navigate={props.navigate.clone()} replace={props.replace.clone()} />
            }
            if props.layout == Layout::Wide {
                { props.children.clone() }
            } else {
                <div class="mast__e">
                    if props.layout == Layout::Tablet && has_filters {
                        <button class="ib" aria-label={texts.filters} onclick={filters}>
                            <Icon shape={Shape::Filter} />
                        </button>
                    }
                    <button class="ib" aria-label={texts.type_panel} aria-expanded={show_type.to_string()}
                        onclick={on_type}>
                        <Icon shape={Shape::Type} />
                    </button>
                </div>
            }
        </header>
    }
}
