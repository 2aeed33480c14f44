//! Archives for the tests, each built once.

use sheaf::archive::writer::ArchiveLayout;
use sheaf::bundle::{ArchiveOptions, BuildProgress, build};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

/// Number of articles of [`thousands`].
pub const THOUSANDS: usize = 3_000;

/// The project's sample articles in one file.
pub fn demo() -> PathBuf {
    built("demo", Some(ArchiveLayout::Small), |_| repository("tests/data/demo"))
}

/// The same in a split layout.
pub fn demo_split() -> PathBuf {
    built("demo-split", Some(ArchiveLayout::Split), |_| repository("tests/data/demo"))
}

/// The seed archive of the project.
pub fn seed() -> PathBuf {
    built("seed", None, |_| repository("seeds"))
}

/// One article with every kind of content, foreign languages, and earlier versions.
pub fn specimen() -> PathBuf {
    built("specimen", Some(ArchiveLayout::Small), |_| repository("tests/data/specimen"))
}

/// Clippings with authors and tags.
pub fn clippings() -> PathBuf {
    built("clippings", Some(ArchiveLayout::Split), |seeds| {
        let write = |n: usize, title: &str, fields: &str| {
            let text = format!(
                "---\ntitle: {title}\nsource: https://n.example/{n}\npublished: 2024-03-{n:02}\n{fields}---\n江水退了。\n"
            );
            fs::write(seeds.join(format!("{n}.md")), text).unwrap();
        };
        write(1, "渡口", "author: 林舟\ntags: [水, 台灣]\n");
        write(2, "灯塔", "author: [林舟, Ann Lee]\ntags: [水]\n");
        write(3, "船坞", "author: Ann Lee\ntags: [台湾, 'low \"tide\"']\n");
        write(4, "潮汐", "");
        for n in 5..15 {
            write(n, "潮汐", &format!("tags: [第{n}号]\n"));
        }
        seeds.to_owned()
    })
}

/// Unusual input files.
pub fn oddities() -> PathBuf {
    built("oddities", Some(ArchiveLayout::Small), |_| repository("tests/data/oddities"))
}

/// Three thousand short articles of several years, in a split layout.
pub fn thousands() -> PathBuf {
    built("thousands", Some(ArchiveLayout::Split), |seeds| {
        for n in 0..THOUSANDS {
            // Four hours apart, so that days differ in size and rows in height.
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

/// The sample articles in a split layout, with `more` newer articles of one day.
pub fn demo_and(more: usize) -> PathBuf {
    built(&format!("demo-and-{more}"), Some(ArchiveLayout::Split), |seeds| {
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

/// Builds an archive of these articles.
pub fn of(name: &str, articles: Vec<Article>) -> PathBuf {
    filled(name, |seeds| {
        for (n, article) in articles.iter().enumerate() {
            article.write(seeds, &format!("{n}.md"));
        }
    })
}

/// Builds an archive of these articles in a split layout.
pub fn split_of(name: &str, articles: Vec<Article>) -> PathBuf {
    built(name, Some(ArchiveLayout::Split), |seeds| {
        for (n, article) in articles.iter().enumerate() {
            article.write(seeds, &format!("{n}.md"));
        }
        seeds.to_owned()
    })
}

/// Builds an archive of the files that `fill` writes.
pub fn filled(name: &str, fill: impl FnOnce(&Path)) -> PathBuf {
    built(name, Some(ArchiveLayout::Small), |seeds| {
        fill(seeds);
        seeds.to_owned()
    })
}

pub struct Article {
    pub title: String,
    /// Milliseconds since 1970.
    pub time: i64,
    /// URL of the original.
    pub url: String,
    pub body: String,
}

impl Article {
    pub fn write(&self, folder: &Path, name: &str) {
        let mut text = String::new();
        write!(text, "<!--{}-->\n[{}]({})\n------\n\n{}\n", self.time, self.title, self.url, self.body)
            .unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
}

/// Copies a folder recursively.
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

pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Builds the archive `name` on first use, from the folder that `seeds` fills or returns.
fn built(name: &str, layout: Option<ArchiveLayout>, seeds: impl FnOnce(&Path) -> PathBuf) -> PathBuf {
    static BUILT: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
    let out = place.join("archive");
    let mut known = BUILT.lock().unwrap();
    if known.insert(name.to_owned()) {
        let folder = place.join("seeds");
        // Removes the output of an earlier run.
        let _ = fs::remove_dir_all(&place);
        fs::create_dir_all(&folder).unwrap();
        let options = ArchiveOptions {
            seeds: vec![seeds(&folder)],
            out: out.clone(),
            layout,
            ..ArchiveOptions::default()
        };
        let built = build(&options, &BuildProgress::hidden()).unwrap();
        assert!(built.error.is_none(), "{:?}", built.error);
    }
    out
}
