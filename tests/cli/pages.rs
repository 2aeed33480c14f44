//! Static pages, feeds and sitemap, checked against the rules of their validators.

use crate::seeds::{Seeds, article, files_of};
use ego_tree::NodeRef;
use roxmltree::Document;
use scraper::{Html, Node, Selector};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Index page as a release build writes one.
pub const PAGE: &str = "<!doctype html><html lang=zh-Hans><meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" \
content=\"default-src 'none'; script-src 'self'\"><link rel=\"stylesheet\" href=\"./style.css\"><meta \
content=\"width=device-width\" name=viewport><title>Sheaf</title><script src=./boot.js></script><link \
data-wasm=./app_bg.wasm href=./app.js id=app rel=app></head><body><div id=sheaf><main class=start><p \
class=start__name>Sheaf</p><noscript><p>JavaScript</p></noscript></main></div></body></html>";

const SITE: &str = "https://news.example/sub/";

/// Builds a site with article pages.
fn site(seeds: Seeds) -> Seeds {
    fs::create_dir_all(seeds.path("viewer")).unwrap();
    fs::write(seeds.path("viewer/index.html"), PAGE).unwrap();
    seeds.sheaf("build seeds --out site --viewer viewer --pages").ok();
    seeds
}

fn demo() -> Seeds {
    let mut seeds = Seeds::new().file("sheaf.toml", format!("title = '潮汐 & <集>'\nsite = '{SITE}'\n"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/demo");
    for (path, bytes) in files_of(folder.as_ref()) {
        if path.file_name().is_some_and(|name| name != "sheaf.toml") {
            seeds = seeds.file(path.to_str().unwrap(), bytes);
        }
    }
    site(seeds)
}

fn read(seeds: &Seeds, path: &str) -> String {
    fs::read_to_string(seeds.path("site").join(path)).unwrap()
}

fn ids(seeds: &Seeds) -> Vec<String> {
    let list = seeds.sheaf("list site --json").json();
    list.as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

fn all<'a>(dom: &'a Html, css: &str) -> Vec<scraper::ElementRef<'a>> {
    dom.select(&Selector::parse(css).unwrap()).collect()
}

fn attribute(dom: &Html, css: &str, name: &str) -> String {
    let found = all(dom, css);
    assert_eq!(found.len(), 1, "{css}");
    found[0].value().attr(name).unwrap().to_owned()
}

/// Returns `text` without white space, which browsers change.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_article_has_a_page_with_its_whole_text() {
    let seeds = demo();
    let ids = ids(&seeds);
    assert!(ids.len() >= 40);
    assert_eq!(fs::read_dir(seeds.path("site/a")).unwrap().count(), ids.len());
    for id in &ids {
        let dom = Html::parse_document(&read(&seeds, &format!("a/{id}.html")));
        let text = seeds.sheaf(&format!("show site {id} --text")).ok();
        let (title, text) = text.split_once('\n').unwrap();
        assert_eq!(letters(&all(&dom, "h1")[0].text().collect::<String>()), letters(title));
        // Marks of notes are shown, and no part of the searchable text.
        let is_mark = |node: &NodeRef<Node>| {
            let names = node
                .ancestors()
                .filter_map(|outer| outer.value().as_element().map(|it| it.name().to_owned()));
            let names: Vec<String> = names.collect();
            ["a", "sup"].iter().all(|&name| names.iter().any(|outer| outer == name))
        };
        let parts = all(&dom, "article .lead, article .prose");
        let nodes = parts.iter().flat_map(|part| part.descendants()).filter(|node| !is_mark(node));
        let shown: String =
            nodes.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect();
        // Remote images are replaced by links with their description.
        let mut rest = letters(&shown);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let line = letters(line);
            assert!(rest.contains(&line), "{id}: {line} in {rest}");
            rest = rest.replacen(&line, "", 1);
        }
        // The policy precedes everything it applies to, and only the site's own loader runs.
        let head: Vec<_> = all(&dom, "head > *").iter().map(|element| element.html()).collect();
        assert!(head[0].contains("charset") && head[1].contains("default-src 'none'"), "{head:?}");
        let scripts: Vec<_> = all(&dom, "script").iter().map(|script| script.html()).collect();
        assert_eq!(scripts.len(), 2, "{scripts:?}");
        assert!(scripts.iter().any(|script| script.contains("src=\"../boot.js\"")));
        assert!(all(&dom, "[style], [onclick], [onerror]").is_empty());
    }
}

