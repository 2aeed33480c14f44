//! Article footer: neighbours, related articles, earlier versions, origin.

use super::related::Related;
use crate::app::i18n::Locale;
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::state::script_conversion::ScriptContext;
use crate::app::ui::article_link::open_on_click;
use crate::app::ui::icon::{IconKind, small_icon};
use crate::model::{Article, Row, display_url};
use crate::view_model::{RouteAction, RouteState};
use yew::prelude::*;

/// Footer of an article.
pub struct ArticleFooter<'a> {
    pub article: &'a Article,
    pub archive: &'a ArchiveHandle,
    pub previous: Option<&'a Row>,
    pub next: Option<&'a Row>,
    pub navigate: &'a Callback<RouteAction>,
    pub version: &'a Callback<usize>,
    pub script: &'a ScriptContext,
    pub ui: Locale,
}

impl ArticleFooter<'_> {
    pub fn render(&self) -> Html {
        let (article, texts) = (self.article, self.ui.reader());
        html! {
            <footer class="after">
                <nav class="pn" aria-label={texts.neighbours}>
                    { self.previous.map(|row| self.neighbour(row, false)) }
                    { self.next.map(|row| self.neighbour(row, true)) }
                </nav>
                <Related key={article.id.to_string()} archive={self.archive.clone()} id={article.id} ui={self.ui} navigate={self.navigate.clone()} />
                if !article.earlier_versions.is_empty() {
                    { self.versions() }
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
                        <div><dt>{ texts.dateline }</dt><dd lang={self.script.tag(article.lang)}>{ self.script.text(dateline, article.lang) }</dd></div>
                    }
                    if article.time.is_some() {
                        <div><dt>{ texts.zone }</dt><dd>{ &self.archive.manifest().zone.0 }</dd></div>
                    }
                </dl>
            </footer>
        }
    }

    fn neighbour(&self, row: &Row, forward: bool) -> Html {
        let texts = self.ui.reader();
        let id = row.id;
        let href = RouteState::default().apply(RouteAction::Open(id)).to_fragment();
        let onclick = open_on_click(self.navigate, id);
        let label = if forward { texts.next } else { texts.previous };
        let date = row.time.map(|time| format!(" · {}", self.ui.dates().day(time.date())));
        html! {
            <a key={id.to_string()} class={if forward { "is-next" } else { "" }} {href} {onclick} rel={if forward { "next" } else { "prev" }}>
                <span class="pn__l">
                    if !forward { { small_icon(IconKind::Back) } }
                    <span>{ label }{ date }</span>
                    if forward { { small_icon(IconKind::Forward) } }
                </span>
                <b lang={self.script.tag(row.lang)}>{ self.script.text(&row.title, row.lang) }</b>
            </a>
        }
    }

    fn versions(&self) -> Html {
        let texts = self.ui.reader();
        let versions = self.article.earlier_versions.iter().enumerate().map(|(at, earlier)| {
            let date = earlier.time.map_or(texts.undated.to_owned(), |time| self.ui.dates().date_time(time));
            let onclick = self.version.reform(move |_: MouseEvent| at);
            html! {
                <li>
                    <button type="button" class="rel" {onclick}>
                        <span class="rel__t">{ date }</span>
                        <span class="rel__h" lang={self.script.tag(self.article.lang)}>
                            { self.script.text(&earlier.title, self.article.lang) }
                        </span>
                    </button>
                </li>
            }
        });
        html! {
            <section class="versions">
                <h2 class="after__h">{ texts.earlier }</h2>
                <ol>{ for versions }</ol>
            </section>
        }
    }
}
