//! Annotations grouped by article, for lists and for the Markdown export.

use crate::model::Id;
use crate::small_sort;
use crate::text::escape_markdown;
use crate::user_data::{Annotation, UserData};
use std::collections::HashMap;

/// Annotations of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleAnnotations<'a> {
    /// Id of the article.
    pub article: Id,
    /// Title of the article at its latest annotation.
    pub title: &'a str,
    /// Keys and records, in text order.
    pub annotations: Vec<(&'a str, &'a Annotation)>,
}

impl UserData {
    /// Returns the annotated articles, the most recently annotated first. `wanted` selects the annotations.
    pub fn annotations_by_article(
        &self,
        wanted: impl Fn(&Annotation) -> bool,
    ) -> Vec<ArticleAnnotations<'_>> {
        let mut by_article: HashMap<Id, Vec<(&str, &Annotation)>> = HashMap::new();
        for (key, one) in self.annotations.iter().filter(|(_, one)| wanted(one)) {
            by_article.entry(one.article).or_default().push((key, one));
        }
        let last = |passages: &[(&str, &Annotation)]| passages.iter().map(|(_, one)| one.time).max();
        let noted = by_article.into_iter().map(|(article, mut passages)| {
            small_sort::sort_by_key(&mut passages, |(key, one)| (one.start_byte, *key));
            let newest = passages.iter().max_by_key(|(_, one)| one.time);
            let title = newest.map_or("", |(_, one)| one.title.as_str());
            ArticleAnnotations { article, title, annotations: passages }
        });
        let mut noted: Vec<_> = noted.collect();
        small_sort::sort_by_key(&mut noted, |it| (std::cmp::Reverse(last(&it.annotations)), it.article));
        noted
    }
}

/// Formats annotations as Markdown under the heading `name`; `link` returns the URL of an article.
pub fn annotations_markdown(noted: &[ArticleAnnotations], name: &str, link: impl Fn(Id) -> String) -> String {
    let mut text = format!("# {}\n", escape_markdown(name));
    for ArticleAnnotations { article, title, annotations: passages } in noted {
        text += &format!("\n## [{}](<{}>)\n", escape_markdown(title), link(*article));
        for (_, one) in passages {
            text.push('\n');
            for line in one.quote.lines() {
                text += &format!("> {}\n", escape_markdown(line));
            }
            for line in one.note.lines() {
                text += &format!("\n{}\n", escape_markdown(line));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user_data::UserDataEdit;

    fn kept() -> UserData {
        let mut kept = UserData::default();
        let mut add = |key: &str, path: &str, title: &str, at, time, quote: &str, note: &str| {
            let one = Annotation {
                article: Id::from_path(path),
                title: title.into(),
                quote: quote.into(),
                prefix: String::new(),
                suffix: String::new(),
                start_byte: at,
                note: note.into(),
                time,
            };
            kept.apply(UserDataEdit::Annotation(key.into(), Some(one)));
        };
        add("a", "x", "旧题", 90, 1, "后面的", "");
        add("b", "x", "新题", 10, 2, "前面的\n两行", "想法一\n想法二");
        add("c", "y", "[1] *题*", 0, 3, "# 不是标题", "1. 不是列表\n2) 也不是");
        kept
    }

    #[test]
    fn annotated_articles_sort_by_time_and_annotations_by_position() {
        let kept = kept();
        let noted = kept.annotations_by_article(|_| true);
        let seen: Vec<_> = noted
            .iter()
            .map(|it| (it.title, it.annotations.iter().map(|(key, _)| *key).collect::<String>()))
            .collect();
        assert_eq!(seen, [("[1] *题*", "c".to_owned()), ("新题", "ba".to_owned())]);
        assert_eq!(kept.annotations_by_article(|one| one.note.is_empty()).len(), 1);
    }

    #[test]
    fn markdown_export_escapes_quotes_and_notes() {
        let kept = kept();
        let text = annotations_markdown(&kept.annotations_by_article(|_| true), "潮汐集", |id| {
            format!("https://a.example/#/a/{id}")
        });
        let (x, y) = (Id::from_path("x"), Id::from_path("y"));
        let expected = format!(
            "# 潮汐集\n\n## [\\[1\\] \\*题\\*](<https://a.example/#/a/{y}>)\n\n> \\# 不是标题\n\n1\\. 不是列表\n\n2\\) 也不是\n\
             \n## [新题](<https://a.example/#/a/{x}>)\n\n> 前面的\n> 两行\n\n想法一\n\n想法二\n\n> 后面的\n"
        );
        assert_eq!(text, expected);
    }
}
