//! Compact list.

use crate::archives::{demo, thousands};
use crate::driver::{PHONE, Screen, TABLET};
use crate::visit::{Reader, visit};
use serde_json::json;

const LAPTOP: Screen = Screen { width: 1280, height: 800, touch: false };

/// Script that returns the number of fully visible rows.
const ROWS: &str = "
    const dock = document.querySelector('.dock')?.getBoundingClientRect().top || innerHeight;
    return [...document.querySelectorAll('.row')].map(row => row.getBoundingClientRect())
        .filter(box => box.height && box.top >= 0 && box.bottom <= dock).length";

fn make_compact(reader: &Reader) {
    reader.press("d");
    reader.settles(|| reader.attribute("html", "data-density"), Some("compact".to_owned()));
}

#[test]
fn compact_list_shows_more_rows_and_persists() {
    for screen in [LAPTOP, TABLET, PHONE] {
        let reader = visit(thousands()).on(screen).open("");
        let roomy = reader.rests(|| reader.number(ROWS) as i32);
        make_compact(&reader);
        let compact = reader.rests(|| reader.number(ROWS) as i32);
        assert!(compact * 10 >= roomy * 16, "{roomy} rows, then {compact} on {screen:?}");
        assert_eq!(reader.count(".row__pic"), 0);
        assert_eq!(
            reader.js(
                "return [...document.querySelectorAll('.row__x, .row__m')].every(e => e.clientHeight < 24)"
            ),
            json!(true)
        );
        reader.reload();
        reader.see(".row__a");
        assert_eq!(reader.rests(|| reader.number(ROWS) as i32), compact);
    }
}

#[test]
fn density_change_keeps_top_row() {
    for screen in [LAPTOP, PHONE] {
        let reader = visit(thousands()).on(screen).open("");
        reader.scroll(30_000);
        let first = |reader: &Reader| reader.place()[0].clone();
        let before = first(&reader);
        make_compact(&reader);
        assert_eq!(first(&reader), before);
        reader.press("d");
        reader.until("it is roomy again", "return !document.documentElement.dataset.density");
        assert_eq!(first(&reader), before);
    }
}

#[test]
fn compact_row_shows_match() {
    for screen in [LAPTOP, PHONE] {
        let reader = visit(demo()).on(screen).open("");
        make_compact(&reader);
        reader.search("灯塔");
        reader.finds(6);
        // Each matching row shows the match before its line is cut off.
        let hidden = "return [...document.querySelectorAll('.row__x')].filter(line => {
                const mark = line.querySelector('mark');
                return mark && mark.getBoundingClientRect().right > line.getBoundingClientRect().right - 8;
            }).map(line => line.textContent)";
        reader.until("matches are marked", "return document.querySelectorAll('.row__x mark').length > 1");
        assert_eq!(reader.js(hidden), json!([]));
    }
}

#[test]
fn density_is_set_in_type_panel_by_touch() {
    let reader = visit(demo()).on(PHONE).open("");
    reader.click(".mast [aria-label='阅读设置']");
    reader.click(".aa__more");
    reader.click_text("[role=dialog] [role=radio]", "紧凑");
    reader.settles(|| reader.attribute("html", "data-density"), Some("compact".to_owned()));
    reader.click_text("[role=dialog] [role=radio]", "宽松");
    reader.settles(|| reader.attribute("html", "data-density"), None);
}
