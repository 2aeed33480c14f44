//! Text-to-speech. A headless browser has no voices, so the page gets test voices that record the text and
//! end on request.

use crate::archives::{Article, of};
use crate::visit::{Reader, visit};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Speech synthesis stub: `said` records the text, `finish()` ends it, `cancelled` counts cancellations.
pub const SPEECH: &str = "
    const voice = (name, lang, localService) => ({ name, lang, localService, voiceURI: name, default: false });
    class Voices extends EventTarget {
        said = []; now = null; cancelled = 0;
        voices = JSON.parse(sessionStorage.voices ?? '[[\"Cloud\",\"zh-CN\",false],[\"Mei\",\"zh-TW\",true],[\"Lan\",\"zh-CN\",true],[\"Kate\",\"en-GB\",true]]').map(one => voice(...one));
        getVoices() { return this.voices; }
        speak(one) { this.said.push([one.text, one.voice.name, one.rate]); this.now = one; }
        cancel() { this.cancelled += 1; const old = this.now; this.now = null; old?.dispatchEvent(new Event('error')); }
        finish() { const old = this.now; this.now = null; old.dispatchEvent(new Event('end')); }
        break() { const old = this.now; this.now = null; old.dispatchEvent(new Event('error')); }
    }
    const speech = new Voices();
    Object.defineProperty(window, 'speechSynthesis', { get: () => sessionStorage.mute ? undefined : speech, configurable: true });
    window.SpeechSynthesisUtterance = class extends EventTarget {
        rate = 1; voice = null; lang = '';
        constructor(text) { super(); this.text = text; }
    };";

fn archive() -> PathBuf {
    let article = |title: &str, n: i64, body: String| Article {
        title: title.to_owned(),
        time: 1_600_000_000_000 + n * 100_000_000,
        url: format!("https://voice.example/{n}"),
        body,
    };
    let filler =
        "<p>老船工在黄昏收起缆绳，灯塔亮了，江面上没有风。他说明天还会来，这条船不会停。</p>".repeat(30);
    of(
        "voice",
        vec![
            article(
                "渡口的灯",
                3,
                format!("<p>船<b>停</b>了。“灯亮了！”<br>他说。</p><p>没有人知道软件。</p>{filler}"),
            ),
            article("第二篇", 2, "<p>老船工在黄昏收起缆绳，灯塔亮了，江面上没有风。</p>".to_owned()),
            article(
                "The ferry",
                1,
                "<p>The ferry stopped at dusk. The lamps were lit along the quay.</p>".to_owned(),
            ),
        ],
    )
}

fn open(phone: bool) -> Reader {
    let visit = visit(archive());
    let reader = if phone { visit.on(crate::driver::PHONE).ready() } else { visit.ready() };
    reader.at_start(SPEECH);
    reader.open("");
    reader
}

fn listen(reader: &Reader) {
    reader.click("[aria-label='朗读'].ib--listen");
    reader.see(".player");
}

/// Returns the sentence being spoken and the number of highlighted words.
fn now(reader: &Reader) -> Value {
    reader.highlights(
        "const [range] = highlights('spoken');
         return [speechSynthesis.now?.text ?? null, range?.toString() ?? null]",
    )
}

fn says(reader: &Reader, text: &str) {
    reader.settles(|| now(reader), json!([text, text]));
}

#[test]
fn sentences_are_spoken_in_order_and_highlighted() {
    for phone in [false, true] {
        let reader = open(phone);
        reader.read("渡口的灯");
        listen(&reader);
        says(&reader, "渡口的灯");
        for (text, marked) in [
            ("船停了。", "船停了。"),
            ("“灯亮了！”", "“灯亮了！”"),
            ("他说。", "他说。"),
            ("没有人知道软件。", "没有人知道软件。"),
        ] {
            reader.js("speechSynthesis.finish()");
            reader.settles(|| now(&reader), json!([text, marked]));
        }
        assert_eq!(
            reader.js("return speechSynthesis.said.map(one => one[1])[0]"),
            "Lan",
            "a voice of the device"
        );
        reader.click(".player [aria-label='关闭朗读']");
        reader.gone(".player");
        reader.settles(|| now(&reader), json!([null, null]));
        assert_eq!(reader.focused(), "朗读");
    }
}

