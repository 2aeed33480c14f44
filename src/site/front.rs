//! The site's own page: what it says before the app runs, and to those who run none.

use super::markup::Markup;
use super::pages;
use super::viewer::PAGE;
use crate::archive::{Images, Manifest};
use crate::build::BuildError;
use crate::model::Article;
use scraper::{Html, Selector};

/// How many titles the page lists.
const NEWEST: usize = 40;
/// What this module has put into a page stands between these.
const OURS: [&str; 2] = ["<!--archive-->", "<!--/archive-->"];

/// What pages of articles have from the site's own page.
pub struct Look {
    /// Its policy, style and loader, as they are named one folder below.
    pub head_below: String,
    /// Where the site will lie, with a slash at its end.
    pub site: Option<String>,
    /// Whether pictures that lie elsewhere are shown.
    pub images: Images,
}

impl Look {
    /// The look of the page `html`.
    pub fn of(html: &str, site: Option<&str>, images: Images) -> Look {
        let dom = Html::parse_document(html);
        let wanted = "head > :is(link, script[src], meta[name], meta[http-equiv])";
        let elements = Selector::parse(wanted)
            .map(|wanted| dom.select(&wanted).collect())
            .unwrap_or_else(|_| Vec::new());
        // The policy governs what comes after it.
        let (policy, rest): (Vec<_>, Vec<_>) =
            elements.into_iter().partition(|element| element.value().attr("http-equiv").is_some());
        let rest = rest.into_iter().filter(|element| {
            let name = element.value().attr("name").unwrap_or_default();
            let rel = element.value().attr("rel").unwrap_or_default();
            // The article is there to be read first, and perhaps alone: nothing is fetched before it.
            name != "description" && !matches!(rel, "canonical" | "alternate" | "preload" | "modulepreload")
        });
        let head_below: String = policy.into_iter().chain(rest).map(|element| element.html()).collect();
        Look { head_below: head_below.replace("\"./", "\"../"), site: site.map(str::to_owned), images }
    }
}

/// The address of a file of the site.
pub fn address(site: &str, path: &str) -> String {
    format!("{}{path}", with_slash(site))
}

/// A folder's address.
pub fn with_slash(site: &str) -> String {
    format!("{}/", site.trim_end_matches('/'))
}

/// The site's page `html` for an archive of these articles, which are in the order of their ordinals. With `pages`,
/// titles link to the pages of their articles, and else to the originals.
///
/// # Errors
///
/// The page is not text.
pub fn page(
    html: &[u8],
    manifest: &Manifest,
    articles: &[Article],
    site: Option<&str>,
    pages: bool,
) -> Result<String, BuildError> {
    let html = std::str::from_utf8(html).map_err(|_| BuildError::OddViewer(PAGE.to_owned()))?;
    let html = without_ours(html);
    let mut title = Markup::default();
    title.element("title", &[], manifest.name());
    let html = replace(&html, "<title>", "</title>", &title.0);
    let html = before(&html, "</head>", &head(manifest, site, pages));
    Ok(before(&html, "</main>", &newest(articles, manifest, pages)))
}

fn head(manifest: &Manifest, site: Option<&str>, pages: bool) -> String {
    let description = match manifest.description.as_str() {
        "" => {
            let sources: Vec<&str> =
                manifest.sources.iter().take(8).map(|source| source.name.as_str()).collect();
            format!("{} · {} · {}", manifest.name(), manifest.count, sources.join(", "))
        }
        said => said.to_owned(),
    };
    let mut html = Markup::default();
    html.open("meta", &[("name", "description"), ("content", &description)]);
    html.open("meta", &[("property", "og:type"), ("content", "website")]);
    html.open("meta", &[("property", "og:title"), ("content", manifest.name())]);
    html.open("meta", &[("property", "og:description"), ("content", &description)]);
    if let Some(site) = site {
        let site = with_slash(site);
        html.open("link", &[("rel", "canonical"), ("href", &site)]);
        html.open("meta", &[("property", "og:url"), ("content", &site)]);
        if pages {
            for (kind, path) in [("application/atom+xml", "feed.xml"), ("application/feed+json", "feed.json")]
            {
                html.open(
                    "link",
                    &[("rel", "alternate"), ("type", kind), ("href", path), ("title", manifest.name())],
                );
            }
        }
    }
    html.0
}

/// The newest titles. Where scripts run, the app comes in their place and the style sheet hides them until then.
fn newest(articles: &[Article], manifest: &Manifest, pages: bool) -> String {
    let mut html = Markup::default();
    html.open("div", &[("class", "newest")]).element("h1", &[], manifest.name()).open("ol", &[]);
    for article in articles.iter().rev().take(NEWEST) {
        html.open("li", &[("lang", article.lang.tag())]);
        let original = article.url.as_ref().map(|url| url.as_str().to_owned());
        match Some(pages::path(article)).filter(|_| pages).or(original) {
            Some(href) => html.element("a", &[("href", &href)], &article.title),
            None => html.text(&article.title),
        };
        if let Some(time) = article.time {
            html.text(" ").element("time", &[("datetime", &time.to_string())], &time.date().to_string());
        }
        html.close("li");
    }
    html.close("ol").close("div");
    html.0
}

/// `html` with `markup` before the first `place`.
fn before(html: &str, place: &str, markup: &str) -> String {
    let [begin, end] = OURS;
    html.replacen(place, &format!("{begin}{markup}{end}{place}"), 1)
}

/// `html` with `markup` in the place of what lies from `from` to `to`.
fn replace(html: &str, from: &str, to: &str, markup: &str) -> String {
    let range = html.find(from).and_then(|start| {
        let end = html[start..].find(to)? + start + to.len();
        Some((start, end))
    });
    range
        .map_or_else(|| html.to_owned(), |(start, end)| format!("{}{markup}{}", &html[..start], &html[end..]))
}

/// A page as it was before: the app of one site may be taken for another.
fn without_ours(html: &str) -> String {
    let [begin, end] = OURS;
    let mut html = html.to_owned();
    while html.contains(begin) && html.contains(end) {
        let shorter = replace(&html, begin, end, "");
        if shorter.len() == html.len() {
            break;
        }
        html = shorter;
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_taken_away_again() {
        let page = "<head><title>x</title></head><main></main>";
        let more = before(&before(page, "</head>", "<a>"), "</main>", "<b>");
        assert_eq!(
            more,
            "<head><title>x</title><!--archive--><a><!--/archive--></head><main><!--archive--><b><!--/archive--></main>"
        );
        assert_eq!(without_ours(&more), page);
        assert_eq!(without_ours("<!--/archive--><!--archive-->"), "<!--/archive--><!--archive-->");
    }

    #[test]
    fn pages_below_name_the_same_files() {
        let page = "<html><meta charset=utf-8><meta http-equiv=X content=\"a './b'\"><title>x</title><meta name=description \
                    content=d><link rel=preload href=./a.wasm><link rel=stylesheet href=./s.css><script src=./b.js></script><link id=app href=./a.js \
                    data-wasm=./a.wasm rel=app></head>";
        let look = Look::of(page, None, Images::On);
        assert_eq!(
            look.head_below,
            "<meta http-equiv=\"X\" content=\"a './b'\"><link rel=\"stylesheet\" href=\"../s.css\">\
             <script src=\"../b.js\"></script><link id=\"app\" href=\"../a.js\" data-wasm=\"../a.wasm\" rel=\"app\">"
        );
    }
}
