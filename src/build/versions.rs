//! Files with one address are versions of one article.

use super::error::BuildError;
use crate::model::{Article, Earlier, Id, Url, normalize};
use std::collections::BTreeMap;

/// Articles, each with its earlier versions.
#[derive(Debug)]
pub struct Merged {
    /// The articles, in order of their ids.
    pub articles: Vec<Article>,
    /// How many of the files are not an article of their own.
    pub versions: usize,
}

/// Merges what has one id. The newest version is shown; the earliest dates the article.
///
/// A version with the title and text of another counts, and leaves nothing behind: there is nothing
/// in it to read.
///
/// # Errors
///
/// Different addresses, or files of one path without address, have the same id.
pub fn merge(articles: impl IntoIterator<Item = Article>) -> Result<Merged, BuildError> {
    let mut groups: BTreeMap<Id, Vec<Article>> = BTreeMap::new();
    for article in articles {
        groups.entry(article.id).or_default().push(article);
    }
    let mut merged = Merged { articles: Vec::with_capacity(groups.len()), versions: 0 };
    for group in groups.into_values() {
        merged.versions += group.len() - 1;
        merged.articles.extend(merge_group(group)?);
    }
    Ok(merged)
}

fn merge_group(mut group: Vec<Article>) -> Result<Option<Article>, BuildError> {
    for pair in group.windows(2) {
        check_same(&pair[0], &pair[1])?;
    }
    // Nothing says how old an undated version is; one that has a date is preferred.
    group.sort_by(|a, b| (a.time, &a.path).cmp(&(b.time, &b.path)));
    let dated = group.iter().find_map(|version| version.time);
    let Some(mut article) = group.pop() else { return Ok(None) };
    article.time = dated;
    for version in group.into_iter().rev() {
        let same = |title: &str, body| title == version.title && body == Some(&version.body);
        let known = same(&article.title, Some(&article.body))
            || article.earlier.iter().any(|earlier| same(&earlier.title, earlier.body.as_ref()));
        if !known {
            article.earlier.push(Earlier {
                time: version.time,
                title: version.title,
                path: version.path,
                body: Some(version.body),
                pack: None,
            });
        }
    }
    Ok(Some(article))
}

fn check_same(a: &Article, b: &Article) -> Result<(), BuildError> {
    let address = |article: &Article| article.url.as_ref().map(Url::as_str).map(normalize);
    match (address(a), address(b)) {
        (None, None) if a.path == b.path => Err(BuildError::SamePath { path: a.path.clone() }),
        (Some(one), Some(other)) if one == other => Ok(()),
        _ => Err(BuildError::SameId { id: a.id, a: a.path.clone(), b: b.path.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Document, Inline, Lang, Timestamp};

    fn article(path: &str, url: Option<&str>, seconds: Option<i64>, text: &str) -> Article {
        let url = url.and_then(Url::parse);
        Article {
            id: url.as_ref().map_or_else(|| Id::of_path(path), Id::of_url),
            title: "题".into(),
            url,
            time: seconds.map(|seconds| Timestamp { seconds, offset: 0 }),
            source: "a.example".into(),
            lang: Lang::ZhHans,
            dateline: None,
            path: path.into(),
            body: Document::new(vec![Block::Paragraph(vec![Inline::text(text)])]),
            earlier: Vec::new(),
        }
    }

    /// `path of the shown version @ time: paths of the earlier ones`, for each article.
    fn check(articles: Vec<Article>, expected: &[&str], versions: usize) {
        let merged = merge(articles).unwrap();
        let mut shown: Vec<String> = merged
            .articles
            .iter()
            .map(|article| {
                let earlier: Vec<_> = article.earlier.iter().map(|earlier| earlier.path.as_str()).collect();
                let time = article.time.map_or("-".to_owned(), |time| time.seconds.to_string());
                format!("{} @ {time}: {}", article.path, earlier.join(" "))
            })
            .collect();
        shown.sort();
        assert_eq!(shown, expected);
        assert_eq!(merged.versions, versions);
    }

    const URL: Option<&str> = Some("https://a.example/1");

    #[test]
    fn the_newest_is_shown_and_the_earliest_dates() {
        let files = vec![
            article("b", URL, Some(20), "二"),
            article("c", Some("http://www.a.example/1/"), Some(30), "三"),
            article("a", URL, Some(10), "一"),
            article("other", Some("https://a.example/2"), Some(5), "四"),
        ];
        check(files, &["c @ 10: b a", "other @ 5: "], 2);
    }

    #[test]
    fn an_undated_version_is_never_the_newest() {
        let files = vec![article("z", URL, None, "一"), article("a", URL, Some(10), "二")];
        check(files, &["a @ 10: z"], 1);
    }

    #[test]
    fn the_same_text_again_counts_but_is_not_kept() {
        let files = vec![
            article("a", URL, Some(10), "一"),
            article("b", URL, Some(20), "二"),
            article("c", URL, Some(30), "一"),
            article("d", URL, Some(40), "一"),
        ];
        check(files, &["d @ 10: b"], 3);
    }

    #[test]
    fn files_without_address_stand_alone() {
        check(
            vec![article("a", None, None, "一"), article("b", None, None, "一")],
            &["a @ -: ", "b @ -: "],
            0,
        );
        assert!(matches!(
            merge([article("a", None, None, "一"), article("a", None, None, "二")]),
            Err(BuildError::SamePath { .. })
        ));
    }

    #[test]
    fn ids_that_collide_stop_the_build() {
        let mut other = article("b", Some("https://a.example/2"), None, "二");
        other.id = Id::of_url(&Url::parse("https://a.example/1").unwrap());
        let error = merge([article("a", URL, None, "一"), other]).unwrap_err();
        assert!(matches!(error, BuildError::SameId { .. }));
    }
}