#[test]
fn pages_have_metadata_for_search_engines_and_messengers() {
    let seeds = demo();
    for id in ids(&seeds) {
        let dom = Html::parse_document(&read(&seeds, &format!("a/{id}.html")));
        let url = format!("{SITE}a/{id}.html");
        assert_eq!(attribute(&dom, "link[rel=canonical]", "href"), url);
        assert_eq!(attribute(&dom, "meta[property='og:type']", "content"), "article");
        assert_eq!(attribute(&dom, "meta[property='og:url']", "content"), url);
        assert_eq!(attribute(&dom, "meta[property='og:site_name']", "content"), "潮汐 & <集>");
        let title = attribute(&dom, "meta[property='og:title']", "content");
        assert!(!attribute(&dom, "html", "lang").is_empty() && !title.is_empty());
        attribute(&dom, "meta[name=description]", "content");
        assert!(attribute(&dom, "meta[name=viewport]", "content").contains("device-width"));
        let json = all(&dom, "script[type='application/ld+json']")[0].text().collect::<String>();
        let news: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (&news["@context"], &news["@type"]),
            (&"https://schema.org".into(), &"NewsArticle".into())
        );
        assert_eq!(news["headline"].as_str().unwrap(), title);
        assert_eq!(news["author"]["@type"], "Organization");
        assert!(!news["author"]["name"].as_str().unwrap().is_empty());
        if let Some(date) = news["datePublished"].as_str() {
            assert!(is_time(date), "{date}");
            assert_eq!(attribute(&dom, "meta[property='article:published_time']", "content"), date);
        }
    }
}

/// Returns `true` if `text` is a time in RFC 3339 format.
fn is_time(text: &str) -> bool {
    text.parse::<sheaf::model::Timestamp>().is_ok()
}

#[test]
fn article_text_never_becomes_markup() {
    let title = "&lt;/title&gt;&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;quot; ]]&gt;";
    let body = "<p>&lt;/script&gt;&lt;script&gt;alert(2)&lt;/script&gt; ]]&gt; &amp;amp; \u{FFFF}\u{1}</p>\
                <p><a href=\"https://a.example/?a=1&amp;b=%22%3E%3Cscript%3E\">x</a></p>";
    let seeds = site(
        Seeds::new()
            .file("sheaf.toml", format!("site = '{SITE}'"))
            .file("1.md", article(title).url("https://a.example/1?x=1&y='\"").body(body)),
    );
    let id = &ids(&seeds)[0];
    for path in [format!("a/{id}.html"), "index.html".to_owned()] {
        let dom = Html::parse_document(&read(&seeds, &path));
        assert!(
            all(&dom, "img").is_empty() && all(&dom, "script:not([src]):not([type])").is_empty(),
            "{path}"
        );
        assert!(dom.html().contains("&lt;img src=x onerror"), "{path}");
    }
    let page = Html::parse_document(&read(&seeds, &format!("a/{id}.html")));
    let json = all(&page, "script[type='application/ld+json']")[0].text().collect::<String>();
    let news: Value = serde_json::from_str(&json).unwrap();
    assert!(news["headline"].as_str().unwrap().contains("</script><img src=x onerror=alert(1)>"));
    let feed = read(&seeds, "feed.xml");
    assert!(Document::parse(&feed).unwrap().descendants().any(|node| {
        node.has_tag_name(("http://www.w3.org/2005/Atom", "title"))
            && node.text().is_some_and(|text| text.contains("<img"))
    }));
    let feed: Value = serde_json::from_str(&read(&seeds, "feed.json")).unwrap();
    let html = Html::parse_fragment(feed["items"][0]["content_html"].as_str().unwrap());
    assert!(all(&html, "script").is_empty());
}

