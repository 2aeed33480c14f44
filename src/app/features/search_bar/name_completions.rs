//! Completions of the author or tag at the end of the search field.

use super::suggestions::move_focus;
use crate::app::services::use_async;
use crate::app::state::{load_names, use_command_context, use_library_view};
use crate::archive::{NameKind, NameTables};
use crate::search::{Query, QueryTokenKind};
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

/// Names that contain what is typed after `author:` or `tag:`.
#[component]
pub fn NameCompletions(props: &NameCompletionsProps) -> Html {
    let (view, commands) = (use_library_view(), use_command_context());
    let archive = view.as_ref().map(|view| view.archive.clone());
    let tables = use_async(archive, |archive| async move { load_names(archive?).await });
    let (Some(view), Some(Some(tables))) = (view, tables) else { return Html::default() };
    let Some(typed) = TypedName::parse(&props.draft) else { return Html::default() };
    let names = typed.completions(&tables);
    if names.is_empty() {
        return Html::default();
    }
    let texts = view.ui.reader();
    let label = if typed.kind == NameKind::Author { texts.authors } else { texts.tags };
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

/// Author or tag that is being typed.
pub struct TypedName {
    kind: NameKind,
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
        let kinds = [NameKind::Author, NameKind::Tag];
        let (kind, name) = kinds.into_iter().find_map(|kind| Some((kind, kind.wanted(filter)?)))?;
        let name = name.strip_suffix('*')?.to_owned();
        Some(TypedName { kind, before: draft.get(..last.span.start)?.to_owned(), name })
    }

    /// Returns the most frequent names that contain the typed text but are not that text, with their numbers of
    /// articles.
    fn completions<'a>(&self, tables: &'a NameTables) -> Vec<(&'a str, u64)> {
        let typed = fold(&self.name);
        let typed = typed.trim_start_matches('#');
        let matching = tables.names(self.kind).iter().filter(|name| {
            let name = fold(&name.name);
            name.contains(typed) && name != typed
        });
        matching.map(|name| (name.name.as_str(), name.ordinals.len() as u64)).take(MAX_COMPLETIONS).collect()
    }
}
