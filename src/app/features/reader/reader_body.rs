//! Text of the open article, or the reason why it is missing.

use super::annotations::displayed::{DisplayedAnnotations, unanchored_annotations};
use super::article_footer::ArticleFooter;
use super::diff::DiffViewProps;
use super::highlights::has_marks;
use super::load_error::{LoadErrorView, load_error, missing_article};
use super::script_offer::ScriptOffer;
use super::use_article::{LoadResult, Loadable};
use super::versions::VersionSelection;
use crate::app::i18n::Locale;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::state::script_conversion::{DisplayedArticle, ScriptContext};
use crate::app::state::user_data::UserDataHandle;
use crate::app::ui::article::ArticleView;
use crate::app::ui::article::slices::ArticleSlices;
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use crate::app::ui::script_text::conversion_notice;
use crate::archive::{ArchiveError, ImagePolicy};
use crate::model::{Article, Id, Row};
use crate::reading::slices;
use crate::search::TextMatches;
use std::rc::Rc;
use yew::prelude::*;

/// Drawing of the text, which takes several tasks for a very long article.
pub struct TextDrawing {
    /// Key of the text's nodes.
    key: String,
    slices: ArticleSlices,
    pub is_drawn: bool,
}

/// Returns the drawing of the article `displayed`, which is `version` after script conversion.
#[hook]
pub fn use_text_drawing(
    id: Id,
    version: Option<&RcEq<Article>>,
    displayed: &Option<RcEq<Article>>,
) -> TextDrawing {
    // Another text gets nodes of its own: a translator may have changed or marked those of this one.
    let key = format!("{id} {}", version.map_or(0, RcEq::address));
    let slices = RcEq::from(use_memo(displayed.clone(), |article| {
        article.as_ref().map(|article| slices(&article.body.blocks)).unwrap_or_default()
    }));
    let drawn_key = use_state_eq(String::new);
    let is_drawn = slices.is_empty() || *drawn_key == key;
    let on_drawn = {
        let (drawn, key) = (drawn_key.setter(), key.clone());
        Callback::from(move |()| drawn.set(key.clone()))
    };
    TextDrawing { key, slices: ArticleSlices { slices, on_drawn }, is_drawn }
}

/// Body of the reader.
pub struct ReaderBody<'a> {
    pub archive: &'a ArchiveHandle,
    pub requested: &'a Loadable<RcEq<Article>>,
    pub version: &'a VersionSelection,
    pub reading: Option<&'a DisplayedArticle>,
    pub script: &'a ScriptContext,
    pub matches: &'a Rc<TextMatches>,
    pub annotations: &'a DisplayedAnnotations,
    pub drawing: &'a TextDrawing,
    pub has_margin: bool,
    pub images: ImagePolicy,
    pub user_data: &'a UserDataHandle,
    pub previous: &'a Option<Row>,
    pub next: &'a Option<Row>,
    pub close: Callback<()>,
    /// Loads the page again.
    pub reload: Callback<()>,
    pub ui: Locale,
}

impl ReaderBody<'_> {
    pub fn render(&self) -> Html {
        match &self.requested.result {
            LoadResult::Waiting => Html::default(),
            LoadResult::Missing => missing_article(&self.close, self.ui),
            LoadResult::Failed(error, row) => self.error(error, row.as_deref()),
            LoadResult::Ready(newest) => self.article(newest),
        }
    }

    fn error(&self, error: &ArchiveError, row: Option<&Row>) -> Html {
        let source = row.map(|row| self.archive.manifest().source_name(&row.source));
        load_error(LoadErrorView {
            error,
            row,
            source: source.unwrap_or_default(),
            is_retrying: self.requested.is_loading,
            retry: &self.requested.retry,
            script: self.script,
            reload: &self.reload,
            ui: self.ui,
        })
    }

    fn article(&self, newest: &RcEq<Article>) -> Html {
        let (previous, next) = (self.previous.clone(), self.next.clone());
        let text = self.text(self.reading.map_or(newest, |reading| &reading.article));
        let text = if self.version.is_comparing {
            let old = self.version.article.clone().unwrap_or_else(|| newest.clone());
            let compare = DiffViewProps { old, new: newest.clone(), children: self.version.notice(self.ui) };
            // The article stays until the diff is loaded.
            lazy_panel(compare, Fallback::with_content(text))
        } else {
            text
        };
        html! {
            <>
                { text }
                { unanchored_annotations(&self.annotations.orphaned, self.user_data, self.ui) }
                <ArticleFooter article={newest.clone()} {previous} {next} version={self.version.select.clone()} />
            </>
        }
    }

    fn text(&self, article: &RcEq<Article>) -> Html {
        let matches = if has_marks() { self.matches.clone() } else { Rc::default() };
        let TextDrawing { key, slices, .. } = self.drawing;
        html! {
            <ArticleView key={key.clone()} article={article.clone()} {matches}
                annotations={self.annotations.anchored.clone()} has_margin={self.has_margin}
                tag={self.script.tag(article.lang)} images={self.images} slices={slices.clone()}>
                { self.version.notice(self.ui) }
                { conversion_notice(self.script, article.lang, self.ui) }
                <ScriptOffer lang={article.lang} ui={self.ui} />
            </ArticleView>
        }
    }
}
