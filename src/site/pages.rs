//! Static article pages, for search engines and for reading without the app.
//!
//! ```text
//! a/ID.html      head of the index page with `../` for `./`, the article, an empty element for the app
//! a/ALIAS.html   redirect to the page of the article's present id
//! ```
//!
//! The page runs no script of its own. Its loader is that of the index page and replaces the static article once the
//! app displays the same article; see `boot.js`.

use super::document_html::write_body;
use super::index_page::{PageHead, absolute_url};
use super::paths::{PAGES_DIR, page_path};
use crate::archive::{ImagePolicy, Manifest};
use crate::model::{Article, Block, Lang, Row};
use crate::publishing::{MarkupWriter, is_noncharacter};
use serde::Serialize;

/// Labels of the page in the language of the article.
struct PageTexts {
    original: &'static str,
    all_articles: &'static str,
}

const fn page_texts(lang: Lang) -> PageTexts {
    match lang {
        Lang::ZhHans | Lang::ZhHant => PageTexts { original: "原文", all_articles: "全部文章" },
        _ => PageTexts { original: "Original", all_articles: "All articles" },
    }
}

/// Renders the page of `article` with the head of the index page.
pub fn article_page(article: &Article, manifest: &Manifest, look: &PageHead) -> String {
    let row = Row::from_article(article);
    let name = manifest.display_name();
    let source = manifest.source_name(&article.source);
    let title = manifest.displayed_title(&article.source, &article.title);
    let mut html = MarkupWriter::default();
    html.raw("<!doctype html>").open("html", &[("lang", article.lang.tag())]);
    html.raw("<head><meta charset=\"utf-8\">").raw(&look.subpage_head);
    html.element("title", &[], &format!("{title} — {name}"));
    write_metadata(&mut html, article, &row, manifest, look.site_url.as_deref());
    html.raw("</head><body>");
    let open = format!("#/read/{}", article.id);
    html.open("div", &[("class", "reader"), ("id", "page"), ("data-open", &open)]);
    html.open("main", &[]).open("article", &[("class", "art"), ("lang", article.lang.tag())]);
    html.open("p", &[("class", "kick")]).element("b", &[], source);
    if let Some(time) = article.time {
        let (hour, minute) = time.hour_minute();
        let text = format!("{} {hour:02}:{minute:02}", time.date());
        html.element("time", &[("datetime", &time.to_string())], &text);
    }
    html.close("p").element("h1", &[("class", "art__h")], title);
    write_body(&mut html, article, look.images);
    let words = page_texts(article.lang);
    html.open("footer", &[("class", "page__f")]);
    if let Some(url) = &article.url {
        html.element(
            "a",
            &[("class", "link"), ("href", url.as_str()), ("rel", "noreferrer")],
            words.original,
        );
    }
    html.element("a", &[("class", "link"), ("href", "../")], words.all_articles);
    html.raw("</footer></article></main></div><div id=\"sheaf\"></div></body></html>\n");
    html.0
}

/// Returns the redirects from earlier ids of `article` to its page, by path, with the policy of the index page. As in
/// article pages, `data-open` shows later builds that a build wrote the page.
pub fn alias_pages<'a>(
    article: &'a Article,
    manifest: &'a Manifest,
    look: &'a PageHead,
) -> impl Iterator<Item = (String, String)> + 'a {
    let title = manifest.displayed_title(&article.source, &article.title);
    article.aliases.iter().map(move |alias| {
        let page = format!("{}.html", article.id);
        let mut html = MarkupWriter::default();
        html.raw("<!doctype html>").open("html", &[("lang", article.lang.tag())]);
        html.raw("<head><meta charset=\"utf-8\">").raw(&look.policy).element("title", &[], title);
        html.open("link", &[("rel", "canonical"), ("href", &page)]);
        html.open("meta", &[("http-equiv", "refresh"), ("content", &format!("0; url={page}"))]);
        html.raw("</head><body>").open("p", &[("data-open", &format!("#/read/{}", article.id))]);
        html.element("a", &[("href", &page)], title).raw("</p></body></html>\n");
        (format!("{PAGES_DIR}/{alias}.html"), html.0)
    })
}

/// Writes metadata for search engines and link previews.
fn write_metadata(
    html: &mut MarkupWriter,
    article: &Article,
    row: &Row,
    manifest: &Manifest,
    site: Option<&str>,
) {
    let picture =
        article.body.first_figure().map(|figure| figure.src.as_str()).filter(|src| src.starts_with("http"));
    let url = site.map(|site| absolute_url(site, &page_path(article)));
    let title = manifest.displayed_title(&article.source, &article.title);
    let published = article.time.map(|time| time.to_string());
    html.open("meta", &[("name", "description"), ("content", &row.excerpt)]);
    if let Some(url) = &url {
        html.open("link", &[("rel", "canonical"), ("href", url)]);
    }
    let facts = [
        ("og:type", Some("article")),
        ("og:title", Some(title)),
        ("og:description", Some(row.excerpt.as_str())),
        ("og:site_name", Some(manifest.display_name())),
        ("og:url", url.as_deref()),
        ("og:image", picture),
        ("article:published_time", published.as_deref()),
    ];
    for (property, content) in facts {
        if let Some(content) = content {
            html.open("meta", &[("property", property), ("content", content)]);
        }
    }
    let source = manifest.source_name(&article.source);
    let news = NewsArticle {
        context: "https://schema.org",
        kind: "NewsArticle",
        headline: title,
        description: &row.excerpt,
        in_language: (article.lang != Lang::Und).then(|| article.lang.tag()),
        date_published: published.as_deref(),
        url: url.as_deref(),
        main_entity_of_page: url.as_deref(),
        is_based_on: article.url.as_ref().map(|url| url.as_str()),
        image: image_urls(article),
        author: match article.details.authors.as_slice() {
            [] => vec![Agent { kind: "Organization", name: source }],
            authors => authors.iter().map(|name| Agent { kind: "Person", name }).collect(),
        },
        keywords: &article.details.tags,
        publisher: Agent { kind: "Organization", name: source },
    };
    // Serialising a struct of strings cannot fail; `<` is escaped so that no value ends the element.
    let json = serde_json::to_string(&news).unwrap_or_default().replace('<', "\\u003c");
    let json = json.replace(is_noncharacter, "");
    html.raw("<script type=\"application/ld+json\">").raw(&json).raw("</script>");
}

fn image_urls(article: &Article) -> Vec<&str> {
    let mut found = Vec::new();
    article.body.for_each_block(|block| {
        if let Block::Figure(figure) = block
            && !figure.src.is_local()
        {
            found.push(figure.src.as_str());
        }
    });
    found
}

/// Structured data of an article; see <https://schema.org/NewsArticle>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@context")]
    context: &'a str,
    #[serde(rename = "@type")]
    kind: &'a str,
    headline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity_of_page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    image: Vec<&'a str>,
    #[serde(serialize_with = "one_or_many")]
    author: Vec<Agent<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    keywords: &'a [String],
    publisher: Agent<'a>,
}

#[derive(Serialize)]
struct Agent<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    name: &'a str,
}

/// Writes a single value without an array.
fn one_or_many<S: serde::Serializer>(agents: &[Agent<'_>], serializer: S) -> Result<S::Ok, S::Error> {
    match agents {
        [agent] => agent.serialize(serializer),
        agents => agents.serialize(serializer),
    }
}

/// Renders the body of an article for a feed.
pub fn feed_content(article: &Article, images: ImagePolicy) -> String {
    let mut html = MarkupWriter::default();
    write_body(&mut html, article, images);
    html.0
}
