//! Toasts for undo: lifetime, scope, place.

use crate::archives::demo;
use crate::visit::{Reader, open, open_on_phone};
use serde_json::json;

/// Holds long timeouts back until `passed` is called, which returns their delays.
const HELD_TIMEOUTS: &str = "{
    const [set, clear] = [window.setTimeout, window.clearTimeout];
    let [held, next] = [new Map(), 1e9];
    window.setTimeout = (run, ms, ...more) =>
        ms >= 2000 && ms <= 30000 ? (held.set(++next, [run, ms]), next) : set(run, ms, ...more);
    window.clearTimeout = id => { held.delete(id) || clear(id); };
    // The count of saved searches, after four seconds, stays held.
    window.passed = () => {
        const due = [...held].filter(([, [, ms]]) => ms !== 4000);
        due.forEach(([id]) => held.delete(id));
        due.forEach(([, [run]]) => run());
        return due.map(([, [, ms]]) => ms);
    };
}";
fn open_with_held_timeouts() -> Reader {
    let reader = open(demo());
    reader.at_start(HELD_TIMEOUTS);
    reader.reload();
    reader.see(".row__a");
    reader.see("#read h1");
    reader.js("passed()");
    reader
}

/// Waits until a notice with this text has its timeout, lets that pass, and returns the delay.
fn pass(reader: &Reader) -> f64 {
    let delays = reader.until("a timeout is set", "const all = passed(); return all.length ? all : null");
    delays[0].as_f64().unwrap()
}

#[test]
fn toast_expires_and_undo_remains() {
    let reader = open_with_held_timeouts();
    reader.press("s");
    reader.shows(".notice", "已收藏");
    let lifetime = pass(&reader);
    assert!((6000.0..=8000.0).contains(&lifetime), "{lifetime}");
    reader.gone(".notice");
    reader.press("z");
    reader.until("the star is removed", "return !document.querySelector('.row.is-starred')");
    assert!(!reader.has(".notice"));
}

#[test]
fn toast_with_focus_stays() {
    let reader = open_with_held_timeouts();
    reader.press("s");
    reader.shows(".notice", "已收藏");
    reader.js("document.querySelector('.notice .link').focus()");
    pass(&reader);
    pass(&reader);
    assert!(reader.has(".notice"));
    reader.js("document.activeElement.blur()");
    pass(&reader);
    reader.gone(".notice");
}

#[test]
fn closed_toast_can_still_be_undone() {
    let reader = open(demo());
    reader.press("s");
    reader.click(".notice .ib");
    reader.gone(".notice");
    reader.press("z");
    reader.until("the star is removed", "return !document.querySelector('.row.is-starred')");
}

#[test]
fn toast_is_gone_on_the_next_screen() {
    let reader = open(demo());
    let titles = reader.titles();
    let leaves: [(&str, &dyn Fn()); 3] = [
        ("next article", &|| {
            reader.press("j");
            reader.article(&titles[1]);
        }),
        ("page", &|| {
            reader.click(".name__a");
            reader.see("#page");
        }),
        ("list", &|| {
            reader.press("Escape");
            reader.search("灯塔");
            reader.finds(6);
        }),
    ];
    for (name, leave) in leaves {
        if name != "list" {
            reader.press("s");
            reader.see(".notice");
        }
        leave();
        reader.settles(|| reader.count(".notice"), 0);
    }
}

#[test]
fn toast_leaves_the_player_visible() {
    let reader = open_on_phone(demo());
    let titles = reader.titles();
    reader.read(&titles[0]);
    reader.click(".tool [data-mark=star]");
    reader.see(".notice");
    reader.click(".tool [data-command=listen]");
    reader.see(".player");
    reader.js("document.querySelector('.tool [data-mark=star]').click()");
    reader.shows(".notice", "已取消收藏");
    let free = reader.js("const [notice, player, tools] = ['.notice', '.player', '.tool']
             .map(one => document.querySelector(one).getBoundingClientRect());
         return [player, tools].map(other => notice.bottom <= other.top || notice.top >= other.bottom)");
    assert_eq!(free, json!([true, true]));
}