#[test]
fn player_skips_pauses_and_changes_rate_and_voice() {
    let reader = open(false);
    reader.read("渡口的灯");
    listen(&reader);
    says(&reader, "渡口的灯");
    reader.click(".player [aria-label='下一段']");
    says(&reader, "船停了。");
    reader.click(".player [aria-label='下一句']");
    says(&reader, "“灯亮了！”");
    reader.click(".player [aria-label='上一段']");
    says(&reader, "船停了。");
    reader.click(".player [aria-label='暂停']");
    reader.settles(|| now(&reader), json!([null, "船停了。"]));
    reader.click(".player [aria-label='播放']");
    says(&reader, "船停了。");
    let choose = |label: &str, value: &str| {
        reader.js(&format!(
            "const select = document.querySelector('.player [aria-label={label}]');
             select.value = '{value}'; select.dispatchEvent(new Event('change', {{ bubbles: true }}))"
        ));
    };
    let last = || reader.js("return speechSynthesis.said.at(-1)");
    choose("语速", "1.5");
    reader.settles(last, json!(["船停了。", "Lan", 1.5]));
    choose("语音", "Cloud");
    reader.settles(last, json!(["船停了。", "Cloud", 1.5]));
    reader.shows(".player__m", "发送给");
    reader.reload();
    reader.read("渡口的灯");
    listen(&reader);
    reader.settles(last, json!(["渡口的灯", "Cloud", 1.5]));
}

#[test]
fn page_follows_voice_unless_scrolled_away() {
    for phone in [false, true] {
        let reader = open(phone);
        reader.read("渡口的灯");
        listen(&reader);
        says(&reader, "渡口的灯");
        let seen = "const box = highlights('spoken')[0].getBoundingClientRect();
                    return box.top >= 0 && box.bottom <= document.querySelector('.player').getBoundingClientRect().top";
        for _ in 0..30 {
            let before = now(&reader);
            reader.js("speechSynthesis.finish()");
            reader.until("the next sentence", &format!("return speechSynthesis.now?.text && JSON.stringify([speechSynthesis.now.text, speechSynthesis.said.length]) !== '{}'", before[0]));
        }
        reader.settles(|| reader.highlights(seen), json!(true));
        let scroller = if phone { "document.scrollingElement" } else { "document.querySelector('#pane')" };
        reader.js(&format!("{scroller}.scrollTop = 0"));
        let top = || reader.number(&format!("return {scroller}.scrollTop"));
        reader.js("speechSynthesis.finish()");
        assert!(reader.rests(top) < 1.0, "the page does not scroll back");
        reader.click(".player__n");
        reader.settles(|| reader.highlights(seen), json!(true));
    }
}

#[test]
fn next_article_is_spoken_only_if_enabled() {
    let reader = open(false);
    reader.read("第二篇");
    listen(&reader);
    let finish = || reader.js("speechSynthesis.finish()");
    says(&reader, "第二篇");
    finish();
    says(&reader, "老船工在黄昏收起缆绳，灯塔亮了，江面上没有风。");
    finish();
    reader.settles(|| now(&reader)[0].clone(), Value::Null);
    assert!(reader.text("#read h1").contains("第二篇"));
    reader.click_text(".player__o", "连续朗读");
    reader.click(".player [aria-label='播放']");
    says(&reader, "第二篇");
    finish();
    says(&reader, "老船工在黄昏收起缆绳，灯塔亮了，江面上没有风。");
    finish();
    reader.article("The ferry");
    says(&reader, "The ferry");
    assert_eq!(
        reader.js("return speechSynthesis.now.voice.name"),
        "Kate",
        "the voice has the language of the article"
    );
}

#[test]
fn missing_voices_show_messages() {
    let reader = open(false);
    for (setting, words) in [
        ("sessionStorage.voices = '[[\"Kate\",\"en-GB\",true]]'", "没有能朗读简体中文的语音"),
        ("sessionStorage.voices = '[[\"Cloud\",\"zh-CN\",false]]'", "只有在线语音"),
        ("sessionStorage.mute = 1", "不支持朗读"),
    ] {
        reader.js(setting);
        reader.reload();
        reader.read("渡口的灯");
        listen(&reader);
        reader.shows(".player__m", words);
        assert_eq!(
            reader.js("return window.speechSynthesis?.said.length ?? 0"),
            0,
            "nothing is sent unasked"
        );
        assert!(reader.has(".player .ib--play[disabled]"));
    }
}

#[test]
fn converted_text_is_spoken() {
    let reader = open(false);
    reader.js("localStorage.sheaf = '{\"script\":\"zh-Hant-TW\",\"theme\":\"auto\"}'");
    reader.reload();
    reader.read("渡口的燈");
    listen(&reader);
    says(&reader, "渡口的燈");
    assert_eq!(
        reader.js("return speechSynthesis.now.voice.name"),
        "Mei",
        "the voice has the region of the form"
    );
}
