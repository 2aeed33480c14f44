//! The app and the static page show each article alike: text, order and structure.

use crate::archives::repository;
use crate::visit::{published_from, visit};
use serde_json::Value;

/// Script that defines `outline(root)`: the elements and texts of an article, one per entry. Images, whose loading
/// differs, count as one entry; labels in the language of the interface are left out unless `labels` is set.
const OUTLINE: &str = "
    window.outline = (root, labels) => {
        const lines = [];
        const text = part => {
            if (lines.at(-1)?.startsWith('“')) lines[lines.length - 1] += part;
            else lines.push('“' + part);
        };
        const visit = node => {
            // Valid HTML has no noncharacters, so static pages leave them out.
            if (node.nodeType === Node.TEXT_NODE) return text(node.data.replace(/\\p{Noncharacter_Code_Point}/gu, ''));
            if (node.nodeType !== Node.ELEMENT_NODE || node.matches('svg, .wb, .notes')) return;
            if (node.matches('figure > :is(img, a, .fig__p)')) return lines.push('picture');
            const children = () => node.childNodes.forEach(visit);
            if (node.matches('mark, .pen, .seg')) return children();
            const names = ['class', 'id', 'lang', 'href', 'start', 'type', 'reversed', 'value', 'colspan', 'rowspan', 'role', 'tabindex'];
            const isLabel = node.matches('.embed, .fig__c');
            // The app justifies lines, and links to the articles that it holds.
            const value = name => name === 'reversed' ? node.hasAttribute(name) : (node.getAttribute(name) ?? '').replace(name === 'class' ? / ?\\beven$/ : /^(?!#n-).*\\/.*/, '');
            const attributes = names.filter(name => value(name) && (labels || !isLabel || name !== 'lang'))
                .map(name => ` ${name}=${value(name)}`);
            const name = node.localName;
            lines.push(`<${name}${attributes.join('')}>`);
            if (labels || !isLabel) children();
            lines.push(`</${name}>`);
        };
        root.querySelector('h1').childNodes.forEach(visit);
        root.querySelectorAll(':scope > .lead, :scope > .prose').forEach(visit);
        return lines;
    };";

#[test]
fn app_and_static_page_show_each_article_alike() {
    let folders = ["oddities", "specimen", "demo"].map(|name| repository(&format!("tests/data/{name}")));
    let site = published_from("both-renderers", folders.to_vec());
    let reader = visit(site).open("");
    reader.js(OUTLINE);
    let articles = reader.js_async(
        "fetch('archive.json').then(got => got.json())
            .then(archive => done(archive.articles.map(article => [article.id, article.title, article.lang])))",
    );
    let articles: Vec<[String; 3]> = serde_json::from_value(articles).unwrap();
    assert!(articles.len() > 100, "{}", articles.len());
    let mut different = Vec::new();
    for [id, title, lang] in &articles {
        let labels = lang == "zh-Hans";
        // Chromium ignores some of many quick navigations, so each is repeated until it took place.
        reader.until(
            "the article is shown",
            &format!(
                "if (!location.hash.includes('{id}')) location.hash = '#/read/{id}';
                return location.hash.includes('{id}') && !!document.querySelector('#read .prose')
                    && document.querySelector('#read').ariaLabel === {}",
                Value::from(title.as_str())
            ),
        );
        let app = reader.js(&format!("return outline(document.querySelector('#read'), {labels})"));
        let page = reader.js_async(&format!(
            "const request = new XMLHttpRequest();
            request.responseType = 'document';
            request.onloadend = () => done(outline(request.response.querySelector('article'), {labels}));
            request.open('GET', 'a/{id}.html');
            request.send();"
        ));
        let (app, page) = (app.as_array().unwrap(), page.as_array().unwrap());
        assert!(!page.is_empty(), "{id}");
        if app != page {
            let at = app.iter().zip(page).take_while(|(app, page)| app == page).count();
            different.push(format!("{id} {title}: app {:?}, page {:?}", app.get(at), page.get(at)));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
