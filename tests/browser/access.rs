//! Accessibility: touch targets, large text, names, screen readers.

use crate::archives::demo;
use crate::driver::{Feature, PHONE, Screen, WIDE};
use crate::visit::{Reader, open, open_menu, open_on_phone, visit};
use serde_json::json;

/// Returns the interactive elements without an accessible name.
fn nameless(reader: &Reader) -> Vec<String> {
    let operated = "a[href], button, input, select, textarea, nav, [role], [tabindex]";
    // The tree must not change during the check.
    reader.rests(|| reader.js("return document.body.innerHTML.length"));
    let spoken = reader.spoken(operated);
    assert!(spoken.len() > 8, "only {} interactive elements", spoken.len());
    // Rows of a list are named by their content.
    let nameless =
        spoken.into_iter().filter(|(role, name)| name.is_empty() && !UNNAMED.contains(&role.as_str()));
    nameless.map(|(role, _)| role).collect()
}

/// Roles that need no name, as the browsers spell them.
const UNNAMED: &[&str] = &[
    "",
    "none",
    "presentation",
    "generic",
    "group",
    "paragraph",
    "list",
    "listitem",
    "status",
    "alert",
    "log",
    "separator",
    "region",
    "search",
    "article",
    "main",
    "document",
    "row",
    "table",
    "figure",
    "img",
    "image",
    "heading",
    "text",
    "statictext",
];

#[test]
fn interactive_elements_have_names() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        let none: Vec<String> = Vec::new();
        assert_eq!(nameless(&reader), none, "the library");
        reader.search("灯塔 after:2021");
        reader.see(".chip");
        assert_eq!(nameless(&reader), none, "results");
        if reader.is_on_phone() {
            reader.click("[aria-label^='筛选']");
            reader.see(".sheet");
            assert_eq!(nameless(&reader), none, "the filters");
            reader.press("Escape");
            reader.gone(".sheet");
        }
        reader.read("冬至夜");
        assert_eq!(nameless(&reader), none, "an article");
        reader.press("a");
        reader.see("[role=dialog]");
        assert_eq!(nameless(&reader), none, "the type panel");
        reader.press("Escape");
        reader.press("Shift+?");
        reader.see("[role=dialog]");
        assert_eq!(nameless(&reader), none, "the keys");
    }
}

/// Script that returns visible elements with a touch target below 44 px: another element lies within 21 px of
/// their centre. Links in running text are exempt.
const TOO_SMALL: &str = "
    const small = [];
    for (const e of document.querySelectorAll('a, button, input, [role=slider], [role=radio], [role=switch]')) {
        if (e.closest('.prose, .skip, [hidden]') || e.disabled || e.ariaDisabled) continue;
        const box = e.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        if (!box.width || x < 0 || x > innerWidth || y < 22 || y > innerHeight - 22) continue;
        const owner = (x, y) => document.elementFromPoint(x, y)?.closest('a, button, label, [role=slider]');
        const mine = e.closest('label') ?? e;
        const meets = (x, y) => [mine, e].includes(owner(x, y));
        // Elements partly under a bar come into view by scrolling.
        if (![box.top + 1, y, box.bottom - 1].every(y => meets(x, y))) continue;
        // Beyond the edge of the screen nothing else can be hit.
        const met = (x, y) => x < 0 || x >= innerWidth || meets(x, y);
        const reach = (dx, dy) => { let far = 0; while (far < 22 && met(x + dx * far, y + dy * far)) far++; return far; };
        const [w, h] = [reach(-1, 0) + reach(1, 0), reach(0, -1) + reach(0, 1)];
        if (w < 43 || h < 43) small.push(`${e.tagName}.${e.className} ${e.innerText || e.ariaLabel} ${w}×${h}`);
    }
    return small;";

