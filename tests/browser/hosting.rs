//! Hosting: base paths, content security policy, requests.

use crate::archives::{demo, demo_split, oddities};
use crate::driver::Feature;
use crate::visit::{Reader, visit};
use serde_json::json;

/// Reads, searches, filters and changes settings, so that most of the app runs.
fn tour(reader: &Reader) {
    reader.article("冬至夜");
    reader.search("灯塔");
    reader.finds(6);
    reader.click_text(".rail .fv", "2023");
    reader.see(".chip");
    reader.click_text(".time .sort button", "最早");
    reader.click(".row__a");
    reader.press("n");
    reader.click(".chip");
    reader.js("document.querySelector('[data-grip=from]').focus()");
    reader.press("ArrowRight");
    reader.see(".time__r");
    reader.press("a");
    reader.click_text(".sw [role=radio]", "夜");
    reader.press("Escape");
    reader.search("盐田收工");
    reader.read("立秋前后，盐田收工");
    reader.shows("#read .gone", "图片无法载入");
    reader.press("Shift+?");
    reader.see("[role=dialog]");
    reader.press("Escape");
}

#[test]
fn site_below_base_path_works() {
    for archive in [demo(), demo_split()] {
        let reader = visit(archive).below("/some/where").open("");
        tour(&reader);
        reader.reload();
        reader.article("立秋前后，盐田收工");
        // Names of other hosts resolve to this one too.
        let own = reader.host.address().to_string();
        let asked = reader.host.asked("").into_iter().filter(|asked| asked.host == own);
        // A browser may ask for the icon of the host before the page names its own.
        let is_elsewhere = |path: &String| !path.starts_with("/some/where/") && path != "/favicon.ico";
        let elsewhere: Vec<String> = asked.map(|asked| asked.path).filter(is_elsewhere).collect();
        assert!(elsewhere.is_empty(), "{elsewhere:?}");
    }
}

#[test]
fn only_images_are_requested_from_other_hosts() {
    let reader = visit(demo_split()).open("");
    tour(&reader);
    let own = reader.host.url();
    let mut others: Vec<String> = reader.traffic().into_iter().filter(|url| !url.starts_with(&own)).collect();
    others.dedup();
    assert!(!others.is_empty());
    assert!(others.iter().all(|url| url.starts_with("https://pictures.example")), "{others:?}");
    if reader.can(Feature::Traffic) {
        assert_eq!(others, ["https://pictures.example/salt/pans-at-dusk.jpg"]);
    }
}

#[test]
fn pages_report_no_policy_violation() {
    let reader = visit(demo()).ready();
    reader.at_start(
        "window.violations = [];
         document.addEventListener('securitypolicyviolation', event => violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));",
    );
    reader.open("");
    let policy = reader.attribute("meta[http-equiv='Content-Security-Policy']", "content").unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval';",
        "style-src 'self';",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    tour(&reader);
    assert_eq!(reader.js("return violations"), json!([]));
    if reader.can(Feature::Errors) {
        let mut said = reader.errors();
        said.retain(|message| !message.contains("pictures.example"));
        assert!(said.is_empty(), "{said:#?}");
    }
}

/// Script that reads every article of the list with the next key. Returns their number and everything that a
/// text must not contain: foreign elements, event handlers, non-page URLs.
const WALK: &str = "
    const ours = new Set(('a article b blockquote br button code dd div dl dt em figcaption figure footer h1 h2 h3 h4 hr i img li '
        + 'mark nav ol p path pre rp rt ruby s section small span strong sub sup svg table tbody td th time tr u ul wbr').split(' '));
    const frame = () => new Promise(resume => requestAnimationFrame(() => setTimeout(resume)));
    const current = () => document.querySelector('.row.is-current');
    const allowed = url => /^(https?:|data:image\\/|mailto:|#)/i.test(url);
    const look = title => [...document.querySelectorAll('#pane *')].flatMap(e => {
        const attributes = [...e.attributes];
        const handlers = attributes.filter(({ name }) => /^on|^srcdoc$/.test(name));
        const urls = attributes.filter(({ name, value }) => /^(href|src|action|formaction|data)$/.test(name) && !allowed(value));
        const bad = [...handlers, ...urls].map(({ name, value }) => `${e.localName} ${name}=${value}`);
        return [...bad, ...(ours.has(e.localName) ? [] : [e.localName])].map(what => `${title}: ${what}`);
    });
    (async () => {
        const bad = [];
        let read = 0;
        for (let last; ;) {
            for (let i = 0; i < 200 && (!current() || current().dataset.row === last); i++) await frame();
            if (!current() || current().dataset.row === last) break;
            last = current().dataset.row;
            const title = current().querySelector('.row__h').textContent;
            await frame();
            await frame();
            bad.push(...look(title));
            read += 1;
            if (document.querySelector(`[data-row='${Number(last) + 1}']`)) {
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
            }
        }
        done({ read, bad });
    })();";

#[test]
fn articles_contain_no_active_content() {
    let reader = visit(oddities()).ready();
    reader.at_start(
        "window.ran = [];
         for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = (...args) => ran.push([name, ...args.map(String)]);
         document.addEventListener('securitypolicyviolation', event => ran.push(['policy', event.violatedDirective, event.blockedURI]));",
    );
    reader.open("");
    let address = reader.js("return location.href.split('#')[0]");
    let walked = reader.js_async(WALK);
    assert_eq!(walked["bad"], json!([]));
    assert!(walked["read"].as_f64().unwrap() > 100.0, "{walked}");
    assert_eq!(reader.js("return ran"), json!([]));
    assert_eq!(reader.js("return location.href.split('#')[0]"), address);
    let own = reader.host.url();
    let others = reader.traffic().into_iter().filter(|url| !url.starts_with(&own));
    let odd: Vec<String> = others
        .filter(|url| {
            url.contains("track") || url.ends_with(".js") || url.ends_with(".css") || url.ends_with(".html")
        })
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}
