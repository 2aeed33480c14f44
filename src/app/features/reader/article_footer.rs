//! Article footer: neighbours, related articles, earlier versions, origin.

use super::article_labels::ArticleLabels;
use super::related::Related;
use crate::app::i18n::Locale;
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{dom, use_shared};
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::{
    ArchiveContext, Command, FocusTarget, Navigation, use_command_context, use_commands, use_locale,
    use_navigation,
};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::app::ui::title_text::title_text;
use crate::model::{Article, Row, display_url};
use crate::search::NameKind;
use crate::view_model::RouteAction;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ArticleFooterProps {
    pub article: RcEq<Article>,
    pub previous: Option<Row>,
    pub next: Option<Row>,
    /// Selects an earlier version.
    pub version: Callback<usize>,
}

/// Footer of an article.
#[component]
pub fn ArticleFooter(props: &ArticleFooterProps) -> Html {
    let (ui, navigation, commands) = (use_locale(), use_navigation(), use_command_context());
    let script = use_shared::<ScriptContext>().unwrap_or_default();
    let zone = use_shared::<ArchiveContext>().map(|context| context.manifest().zone.0.clone());
    let versions = use_node_ref();
    {
        let versions = versions.clone();
        use_commands(&commands, move |command| {
            command == Command::Focus(FocusTarget::EarlierVersions) && show_versions(&versions).is_some()
        });
    }
    let (article, texts) = (&props.article, ui.reader());
    let neighbour = |row: &Option<Row>, forward| {
        row.as_ref().map(|row| neighbour_link(row, forward, &navigation, (&script, ui)))
    };
    html! {
        <footer class="after">
            <ArticleLabels key={article.id.to_string()} id={article.id} />
            <nav class="pn" aria-label={texts.neighbours}>
                { neighbour(&props.previous, false) }
                { neighbour(&props.next, true) }
            </nav>
            <Related key={article.id.to_string()} id={article.id} />
            if !article.earlier_versions.is_empty() {
                <section class="versions" ref={versions}>
                    <h2 class="after__h">{ texts.earlier }</h2>
                    <ol>{ version_items(props, &script, ui) }</ol>
                </section>
            }
            <dl class="src" aria-label={texts.details}>
                if let Some(url) = &article.url {
                    <div>
                        <dt>{ texts.address }</dt>
                        <dd>
                            <a class="link" href={url.as_str().to_owned()} target="_blank"
                                rel="noopener noreferrer nofollow">{ display_url(url) }</a>
                        </dd>
                    </div>
                }
                if let Some(dateline) = &article.dateline {
                    <div><dt>{ texts.dateline }</dt><dd lang={script.tag(article.lang)}>{ script.text(dateline, article.lang) }</dd></div>
                }
                { details(article, &navigation, ui) }
                if article.time.is_some() {
                    <div><dt>{ texts.zone }</dt><dd>{ zone }</dd></div>
                }
            </dl>
        </footer>
    }
}

/// Scrolls to the earlier versions and focuses the first.
fn show_versions(versions: &NodeRef) -> Option<()> {
    versions.cast::<Element>()?.scroll_into_view();
    dom::focus_first_button(versions)
}

/// Authors and tags, each a link to its articles, site and time of saving.
fn details(article: &Article, navigation: &Navigation, ui: Locale) -> Html {
    let (details, texts) = (&article.details, ui.reader());
    let saved = details.saved.map(|time| ui.dates().date_time(time)).unwrap_or_default();
    let names = |kind: NameKind, names: &[String]| {
        let links = names.iter().enumerate().map(|(at, name)| {
            let query = kind.filter(name.clone()).to_query_string();
            let to = LinkTarget::route(&navigation.navigate, RouteAction::OpenList(query));
            html! {
                <>
                    if at > 0 { { ui.library().list_separator } }
                    <ArticleLink class="link" {to}>{ name }</ArticleLink>
                </>
            }
        });
        (!names.is_empty()).then(|| links.collect())
    };
    let text = |text: String| (!text.is_empty()).then(|| html! { { text } });
    let facts = [
        (texts.authors, names(NameKind::Author, &details.authors)),
        (texts.tags, names(NameKind::Tag, &details.tags)),
        (texts.site, text(details.site.clone())),
        (texts.saved, text(saved)),
    ];
    let shown = facts.into_iter().filter_map(|(name, fact)| {
        fact.map(|fact: Html| html! { <div key={name}><dt>{ name }</dt><dd>{ fact }</dd></div> })
    });
    shown.collect()
}

fn neighbour_link(
    row: &Row,
    forward: bool,
    navigation: &Navigation,
    (script, ui): (&ScriptContext, Locale),
) -> Html {
    let (id, texts) = (row.id, ui.reader());
    let to = LinkTarget::article(&navigation.navigate, id);
    let label = if forward { texts.next } else { texts.previous };
    let date = row.time.map(|time| format!(" · {}", ui.dates().day(time.date())));
    html! {
        <ArticleLink key={id.to_string()} class={if forward { "is-next" } else { "" }} {to} rel={if forward { "next" } else { "prev" }}>
            <span class="pn__l">
                if !forward { { small_icon(IconKind::Back) } }
                <span>{ label }{ date }</span>
                if forward { { small_icon(IconKind::Forward) } }
            </span>
            <b lang={script.tag(row.lang)}>{ title_text(script, &row.title, row.lang) }</b>
        </ArticleLink>
    }
}

fn version_items(props: &ArticleFooterProps, script: &ScriptContext, ui: Locale) -> Html {
    let lang = props.article.lang;
    let items = props.article.earlier_versions.iter().enumerate().map(|(at, earlier)| {
        let date = earlier.time.map_or(ui.reader().undated.to_owned(), |time| ui.dates().date_time(time));
        let onclick = props.version.reform(move |_: MouseEvent| at);
        html! {
            <li>
                <button type="button" class="rel" {onclick}>
                    <span class="rel__t">{ date }</span>
                    <span class="rel__h" lang={script.tag(lang)}>{ title_text(script, &earlier.title, lang) }</span>
                </button>
            </li>
        }
    });
    items.collect()
}
