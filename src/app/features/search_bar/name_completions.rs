//! Completions of the author, tag or label at the end of the search field.

use super::suggestions::move_focus;
use crate::app::services::{use_async, use_shared};
use crate::app::state::{ArticleFlags, load_names, use_command_context, use_library_view};
use crate::archive::Name;
use crate::search::{NameKind, Query, QueryTokenKind};
use crate::text::fold;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct NameCompletionsProps {
    /// Words in the search field.
    pub draft: AttrValue,
    /// Replaces the content.
    pub complete: Callback<String>,
}

/// Maximum number of completions.
const MAX_COMPLETIONS: usize = 6;

/// Names that contain what is typed after `author:`, `tag:` or `label:`.
#[component]
pub fn NameCompletions(props: &NameCompletionsProps) -> Html {
    let (view, commands, flags) = (use_library_view(), use_command_context(), use_shared::<ArticleFlags>());
    let archive = view.as_ref().map(|view| view.archive.clone());
    let tables = use_async(archive, |archive| async move { load_names(archive?).await });
    let (Some(view), Some(flags)) = (view, flags) else { return Html::default() };
    let Some(typed) = TypedName::parse(&props.draft) else { return Html::default() };
    let tables = tables.flatten();
    let names = typed.completions(typed.kind.names(tables.as_deref(), flags.bitmap.labels()));
    if names.is_empty() {
        return Html::default();
    }
    let texts = view.ui.reader();
    let label = match typed.kind {
        NameKind::Author => texts.authors,
        NameKind::Tag => texts.tags,
        NameKind::Label => view.ui.labels().name,
    };
    let items = names.into_iter().map(|(name, count)| {
        let completed = format!("{}{} ", typed.before, typed.kind.filter(name.to_owned()).to_query_string());
        let onclick = props.complete.reform(move |_: MouseEvent| completed.clone());
        html! {
            <li key={name.to_owned()}>
                <button type="button" class="titles__a" {onclick}>
                    <span class="titles__t">{ name.to_owned() }</span>
                    <span class="titles__s">{ view.ui.library().articles(count) }</span>
                </button>
            </li>
        }
    });
    let items: Vec<Html> = items.collect();
    let onkeydown = Callback::from(move |event: KeyboardEvent| move_focus(&event, &commands));
    html! { <ul class="titles" aria-label={label} {onkeydown}>{ items }</ul> }
}

/// Author, tag or label that is being typed.
pub struct TypedName {
    pub kind: NameKind,
    /// Query before the operator.
    before: String,
    /// Typed part of the name.
    name: String,
}

impl TypedName {
    /// Parses the end of `draft`.
    pub fn parse(draft: &str) -> Option<TypedName> {
        // A character at the end makes an operator without a value a filter.
        let extended = [draft, "*"].concat();
        let query = Query::parse(&extended);
        let last = query.tokens.last()?;
        let QueryTokenKind::Filter(filter, false) = &last.kind else { return None };
        let (kind, name) = NameKind::ALL.into_iter().find_map(|kind| Some((kind, kind.wanted(filter)?)))?;
        let name = name.strip_suffix('*')?.to_owned();
        Some(TypedName { kind, before: draft.get(..last.span.start)?.to_owned(), name })
    }

    /// Returns the most frequent names that contain the typed text but are not that text, with their numbers of
    /// articles.
    fn completions<'a>(&self, names: &'a [Name]) -> Vec<(&'a str, u64)> {
        let typed = fold(&self.name);
        let typed = typed.trim_start_matches('#');
        let matching = names.iter().filter(|name| {
            let name = fold(&name.name);
            name.contains(typed) && name != typed
        });
        matching.map(|name| (name.name.as_str(), name.ordinals.len() as u64)).take(MAX_COMPLETIONS).collect()
    }
}