#[test]
fn atom_feed_has_all_required_elements() {
    let seeds = demo();
    let text = read(&seeds, "feed.xml");
    let xml = Document::parse(&text).unwrap();
    let atom = |name| ("http://www.w3.org/2005/Atom", name);
    let feed = xml.root_element();
    assert!(feed.has_tag_name(atom("feed")));
    let child = |node: roxmltree::Node<'_, '_>, name: &'static str| -> String {
        let found: Vec<_> = node.children().filter(|child| child.has_tag_name(atom(name))).collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0].text().unwrap_or_default().to_owned()
    };
    assert_eq!((child(feed, "id"), child(feed, "title")), (SITE.to_owned(), "潮汐 & <集>".to_owned()));
    let links = |node: roxmltree::Node<'_, '_>, rel: &str| -> Vec<String> {
        let links = node
            .children()
            .filter(|child| child.has_tag_name(atom("link")) && child.attribute("rel") == Some(rel));
        links.map(|link| link.attribute("href").unwrap().to_owned()).collect()
    };
    assert_eq!(links(feed, "self"), [format!("{SITE}feed.xml")]);
    assert_eq!(links(feed, "alternate"), [SITE]);
    let entries: Vec<_> = feed.children().filter(|child| child.has_tag_name(atom("entry"))).collect();
    assert!((30..=50).contains(&entries.len()));
    let times: Vec<String> = entries.iter().map(|entry| child(*entry, "updated")).collect();
    assert!(times.iter().all(|time| is_time(time)));
    assert_eq!(child(feed, "updated"), times[0]);
    let unique: BTreeSet<String> = entries.iter().map(|entry| child(*entry, "id")).collect();
    assert_eq!(unique.len(), entries.len());
    for entry in entries {
        let id = child(entry, "id");
        assert!(!child(entry, "title").is_empty());
        let author = entry.children().find(|child| child.has_tag_name(atom("author"))).unwrap();
        assert!(!child(author, "name").is_empty());
        assert_eq!(links(entry, "alternate"), std::slice::from_ref(&id));
        let content = entry.children().find(|child| child.has_tag_name(atom("content"))).unwrap();
        assert_eq!(content.attribute("type"), Some("html"));
        assert!(seeds.path("site").join(id.strip_prefix(SITE).unwrap()).is_file());
    }
}

