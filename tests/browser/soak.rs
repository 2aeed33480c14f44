//! Soak test: random actions on a phone, with invariants checked after each.
//!
//! `SHEAF_SOAK` is the number of actions, `SHEAF_SEED` the seed (which is printed), `SHEAF_ARCHIVE` the
//! archive; by default the sample articles and four hundred more.

use crate::archives::demo_and;
use crate::driver::{Feature, PHONE};
use crate::visit::{Reader, visit};
use serde::Deserialize;
use serde_json::json;
use sheaf::search::{Query, QueryTokenKind};
use sheaf::view_model::{RoutePage, RouteState};
use std::collections::{HashMap, VecDeque};
use std::env;
use std::path::PathBuf;
use std::time::Instant;

/// SplitMix64 generator (Steele et al., 2014).
struct Draw(u64);

impl Draw {
    /// Returns a number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ mixed >> 31) % end
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }
}

/// User action.
#[derive(Clone, Copy, Debug)]
enum Act {
    Type,
    Filter,
    Open,
    Back,
    Forward,
    Theme,
    Star,
    Rotate,
    Scroll,
    Next,
    Close,
    Anything,
}

/// Weights of the actions.
const ACTS: &[(Act, u64)] = &[
    (Act::Type, 12),
    (Act::Filter, 6),
    (Act::Open, 18),
    (Act::Back, 14),
    (Act::Forward, 4),
    (Act::Theme, 4),
    (Act::Star, 5),
    (Act::Rotate, 3),
    (Act::Scroll, 12),
    (Act::Next, 8),
    (Act::Close, 6),
    (Act::Anything, 8),
];

const WORDS: &[&str] = &[
    "",
    "灯塔",
    "渡口",
    "的",
    "图书馆 after:2021",
    "source:chaosheng.example",
    "is:unread",
    "is:starred",
    "-灯塔 渡口",
    "before:2023-10",
    "\"渡口",
    "不存在的词句",
    "title:灯塔 OR 渡口",
    "date:2024",
    "a",
    "(((",
    "lang:zh",
    "第",
];

/// Records errors and the app's memory; blocks leaving the page and dialogs.
const WATCH: &str = "
    window.wrong = [];
    addEventListener('error', event => wrong.push('error: ' + (event.message ?? event.target?.tagName)));
    addEventListener('unhandledrejection', event => wrong.push('rejection: ' + (event.reason?.stack ?? event.reason)));
    addEventListener('securitypolicyviolation', event => wrong.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
    addEventListener('click', event => { if (event.target.closest?.('a[target=_blank], a[download]')) event.preventDefault(); }, true);
    const make = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...given) => {
        const made = await make(...given);
        window.memory = (made.instance ?? made).exports.memory;
        return made;
    };
    window.print = () => {};
    window.open = () => null;";

/// Script that returns a point of an element that `SELECTOR` matches, element `NUMBER` in turn.
const PLACE: &str = "
    const places = [...document.querySelectorAll(SELECTOR)].flatMap(e => {
        if (e.closest(AVOID)) return [];
        const box = e.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const met = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && document.elementFromPoint(x, y);
        return met && (e.contains(met) || e === met.closest('label')) ? [[x, y, e.ariaLabel || e.textContent.trim().slice(0, 12)]] : [];
    });
    return places.length ? places[NUMBER % places.length] : null;";

/// Elements that erase, export or print data, or leave the site.
const AVOID: &str = ".data, .stack, [type=file], [download], a[target=_blank]";

const LOOK: &str = "
    const shown = e => !!e && e.checkVisibility();
    const field = document.querySelector('.find__i');
    const h1 = document.querySelector('#read h1');
    const modal = [...document.querySelectorAll('[aria-modal=true]')];
    const title = row => row.querySelector('.row__h')?.textContent ?? '';
    return {
        hash: location.hash,
        title: document.title,
        article: shown(h1) ? h1.textContent : null,
        older: !!document.querySelector('.older, #read .fail, .blank[role=alert]'),
        list: shown(document.querySelector('#list')),
        about: shown(document.querySelector('.about')),
        front: shown(document.querySelector('.front__h')),
        field: shown(field) && field !== document.activeElement ? field.value : null,
        chips: document.querySelectorAll('.chip').length,
        rows: [...document.querySelectorAll('[data-row]')].flatMap(row => {
            const id = row.querySelector('.row__a')?.getAttribute('href')?.match(/\\/(?:a|read)\\/([^?]+)/)?.[1];
            return id ? [[id, title(row)]] : [];
        }),
        modals: modal.length,
        outside: modal.length > 0 && !modal.at(-1).contains(document.activeElement),
        wider: document.scrollingElement.scrollWidth - innerWidth,
        wrong: window.wrong ?? ['the page was loaded anew'],
        failed: !!document.querySelector('.start'),
    };";

/// Visible state.
#[derive(Deserialize, Debug)]
struct Seen {
    hash: String,
    title: String,
    article: Option<String>,
    older: bool,
    list: bool,
    about: bool,
    front: bool,
    field: Option<String>,
    chips: usize,
    rows: Vec<(String, String)>,
    modals: usize,
    outside: bool,
    wider: f64,
    wrong: Vec<String>,
    failed: bool,
}

