//! Page translators and other extensions, which change the page together with the app.

use crate::archives::demo;
use crate::driver::{PHONE, Screen, WIDE};
use crate::visit::{Reader, visit};
use serde_json::json;
use std::collections::BTreeMap;

/// Translates the whole page on `extend()`, and from then on everything new: each text becomes an element of
/// `replace`. Texts are translated to themselves in brackets.
const TRANSLATOR: &str = "
    const texts = root => {
        if (root.nodeType === Node.TEXT_NODE) return [root];
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) found.push(walker.currentNode);
        return found;
    };
    const translate = text => {
        const around = text.parentElement;
        if (!text.data.trim() || !around || around.closest('font, [translate=no], script, style, textarea')) return;
        replace(text, `⟦${text.data}⟧`);
    };
    window.extend = () => {
        texts(document.body).forEach(translate);
        new MutationObserver(records => {
            for (const { target, type, addedNodes } of records) {
                for (const node of type === 'childList' ? addedNodes : [target]) texts(node).forEach(translate);
            }
        }).observe(document.body, { childList: true, characterData: true, subtree: true });
    };
    const font = (...inside) => {
        const made = document.createElement('font');
        made.append(...inside);
        return made;
    };";

/// Puts two elements in the place of a text, as Chrome does.
const CHROME: &str = "
    const replace = (text, translation) => {
        const [inner, outer] = [font(translation), font()];
        for (const made of [inner, outer]) made.style.verticalAlign = 'inherit';
        outer.append(inner);
        text.replaceWith(outer);
    };";

/// Moves a text into an element and changes it there, and leaves attributes on what is around it, as Edge does.
const EDGE: &str = "
    const replace = (text, translation) => {
        text.parentElement.setAttribute('_msttexthash', text.data.length);
        const made = font();
        made.setAttribute('_mstmutation', '1');
        text.before(made);
        text.data = translation;
        made.append(text);
    };";

/// Puts a translation below each text, once for an element, as Immersive Translate does.
const IMMERSIVE: &str = "
    const annotate = root => {
        for (const block of root.querySelectorAll('p, li, h1, h2, h3')) {
            if (!block.textContent.trim() || block.dataset.walked || block.querySelector('p, li, h1, h2, h3')) continue;
            block.dataset.walked = '1';
            const made = document.createElement('font');
            made.className = 'notranslate immersive-translate-target-wrapper';
            made.textContent = `⟦${block.textContent}⟧`;
            block.append(made);
        }
    };
    window.extend = () => {
        annotate(document.body);
        new MutationObserver(() => annotate(document.body)).observe(document.body, { childList: true, subtree: true });
    };";

/// Marks all elements as Dark Reader does, adds elements beside fields and to the page as Grammarly does, and removes
/// what blockers of advertisements may take for them.
const OTHERS: &str = "
    const meddle = () => {
        for (const e of document.querySelectorAll('#sheaf *')) e.dataset.darkreaderInlineColor = '';
        for (const field of document.querySelectorAll('input, textarea')) {
            if (field.nextElementSibling?.localName !== 'grammarly-extension') {
                field.after(document.createElement('grammarly-extension'));
                field.before(document.createElement('div'));
            }
        }
        document.querySelectorAll('.notice, .related, [class*=share], [class*=banner]').forEach(e => e.remove());
    };
    window.extend = () => {
        document.body.append(document.createElement('grammarly-desktop-integration'));
        meddle();
        new MutationObserver(meddle).observe(document.body, { childList: true, subtree: true });
    };";

/// What lies on the page without the extension's signs: the title and the text of the article, the titles of the list.
const SEEN: &str = "
    const plain = e => {
        const copy = e.cloneNode(true);
        copy.querySelectorAll('.notranslate').forEach(e => e.remove());
        return copy.textContent.replace(/[⟦⟧]/g, '');
    };
    const all = selector => [...document.querySelectorAll(selector)].map(plain);";

/// A reader with an extension, who knows what every article says.
struct Walk {
    reader: Reader,
    /// The texts of some articles by their titles.
    articles: BTreeMap<String, Vec<String>>,
    /// The titles of the list.
    titles: Vec<String>,
}

