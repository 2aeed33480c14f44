//! Merging of files with the same address into versions of one article.

use super::BuildError;
use crate::archive::writer::{BodyFile, StoredArticle};
use crate::ingest::canonical_address;
use crate::model::{Article, EarlierVersion, Id, Timestamp};
use std::collections::BTreeMap;

/// Articles by id.
type Groups = BTreeMap<Id, Vec<StoredArticle>>;

/// Articles with their earlier versions.
#[derive(Debug)]
pub struct MergedVersions {
    /// Articles, sorted by id.
    pub articles: Vec<StoredArticle>,
    /// Number of files that are not an article of their own.
    pub version_count: usize,
}

/// Merges articles with the same id. The newest version is displayed; the earliest dates the article.
///
/// Entries of two containers with the same path inside have the same id. With the same title they are versions of one
/// article; otherwise all but the first get an id from their whole path.
///
/// A version whose title and text equal another's is counted but not stored, since there is nothing new to read.
///
/// # Errors
///
/// Articles with the same id have different addresses, or the same path without an address; or `bodies` cannot be read.
pub fn merge(
    articles: impl IntoIterator<Item = StoredArticle>,
    bodies: &BodyFile,
) -> Result<MergedVersions, BuildError> {
    let mut groups: Groups = BTreeMap::new();
    let mut earlier_ids = EarlierIds::default();
    for article in articles {
        earlier_ids.add(&article.head);
        groups.entry(article.head.id).or_default().push(article);
    }
    separate_entries(&mut groups);
    let mut aliases = earlier_ids.by_article(&groups);
    let mut merged = MergedVersions { articles: Vec::with_capacity(groups.len()), version_count: 0 };
    for (id, group) in groups {
        merged.version_count += group.len() - 1;
        let mut article = merge_group(group, bodies)?;
        if let Some(article) = &mut article {
            article.head.aliases = aliases.remove(&id).unwrap_or_default();
        }
        merged.articles.extend(article);
    }
    Ok(merged)
}

/// Ids of archives up to version 4 that differ from today's, each with the file that such an archive displayed.
#[derive(Default)]
struct EarlierIds(BTreeMap<Id, DisplayedFile>);

/// File that an archive displays: the greatest by time and path.
#[derive(PartialEq, PartialOrd)]
struct DisplayedFile {
    time: Option<Timestamp>,
    path: String,
    /// Today's id.
    id: Id,
}

impl EarlierIds {
    fn add(&mut self, article: &Article) {
        let Some(earlier) = article.url.as_ref().map(Id::from_url_v4) else { return };
        if earlier != article.id {
            let file = DisplayedFile { time: article.time, path: article.path.clone(), id: article.id };
            match self.0.get_mut(&earlier) {
                Some(displayed) if *displayed >= file => {}
                Some(displayed) => *displayed = file,
                None => drop(self.0.insert(earlier, file)),
            }
        }
    }

    /// Returns the aliases of each article. An id that an article has today is no alias of another.
    fn by_article(self, articles: &Groups) -> BTreeMap<Id, Vec<Id>> {
        let mut aliases: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for (earlier, DisplayedFile { id, .. }) in self.0 {
            if !articles.contains_key(&earlier) {
                aliases.entry(id).or_default().push(earlier);
            }
        }
        aliases
    }
}

/// Gives ids of their own to different articles at the same path of different containers.
fn separate_entries(groups: &mut Groups) {
    let mut others = Vec::new();
    for group in groups.values_mut().filter(|group| group.len() > 1) {
        group.sort_by(|a, b| a.head.path.cmp(&b.head.path));
        let (path, title) = (group[0].head.path.clone(), group[0].head.title.clone());
        let is_other = |article: &mut StoredArticle| {
            let head = &article.head;
            head.url.is_none() && head.title != title && head.path != path
        };
        others.extend(group.extract_if(.., is_other));
    }
    for mut article in others {
        article.head.id = Id::from_path(&article.head.path);
        groups.entry(article.head.id).or_default().push(article);
    }
}

fn merge_group(
    mut group: Vec<StoredArticle>,
    bodies: &BodyFile,
) -> Result<Option<StoredArticle>, BuildError> {
    for pair in group.windows(2) {
        check_same(&pair[0].head, &pair[1].head)?;
    }
    // The age of an undated version is unknown, so a dated one is preferred.
    group.sort_by(|a, b| (a.head.time, &a.head.path).cmp(&(b.head.time, &b.head.path)));
    let dated = group.iter().find_map(|version| version.head.time);
    let Some(mut article) = group.pop() else { return Ok(None) };
    article.head.time = dated;
    for version in group.into_iter().rev() {
        if !is_known(&article, &version, bodies)? {
            article.push_earlier_body(&version);
            let Article { time, title, path, .. } = version.head;
            article.head.earlier_versions.push(EarlierVersion { time, title, path, body: None, pack: None });
        }
    }
    Ok(Some(article))
}

