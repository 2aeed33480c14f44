//! Tests of the folding.

use super::*;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use proptest::prelude::*;

#[test]
fn variant_forms_fold_to_the_same_text() {
    for (a, b) in [
        ("華為", "华为"),
        ("臺灣", "台湾"),
        ("颱風", "台风"),
        ("裏面", "里面"),
        ("裡面", "里面"),
        ("後", "后"),
        ("ＡＢＣ１２３", "abc123"),
        ("ﬁn", "fin"),
        ("Straße", "straße"),
        ("ÉCOLE", "école"),
        ("㎏", "kg"),
        ("一 带\u{3000}一路", "一带一路"),
        ("iPhone  15", "iphone 15"),
    ] {
        assert_eq!(fold(a), fold(b), "{a} and {b}");
    }
}

#[test]
fn decomposed_letters_fold_to_composed_ones() {
    for (a, b) in [
        ("cafe\u{301}", "café"),
        ("E\u{323}\u{302}", "ệ"),
        // The order of a keyboard that types the circumflex first.
        ("ê\u{323}", "ệ"),
        ("\u{1112}\u{1161}\u{11ab}", "한"),
        ("カ\u{3099}ラス", "ガラス"),
        ("ﾊﾞｽ停", "バス停"),
        ("ﾃﾞﾊﾟｰﾄ", "デパート"),
        ("か゛", "が"),
        ("İstanbul", "istanbul"),
        ("DIYARBAKIR", "diyarbakır"),
        ("I\u{307}zmir", "izmir"),
        ("Ι\u{301}", "ί"),
    ] {
        assert_eq!(fold(a), fold(b), "{a} and {b}");
    }
}

#[test]
fn signs_that_stand_for_one_another_fold_to_the_same_text() {
    for (a, b) in [
        ("⼈⺠⻋⻓⻔", "人民车长门"),
        ("don’t", "don't"),
        ("“引”「引」", "\"引\"\"引\""),
        ("COVID‑19 F‐16 −5 a–b", "covid-19 f-16 -5 a-b"),
        ("亚当．米克维奇", "亚当·米克维奇"),
        ("J·K・罗琳 9‧11 • x", "J.K.罗琳 9.11 . x"),
        ("亞當‧米・克•維奇", "亚当·米·克·维奇"),
        ("二○二三", "二〇二三"),
        ("二Ｏ二三年一oo八条", "二〇二三年一〇〇八条"),
        ("二OO八、一九九O年", "二〇〇八、一九九〇年"),
        ("ㄧ個", "一个"),
        ("𝗕𝗿𝗲𝗮𝗸 𝓣𝓱𝓮 ᴛʜᴇ 🅰 Ⅷ ㍿ ﬃ", "break the the a viii 株式会社 ffi"),
        ("ﺳﻼﻡ", "سلام"),
        ("STRASSE", "straße"),
        ("ΟΔΟΣ", "οδος"),
        ("葛\u{e0100}城", "葛城"),
        ("台\u{200b}风\u{200e}\u{feff}", "台风"),
        ("Donau\u{ad}dampf", "donaudampf"),
        ("❤\u{fe0f}👍🏽", "❤👍"),
    ] {
        assert_eq!(fold(a), fold(b), "{a} and {b}");
    }
}

#[test]
fn texts_of_different_meaning_stay_distinct() {
    for (a, b) in [
        ("C++", "C"),
        ("C#", "C"),
        (".NET", "NET"),
        ("3.14", "314"),
        ("一0点", "一〇点"),
        ("一only", "一〇nly"),
        ("身份", "身分"),
        ("他", "她"),
        ("芸", "艺"),
        ("连", "联"),
        ("café", "cafe"),
        ("a b", "ab"),
    ] {
        assert_ne!(fold(a), fold(b), "{a} and {b}");
    }
}

#[test]
fn sources_of_composed_and_dropped_characters_are_whole() {
    for (source, needle, expected) in [
        ("un cafe\u{301} noir", "café", "cafe\u{301}"),
        ("ﾃﾞﾊﾟｰﾄ前", "パ", "ﾊﾟ"),
        ("葛\u{e0100}城市", "葛", "葛\u{e0100}"),
        ("x\u{302}\u{334}y", "x", "x\u{302}\u{334}"),
        ("ê\u{323}m", "ệ", "ê\u{323}"),
        ("用 5G 网", "5g", "5G"),
        ("用 5G 网", "用5", "用 5"),
        ("二Ｏ二", "〇", "Ｏ"),
    ] {
        let folded = FoldedText::new(source);
        let at = folded.text.find(needle).unwrap();
        assert_eq!(&source[folded.source_range(at..at + needle.len())], expected, "{source}");
    }
}