struct Soak {
    reader: Reader,
    draw: Draw,
    upright: bool,
    /// Titles of articles as shown in rows.
    titles: HashMap<String, String>,
    /// Latest actions.
    trail: VecDeque<String>,
    /// Target of the last tap.
    tapped: Vec<String>,
    /// Number of reads of the visible state.
    looks: u32,
}

impl Soak {
    fn act(&mut self) -> String {
        self.tapped.clear();
        let sum: u64 = ACTS.iter().map(|(_, often)| often).sum();
        let mut at = self.draw.below(sum);
        let drawn = ACTS.iter().find(|(_, often)| at.checked_sub(*often).map(|rest| at = rest).is_none());
        let act = drawn.map_or(Act::Close, |(act, _)| *act);
        let reader = &self.reader;
        match act {
            Act::Type => {
                let word = self.draw.of(WORDS);
                if self.tap(".find__i") {
                    let reader = &self.reader;
                    reader.js("document.querySelector('.find__i')?.select()");
                    if word.is_empty() {
                        reader.press("Backspace")
                    } else {
                        reader.write(word)
                    }
                    if self.draw.below(2) == 0 {
                        self.reader.press("Enter");
                    }
                }
                return format!("Type {word}");
            }
            Act::Filter => {
                let _ = self.tap(".dock .ib--line, .rail .opt, .mast [aria-label^='筛选']")
                    && self.tap(".sheet .opt, .rail .opt");
            }
            Act::Open => drop(self.tap(".row__a, .related .rel, .goon, .front a")),
            Act::Back => drop(reader.js("if (navigation.canGoBack) history.back()")),
            Act::Forward => drop(reader.js("if (navigation.canGoForward) history.forward()")),
            Act::Theme => {
                let _ = self.tap("[data-opens='aa--type']") && self.tap(".sw [role=radio]");
            }
            Act::Star => drop(self.tap("[data-mark=star]")),
            Act::Rotate => {
                self.upright = !self.upright;
                let (width, height) = if self.upright { (390, 844) } else { (844, 390) };
                reader.resize(width, height);
            }
            Act::Scroll => {
                let by = self.draw.below(4_000) as i64 - 1_500;
                self.reader.js(&format!("document.scrollingElement.scrollBy(0, {by})"));
                return format!("Scroll {by}");
            }
            Act::Next => {
                if self.draw.below(2) == 0 {
                    self.tap(".pn a");
                } else if self.upright {
                    self.reader.sweep((320.0, 500.0), (100.0, 505.0));
                }
            }
            Act::Close => reader.press("Escape"),
            Act::Anything => drop(self.tap("button, a[href], [role=switch], summary")),
        }
        format!("{act:?} {}", self.tapped.join(", "))
    }

    /// Taps a visible element that `selector` matches, if any.
    fn tap(&mut self, selector: &str) -> bool {
        let number = self.draw.below(1 << 20);
        let script = PLACE
            .replace("SELECTOR", &json!(selector).to_string())
            .replace("AVOID", &json!(AVOID).to_string())
            .replace("NUMBER", &number.to_string());
        let place = self.reader.js(&script);
        let (Some(x), Some(y)) = (place[0].as_f64(), place[1].as_f64()) else { return false };
        self.tapped.push(place[2].as_str().unwrap_or_default().to_owned());
        self.reader.fingers(&[&[(x, y)]]);
        true
    }

    /// Returns the inconsistencies of the visible state.
    fn disagreements(&mut self) -> Vec<String> {
        self.looks += 1;
        let mut seen: Seen = serde_json::from_value(self.reader.js(LOOK)).unwrap();
        for (id, title) in seen.rows.drain(..) {
            // During script conversion, title and row may differ for a moment.
            self.titles.insert(id, title);
        }
        let state = RouteState::from_fragment(&seen.hash);
        let query = Query::parse(&state.query);
        let (_, words) = query.split_filters(&state.query);
        let conditions = query.tokens.iter().filter(|token| match &token.kind {
            QueryTokenKind::Filter(..) => true,
            QueryTokenKind::Term(term) => term.negated || term.in_title,
            QueryTokenKind::Or => false,
        });
        let conditions = conditions.count();
        let known = state.article.and_then(|id| self.titles.get(&id.to_string()));
        let wrong_title = known
            .is_some_and(|known| seen.article.as_ref().is_some_and(|shown| shown.trim() != known.trim()));
        let in_list = state.article.is_none() && state.page.is_none();
        let checks = [
            (seen.failed, "the app has stopped".to_owned()),
            (!seen.wrong.is_empty(), format!("{:?}", seen.wrong)),
            (
                state.article.is_some() && seen.article.is_none() && !seen.older,
                "no article is shown".to_owned(),
            ),
            (in_list && seen.article.is_some(), "an article is shown".to_owned()),
            (
                wrong_title && !seen.older,
                format!("the article is {:?}, its row says {known:?}", seen.article),
            ),
            (in_list && !seen.list, "no list is shown".to_owned()),
            ((state.page == Some(RoutePage::About)) != seen.about, "the page about the archive".to_owned()),
            (matches!(state.page, Some(RoutePage::Front(_))) != seen.front, "the front page".to_owned()),
            (
                in_list && seen.field.as_ref().is_some_and(|field| field.trim() != words.trim()),
                format!("the field says {:?}, the address {:?}", seen.field, state.query),
            ),
            (
                in_list && seen.list && seen.chips != conditions,
                format!("{} chips for {conditions} conditions", seen.chips),
            ),
            (
                !seen.older
                    && seen.article.as_ref().is_some_and(|article| !seen.title.starts_with(article.trim())),
                format!("the tab is called {:?}", seen.title),
            ),
            (seen.modals > 1, format!("{} dialogs", seen.modals)),
            (seen.outside, "the focus is outside the dialog".to_owned()),
            (seen.wider > 0.0, format!("wider than the window by {}", seen.wider)),
        ];
        checks
            .into_iter()
            .filter_map(|(broken, what)| broken.then(|| format!("{what} at {}", seen.hash)))
            .collect()
    }

