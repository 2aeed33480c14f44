use super::*;
use crate::archive::Manifest;
use crate::model::Document;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Asserts that both parsers give the same value, or that both fail.
fn check<T: DeserializeOwned + PartialEq + Debug>(json: &str) {
    assert_eq!(from_str::<T>(json).ok(), serde_json::from_str::<T>(json).ok(), "{json}");
}

#[test]
fn integers_parse_as_in_serde_json() {
    for json in
        ["0", "7", "-1", "-0", "00", "01", "-", "+1", "1.0", "1e2", "256", "-128", "-129", "4294967296"]
            .into_iter()
            .chain([
                "18446744073709551615",
                "18446744073709551616",
                "-9223372036854775808",
                "1 ",
                "1 2",
                "1,",
                "",
                " ",
            ])
    {
        check::<u8>(json);
        check::<i8>(json);
        check::<u32>(json);
        check::<i32>(json);
        check::<u64>(json);
        check::<i64>(json);
        check::<Option<u64>>(json);
    }
}

#[test]
fn strings_parse_as_in_serde_json() {
    for json in [
        r#""""#,
        r#""a"#,
        r#"a""#,
        r#""\""#,
        r#""\n\t\r\b\f\/\\\"""#,
        r#""\x""#,
        r#""\u00e9\u4E2D""#,
        r#""\u12""#,
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ud83d\n""#,
        r#""\ude00""#,
        r#""\ud83dA""#,
        "\"\u{1}\"",
        "\"\n\"",
        "\"\u{7f}中文\"",
        r#""\u0000""#,
        "\"a\" b",
    ] {
        check::<String>(json);
        check::<Option<String>>(json);
        check::<char>(json);
    }
}

#[test]
fn arrays_and_objects_parse_as_in_serde_json() {
    for json in [
        "[]",
        "[1]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1,2",
        "[1}",
        "{}",
        r#"{"a":1}"#,
        r#"{"a":1,}"#,
        r#"{"a" 1}"#,
        "{1:1}",
        r#"{"a":1,"a":2}"#,
        r#"{"a":[1],"b":{}}"#,
        "[[],[]]",
        "null",
        "true",
        "nul",
        "truefalse",
        r#""hr""#,
        r#"[{"hr":null}]"#,
        r#"[{"hr":1}]"#,
        r#"["hr"]"#,
        r#"[{"p":["a"],"h":[]}]"#,
        r#"[{"h":[2,["a"]]}]"#,
        r#"[{"h":[2]}]"#,
        r#"[{"h":[2,[],3]}]"#,
        r#"["p"]"#,
        r#"[{"p":[{"b":["x"]},{}]}]"#,
        r#"[{"p":[{"\u0062":[]}]}]"#,
        r#"[{"list":{"items":[],"more":[1.5e-3,{"x":"\n"}]}}]"#,
        r#"[{"list":{"items":[],"items":[]}}]"#,
    ] {
        check::<Vec<u8>>(json);
        check::<(u8, u8)>(json);
        check::<bool>(json);
        check::<std::collections::BTreeMap<String, u8>>(json);
        check::<Vec<Vec<u8>>>(json);
        check::<Document>(json);
    }
}

#[test]
fn nesting_beyond_the_limit_is_an_error() {
    for depth in [126, 127, 128, 100_000] {
        let json = ["[".repeat(depth), "]".repeat(depth)].concat();
        assert_eq!(from_str::<serde::de::IgnoredAny>(&json).is_ok(), depth <= 127);
        let quotes = [r#"[{"quote":"#.repeat(depth / 2), "[]".to_owned(), "}]".repeat(depth / 2)].concat();
        check::<Document>(&quotes);
    }
}

#[test]
fn errors_report_line_and_column() {
    let error = |json| from_str::<Manifest>(json).unwrap_err().to_string();
    assert_eq!(error("{\"sheaf\":2}"), "missing field `title` at line 1, column 11");
    assert_eq!(error("{\"sheaf\":2,\n \"sheaf\":3}"), "duplicate field `sheaf` at line 2, column 9");
    assert_eq!(error("{\"sheaf\":2,\n \"title\":3}"), "unexpected type at line 2, column 10");
    assert_eq!(error("<html>"), "unexpected type at line 1, column 1");
    assert_eq!(error("{\"sheaf\":2"), "invalid JSON at line 1, column 11");
}

#[test]
fn members_return_the_source_text_of_values() {
    let members = members(r#" {"a": [1, 2.5] , "\u0062":"x\n"} "#).unwrap();
    assert_eq!(members, [("a".into(), "[1, 2.5]"), ("b".into(), r#""x\n""#)]);
    for json in ["", "[]", "{", r#"{"a"}"#, r#"{"a":1}2"#, r#"{"a":1.}"#] {
        assert!(super::members(json).is_err(), "{json}");
    }
}

/// A lone surrogate inside an ignored value is an error here only, so the sample contains none to damage.
const SAMPLE: &str = r#"{"sheaf":2,"title":"潮\ud83d\ude00汐集","zone":"UTC","count":1,"undated":1,
    "sources":[{"key":"a","name":"A\u00e9","count":1}],"langs":[["zh-Hans",1]],"months":{"first":-3,"counts":[0,1]},
    "more":{"x":[-1.5e3,true,null,"x\ny"]},"images":"tap","same":[[1,2]],"tables":null}"#;

proptest! {
    #[test]
    fn any_string_round_trips(text in any::<String>()) {
        let json = serde_json::to_string(&text).unwrap();
        prop_assert_eq!(from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn damaged_manifest_parses_as_in_serde_json(
        at: prop::sample::Index, by in "[\\[\\]{}\",:\\\\0-9eE.+\\-a-z \n]{0,2}", length in 0_usize..3,
    ) {
        let mut damaged: Vec<char> = SAMPLE.chars().collect();
        let start = at.index(damaged.len());
        let end = (start + length).min(damaged.len());
        damaged.splice(start..end, by.chars());
        check::<Manifest>(&damaged.into_iter().collect::<String>());
    }
}
