//! External images: loading, waiting, timeouts.

use crate::archives::{Article, demo, of};
use crate::host::{Asked, Fault};
use crate::visit::{Reader, app, visit};
use sheaf::archive::writer::gzip::decompress;
use sheaf::bundle::BuildProgress;
use sheaf::images::ImageStore;
use sheaf::site::{SiteOptions, Viewer, build_site};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Image of one pixel.
const PIXEL: [u8; 67] = *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

/// Two articles, one with four images of a host that the test host answers for, one without any.
fn album() -> PathBuf {
    let picture = |n: usize| {
        format!(
            "<p><img src=\"http://pictures.example/{n}.png\" width=\"800\" height=\"450\" alt=\"第{n}幅\"></p><p>{}</p>",
            "潮水退了。".repeat(40)
        )
    };
    let article = |title: &str, time: i64, body: String| Article {
        title: title.to_owned(),
        time,
        url: format!("http://articles.example/{time}"),
        body,
    };
    of("album", vec![
        article("画册", 1_700_000_000_000, (1..=4).map(picture).collect()),
        article("没有图片", 1_600_000_000_000, "<p>只有文字。</p>".to_owned()),
        article(
            "从代理来",
            1_500_000_000_000,
            "<p><img src=\"https://images.weserv.nl/?url=http://pictures.example/9.png\" width=\"800\" height=\"450\"></p><p>文字。</p>".to_owned(),
        ),
    ])
}

/// Opens the album on a host that has its images.
fn at_album(settings: &str) -> Reader {
    at(album(), settings)
}

fn at(site: PathBuf, settings: &str) -> Reader {
    let reader = visit(site).ready();
    reader.hurry();
    if !settings.is_empty() {
        reader.at_start(&format!("localStorage.setItem('sheaf', JSON.stringify({settings}))"));
    }
    for n in 1..=9 {
        reader.host.put(&format!("{n}.png"), PIXEL);
    }
    reader
}

/// Returns the requests to other hosts, without icons, which some browsers request.
fn asked(reader: &Reader) -> Vec<Asked> {
    let own = reader.host.address().to_string();
    reader.host.asked(".png").into_iter().filter(|asked| asked.host != own).collect()
}

/// Waits until this number of images is shown.
fn shown(reader: &Reader, count: usize) {
    reader.settles(|| reader.count("#read .fig__p.is-shown"), count);
}

/// Scrolls the article to its end, so that all images come near.
fn to_the_end(reader: &Reader) {
    reader.js("document.querySelector('#pane').scrollTop = 99999");
}

#[test]
fn images_load_near_viewport_without_referrer() {
    let reader = at_album("");
    reader.open("");
    reader.article("画册");
    reader.until("the first is shown", "return !!document.querySelector('#read .fig__p.is-shown')");
    to_the_end(&reader);
    shown(&reader, 4);
    let asked = asked(&reader);
    assert_eq!(asked.len(), 4);
    for picture in asked {
        assert_eq!((picture.host.as_str(), picture.referrer), ("pictures.example", None));
    }
}

#[test]
fn image_box_keeps_size_while_loading() {
    let reader = at_album("");
    reader.host.fail(".png", Fault::Silence, usize::MAX);
    reader.open("");
    reader.article("画册");
    let height = || {
        reader.number(
            "return Math.round(document.querySelector('#read .fig__p').getBoundingClientRect().height)",
        )
    };
    let width = reader.number("return document.querySelector('#read .fig__p').getBoundingClientRect().width");
    assert_eq!(height(), (width * 450.0 / 800.0).round());
}

#[test]
fn broken_image_shows_placeholder_with_actions() {
    let reader = visit(demo()).open("#/?q=盐田收工");
    reader.read("立秋前后，盐田收工");
    reader.shows("#read .gone", "图片无法载入");
    reader.shows("#read .gone", "pictures.example");
    reader.shows("#read .gone", "傍晚的盐田");
    let link = reader.attribute("#read .gone a", "href");
    assert_eq!(link.as_deref(), Some("https://pictures.example/salt/pans-at-dusk.jpg"));

    let reader = at_album("");
    reader.host.fail("1.png", Fault::Drop, usize::MAX);
    reader.open("");
    reader.shows("#read .gone", "图片无法载入");
    reader.host.mend();
    reader.click_text("#read .gone .link", "重试");
    reader.until(
        "it is shown now",
        "return document.querySelector('#read .fig__p').classList.contains('is-shown')",
    );
}

#[test]
fn stalled_image_times_out() {
    let reader = at_album("");
    // Not even a status is sent.
    reader.host.fail("1.png", Fault::Silence, usize::MAX);
    reader.open("");
    reader.shows("#read .gone", "图片无法载入");
}

#[test]
fn two_failures_withhold_images_of_host() {
    let reader = at_album("");
    reader.host.fail(".png", Fault::Status(404), usize::MAX);
    reader.open("");
    reader.article("画册");
    // One after another, as when reading.
    for n in 1..=4 {
        reader.js(&format!("document.querySelectorAll('#read .fig')[{}].scrollIntoView()", n - 1));
        reader.settles(|| reader.count("#read :is(.gone, .held)") >= n, true);
    }
    assert!(asked(&reader).len() <= 3, "{:?}", asked(&reader));
    assert_eq!(reader.texts("#read .held").last().map(String::as_str), Some("1 张图片未载入\n重试"));
    assert!(reader.texts("#read .held__a").contains(&"第4幅".to_owned()), "alternative texts stay");
    reader.host.mend();
    reader.click_text("#read .fig:last-of-type .held .link", "重试");
    shown(&reader, 1);
}