#[test]
fn json_feed_and_sitemap_have_all_required_fields() {
    let seeds = demo();
    let feed: Value = serde_json::from_str(&read(&seeds, "feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(
        (&feed["home_page_url"], &feed["feed_url"]),
        (&SITE.into(), &format!("{SITE}feed.json").into())
    );
    let items = feed["items"].as_array().unwrap();
    let unique: BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert!(unique.len() == items.len() && (30..=50).contains(&items.len()));
    for item in items {
        assert!(item["content_html"].is_string() && item["title"].is_string() && item["url"] == item["id"]);
        assert!(is_time(item["date_published"].as_str().unwrap()));
        assert!(item["authors"][0]["name"].is_string());
    }

    let text = read(&seeds, "sitemap.xml");
    let map = Document::parse(&text).unwrap();
    let space = "http://www.sitemaps.org/schemas/sitemap/0.9";
    assert!(map.root_element().has_tag_name((space, "urlset")));
    let locs: Vec<&str> = map
        .descendants()
        .filter(|node| node.has_tag_name((space, "loc")))
        .map(|node| node.text().unwrap())
        .collect();
    assert_eq!(locs.len(), ids(&seeds).len() + 1);
    assert_eq!(locs[0], SITE);
    for loc in &locs[1..] {
        assert!(seeds.path("site").join(loc.strip_prefix(SITE).unwrap()).is_file(), "{loc}");
    }
    let dates: Vec<_> = map
        .descendants()
        .filter(|node| node.has_tag_name((space, "lastmod")))
        .map(|node| node.text().unwrap())
        .collect();
    assert!(!dates.is_empty());
    for date in dates {
        assert!(is_time(&format!("{date}T00:00:00Z")), "{date}");
    }
}

#[test]
fn index_page_lists_the_newest_titles() {
    let seeds = demo();
    let dom = Html::parse_document(&read(&seeds, "index.html"));
    assert_eq!(all(&dom, "title")[0].text().collect::<String>(), "潮汐 & <集>");
    assert_eq!(attribute(&dom, "link[rel=canonical]", "href"), SITE);
    assert_eq!(all(&dom, "link[rel=alternate]").len(), 2);
    let links: Vec<_> =
        all(&dom, ".early a").iter().map(|a| a.value().attr("href").unwrap().to_owned()).collect();
    let newest: Vec<_> = ids(&seeds).iter().take(links.len()).map(|id| format!("a/{id}.html")).collect();
    assert_eq!(links, newest);
    assert!(links.len() >= 20 && !all(&dom, "noscript").is_empty());
    let before = files_of(&seeds.path("site"));
    // The page of a site can be reused as a fresh app.
    seeds.sheaf("build seeds --out again --viewer site --pages").ok();
    assert!(files_of(&seeds.path("again")) == before);
    // Without `--pages`, titles link to the originals and no article pages remain.
    seeds.sheaf("build seeds --out site --viewer viewer").ok();
    let dom = Html::parse_document(&read(&seeds, "index.html"));
    assert!(all(&dom, ".early a").iter().all(|a| a.value().attr("href").unwrap().starts_with("http")));
    assert!(!seeds.path("site/a").exists() && !seeds.path("site/feed.xml").exists());
}

#[test]
fn site_without_address_omits_absolute_urls() {
    let seeds = site(Seeds::new().file("1.md", article("一")).file("2.md", article("二").time("NaN")));
    for path in ["feed.xml", "feed.json", "sitemap.xml"] {
        assert!(!seeds.path("site").join(path).exists(), "{path}");
    }
    for id in ids(&seeds) {
        let dom = Html::parse_document(&read(&seeds, &format!("a/{id}.html")));
        assert!(all(&dom, "link[rel=canonical], meta[property='og:url']").is_empty());
    }
    // Atom requires dates, so undated articles alone give no feed.
    let seeds = site(
        Seeds::new().file("sheaf.toml", format!("site = '{SITE}'")).file("2.md", article("二").time("NaN")),
    );
    assert!(!seeds.path("site/feed.xml").exists() && seeds.path("site/feed.json").exists());
}

#[test]
fn redirect_from_an_earlier_id_has_the_policy_of_the_site() {
    let seeds =
        site(Seeds::new().file(
            "1.md",
            "<!--1697471101000-->\n[江](https://例子.example/江?spm=1)\n------\n\n<p>水。</p>\n",
        ));
    let policy = |page: &str| {
        attribute(&Html::parse_document(page), "meta[http-equiv=Content-Security-Policy]", "content")
    };
    let pages: Vec<String> = fs::read_dir(seeds.path("site/a"))
        .unwrap()
        .map(|page| fs::read_to_string(page.unwrap().path()).unwrap())
        .collect();
    assert!(pages.len() > 1 && pages.iter().any(|page| page.contains("http-equiv=\"refresh\"")));
    assert!(pages.iter().all(|page| policy(page) == policy(PAGE)));
}

#[test]
fn text_from_right_to_left_has_its_direction() {
    let body = "<p>غادرت العبّارة الرصيف الشمالي عند الفجر.</p>\
        <p>BBC Radio: وصلت السفينة إلى الميناء الجديد في المساء، والركّاب ينتظرون على الرصيف.</p>\
        <ul><li>الرصيف</li><li>الميناء</li></ul>\
        <blockquote><p>המעבורת יצאה.</p><p>The ferry left at dawn, with sixty passengers.</p><p>1979</p></blockquote>\
        <blockquote><p>كېمە پورتتىن قوزغالدى.</p></blockquote>\
        <p>The old word for it is معدية.</p>\
        <table><tr><td>الرصيف</td><td>3</td></tr></table>";
    let seeds = site(Seeds::new().file("1.md", article("مواعيد العبّارات").body(body)));
    let dom = Html::parse_document(&read(&seeds, &format!("a/{}.html", ids(&seeds)[0])));
    let directions: Vec<_> = all(&dom, ".prose > *, .prose blockquote > *")
        .into_iter()
        .map(|element| (element.value().name(), element.value().attr("dir")))
        .collect();
    let expected = [
        ("p", Some("rtl")),
        ("p", Some("rtl")),
        ("ul", Some("rtl")),
        // Most letters of this quotation are Latin.
        ("blockquote", None),
        ("p", Some("rtl")),
        ("p", None),
        ("p", None),
        ("blockquote", Some("rtl")),
        ("p", None),
        ("p", None),
        ("div", Some("rtl")),
    ];
    assert_eq!(directions, expected);
}
