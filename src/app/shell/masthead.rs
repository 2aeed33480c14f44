//! Masthead: name of the archive, search field, article tools.

use crate::app::features::reader::reader_tools;
use crate::app::features::search_bar::SearchField;
use crate::app::services::WindowLayout;
use crate::app::state::{LibraryView, PanelKind, Panels};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::app::ui::icon::{IconKind, icon};
use crate::archive::{Manifest, has_facets, has_latin_letters};
use crate::model::Date;
use crate::view_model::RoutePage;
use yew::prelude::*;

/// Formats the first and last month of the archive, as in `2020.6 – 2025.2`.
fn month_span(manifest: &Manifest) -> Option<String> {
    let months = &manifest.months;
    let last = months.first + i32::try_from(months.counts.len().checked_sub(1)?).ok()?;
    let written = |index| {
        let date = Date::from_month_index(index);
        format!("{}.{}", date.year, date.month)
    };
    let (first, last) = (written(months.first), written(last));
    Some(if first == last { first } else { format!("{first} – {last}") })
}

/// Renders the masthead, with the article tools on a wide screen.
pub fn masthead(view: &LibraryView, panels: &Panels, layout: WindowLayout) -> Html {
    let LibraryView { archive, navigation, ui, .. } = view;
    let (manifest, texts) = (archive.manifest(), ui.library());
    let count = texts.articles(manifest.count.into());
    let line = [Some(count), month_span(manifest)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let name = manifest.display_name().to_owned();
    let latin = has_latin_letters(&name).then_some("name__t--latin");
    let to = LinkTarget::page(&navigation.navigate, RoutePage::About);
    let has_filters = has_facets(manifest);
    let menu_label = ui.user_data().menu;
    let menu = html! {
        <button type="button" class="ib" aria-label={menu_label} title={menu_label} aria-haspopup="dialog"
            aria-expanded={panels.is_open(PanelKind::Menu).to_string()} data-opens="aa--menu"
            onclick={panels.on_toggle(PanelKind::Menu)}>
            { icon(IconKind::Menu) }
        </button>
    };
    html! {
        <header class="mast">
            <div class="name">
                <h1 class={classes!("name__t", latin)}>{ name }</h1>
                <p class="name__s" translate="no"><ArticleLink class="name__a" {to} title={ui.about().name}>{ line }</ArticleLink></p>
            </div>
            if layout != WindowLayout::Phone {
                <SearchField />
            }
            if layout == WindowLayout::Wide {
                { reader_tools(panels, &navigation.navigate, *ui, menu) }
            } else {
                <div class="mast__e">
                    if layout == WindowLayout::Tablet && has_filters {
                        <button class="ib" aria-label={texts.filters} onclick={panels.on_toggle(PanelKind::Filters)}>
                            { icon(IconKind::Filter) }
                        </button>
                    }
                    <button class="ib" aria-label={texts.type_panel} aria-expanded={panels.is_open(PanelKind::Type).to_string()}
                        data-opens="aa--type" onclick={panels.on_toggle(PanelKind::Type)}>
                        { icon(IconKind::Type) }
                    </button>
                    { menu }
                </div>
            }
        </header>
    }
}