#[test]
fn touch_targets_are_44_px() {
    let reader = open_on_phone(demo());
    if !reader.can(Feature::Touch) {
        return;
    }
    let mut small = Vec::new();
    let mut fits = |what: &str| {
        let found = reader.js(TOO_SMALL);
        small.extend(found.as_array().unwrap().iter().map(|found| format!("{what}: {found}")));
    };
    fits("the library");
    reader.search("灯塔 after:2021 source:chaosheng.example");
    reader.until("there are chips", "return document.querySelectorAll('.chip').length === 2");
    fits("results");
    reader.click("[aria-label^='筛选']");
    reader.see(".sheet");
    fits("the filters");
    reader.press("Escape");
    reader.gone(".sheet");
    reader.read("冬至夜");
    fits("the top of an article");
    reader.click(".tool [aria-label='阅读设置']");
    reader.see(".sheet");
    fits("the type panel");
    reader.press("Escape");
    reader.gone(".sheet");
    reader.js("scrollTo(0, document.body.scrollHeight)");
    fits("the end of an article");
    assert!(small.is_empty(), "{small:#?}");
}

/// Script that returns texts that exceed their clipping box or row. Intentional clamps and ellipses are
/// exempt.
const CLIPPED: &str = "
    const clipped = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode());) {
        const of = text.parentElement;
        if (!text.data.trim() || of.closest('[hidden], .vh, .skip, noscript, script, .row__x, .badge')) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect();
        if (!box.width || !box.height || box.bottom < 0 || box.top > innerHeight) continue;
        for (let e = of; e && e !== document.body; e = e.parentElement) {
            const style = getComputedStyle(e);
            const cut = e.getBoundingClientRect();
            if (/auto|scroll/.test(style.overflowY + style.overflowX)) break;
            if (style.textOverflow === 'ellipsis') continue;
            const frame = e.matches('button, .row, .chip, .btn, .dock, .tool, .mast, .time, .axis');
            const [across, down] = [style.overflowX, style.overflowY].map(overflow => frame || overflow !== 'visible');
            const [out, below] = [Math.max(box.right - cut.right, cut.left - box.left), Math.max(box.bottom - cut.bottom, cut.top - box.top)];
            if (across && out > 2 || down && below > 2) {
                clipped.push(`${text.data.trim().slice(0, 20)} in ${e.tagName}.${e.className} by ${Math.round(out)}, ${Math.round(below)}`);
                break;
            }
        }
    }
    return clipped;";

#[test]
fn text_at_160_percent_is_not_clipped() {
    let reader = open_on_phone(demo());
    if !reader.can(Feature::LargeText) {
        return;
    }
    // Simulates in-app browsers, which enlarge text with a style on the body.
    let enlarge = "document.body.style.setProperty('-webkit-text-size-adjust', '160%')";
    let size = "return document.querySelector('.row__h').getBoundingClientRect().height";
    let before = reader.number(size);
    reader.js(enlarge);
    reader.until("the text is larger", &format!("{size} > {before}"));
    let mut clipped = Vec::new();
    let mut fits = |what: &str| {
        let found = reader.js(CLIPPED);
        clipped.extend(found.as_array().unwrap().iter().map(|found| format!("{what}: {found}")));
        let wider = reader.number("return document.scrollingElement.scrollWidth - innerWidth");
        if wider > 0.0 {
            clipped.push(format!("{what} scrolls sideways by {wider}"));
        }
    };
    fits("the library");
    reader.scroll(2_000);
    fits("the list");
    reader.click("[aria-label^='筛选']");
    reader.see(".sheet");
    fits("the filters");
    reader.press("Escape");
    reader.gone(".sheet");
    reader.search("灯塔 source:chaosheng.example");
    reader.see(".chip");
    fits("results");
    reader.read("冬至夜");
    fits("an article");
    reader.js("scrollTo(0, document.body.scrollHeight)");
    fits("the end of an article");
    reader.click(".tool [aria-label='阅读设置']");
    reader.see(".sheet");
    fits("the type panel");
    assert!(clipped.is_empty(), "{clipped:#?}");
}

