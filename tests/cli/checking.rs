//! Commands `sheaf check` and `sheaf show`.

use crate::seeds::{Seeds, article};
use snapbox::str;

#[test]
fn problems_are_printed_with_path_and_line() {
    let seeds = Seeds::new()
        .file("a/1.md", article("一").time("NaN"))
        .file("a/2.md", article("二"))
        .file("a/3.md", "");
    let said = seeds.sheaf("check seeds");
    assert_eq!(said.err, "3 files, 2 problems\n");
    let out = said.ok();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("seeds/a/1.md:1: no-date: "), "{out}");
    assert_eq!(lines[1..], ["seeds/a/3.md:1: skipped: the file is empty"]);
    assert!(!seeds.path("site").exists());
}

#[test]
fn folder_without_articles_fails() {
    assert_eq!(Seeds::new().file("1.md", "").sheaf("check seeds").code, 1);
}

#[test]
fn article_is_shown_as_text_searchable_text_and_json() {
    let body =
        "<p>江水<b>昨夜</b>退了。</p><figure><img src=\"/1.jpg\"><figcaption>渡口</figcaption></figure>";
    let seeds = Seeds::new().file("x/1.md", article("江水 &amp; 岸").url("https://a.example/n/1").body(body));
    seeds.build();
    let id = seeds.sheaf("list site --json").json()[0]["id"].as_str().unwrap().to_owned();
    let show = |how: &str| seeds.sheaf(&format!("show site {id}{how}")).ok();
    assert_eq!(
        show(""),
        "江水 & 岸\na.example\n2023-10-16 23:45 (UTC+8)\nhttps://a.example/n/1\nx/1.md\n\n江水昨夜退了。\n\n渡口\n"
    );
    assert_eq!(show(" --text"), "江水 & 岸\n江水昨夜退了。\n渡口\n");
    let json: serde_json::Value = serde_json::from_str(&show(" --json")).unwrap();
    assert_eq!(json["body"][1]["fig"]["src"], "https://a.example/1.jpg");
}

#[test]
fn unknown_and_malformed_ids_give_different_errors() {
    let seeds = Seeds::new().file("1.md", article("一"));
    seeds.build();
    seeds.sheaf("show site 000000000000").failed_with(
        1,
        str![[r#"
sheaf: no article 000000000000 in the archive site: run `sheaf list site` to see the ids

"#]],
    );
    seeds.sheaf("show site nonsense").failed_with(2, str![[r#"
error: invalid value 'nonsense' for '<ID>': invalid article id `nonsense`: expected 12 characters of 0-9 and a-z without i, l, o, u

For more information, try '--help'.

"#]]);
}
