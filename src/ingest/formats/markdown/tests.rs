use super::*;

fn draft(text: &str) -> Draft<'_> {
    assert!(detect(text), "{text}");
    read(text, &mut Diagnostics::default())
}

fn time(draft: &Draft<'_>) -> String {
    draft.time.map(|time| time.to_string()).unwrap_or_default()
}

#[test]
fn clipping_of_obsidian_is_read() {
    let read = draft(
        "---\ntitle: \"江水退了\"\nsource: \"https://news.example/tide/7\"\nauthor:\n  - \"[[林舟]]\"\npublished: 2026-11-27\n\
         created: 2026-11-28\ndescription: \"x\"\ntags:\n  - \"clippings\"\n---\n江水昨夜退了。==堤上的人==还在。",
    );
    assert_eq!(read.title, "江水退了");
    assert_eq!(read.url.as_ref().unwrap().as_str(), "https://news.example/tide/7");
    assert_eq!(
        (read.authors.as_slice(), read.tags.as_slice()),
        (&["林舟".to_owned()][..], &["clippings".to_owned()][..])
    );
    assert_eq!(time(&read), "2026-11-27T12:00:00Z");
    assert_eq!(read.saved.unwrap().to_string(), "2026-11-28T12:00:00Z");
    assert_eq!((read.body.trim_end(), read.body_line), ("<p>江水昨夜退了。<u>堤上的人</u>还在。</p>", 12));
}

#[test]
fn clipping_of_markdownload_is_read() {
    let read = draft(
        "---\ncreated: 2026-11-29T10:00:00 (UTC +08:00)\ntags: [水, 河]\nsource: https://news.example/tide/7\nauthor: 林舟: 著\n---\n\n\
         # 江水退了\n\n> ## Excerpt\n> 水。\n\n---\n江水昨夜退了。",
    );
    assert_eq!((read.title.as_str(), read.authors[0].as_str(), read.tags.len()), ("", "林舟: 著", 2));
    assert_eq!(read.saved.unwrap().to_string(), "2026-11-29T02:00:00Z");
    assert!(read.body.starts_with("<h1>江水退了</h1>"));
}

#[test]
fn notes_of_services_give_their_address() {
    let read = draft(
        "---\nid: 5f2a\ntitle: 江\ndate_saved: 2026-11-28 09:00:00\n---\n\n# 江\n#Omnivore\n\n[Read on Omnivore](https://o.example/me/5)\n[Read Original](https://news.example/7)\n",
    );
    assert_eq!(read.url.unwrap().as_str(), "https://news.example/7");
    assert_eq!(read.key.as_deref(), Some("5f2a"));
    let read = draft(
        "# 江\n\n## Metadata\n- Author: [[林舟]]\n- URL: https://news.example/8\n\n## Highlights\n- 水\n",
    );
    assert_eq!(read.url.unwrap().as_str(), "https://news.example/8");
}

#[test]
fn posts_of_site_generators_are_read() {
    let read = draft("+++\ntitle = \"江\"\ndate = 2026-11-28T09:00:00+08:00\ntags = [\"a\", \"b\"]\n+++\n水");
    assert_eq!(
        (read.title.as_str(), time(&read).as_str(), read.tags.len()),
        ("江", "2026-11-28T01:00:00Z", 2)
    );
    let read = draft(
        "---\nlayout: post\ntitle: 江\ndate: 2026-11-28 09:00:00 +0800\ncategories: a, b\npermalink: /x/\n---\n水",
    );
    assert_eq!((time(&read).as_str(), read.tags.len(), read.url), ("2026-11-28T01:00:00Z", 2, None));
}

#[test]
fn title_with_a_bold_date_is_read() {
    for title in ["江水退了", "[江水退了](https://news.example/7)"] {
        let text = format!("{title}\n====\n\n**2026-11-28 09:00**\n\n江*水*。\n");
        let read = draft(&text);
        assert_eq!((read.title.as_str(), time(&read).as_str()), ("江水退了", "2026-11-28T09:00:00Z"));
        assert_eq!(read.url.is_some(), title.starts_with('['));
        assert_eq!(read.body.trim_end(), "<p>江<em>水</em>。</p>");
    }
}

#[test]
fn other_texts_are_not_markdown() {
    for text in [
        "<!--1697471101000-->\n[江](https://a.example/1)\n---\n\n**水**",
        "江水退了。",
        "<p>**a**</p>",
        "水 [a](b)\n\n<p>x</p>",
    ] {
        assert!(!detect(text), "{text}");
    }
}
