//! Articles in scripts that run from right to left.

use crate::archives::{Article, of};
use crate::visit::{Reader, visit};

fn archive() -> Reader {
    let article = |title: &str, time: i64, body: &str| Article {
        title: title.to_owned(),
        time,
        url: format!("http://articles.example/{time}"),
        body: body.to_owned(),
    };
    visit(of("right-to-left", vec![
        article(
            "الميناء عند الفجر",
            1_700_000_000_000,
            "<p>وصلت السفن إلى الميناء عند الفجر، ثم عاد الصيادون.</p><ul><li>السمك الطازج</li></ul><blockquote><p>قال الحارس: المد قادم.</p></blockquote>",
        ),
        article("הנמל בשחר", 1_600_000_000_000, "<p>הסירות חזרו אל הנמל לפני הזריחה.</p>"),
        article("پورتتىكى كېمىلەر", 1_500_000_000_000, "<p>كېمىلەر تاڭدا پورتقا قايتىپ كەلدى.</p>"),
        article(
            "港口的来信",
            1_400_000_000_000,
            "<p>信里抄了一句：</p><p>הסירות חזרו אל הנמל לפני הזריחה.</p><p>抄完就停了。</p>",
        ),
    ]))
    .open("")
}

/// Returns the gaps between the first line of an element's text and the left and right edge of its box, in pixels.
fn margins(reader: &Reader, selector: &str) -> (f64, f64) {
    let gap = |side: &str| {
        reader.number(&format!(
            "const element = document.querySelector({selector:?}), range = new Range();
             range.selectNodeContents(element);
             const [line, box] = [[...range.getClientRects()].find(rect => rect.width), element.getBoundingClientRect()];
             return Math.abs(line.{side} - box.{side})"
        ))
    };
    (gap("left"), gap("right"))
}

/// Returns true if the text of an element begins at the right edge of its box.
fn is_at_right(reader: &Reader, selector: &str) -> bool {
    let (left, right) = margins(reader, selector);
    assert!((left - right).abs() > 20.0, "{selector} is no full line: {left} and {right}");
    right < left
}

#[test]
fn titles_and_text_run_from_right() {
    for title in ["الميناء عند الفجر", "הנמל בשחר", "پورتتىكى كېمىلەر"]
    {
        let reader = archive();
        reader.read(title);
        for selector in ["#read h1", ".prose > p"] {
            assert!(is_at_right(&reader, selector), "{title}: {selector}");
        }
    }
}

#[test]
fn titles_of_rows_run_in_their_own_direction() {
    let reader = archive();
    reader.settles(|| reader.count(".row__h"), 4);
    let titles = reader.texts(".row__h");
    for (number, title) in titles.iter().enumerate() {
        let selector = format!(".row[data-row=\"{number}\"] .row__h");
        assert_eq!(is_at_right(&reader, &selector), !title.starts_with('港'), "{title}");
    }
}

#[test]
fn bullets_and_quotes_stand_at_the_right() {
    let reader = archive();
    reader.read("الميناء عند الفجر");
    let style = |selector: &str, property: &str| {
        reader.number(&format!(
            "return parseFloat(getComputedStyle(document.querySelector({selector:?})).{property})"
        ))
    };
    assert!(style(".prose ul", "paddingRight") > style(".prose ul", "paddingLeft"));
    let quote = ".prose blockquote";
    let right = style(quote, "borderRightWidth") + style(quote, "paddingRight") + style(quote, "marginRight");
    let left = style(quote, "borderLeftWidth") + style(quote, "paddingLeft") + style(quote, "marginLeft");
    assert!(right > left, "{right} and {left}");
}

#[test]
fn paragraph_of_another_direction_keeps_its_own() {
    let reader = archive();
    reader.read("港口的来信");
    let sides = [1, 2, 3].map(|number| is_at_right(&reader, &format!(".prose > p:nth-child({number})")));
    assert_eq!(sides, [false, true, false]);
}
