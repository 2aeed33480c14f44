//! Index page of the site: metadata and a static list of the newest articles, shown until the app runs.

use super::paths::{INDEX_PAGE, page_path};
use crate::archive::{DateIndex, ImagePolicy, Manifest, has_facets, has_latin_letters, has_timeline};
use crate::bundle::BuildError;
use crate::model::{Article, Date, Row};
use crate::publishing::MarkupWriter;
use crate::search::DateGroups;
use scraper::{ElementRef, Html, Selector};

/// Maximum number of articles in the static list.
pub const MAX_LISTED: usize = 40;
/// Marks around the content that this module inserts into a page.
const GENERATED_MARKERS: [&str; 2] = [MARKER, "<!--/archive-->"];
/// Mark of a site's page.
pub const MARKER: &str = "<!--archive-->";

/// Elements that article pages copy from the index page.
pub struct PageHead {
    /// Policy of the index page.
    pub policy: String,
    /// Policy, style sheet and loader, with paths relative to a subfolder.
    pub subpage_head: String,
    /// Public URL of the site.
    pub site_url: Option<String>,
    /// Policy for remote images.
    pub images: ImagePolicy,
}

impl PageHead {
    /// Extracts the head elements of the page `html`.
    pub fn from_page(html: &str, site: Option<&str>, images: ImagePolicy) -> PageHead {
        let dom = Html::parse_document(html);
        let wanted = "head > :is(link, script[src], meta[name], meta[http-equiv])";
        let elements = Selector::parse(wanted)
            .map(|wanted| dom.select(&wanted).collect())
            .unwrap_or_else(|_| Vec::new());
        // The policy applies only to elements that follow.
        let (policy, rest): (Vec<_>, Vec<_>) =
            elements.into_iter().partition(|element| element.value().attr("http-equiv").is_some());
        let rest = rest.into_iter().filter(|element| {
            let name = element.value().attr("name").unwrap_or_default();
            let rel = element.value().attr("rel").unwrap_or_default();
            // The article is static and must render first, so nothing is preloaded.
            name != "description" && !matches!(rel, "canonical" | "alternate" | "preload" | "modulepreload")
        });
        let policy: String = policy.into_iter().map(|element| element.html()).collect();
        let rest: String = rest.map(|element| linked_style_sheet(&element)).collect();
        PageHead {
            subpage_head: format!("{policy}{rest}").replace("\"./", "\"../"),
            site_url: site.map(str::to_owned),
            policy,
            images,
        }
    }
}

/// Returns the markup of an element of the head, where a style sheet that the app loads becomes a link that the browser
/// loads: the page shows the article without the app.
fn linked_style_sheet(element: &ElementRef) -> String {
    let html = element.html();
    let is_loaded_by_app = element.attr("rel") == Some("part")
        && element.attr("href").is_some_and(|address| address.ends_with(".css"));
    match is_loaded_by_app {
        true => html.replace("rel=\"part\"", "rel=\"stylesheet\"").replace("data-digest=", "integrity="),
        false => html,
    }
}

/// Returns the absolute URL of a file of the site.
pub fn absolute_url(site: &str, path: &str) -> String {
    format!("{}{path}", with_trailing_slash(site))
}

/// Returns the URL of a folder, with a trailing slash.
pub fn with_trailing_slash(site: &str) -> String {
    format!("{}/", site.trim_end_matches('/'))
}

/// Builds the index page `html` for an archive. `heads` are all articles, sorted by ordinal; `newest` are the last
/// [`MAX_LISTED`] with their bodies.
///
/// With `pages`, titles link to the article pages, otherwise to the originals.
///
/// # Errors
///
/// The page is not UTF-8.
pub fn index_page(
    html: &[u8],
    manifest: &Manifest,
    heads: &[Article],
    newest: &[Article],
    site: Option<&str>,
    pages: bool,
) -> Result<String, BuildError> {
    let html = std::str::from_utf8(html).map_err(|_| BuildError::UnexpectedViewer(INDEX_PAGE.to_owned()))?;
    let mut title = MarkupWriter::default();
    title.element("title", &[], manifest.display_name());
    let html = replace_range(html, "<title>", "</title>", &title.0);
    let html = insert_before(&html, "</head>", &head_elements(manifest, site, pages));
    Ok(insert_before(&html, "</body>", &preloaded_list(heads, newest, manifest, pages)))
}