impl Walk {
    /// Reads the first articles, then begins anew with an extension that is made of `scripts`.
    fn new(screen: Screen, scripts: &[&str]) -> Walk {
        let reader = visit(demo()).on(screen).ready();
        reader.at_start(&format!("{{ {} }}", scripts.concat()));
        reader.open("");
        let titles = reader.titles();
        let mut walk = Walk { reader, articles: BTreeMap::new(), titles };
        for title in walk.titles[..8].to_vec() {
            walk.click(&title);
            walk.reader.article(&title);
            let texts = walk.seen("all('#read [data-line]')");
            assert!(texts.len() > 3, "{title}: {texts:?}");
            walk.articles.insert(title, texts);
            if screen != WIDE {
                walk.reader.back();
                walk.reader.see(".row__a");
            }
        }
        walk.reader.goto(&walk.reader.host.url());
        walk.reader.see(".row__a");
        walk.reader.reload();
        walk.reader.see(".row__a");
        walk.reader.js("window.is_first = true; extend()");
        walk
    }

    fn seen(&self, what: &str) -> Vec<String> {
        serde_json::from_value(self.reader.js(&format!("{SEEN} return {what}"))).unwrap()
    }

    /// Waits until the article with the number `at` in the list is shown, title and text, and nothing else with it.
    fn article(&self, at: usize) {
        let title = &self.titles[at];
        let shown = || (self.seen("all('#read h1')"), self.seen("all('#read [data-line]')"));
        self.reader.settles(shown, (vec![title.clone()], self.articles[title].clone()));
        self.is_sound();
    }

    /// Waits until the list begins with these titles.
    fn lists(&self, titles: &[String]) {
        let shown = || self.seen("all('.row__h')").into_iter().take(titles.len()).collect::<Vec<_>>();
        self.reader.settles(shown, titles.to_vec());
        self.is_sound();
    }

    /// The app runs since the extension began, and every translation is that of what it stands in.
    fn is_sound(&self) {
        let state = "return [!!window.is_first, !!document.querySelector('.is-stopped')]";
        assert_eq!(self.reader.js(state), json!([true, false]), "the app has stopped");
        let stale =
            "return [...document.querySelectorAll('.immersive-translate-target-wrapper')].filter(made => {
                const block = made.parentElement.cloneNode(true);
                block.querySelectorAll('.notranslate').forEach(e => e.remove());
                return made.textContent !== `⟦${block.textContent}⟧`;
            }).map(made => made.parentElement.textContent)";
        self.reader.settles(|| self.reader.js(stale), json!([]));
    }

    /// Clicks the row with this title, clear of the bars at the edges of a phone.
    fn click(&self, title: &str) {
        let title = json!(title);
        self.reader.until(
            "the row is there",
            &format!(
            "const row = [...document.querySelectorAll('.row__a')].find(e => e.textContent.includes({title}));
             row?.scrollIntoView({{ block: 'center' }});
             return !!row"
        ),
        );
        self.reader.click_text(".row__a", title.as_str().unwrap_or_default());
    }

    /// Clicks a link by itself, since a bar may lie over the place it is scrolled to.
    fn press_link(&self, selector: &str) {
        self.reader.see(selector);
        self.reader.js(&format!("document.querySelector({}).click()", json!(selector)));
    }

    fn open(&self, at: usize) {
        self.click(&self.titles[at]);
        self.article(at);
    }

    fn press(&self, key: &str, shows: usize) {
        self.reader.press(key);
        self.article(shows);
    }

    fn search(&self, text: &str, found: &[String]) {
        self.reader.search(text);
        self.lists(found);
        self.reader.press("Escape");
    }
}

/// The titles that `text` finds, without an extension.
fn found(text: &str) -> Vec<String> {
    let reader = visit(demo()).open("");
    reader.search(text);
    let count = "return document.querySelector('.time__n').innerText.includes('找到') && !document.querySelector('.time .load')";
    reader.until("it is searched", count);
    reader.rests(|| reader.titles())
}

