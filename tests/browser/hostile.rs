//! Hostile articles: no script runs, no request is made, nothing navigates or covers the page.

use crate::archives::{self, Article};
use crate::driver::PHONE;
use crate::visit::{Reader, published_from, visit};
use crate::xss_vectors::{Vector, fetched_vectors, vectors};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Vectors of one test.
struct Attack {
    /// Name of the archive.
    name: &'static str,
    vectors: Vec<Vector>,
    /// Vectors per article.
    together: usize,
}

impl Attack {
    fn own() -> Attack {
        Attack { name: "hostile", vectors: vectors(), together: 12 }
    }

    /// Vectors of other projects, which may leave elements open, in an article each.
    fn fetched() -> Attack {
        Attack { name: "hostile-fetched", vectors: fetched_vectors(), together: 1 }
    }

    fn articles(&self) -> usize {
        self.vectors.chunks(self.together).len()
    }
}

/// Script that lets the vectors of other projects make the request as well.
fn tell(canary: &str) -> String {
    format!("alert = confirm = prompt = () => fetch('/canary/{canary}');")
}

/// Builds an archive of all vectors with images switched off, so that no article has anything to request.
fn archive(attack: &Attack) -> PathBuf {
    archives::filled(attack.name, |seeds| {
        fs::write(seeds.join("sheaf.toml"), "images = \"off\"\n").unwrap();
        for (n, together) in attack.vectors.chunks(attack.together).enumerate() {
            let article = Article {
                title: format!("第{n}篇 <img src=x onerror=fetch('/canary/title')>"),
                time: 1_700_000_000_000 + n as i64 * 60_000,
                url: format!("https://a.example/{n}"),
                // An unclosed element of one vector must not swallow the next.
                body: together
                    .iter()
                    .map(|vector| format!("<p>前</p>{}\n</p></div><p>后</p>\n", vector.html))
                    .collect(),
            };
            article.write(seeds, &format!("{n}.md"));
        }
    })
}

/// Script that fires every handler of the article's elements.
const PROVOKE: &str = "
    // WebKit would follow a link for an event of that name.
    const stay = event => event.preventDefault();
    addEventListener('click', stay, true);
    for (const e of document.querySelectorAll('#read .prose *')) {
        for (const name of ['click', 'load', 'error', 'focus', 'mouseover', 'toggle', 'begin', 'submit', 'input']) {
            try { e.dispatchEvent(new Event(name, { bubbles: false, cancelable: true })); } catch {}
        }
    }
    removeEventListener('click', stay, true);";