#[test]
fn run_of_withheld_images_is_one_line() {
    let picture = |n: usize| format!("<p><img src=\"http://pictures.example/{n}.png\"></p>");
    let wall = of(
        "wall",
        vec![Article {
            title: "照片墙".to_owned(),
            time: 1_700_000_000_000,
            url: "http://articles.example/wall".to_owned(),
            body: format!(
                "<p>潮水退了。</p>{}<p>{}</p>{}<p>船都回来了。</p>",
                [1, 2].map(picture).concat(),
                "潮水退了。".repeat(400),
                [3, 4, 5, 6].map(picture).concat()
            ),
        }],
    );
    let reader = at(wall, "");
    reader.host.fail(".png", Fault::Status(404), usize::MAX);
    reader.open("");
    reader.settles(|| reader.count("#read .gone"), 2);
    to_the_end(&reader);
    reader.shows("#read .held", "4 张图片未载入");
    assert_eq!(reader.count("#read .held"), 1);
    assert!(asked(&reader).iter().all(|asked| !asked.path.contains("6.png")), "none is requested");
    reader.host.mend();
    reader.click_text("#read .held .link", "重试");
    shown(&reader, 4);
    assert_eq!(reader.count("#read .held"), 0);
}

#[test]
fn images_on_tap_load_when_tapped() {
    let reader = at_album("{ images: 'tap' }");
    reader.open("");
    reader.article("画册");
    reader.settles(|| reader.count("#read .gone"), 4);
    to_the_end(&reader);
    assert!(asked(&reader).is_empty());
    reader.click_text("#read .gone .link", "载入");
    shown(&reader, 1);
    assert_eq!(asked(&reader).len(), 1);
}

#[test]
fn images_switched_off_are_not_requested() {
    let reader = at_album("{ images: 'off' }");
    reader.open("");
    reader.article("画册");
    reader.settles(|| reader.count("#read .gone"), 4);
    to_the_end(&reader);
    reader.shows("#read .gone", "图片已关闭");
    assert!(asked(&reader).is_empty());
}

#[test]
fn failed_proxy_falls_back_to_original_host() {
    let reader = at_album("");
    reader.open("#/?q=从代理来");
    reader.article("从代理来");
    shown(&reader, 1);
    assert_eq!(asked(&reader).len(), 1);
}

/// Site of the album with the first three images archived.
pub fn with_pictures() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(build_with_pictures).clone()
}

fn build_with_pictures() -> PathBuf {
    let place = album().with_file_name("with-pictures");
    let _ = fs::remove_dir_all(&place);
    let mut store = ImageStore::open(&place.join("pictures")).unwrap();
    for n in 1..=3 {
        let bytes = [&PIXEL[..], &[n]].concat();
        store.insert(&format!("http://pictures.example/{n}.png"), &bytes, (800, 450)).unwrap();
    }
    let options = SiteOptions {
        seeds: vec![album().with_file_name("seeds")],
        out: place.join("site"),
        viewer: Some(Viewer::from_folder(&app()).unwrap()),
        images: Some(place.join("pictures")),
        ..SiteOptions::default()
    };
    assert!(build_site(&options, &BuildProgress::hidden()).unwrap().error.is_none());
    place.join("site")
}

#[test]
fn archived_images_are_requested_from_site_only() {
    let site = with_pictures();
    for (settings, away) in [("", 1), ("{ images: 'off' }", 0)] {
        let reader = at(site.clone(), settings);
        reader.open("");
        reader.article("画册");
        to_the_end(&reader);
        shown(&reader, 3 + away);
        assert_eq!(asked(&reader).len(), away);
        assert_eq!(reader.count("#read .fig__p.is-off"), 1 - away);
        // The publisher is still credited.
        assert_eq!(reader.texts("#read .fig__c").len(), 4);
    }
    // Images missing from the site are loaded from the publisher, if allowed.
    for (settings, away) in [("", 4), ("{ images: 'off' }", 0)] {
        let reader = at(site.clone(), settings);
        reader.host.fail(".webp", Fault::Status(404), usize::MAX);
        reader.open("");
        reader.article("画册");
        to_the_end(&reader);
        shown(&reader, away);
        reader.settles(|| reader.count("#read .fig__p.is-off"), 4 - away);
        assert_eq!(asked(&reader).len(), away);
    }
}

#[test]
fn archived_images_are_cached_with_site() {
    let site = with_pictures();
    let mut files = fs::read_dir(&site).unwrap().map(|file| file.unwrap().path());
    let list = files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("kept-")).unwrap();
    let list: Vec<(String, u64)> =
        serde_json::from_slice(&decompress(fs::read(list).unwrap(), 1 << 20).unwrap()).unwrap();
    let pictures = list
        .iter()
        .filter(|(path, bytes)| path.starts_with("archive/") && path.ends_with(".webp") && *bytes == 68);
    assert_eq!(pictures.count(), 3, "{list:?}");
}
