//! The archives that the tests open, each built once.

use sheaf::build::{Layout, Options, Progress, build};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

/// How many articles [`thousands`] has.
pub const THOUSANDS: usize = 3_000;

/// The articles written for the project, in one file.
pub fn demo() -> PathBuf {
    built("demo", Some(Layout::Small), |_| repository("tests/data/demo"))
}

/// The same in many files.
pub fn demo_split() -> PathBuf {
    built("demo-split", Some(Layout::Split), |_| repository("tests/data/demo"))
}

/// The seed that everybody sees first.
pub fn seed() -> PathBuf {
    built("seed", None, |_| repository("seeds"))
}

/// One article that holds everything a page can, some in other languages, one with earlier versions.
pub fn specimen() -> PathBuf {
    built("specimen", Some(Layout::Small), |_| repository("tests/data/specimen"))
}

/// The strangest files.
pub fn oddities() -> PathBuf {
    built("oddities", Some(Layout::Small), |_| repository("tests/data/oddities"))
}

/// Three thousand short articles of some years, in many files.
pub fn thousands() -> PathBuf {
    built("thousands", Some(Layout::Split), |seeds| {
        for n in 0..THOUSANDS {
            // Four hours apart, so that some days have more than others and rows are of several heights.
            let article = Article {
                title: format!("第{n}篇：{}", "渡口与灯塔之间的一段很长的路".repeat(1 + n % 3)),
                time: 1_600_000_000_000 + n as i64 * 14_400_000,
                url: format!("https://source{}.example/{n}", n % 9),
                body: format!("<p>第{n}次，{}</p>", "潮水退了。".repeat(n % 7 * 4 + 1)),
            };
            article.write(seeds, &format!("{n}.md"));
        }
        seeds.to_owned()
    })
}

/// The articles of the project in many files, and `more` others of one day that are newer than all of them.
pub fn demo_and(more: usize) -> PathBuf {
    built(&format!("demo-and-{more}"), Some(Layout::Split), |seeds| {
        copy(&repository("tests/data/demo"), seeds);
        for n in 0..more {
            let article = Article {
                title: format!("新到第{n}篇"),
                time: 1_900_000_000_000 + n as i64 * 60_000,
                url: format!("https://source.example/new/{n}"),
                body: "<p>刚刚送到的一篇。</p>".to_owned(),
            };
            article.write(seeds, &format!("new-{n}.md"));
        }
        seeds.to_owned()
    })
}

/// An archive of these articles.
pub fn of(name: &str, articles: Vec<Article>) -> PathBuf {
    filled(name, |seeds| {
        for (n, article) in articles.iter().enumerate() {
            article.write(seeds, &format!("{n}.md"));
        }
    })
}

/// An archive of whatever `fill` writes into a folder.
pub fn filled(name: &str, fill: impl FnOnce(&Path)) -> PathBuf {
    built(name, Some(Layout::Small), |seeds| {
        fill(seeds);
        seeds.to_owned()
    })
}

/// An article file.
pub struct Article {
    /// Its title.
    pub title: String,
    /// Milliseconds since 1970.
    pub time: i64,
    /// The original's address.
    pub url: String,
    /// The text as HTML.
    pub body: String,
}

impl Article {
    /// Writes it into a folder.
    pub fn write(&self, folder: &Path, name: &str) {
        let mut text = String::new();
        write!(text, "<!--{}-->\n[{}]({})\n------\n\n{}\n", self.time, self.title, self.url, self.body)
            .unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
}

/// Copies a folder with all below it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (place, copied) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).unwrap();
        if place.is_dir() {
            copy(&place, &copied);
        } else {
            fs::copy(&place, &copied).unwrap();
        }
    }
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The archive `name`, built from the folder that `seeds` fills or names when it is asked for first.
fn built(name: &str, layout: Option<Layout>, seeds: impl FnOnce(&Path) -> PathBuf) -> PathBuf {
    static BUILT: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
    let out = place.join("archive");
    let mut known = BUILT.lock().unwrap();
    if known.insert(name.to_owned()) {
        let folder = place.join("seeds");
        // What an earlier run left.
        let _ = fs::remove_dir_all(&place);
        fs::create_dir_all(&folder).unwrap();
        let options = Options { seeds: vec![seeds(&folder)], out: out.clone(), layout, ..Options::default() };
        let built = build(&options, &Progress::hidden()).unwrap();
        assert!(built.failed.is_none(), "{:?}", built.failed);
    }
    out
}