/// Script that returns the elements missing at a zoom of 400 % in a window of 1280 by 1024 px.
const LOST: &str = "
    const lost = [];
    if (document.scrollingElement.scrollWidth > innerWidth) lost.push('it scrolls sideways');
    const modal = [...document.querySelectorAll('[aria-modal=true]')].at(-1);
    for (const e of (modal ?? document).querySelectorAll('a[href], button, input, [role=slider], [role=radio]')) {
        if (!e.checkVisibility() || e.closest('.skip, .prose') || e.tabIndex < 0) continue;
        e.scrollIntoView({ block: 'center' });
        const { left, right, top, bottom } = e.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, Math.min((top + bottom) / 2, innerHeight - 1)];
        const met = document.elementFromPoint(x, y);
        if (x < 0 || x > innerWidth || !met || !(e.contains(met) || met.contains(e)))
            lost.push(`${e.ariaLabel || e.textContent.trim().slice(0, 20) || e.className} at ${[left, top, right, bottom]}`);
    }
    const bars = [...document.querySelectorAll('.mast, .dock, .tool, .rbar, .sheet__h, .sheet__f')].filter(e =>
        ['fixed', 'sticky'].includes(getComputedStyle(e).position) && e.checkVisibility());
    const taken = bars.reduce((sum, e) => sum + e.offsetHeight, 0);
    if (taken > innerHeight / 2) lost.push(`bars take ${taken} of ${innerHeight}`);
    return lost;";