/// Script that returns the violations in the open article.
const WRONG: &str = "
    const wrong = [];
    const art = document.querySelector('#read');
    const tags = /^(A|ABBR|ARTICLE|B|BLOCKQUOTE|BR|BUTTON|CODE|DEL|DIV|EM|FIGCAPTION|FIGURE|H[1-6]|HR|I|INS|LI|MARK|OL|P|PATH|PRE|S|SPAN|STRONG|SUB|SUP|SVG|TABLE|TBODY|TD|TH|THEAD|TIME|TR|U|UL|WBR|NAV|SECTION|HEADER|FOOTER|IMG|DETAILS|SUMMARY|RUBY|RP|RT)$/i;
    for (const e of art.querySelectorAll('*')) {
        if (!tags.test(e.tagName)) wrong.push('element ' + e.tagName);
        for (const { name, value } of e.attributes) {
            if (/^on/i.test(name)) wrong.push('handler ' + name);
            if (name === 'name' || name === 'srcdoc' || name === 'style' && !/^$/.test(value) && e.closest('.prose p')) wrong.push(`attribute ${name}=${value}`);
            if (name === 'id' && !/^(n-|h-\\d+$)/.test(value)) wrong.push('id ' + value);
            if (/^(href|src|action|data)$/.test(name) && !/^(https?:\\/\\/|#|mailto:|data:image\\/)/.test(value)) wrong.push(`address ${value}`);
        }
        if (e.tagName === 'A' && e.target === '_blank' && !/noopener/.test(e.rel)) wrong.push('opener ' + e.outerHTML.length);
        if (/fixed|sticky/.test(getComputedStyle(e).position) && e.closest('.prose')) wrong.push('fixed ' + e.tagName);
    }
    for (const [x, y] of [[innerWidth / 2, 30], [30, innerHeight - 20]]) {
        if (document.elementFromPoint(x, y)?.closest('.prose')) {
            const box = art.querySelector('.prose').getBoundingClientRect();
            const over = getComputedStyle(document.elementFromPoint(x, y)).position;
            if (over !== 'static' && over !== 'relative') wrong.push('covered');
        }
    }
    if (document.scrollingElement.scrollWidth > innerWidth) wrong.push('wider than the window');
    return wrong;";

/// Opens every article and returns the violations with the article's number.
fn tour(reader: &Reader, articles: usize) -> Vec<String> {
    let ids = reader.js("return window.sheaf_ids");
    let ids: Vec<String> = serde_json::from_value(ids).unwrap();
    assert_eq!(ids.len(), articles, "all articles are in the archive");
    let mut wrong = Vec::new();
    for id in &ids {
        reader.js(&format!("location.hash = '#/read/{id}'"));
        reader.until(
            "the article is shown",
            &format!("return location.hash.includes('{id}') && !!document.querySelector('#read .prose') && document.title.startsWith(window.sheaf_titles['{id}'])"),
        );
        reader.js(PROVOKE);
        let found = reader.js(WRONG);
        wrong.extend(found.as_array().unwrap().iter().map(|found| format!("{id}: {found}")));
        assert!(reader.hash().contains(id.as_str()), "an article has navigated to {}", reader.hash());
    }
    wrong
}

/// Stores the names and first titles of all articles, from the archive itself.
fn remember_ids(reader: &Reader) {
    reader.js_async(
        "fetch('archive.json').then(got => got.json()).then(archive => {
            window.sheaf_ids = archive.articles.map(article => article.id);
            window.sheaf_titles = Object.fromEntries(archive.articles.map(article => [article.id, article.title]));
            done(1);
        })",
    );
}