/// Names the file of states at `path`, which the app offers to import.
pub fn with_states(page: &str, path: &str) -> String {
    page.replacen("<html", &format!("<html data-states=\"{path}\""), 1)
}

fn head_elements(manifest: &Manifest, site: Option<&str>, pages: bool) -> String {
    let description = match manifest.description.as_str() {
        "" => {
            let sources: Vec<&str> =
                manifest.sources.iter().take(8).map(|source| source.name.as_str()).collect();
            format!("{} · {} · {}", manifest.display_name(), manifest.count, sources.join(", "))
        }
        stored => stored.to_owned(),
    };
    let mut html = MarkupWriter::default();
    html.open("meta", &[("name", "description"), ("content", &description)]);
    html.open("meta", &[("property", "og:type"), ("content", "website")]);
    html.open("meta", &[("property", "og:title"), ("content", manifest.display_name())]);
    html.open("meta", &[("property", "og:description"), ("content", &description)]);
    if let Some(site) = site {
        let site = with_trailing_slash(site);
        html.open("link", &[("rel", "canonical"), ("href", &site)]);
        html.open("meta", &[("property", "og:url"), ("content", &site)]);
        if pages {
            for (kind, path) in [("application/atom+xml", "feed.xml"), ("application/feed+json", "feed.json")]
            {
                html.open(
                    "link",
                    &[
                        ("rel", "alternate"),
                        ("type", kind),
                        ("href", path),
                        ("title", manifest.display_name()),
                    ],
                );
            }
        }
    }
    html.0
}

/// Renders the start of the list in the layout of the app, shown until the app replaces the list or permanently where
/// scripts are disabled. Dates are numeric, which all languages share.
fn preloaded_list(heads: &[Article], newest: &[Article], manifest: &Manifest, pages: bool) -> String {
    if heads.is_empty() {
        return String::new();
    }
    let name = manifest.display_name();
    let ordinals: Vec<u32> = (0..manifest.count).rev().collect();
    let groups = DateGroups::new(
        &ordinals,
        &DateIndex::from_dates(heads.iter().map(|article| article.time.map(|t| t.date()))),
    );
    let frame = if has_facets(manifest) { "early shell" } else { "early shell is-bare" };
    let strip = match manifest.count {
        ..=1 => "time time--none",
        _ if has_timeline(manifest) => "time scaled",
        _ => "time time--bare",
    };
    let mut html = MarkupWriter::default();
    html.open("div", &[("class", frame)]).open("header", &[("class", "mast")]);
    html.open("div", &[("class", "name")]);
    html.element(
        "h1",
        &[("class", if has_latin_letters(name) { "name__t name__t--latin" } else { "name__t" })],
        name,
    );
    html.element("p", &[("class", "name__s early__s")], "").close("div").close("header");
    html.element("div", &[("class", strip)], "").open("main", &[("class", "list")]);
    for (at, group) in groups.groups.iter().take_while(|group| group.rows.start < newest.len()).enumerate() {
        html.open("section", &[("class", if at == 0 { "day day--first" } else { "day" })]);
        html.open("h2", &[("class", "day__h")]);
        match group.date {
            Some(date) => write_date_heading(&mut html, date, groups.monthly),
            None => {
                html.element("span", &[("class", "day__m day__m--alone")], "–");
            }
        }
        html.close("h2").open("ol", &[("class", "rows day__rows")]);
        for at in group.rows.start..group.rows.end.min(newest.len()) {
            let first: &[_] = if at == group.rows.start {
                &[("class", "row"), ("data-first", "")]
            } else {
                &[("class", "row")]
            };
            html.open("li", first);
            write_row(&mut html, &newest[newest.len() - 1 - at], manifest, pages);
            html.close("li");
        }
        html.close("ol").close("section");
    }
    html.close("main").element("div", &[("class", "pane")], "").close("div");
    html.0
}

/// Writes the date heading of a day or a month.
fn write_date_heading(html: &mut MarkupWriter, date: Date, monthly: bool) {
    let (year, month, day) = (date.year.to_string(), date.month, date.day.to_string());
    if monthly {
        html.element("span", &[("class", "day__d day__d--month")], &month.to_string());
        html.element("span", &[("class", "day__m")], &year);
    } else {
        html.element("span", &[("class", "day__d")], &day);
        html.element("span", &[("class", "day__m")], &format!("{month:02}"));
        html.element("span", &[("class", "day__m")], &year);
    }
}