/// Returns true if title and text of `version` equal those of a version of `article`.
fn is_known(article: &StoredArticle, version: &StoredArticle, bodies: &BodyFile) -> Result<bool, BuildError> {
    let earlier = article.head.earlier_versions.iter().map(|earlier| &earlier.title);
    let earlier = earlier.zip(article.earlier_bodies().iter().copied());
    for (title, body) in earlier.chain([(&article.head.title, article.body())]) {
        if *title == version.head.title && bodies.are_equal(body, version.body())? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn check_same(a: &Article, b: &Article) -> Result<(), BuildError> {
    let address = |article: &Article| article.url.as_ref().map(canonical_address);
    match (address(a), address(b)) {
        (None, None) if a.path == b.path => Err(BuildError::DuplicatePath { path: a.path.clone() }),
        (None, None) => Ok(()),
        (Some(one), Some(other)) if one == other => Ok(()),
        _ => Err(BuildError::DuplicateId { id: a.id, a: a.path.clone(), b: b.path.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::article_id;
    use crate::model::{Block, Document, Inline, Lang, Url};

    fn article(path: &str, url: Option<&str>, seconds: Option<i64>, text: &str) -> Article {
        let url = url.and_then(Url::parse);
        Article {
            id: url.as_ref().map_or_else(|| Id::from_path(path), article_id),
            aliases: Vec::new(),
            title: "题".into(),
            url,
            time: seconds.map(|seconds| Timestamp { seconds, offset: 0 }),
            source: "a.example".into(),
            lang: Lang::ZhHans,
            dateline: None,
            path: path.into(),
            body: Document::new(vec![Block::Paragraph(vec![Inline::text(text)])]),
            details: Default::default(),
            earlier_versions: Vec::new(),
        }
    }

    fn merge(articles: impl IntoIterator<Item = Article>) -> Result<MergedVersions, BuildError> {
        let bodies = BodyFile::create(&std::env::temp_dir()).unwrap();
        let stored = articles.into_iter().map(|article| bodies.store(article));
        super::merge(stored, &bodies)
    }

    /// Compares `path of the displayed version @ time: paths of the earlier ones` of each article.
    fn check(articles: Vec<Article>, expected: &[&str], versions: usize) {
        let merged = merge(articles).unwrap();
        let mut shown: Vec<String> = merged
            .articles
            .iter()
            .map(|article| {
                let earlier: Vec<_> =
                    article.head.earlier_versions.iter().map(|earlier| earlier.path.as_str()).collect();
                let time = article.head.time.map_or("-".to_owned(), |time| time.seconds.to_string());
                format!("{} @ {time}: {}", article.head.path, earlier.join(" "))
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
    fn spellings_of_one_address_are_versions_with_their_earlier_ids_as_aliases() {
        let spellings = [
            "https://a.example/%E6%B1%9F/1",
            "https://a.example/江/1?spm=2",
            "HTTPS://WWW.A.example/x/../%e6%b1%9f/1#top",
        ];
        let files =
            spellings.iter().zip(0..).map(|(url, n)| article(&n.to_string(), Some(url), Some(n), url));
        let merged = merge(files).unwrap().articles;
        assert_eq!(merged.len(), 1);
        assert_eq!(merged[0].head.earlier_versions.len(), 2);
        let mut earlier: Vec<Id> =
            spellings[1..].iter().map(|url| Id::from_url_v4(&Url::parse(url).unwrap())).collect();
        earlier.sort();
        assert_eq!(merged[0].head.aliases, earlier);
        // The first spelling has the same id by both rules.
        assert_eq!(merged[0].head.id, Id::from_url_v4(&Url::parse(spellings[0]).unwrap()));
    }

    #[test]
    fn earlier_id_of_several_routes_leads_to_the_displayed_one() {
        let route = |path: &str, seconds| {
            article(path, Some(&format!("https://a.example/#/{path}")), Some(seconds), path)
        };
        let aliases = |files: Vec<Article>| {
            let merged = merge(files).unwrap().articles;
            let mut aliases: Vec<_> = merged
                .iter()
                .map(|article| (article.head.path.clone(), article.head.aliases.len()))
                .collect();
            aliases.sort();
            aliases
        };
        let of = |path: &str, count| (path.to_owned(), count);
        assert_eq!(aliases(vec![route("b", 30), route("c", 20)]), [of("b", 1), of("c", 0)]);
        // The page itself keeps its id.
        let page = article("a", Some("https://a.example/"), Some(10), "a");
        assert_eq!(aliases(vec![route("b", 30), page]), [of("a", 0), of("b", 0)]);
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
    fn entries_of_two_containers_are_merged_by_title() {
        let entry = |path: &str, title: &str, text: &str| Article {
            id: Id::from_path("1.html"),
            title: title.into(),
            ..article(path, None, None, text)
        };
        check(
            vec![
                entry("a.zip!1.html", "江", "一"),
                entry("b.zip!1.html", "江", "二"),
                entry("c.zip!1.html", "海", "三"),
            ],
            &["b.zip!1.html @ -: a.zip!1.html", "c.zip!1.html @ -: "],
            1,
        );
    }

    #[test]
    fn id_collision_is_an_error() {
        let mut other = article("b", Some("https://a.example/2"), None, "二");
        other.id = Id::from_url(&Url::parse("https://a.example/1").unwrap());
        let error = merge([article("a", URL, None, "一"), other]).unwrap_err();
        assert!(matches!(error, BuildError::DuplicateId { .. }));
    }
}
