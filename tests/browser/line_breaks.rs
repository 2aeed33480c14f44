//! Lines of text and titles: even spacing, and sound breaks.

use crate::archives::{demo, specimen};
use crate::driver::{PHONE, SMALL, Screen};
use crate::visit::visit;
use serde_json::{Value, json};

const SCREENS: [Screen; 4] = [
    SMALL,
    PHONE,
    Screen { width: 834, height: 1112, touch: true },
    Screen { width: 1280, height: 800, touch: false },
];

/// Script that opens all articles one after another and collects faults of their lines.
///
/// Justification widens each character of a line; a Han character is one em wide by itself.
const FAULTS: &str = r"
    const linesOf = root => {
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const range = new Range(), lines = [];
        while (texts.nextNode()) {
            const text = texts.currentNode;
            if (text.parentElement.closest('rt, rp, .note, .vh')) continue;
            for (let at = 0; at < text.data.length; at++) {
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                const box = [...range.getClientRects()].at(-1);
                if (!box?.width) continue;
                if (!lines.length || Math.abs(lines.at(-1).top - box.top) > box.height / 2) {
                    lines.push({ top: box.top, parts: [] });
                }
                lines.at(-1).parts.push({ text: text.data[at], width: box.width, around: text.parentElement });
            }
        }
        return lines;
    };
    const words = line => line.parts.map(part => part.text).join('');
    const gaps = () => [...document.querySelectorAll('#read :is(.lead, .prose p)')].flatMap(paragraph => {
        const style = getComputedStyle(paragraph), em = parseFloat(style.fontSize);
        if (style.textAlign !== 'justify') return [];
        justified++;
        if (paragraph.clientWidth < 20 * em) return [];
        const isWide = part => /\p{Script=Han}/u.test(part.text) && getComputedStyle(part.around).fontSize === style.fontSize
            && part.width > 1.2 * em;
        return linesOf(paragraph).slice(0, -1).filter(line => line.parts.some(isWide)).map(line => `gaps: ${words(line)}`);
    });
    const shortEnds = () => [...document.querySelectorAll('.row__h, #read h1, .pn b, .rel__h')].map(linesOf)
        .filter(lines => lines.length > 1 && lines.at(-1).parts.length < 2)
        .map(lines => `short last line: ${lines.map(words).join('/')}`);
    const splits = () => [...document.querySelectorAll(':is(#read h1, .pn b, .rel__h):is(:lang(zh), :lang(ja))')].flatMap(title => {
        const lines = linesOf(title).map(words), found = [];
        const segments = new Intl.Segmenter(title.lang, { granularity: 'word' }).segment(lines.join(''));
        let end = 0;
        lines.slice(1).forEach((next, at) => {
            end += lines[at].length;
            const isBetweenHan = /\p{Script=Han}$/u.test(lines[at]) && /^\p{Script=Han}/u.test(next);
            if (isBetweenHan && segments.containing(end).index < end) found.push(`split word: ${lines.join('/')}`);
        });
        return found;
    });
    let justified = 0;
    const faults = [];
    const archive = await (await fetch('archive.json')).json();
    for (const { id, title } of archive.articles) {
        location.hash = `#/read/${id}`;
        while (!(location.hash.includes(id) && document.querySelector('#read h1')?.textContent === title
            && document.querySelector('#read .prose'))) await new Promise(requestAnimationFrame);
        faults.push(...gaps(), ...shortEnds(), ...splits());
    }
    return [justified, [...new Set(faults)]];";

#[test]
fn lines_are_even_and_titles_break_between_words() {
    for (archive, paragraphs) in [(demo(), 100), (specimen(), 10)] {
        for screen in SCREENS {
            let reader = visit(archive.clone()).on(screen).open("");
            let found = reader.js_async(&format!(
                "(async () => {{ {FAULTS} }})().then(done, error => done(String(error)))"
            ));
            let Value::Array(found) = &found else { panic!("{found}") };
            assert!(found[0].as_u64() >= Some(paragraphs), "{} paragraphs are justified", found[0]);
            assert_eq!(found[1], json!([]), "at {} px", screen.width);
        }
    }
}