/// Writes an article as in the app's list. With `pages`, the title links to the article page, otherwise to the
/// original.
fn write_row(html: &mut MarkupWriter, article: &Article, manifest: &Manifest, pages: bool) {
    let Row { id, title, time, source, authors, lang, excerpt, picture, .. } = Row::from_article(article);
    let original = article.url.as_ref().map(|url| url.as_str().to_owned());
    let href = Some(page_path(article)).filter(|_| pages).or(original).unwrap_or_else(|| format!("#/a/{id}"));
    html.open("a", &[("class", "early__a"), ("href", &href), ("data-open", &format!("#/a/{id}"))]);
    html.open("div", &[("class", "row__b")]);
    html.element(
        "h3",
        &[("class", "row__h"), ("lang", lang.tag())],
        manifest.displayed_title(&source, &title),
    );
    html.element("p", &[("class", "row__x"), ("lang", lang.tag())], &excerpt);
    html.open("p", &[("class", "row__m")]);
    html.element("span", &[("class", "row__s")], manifest.source_name(&source));
    if !authors.is_empty() {
        html.element("span", &[("class", "row__w")], &authors.join(", "));
    }
    if let Some(time) = time {
        html.element("time", &[("datetime", &time.to_string())], &time.date().to_string());
    }
    html.close("p").close("div");
    // A placeholder only: an inlined image may be larger than the rest of the page.
    if picture.is_some() {
        html.element("span", &[("class", "row__pic")], "");
    }
    html.close("a");
}

/// Inserts `markup` before the first `place`.
fn insert_before(html: &str, place: &str, markup: &str) -> String {
    let [begin, end] = GENERATED_MARKERS;
    html.replacen(place, &format!("{begin}{markup}{end}{place}"), 1)
}

/// Replaces the range from `from` to `to`, both included, by `markup`.
fn replace_range(html: &str, from: &str, to: &str, markup: &str) -> String {
    let range = html.find(from).and_then(|start| {
        let end = html[start..].find(to)? + start + to.len();
        Some((start, end))
    });
    range
        .map_or_else(|| html.to_owned(), |(start, end)| format!("{}{markup}{}", &html[..start], &html[end..]))
}

/// Removes generated markup, so that the app of one site can be reused for another.
pub fn strip_generated(html: &str) -> String {
    let [begin, end] = GENERATED_MARKERS;
    let mut html = html.to_owned();
    while html.contains(begin) && html.contains(end) {
        let shorter = replace_range(&html, begin, end, "");
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
    fn generated_markup_is_stripped_again() {
        let page = "<head><title>x</title></head><main></main>";
        let more = insert_before(&insert_before(page, "</head>", "<a>"), "</main>", "<b>");
        assert_eq!(
            more,
            "<head><title>x</title><!--archive--><a><!--/archive--></head><main><!--archive--><b><!--/archive--></main>"
        );
        assert_eq!(strip_generated(&more), page);
        assert_eq!(strip_generated("<!--/archive--><!--archive-->"), "<!--/archive--><!--archive-->");
    }

    #[test]
    fn subpage_head_references_the_same_files() {
        let page = "<html><meta charset=utf-8><meta http-equiv=X content=\"a './b'\"><title>x</title><meta name=description \
                    content=d><link rel=preload href=./a.wasm><link rel=stylesheet href=./s.css><script src=./b.js></script><link id=app href=./a.js \
                    data-wasm=./a.wasm rel=app><link rel=part data-part=x data-digest=d href=./c.wasm><link rel=part data-part=x data-digest=e href=./t.css></head>";
        let look = PageHead::from_page(page, None, ImagePolicy::On);
        assert_eq!(
            look.subpage_head,
            "<meta http-equiv=\"X\" content=\"a './b'\"><link rel=\"stylesheet\" href=\"../s.css\">\
             <script src=\"../b.js\"></script><link id=\"app\" href=\"../a.js\" data-wasm=\"../a.wasm\" rel=\"app\">\
             <link rel=\"part\" data-part=\"x\" data-digest=\"d\" href=\"../c.wasm\">\
             <link rel=\"stylesheet\" data-part=\"x\" integrity=\"e\" href=\"../t.css\">"
        );
    }
}