#[test]
fn vowel_points_of_hebrew_and_arabic_are_dropped() {
    for (pointed, plain) in [
        ("אֶתְמוֹל", "אתמול"),
        ("שָׁלוֹם", "שלום"),
        ("\u{fb2a}ל", "של"),
        ("افتُتِحَ الجِسْرُ", "افتتح الجسر"),
        ("مـــرحبا", "مرحبا"),
        ("\u{fe77}ا", "ا"),
        ("الرحمٰن", "الرحمن"),
        ("ا\u{654}", "أ"),
    ] {
        assert_eq!(fold(pointed), fold(plain), "{pointed}");
    }
    assert_ne!(fold("أ"), fold("ا"));
    let folded = FoldedText::new("الجِسْرُ");
    assert_eq!(folded.source_range(0..folded.text.len()), 0.."الجِسْرُ".len());
}

#[test]
fn case_and_widths_are_folded_without_tables() {
    assert_eq!(fold_width("ＢＢＣ 中文 Ünd"), "BBC 中文 Ünd");
    assert_eq!(fold_case("ＢＢＣ 中文 Ünd"), "bbc 中文 ünd");
}

#[test]
fn spaces_between_words_are_kept() {
    assert_eq!(fold("共 130 人"), "共130人");
    assert_eq!(fold("iPhone\u{a0}15  Pro"), "iphone 15 pro");
    assert_eq!(fold(" a\n b "), "a\nb");
}

#[test]
fn the_hash_is_that_of_the_tables() {
    let hash = crate::model::content_hash(
        [RULES_VERSION, tables::VARIANTS, tables::MAPPINGS, tables::MARKS].concat().as_bytes(),
    );
    assert_eq!(FOLD_TABLES_HASH, hash, "change the constant together with the tables");
}

#[test]
fn folded_ranges_map_to_whole_source_characters() {
    let source = "用ﬁ写 台灣";
    let folded = FoldedText::new(source);
    let at = folded.text.find('i').unwrap();
    assert_eq!(&source[folded.source_range(at..at + 1)], "ﬁ");
    let needle = fold("写台湾");
    let at = folded.text.find(&needle).unwrap();
    assert_eq!(&source[folded.source_range(at..at + needle.len())], "写 台灣");
}

/// Texts of letters that compose, marks, signs with rules of their own, and others.
fn texts() -> impl Strategy<Value = String> {
    let pieces =
        "[a-zA-Z0oıİßΣέữ한ᄀ-하-ᅵᆨ-ᇂカ-ハﾊﾞﾟ゛\u{300}-\u{328}\u{334}\u{3099}क़้ัก.·一二台臺○ㄧ \u{200b}\u{fe0f}]";
    proptest::string::string_regex(&format!("(({pieces})|\\\\PC){{0,12}}")).unwrap()
}

proptest! {
    #[test]
    fn canonically_equivalent_texts_fold_alike(text in texts()) {
        // The iota below moves through its marks when it folds to a letter.
        let text = text.replace('\u{345}', "");
        let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&text);
        let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&text);
        prop_assert_eq!(fold(&decomposed), fold(&text));
        prop_assert_eq!(fold(&composed), fold(&text));
    }

    #[test]
    fn folded_texts_are_composed(text in texts()) {
        let folded = fold(&text);
        let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&folded).into_owned();
        prop_assert_eq!(composed, folded);
    }

    #[test]
    fn ignorable_characters_change_nothing(text in texts(), at: prop::sample::Index) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (before, after) = text.split_at(places[at.index(places.len())]);
        for ignorable in ['\u{ad}', '\u{200d}', '\u{feff}', '\u{fe0f}', '\u{e0100}'] {
            prop_assert_eq!(fold(&format!("{before}{ignorable}{after}")), fold(&text));
        }
    }

    #[test]
    fn sources_ascend_and_begin_and_end_at_characters(text in texts()) {
        let folded = FoldedText::new(&text);
        let mut before = 0..0;
        for (at, c) in folded.text.char_indices() {
            let range = folded.source_range(at..at + c.len_utf8());
            prop_assert!(text.get(range.clone()).is_some_and(|source| !source.is_empty()));
            prop_assert!(range.start >= before.start && range.end >= before.end);
            before = range;
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in "\\PC*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folded_text_equals_fold_and_maps_to_the_source(text in "(?s).*") {
        let folded = FoldedText::new(&text);
        prop_assert_eq!(&folded.text, &fold(&text));
        for (at, c) in folded.text.char_indices() {
            let range = folded.source_range(at..at + c.len_utf8());
            prop_assert!(text.get(range).is_some_and(|piece| !piece.is_empty()));
        }
    }
}