/// About thirty steps of a reader with the list next to the article.
fn walk_beside_list(scripts: &[&str]) {
    let lighthouses = found("灯塔");
    let walk = Walk::new(WIDE, scripts);
    let (reader, titles) = (&walk.reader, &walk.titles);
    walk.lists(&titles[..8]);
    walk.open(2);
    walk.press("j", 3);
    walk.press("j", 4);
    walk.press("k", 3);
    walk.open(0);
    // A star, and the list that shows it.
    reader.press("s");
    reader.see(".row.is-starred");
    walk.article(0);
    walk.press("j", 1);
    walk.search("灯塔", &lighthouses);
    reader.click(".row .row__a");
    reader.article_settles(&walk, &lighthouses[0]);
    reader.press("j");
    reader.article_settles(&walk, &lighthouses[1]);
    walk.search("", &titles[..8]);
    // A filter, and without it.
    reader.click_text(".rail .fv", "纸鸢");
    reader.until("the list is filtered", "return location.hash.includes('source')");
    reader.until("a chip is shown", "return document.querySelectorAll('.chip').length === 1");
    reader.click(".chip");
    walk.lists(&titles[..8]);
    // Another theme.
    reader.click(".bar [data-opens='aa--type']");
    reader.see("[role=dialog]");
    reader.js("document.querySelectorAll('.sw [role=radio]')[2].click()");
    reader.until("another theme", "return document.documentElement.dataset.theme !== 'light'");
    reader.press("Escape");
    reader.gone("[role=dialog]");
    walk.open(5);
    walk.press("k", 4);
    // The whole window, and back.
    reader.click(".bar .ib");
    reader.see(".reader");
    walk.article(4);
    walk.press("j", 5);
    walk.press("j", 6);
    reader.press("Escape");
    reader.gone(".reader");
    walk.lists(&titles[..8]);
    walk.article(6);
    // The front page of a day, another day's, and an article of it.
    reader.js("document.querySelector('.day__a').click()");
    reader.see(".front__h");
    let day = reader.hash();
    reader.click(".front__to[rel=prev]");
    reader.until("another day", &format!("return decodeURIComponent(location.hash) !== {}", json!(day)));
    reader.see("#page .front__top h2");
    reader.back();
    reader.see(".day__a");
    walk.lists(&titles[..8]);
    // The browser's own way back and forward.
    walk.open(1);
    walk.open(7);
    reader.back();
    walk.article(1);
    reader.forward();
    walk.article(7);
    reader.press("Shift+?");
    reader.see("[aria-modal=true]");
    reader.press("Escape");
    reader.gone("[aria-modal=true]");
    walk.open(3);
    walk.lists(&titles[..8]);
}

/// The steps of somebody with a phone.
fn walk_on_phone(scripts: &[&str]) {
    let lighthouses = found("灯塔");
    let walk = Walk::new(PHONE, scripts);
    let (reader, titles) = (&walk.reader, &walk.titles);
    walk.open(2);
    reader.back();
    walk.lists(&titles[..5]);
    walk.open(4);
    for at in [5, 6, 7] {
        walk.press_link(".pn .is-next");
        walk.article(at);
    }
    walk.press_link(".pn a[rel=prev]");
    walk.article(6);
    reader.click(".tool [data-mark=star]");
    reader.see(".tool [data-mark=star][aria-pressed=true]");
    walk.article(6);
    reader.click(".tool button");
    walk.lists(&titles[..5]);
    walk.search("灯塔", &lighthouses[..3]);
    walk.press_link(".row .row__a");
    reader.article_settles(&walk, &lighthouses[0]);
    reader.back();
    walk.lists(&lighthouses[..3]);
    walk.search("", &titles[..5]);
    reader.click("[aria-label^='筛选']");
    reader.see(".sheet");
    reader.press("Escape");
    reader.gone(".sheet");
    walk.open(1);
    reader.back();
    walk.lists(&titles[..5]);
}

impl Reader {
    /// Waits until the article with this title is shown, which may not be among those whose texts are known.
    fn article_settles(&self, walk: &Walk, title: &str) {
        self.settles(|| walk.seen("all('#read h1')"), vec![title.to_owned()]);
        if let Some(at) = walk.titles.iter().position(|of| of == title).filter(|&at| at < 8) {
            walk.article(at);
        }
        walk.is_sound();
    }
}

#[test]
fn page_translated_by_chrome_shows_each_article_opened() {
    walk_beside_list(&[TRANSLATOR, CHROME]);
}

#[test]
fn page_translated_by_chrome_on_phone_shows_each_article_opened() {
    walk_on_phone(&[TRANSLATOR, CHROME]);
}

#[test]
fn page_translated_by_edge_shows_each_article_opened() {
    walk_beside_list(&[TRANSLATOR, EDGE]);
}

#[test]
fn translations_below_paragraphs_go_with_their_article() {
    walk_beside_list(&[IMMERSIVE]);
}

#[test]
fn translations_below_paragraphs_on_phone_go_with_their_article() {
    walk_on_phone(&[IMMERSIVE]);
}

#[test]
fn other_extensions_leave_all_steps_working() {
    walk_beside_list(&[OTHERS]);
}

#[test]
fn title_of_translated_page_is_one_text() {
    let walk = Walk::new(WIDE, &[TRANSLATOR, CHROME]);
    walk.open(3);
    assert_eq!(walk.reader.count("#read h1 > font"), 1);
    assert_eq!(walk.reader.count("#read h1 .wb"), 0);
}