/// Returns the numbers of the vectors that made a request.
fn fired(reader: &Reader) -> Vec<usize> {
    let asked = reader.host.asked("/canary/");
    let mut numbers: Vec<usize> = asked
        .iter()
        .filter_map(|asked| asked.path.rsplit('/').next()?.trim_end_matches(".x").parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Removes the content security policy from `html`, so that only the app's own defences remain.
fn without_policy(html: &str) -> String {
    let start = html
        .find("<meta http-equiv=\"Content-Security-Policy\"")
        .or(html.find("<meta content=\"default-src"));
    let start = start.expect("the page has a policy");
    let end = start + html[start..].find('>').unwrap() + 1;
    format!("{}{}", &html[..start], &html[end..])
}

/// Opens `pages` in frames, sixty at a time, and fires the handlers of their elements.
fn open_in_frames(reader: &Reader, pages: &[String]) {
    for (n, page) in pages.iter().enumerate() {
        reader.host.put(&format!("control/{n}.html"), page.clone());
    }
    for start in (0..pages.len()).step_by(60) {
        let numbers = start..(start + 60).min(pages.len());
        let frames: String = numbers
            .map(|n| format!("<iframe src='{n}.html' sandbox='allow-scripts allow-same-origin'></iframe>"))
            .collect();
        reader.host.put("control/frames.html", format!("<!doctype html>{frames}"));
        reader.goto(&format!("{}control/frames.html?{start}", reader.host.url()));
        reader.js("for (const frame of document.querySelectorAll('iframe')) {
                try {
                    for (const e of frame.contentDocument.querySelectorAll('*')) {
                        for (const name of ['click', 'focus', 'mouseover']) e.dispatchEvent(new Event(name));
                    }
                } catch {}
            }");
        reader.rests(|| reader.host.asked("/canary/").len());
    }
}

/// Opens all articles in the app, with and without its policy.
fn assert_no_effect_in_app(attack: &Attack) {
    let articles = attack.articles();
    let archive = archive(attack);
    for policy in [true, false] {
        let start = visit(archive.clone());
        let reader = if policy { start.ready() } else { start.on(PHONE).ready() };
        if !policy {
            let app = std::env::var_os("SHEAF_APP").map(PathBuf::from).unwrap();
            let page = fs::read_to_string(app.join("index.html")).unwrap();
            reader.host.put("index.html", without_policy(&page));
        }
        reader.at_start("addEventListener('securitypolicyviolation', event => (window.violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI));");
        reader.at_start(&tell("app"));
        reader.open("");
        remember_ids(&reader);
        let wrong = tour(&reader, articles);
        assert!(wrong.is_empty(), "{wrong:#?}");
        let asked = reader.host.asked("/canary/");
        assert!(asked.is_empty(), "{asked:?}");
        assert_eq!(reader.js("return window.violations ?? null"), Value::Null);
        assert_eq!(reader.tabs(), 1);
        let elsewhere: Vec<String> =
            reader.traffic().into_iter().filter(|url| !url.starts_with(&reader.host.url())).collect();
        assert!(elsewhere.is_empty(), "{elsewhere:?}");
        println!(
            "{}: {} vectors in {articles} articles, policy {policy}: 0 fired",
            attack.name,
            attack.vectors.len()
        );
    }
}

/// Opens the bodies of all static pages, without policy and app.
fn assert_no_effect_in_static_pages(attack: &Attack) {
    let seeds = archive(attack).with_file_name("seeds");
    let site = published_from(&format!("{}-pages", attack.name), vec![seeds]);
    let mut pages = Vec::new();
    for entry in fs::read_dir(site.join("a")).unwrap() {
        let page = fs::read_to_string(entry.unwrap().path()).unwrap();
        let body = &page[page.find("<body>").unwrap()..];
        let script = tell(&format!("page-{}", pages.len()));
        pages.push(format!("<!doctype html><meta charset=utf-8><script>{script}</script>{body}"));
    }
    assert_eq!(pages.len(), attack.articles());
    let reader = visit(archives::demo()).ready();
    open_in_frames(&reader, &pages);
    let asked = reader.host.asked("/canary/");
    assert!(asked.is_empty(), "{asked:?}");
    println!("{}: {} static pages: 0 fired", attack.name, pages.len());
}

/// Opens the first vectors of each family, and then every `step`th, as pages of their own. Returns the numbers of those
/// that fire.
fn fired_as_plain_pages(attack: &Attack, step: usize) -> Vec<usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tried: Vec<(usize, &Vector)> = attack.vectors.iter().enumerate().collect();
    tried.retain(|(_, vector)| {
        let count = counts.entry(&vector.family).or_default();
        *count += 1;
        *count <= 20 || *count % step == 0
    });
    let page = |(n, vector): &(usize, &Vector)| {
        let script = tell(&n.to_string());
        format!("<!doctype html><meta charset=utf-8><script>{script}</script><body>{}", vector.html)
    };
    let reader = visit(archives::demo()).ready();
    open_in_frames(&reader, &tried.iter().map(page).collect::<Vec<_>>());
    let fired = fired(&reader);
    let mut families: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (n, vector) in &tried {
        let (opened, ran) = families.entry(&vector.family).or_default();
        *opened += 1;
        *ran += usize::from(fired.binary_search(n).is_ok());
    }
    println!("control: {} of {} fired; family (tried, fired): {families:?}", fired.len(), tried.len());
    let silent: Vec<_> = families.iter().filter(|(_, (_, ran))| *ran == 0).collect();
    assert!(silent.iter().all(|(family, _)| **family == "clobbering"), "{silent:?}");
    fired
}

#[test]
fn vectors_have_no_effect_with_and_without_policy() {
    let attack = Attack::own();
    assert!(attack.vectors.len() >= 2_000, "only {} vectors", attack.vectors.len());
    assert_no_effect_in_app(&attack);
}

#[test]
fn vectors_have_no_effect_in_static_pages() {
    assert_no_effect_in_static_pages(&Attack::own());
}

#[test]
fn vectors_fire_as_plain_pages() {
    // A page takes a tenth of a second.
    let fired = fired_as_plain_pages(&Attack::own(), 8);
    assert!(fired.len() >= 100, "only {} vectors fired", fired.len());
}

#[test]
#[ignore = "needs SHEAF_VECTORS, a file of vectors of other projects"]
fn fetched_vectors_have_no_effect() {
    let attack = Attack::fetched();
    assert!(!fired_as_plain_pages(&attack, 1).is_empty());
    assert_no_effect_in_static_pages(&attack);
    assert_no_effect_in_app(&attack);
}
