//! Merging of files with the same address into versions of one article.

use super::BuildError;
use crate::model::{Article, EarlierVersion, Id, Url, normalize};
use std::collections::BTreeMap;

/// Articles with their earlier versions.
#[derive(Debug)]
pub struct MergedVersions {
    /// Articles, sorted by id.
    pub articles: Vec<Article>,
    /// Number of files that are not an article of their own.
    pub version_count: usize,
}

/// Merges articles with the same id. The newest version is displayed; the earliest dates the article.
///
/// A version whose title and text equal another's is counted but not stored, since there is nothing new to read.
///
/// # Errors
///
/// Articles with the same id have different addresses, or the same path without an address.
pub fn merge(articles: impl IntoIterator<Item = Article>) -> Result<MergedVersions, BuildError> {
    let mut groups: BTreeMap<Id, Vec<Article>> = BTreeMap::new();
    for article in articles {
        groups.entry(article.id).or_default().push(article);
    }
    let mut merged = MergedVersions { articles: Vec::with_capacity(groups.len()), version_count: 0 };
    for group in groups.into_values() {
        merged.version_count += group.len() - 1;
        merged.articles.extend(merge_group(group)?);
    }
    Ok(merged)
}

fn merge_group(mut group: Vec<Article>) -> Result<Option<Article>, BuildError> {
    for pair in group.windows(2) {
        check_same(&pair[0], &pair[1])?;
    }
    // The age of an undated version is unknown, so a dated one is preferred.
    group.sort_by(|a, b| (a.time, &a.path).cmp(&(b.time, &b.path)));
    let dated = group.iter().find_map(|version| version.time);
    let Some(mut article) = group.pop() else { return Ok(None) };
    article.time = dated;
    for version in group.into_iter().rev() {
        let same = |title: &str, body| title == version.title && body == Some(&version.body);
        let known = same(&article.title, Some(&article.body))
            || article.earlier_versions.iter().any(|earlier| same(&earlier.title, earlier.body.as_ref()));
        if !known {
            article.earlier_versions.push(EarlierVersion {
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
        (None, None) if a.path == b.path => Err(BuildError::DuplicatePath { path: a.path.clone() }),
        (Some(one), Some(other)) if one == other => Ok(()),
        _ => Err(BuildError::DuplicateId { id: a.id, a: a.path.clone(), b: b.path.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Document, Inline, Lang, Timestamp};

    fn article(path: &str, url: Option<&str>, seconds: Option<i64>, text: &str) -> Article {
        let url = url.and_then(Url::parse);
        Article {
            id: url.as_ref().map_or_else(|| Id::from_path(path), Id::from_url),
            title: "题".into(),
            url,
            time: seconds.map(|seconds| Timestamp { seconds, offset: 0 }),
            source: "a.example".into(),
            lang: Lang::ZhHans,
            dateline: None,
            path: path.into(),
            body: Document::new(vec![Block::Paragraph(vec![Inline::text(text)])]),
            earlier_versions: Vec::new(),
        }
    }

    /// Compares `path of the displayed version @ time: paths of the earlier ones` of each article.
    fn check(articles: Vec<Article>, expected: &[&str], versions: usize) {
        let merged = merge(articles).unwrap();
        let mut shown: Vec<String> = merged
            .articles
            .iter()
            .map(|article| {
                let earlier: Vec<_> =
                    article.earlier_versions.iter().map(|earlier| earlier.path.as_str()).collect();
                let time = article.time.map_or("-".to_owned(), |time| time.seconds.to_string());
                format!("{} @ {time}: {}", article.path, earlier.join(" "))
            })
            .collect();
        shown.sort();
        assert_eq!(shown, expected);
        assert_eq!(merged.version_count, versions);
    }

    const URL: Option<&str> = Some("https://a.example/1");

    #[test]
    fn newest_version_is_displayed_with_the_earliest_date() {
        let files = vec![
            article("b", URL, Some(20), "二"),
            article("c", Some("http://www.a.example/1/"), Some(30), "三"),
            article("a", URL, Some(10), "一"),
            article("other", Some("https://a.example/2"), Some(5), "四"),
        ];
        check(files, &["c @ 10: b a", "other @ 5: "], 2);
    }

    #[test]
    fn undated_version_is_never_the_newest() {
        let files = vec![article("z", URL, None, "一"), article("a", URL, Some(10), "二")];
        check(files, &["a @ 10: z"], 1);
    }

    #[test]
    fn repeated_text_is_counted_but_not_stored() {
        let files = vec![
            article("a", URL, Some(10), "一"),
            article("b", URL, Some(20), "二"),
            article("c", URL, Some(30), "一"),
            article("d", URL, Some(40), "一"),
        ];
        check(files, &["d @ 10: b"], 3);
    }

    #[test]
    fn files_without_address_are_not_merged() {
        check(
            vec![article("a", None, None, "一"), article("b", None, None, "一")],
            &["a @ -: ", "b @ -: "],
            0,
        );
        assert!(matches!(
            merge([article("a", None, None, "一"), article("a", None, None, "二")]),
            Err(BuildError::DuplicatePath { .. })
        ));
    }

    #[test]
    fn id_collision_is_an_error() {
        let mut other = article("b", Some("https://a.example/2"), None, "二");
        other.id = Id::from_url(&Url::parse("https://a.example/1").unwrap());
        let error = merge([article("a", URL, None, "一"), other]).unwrap_err();
        assert!(matches!(error, BuildError::DuplicateId { .. }));
    }
}