    /// Waits until the state is consistent.
    fn agrees(&mut self, seed: u64, number: usize) {
        let begun = Instant::now();
        loop {
            let wrong = self.disagreements();
            if wrong.is_empty() {
                return;
            }
            let trail = &self.trail;
            assert!(
                begun.elapsed().as_secs() < 10,
                "seed {seed}, action {number}: {wrong:#?}\nafter {trail:?}"
            );
        }
    }

    /// Returns the memory in megabytes that one read costs: browsers retain the driver's scripts.
    fn per_look(&mut self) -> f64 {
        let (before, looks) = (self.memory().0, 200);
        for _ in 0..looks {
            self.disagreements();
        }
        (self.memory().0 - before) / f64::from(looks)
    }

    /// Returns the megabytes of the page's scripts, if known, and of the app.
    fn memory(&self) -> (f64, f64) {
        let app = self.reader.number("return window.memory?.buffer.byteLength ?? 0");
        let heap = if self.reader.browser.lacks(Feature::Heap).is_none() {
            self.reader.cdp("HeapProfiler.collectGarbage", json!({}));
            self.reader.cdp("Runtime.getHeapUsage", json!({}))["usedSize"].as_f64().unwrap()
        } else {
            0.0
        };
        (heap / 1e6, app / 1e6)
    }
}

fn number(variable: &str, usual: u64) -> u64 {
    env::var(variable)
        .map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{variable} is not a number: {text}")))
}

#[test]
fn random_actions_keep_state_consistent_and_memory_stable() {
    let (actions, seed) = (number("SHEAF_SOAK", 300) as usize, number("SHEAF_SEED", 1));
    let archive = env::var_os("SHEAF_ARCHIVE").map_or_else(|| demo_and(400), PathBuf::from);
    let reader = visit(archive).on(PHONE).ready();
    reader.at_start(WATCH);
    if !reader.can(Feature::Touch) {
        return;
    }
    reader.open("");
    let mut soak = Soak {
        reader,
        draw: Draw(seed),
        upright: true,
        titles: HashMap::new(),
        trail: VecDeque::new(),
        tapped: Vec::new(),
        looks: 0,
    };
    soak.agrees(seed, 0);
    let per_look = soak.per_look();
    let mut sizes = Vec::new();
    for number in 1..=actions {
        let done = soak.act();
        soak.trail.push_back(done);
        if soak.trail.len() > 12 {
            soak.trail.pop_front();
        }
        soak.agrees(seed, number);
        if number % (actions / 20).max(1) == 0 {
            let (scripts, app) = soak.memory();
            sizes.push((scripts - per_look * f64::from(soak.looks), app));
        }
    }
    let errors = if soak.reader.can(Feature::Errors) { soak.reader.errors() } else { Vec::new() };
    let own: Vec<&String> = errors
        .iter()
        .filter(|error| !error.contains("://pictures.example") && !error.contains("net::ERR"))
        .collect();
    println!(
        "soak: seed {seed}, {actions} actions, {} errors; MB of scripts and app: {sizes:.1?}, \
         without the {:.1} kB of each look",
        own.len(),
        per_look * 1e3
    );
    assert!(own.is_empty(), "{own:#?}");
    // After the first fifth every view has been opened once.
    let fifth = sizes.len() / 5;
    let most =
        |sizes: &[(f64, f64)], part: fn(&(f64, f64)) -> f64| sizes.iter().map(part).fold(0.0, f64::max);
    for (part, slack) in
        [(|size: &(f64, f64)| size.0) as fn(&(f64, f64)) -> f64, |size| size.1].into_iter().zip([4.0, 8.0])
    {
        let (before, after) = (most(&sizes[..fifth], part), most(&sizes[fifth..], part));
        assert!(after <= before * 1.5 + slack, "memory grew from {before:.1} to {after:.1} MB: {sizes:.1?}");
    }
}