#[test]
fn zoom_at_400_percent_hides_nothing() {
    let reader = visit(demo()).on(Screen { width: 320, height: 256, touch: true }).open("");
    let mut lost = Vec::new();
    let mut fits = |what: &str| {
        let found = reader.js(LOST);
        lost.extend(found.as_array().unwrap().iter().map(|found| format!("{what}: {found}")));
        reader.js("scrollTo(0, 0)");
    };
    fits("the library");
    reader.click("[aria-label^='筛选']");
    reader.see(".sheet");
    fits("the filters");
    reader.press("Escape");
    reader.gone(".sheet");
    open_menu(&reader);
    reader.see(".sheet");
    fits("the menu");
    reader.press("Escape");
    reader.gone(".sheet");
    reader.search("灯塔 source:chaosheng.example");
    reader.see(".chip");
    fits("results");
    let title = reader.titles().remove(0);
    reader.js("document.querySelector('.row__a').focus()");
    let over = "return document.querySelector('.dock').getBoundingClientRect().top - document.activeElement.getBoundingClientRect().top";
    assert!(reader.number(over) > 40.0, "the focused element is clear of the bottom bar");
    reader.press("Enter");
    reader.article(&title);
    fits("an article");
    for panel in ["阅读设置", "分享与引用"] {
        reader.click(&format!(".tool [aria-label='{panel}']"));
        reader.see(".sheet");
        fits(panel);
        reader.press("Escape");
        reader.gone(".sheet");
    }
    for page in ["about", "passages", "day/2023-10-17"] {
        reader.goto(&format!("{}#/{page}", reader.host.url()));
        reader.see("main h1, .front__h");
        fits(page);
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn system_preferences_are_respected() {
    let reader = open(demo());
    if !reader.can(Feature::Media) {
        return;
    }
    let color = |selector: &str| {
        reader.js(&format!("return getComputedStyle(document.querySelector('{selector}')).color"))
    };
    assert_ne!(color(".row__m"), color(".row__h"));
    reader.prefer("prefers-contrast", "more");
    assert_eq!(color(".row__m"), color(".row__h"), "small print in full ink");
    reader.prefer("prefers-reduced-motion", "reduce");
    reader.press("Shift+?");
    reader.see(".sheet");
    let moves =
        "return document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 0).length";
    assert_eq!(reader.js(moves), json!(0));
    reader.press("Escape");
    reader.gone(".sheet");
    reader.prefer("forced-colors", "active");
    // Information carried by colour needs another sign in this mode.
    let sign =
        "return getComputedStyle(document.querySelector('.row.is-current'), '::after').backgroundColor";
    assert_ne!(reader.js(sign), reader.js("return getComputedStyle(document.body).backgroundColor"));
}

#[test]
fn result_count_is_announced() {
    let reader = open(demo());
    assert_eq!(reader.attribute(".time__n", "aria-live").as_deref(), Some("polite"));
    assert_eq!(reader.attribute(".time__n", "role").as_deref(), Some("status"));
    // The live region must stay the same element to be announced.
    reader.js("document.querySelector('.time__n').dataset.same = 'yes'");
    reader.search("灯塔");
    reader.finds(6);
    assert_eq!(reader.attribute(".time__n", "data-same").as_deref(), Some("yes"));
}

/// Returns the single main landmark, its first heading and the document title.
fn main_part(reader: &Reader) -> [String; 3] {
    let shown = reader.js(
        "const shown = [...document.querySelectorAll('main, [role=main]')].filter(one => one.checkVisibility());
         const [main] = shown;
         return [`${shown.length} ${main.getAttribute('aria-label') ?? main.className}`,
             (main.querySelector('h1, h2') ?? document.querySelector('h1')).innerText.replaceAll('\\n', ''), document.title]",
    );
    serde_json::from_value(shown).unwrap()
}

#[test]
fn navigation_moves_screen_reader_focus() {
    let named = |said: &(String, String), title: &str| said.1.starts_with(title);
    // Returns the role of the focused element once it has this name.
    let says = |reader: &Reader, role: &str, title: &str| {
        let heard = || {
            let said = reader.spoken_in_focus();
            if named(&said, title) { (said.0, title.to_owned()) } else { said }
        };
        reader.settles(heard, (role.to_owned(), title.to_owned()));
    };
    for screen in [PHONE, WIDE] {
        let reader = visit(demo()).on(screen).open("");
        let title = reader.titles()[2].clone();
        reader.js("document.querySelectorAll('.row__a')[2].focus()");
        says(&reader, "link", &title);
        let library = main_part(&reader);
        assert!(library[0].starts_with("1 "), "{library:?}");
        // A key opens the article in the full window and moves the focus there.
        reader.press("Enter");
        reader.article(&title);
        reader.see("#read .prose p");
        says(&reader, "article", &title);
        reader.settles(|| main_part(&reader), ["1 ".to_owned(), title.clone(), format!("{title} — 潮汐集")]);
        reader.press("Escape");
        says(&reader, "link", &title);
        for (address, name) in
            [("about", "关于本文库"), ("day/2023-10-16", "2023年10月16日"), ("passages", "划线与批注")]
        {
            reader.js(&format!("location.hash = '#/{address}'"));
            reader.see("#page :is(h1, h2)");
            says(&reader, "main", "");
            let shown = main_part(&reader);
            assert!(shown[0].starts_with("1 ") && shown[2] == format!("{name} — 潮汐集"), "{shown:?}");
            reader.press("Escape");
            reader.gone("#page");
            // In the pane layout the focus is at the row.
            reader.settles(|| reader.spoken_in_focus().0, "link".to_owned());
        }
        let restored = main_part(&reader);
        assert_eq!(restored[0], library[0]);
    }
}

#[test]
fn row_is_one_link_starting_with_title() {
    let reader = visit(demo()).on(PHONE).open("");
    // With a hovering pointer there are buttons next to it.
    if reader.can(Feature::Touch) {
        let shown = "return [...document.querySelectorAll('.row a, .row button')].filter(one => one.offsetParent).length";
        assert_eq!(reader.number(shown) as usize, reader.count(".row"));
    }
    assert!(reader.text(".row__a").starts_with("冬至夜，灯塔上有人值班"));
    assert_eq!(reader.attribute(".row__h", "lang").as_deref(), Some("zh-Hans"));
}
