//! The whole site: the app, the archive and what is made of it, in a folder that any static host serves.
//!
//! ```text
//! articles ─▶ build ─▶ archive ─────────┐
//!    └──────▶ pages, feeds, front page ─┼▶ stage ─▶ offline ─▶ site
//! viewer  ──────────────────────────────┘  (or all in one file)
//! ```
//!
//! What always holds: the folder is a whole site at every moment, the old one or the new; a build over an old site leaves
//! the same bytes as a build into an empty folder, besides files that no build has made, which stay.

pub mod content_security_policy;
mod document;
mod feeds;
mod front;
mod markup;
pub mod offline;
mod pages;
mod record;
mod single;
mod stage;
mod viewer;

pub use viewer::{PAGE, Viewer};

use crate::build::{
    BuildError, Built, Digest, Gathered, Layout, Library, Progress, gather, inputs, is_archive_file,
    refuse_own_output, write,
};
use crate::pictures::{Store, place};
use rayon::prelude::*;
use record::Record;
use stage::{Stage, Workshop};
use std::fs;
use std::path::{Path, PathBuf};

/// What to build and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folders with the article files.
    pub seeds: Vec<PathBuf>,
    /// The folder of the site.
    pub out: PathBuf,
    /// One file or many; chosen by size when not said.
    pub layout: Option<Layout>,
    /// The app; without one the archive is written alone.
    pub viewer: Option<Viewer>,
    /// Whether each article gets a page of its own.
    pub pages: bool,
    /// The folder of the pictures that were fetched for the articles.
    pub pictures: Option<PathBuf>,
}

impl Options {
    /// All that decides what is written besides the articles, as one value; nothing where the program cannot be told.
    fn asked(&self) -> Option<Digest> {
        let layout = format!("{:?} {}", self.layout, self.pages);
        let mut asked = vec![record::program()?, Digest::of(layout.as_bytes())];
        for (path, bytes) in self.viewer.iter().flat_map(|viewer| &viewer.files) {
            asked.extend([Digest::of(path.as_bytes()), Digest::of(bytes)]);
        }
        Some(Digest::of_all(asked))
    }
}

/// Builds a site.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` cannot be understood, or the site cannot be written.
pub fn build(options: &Options, progress: &Progress) -> Result<Built, BuildError> {
    refuse_own_output(&options.seeds, &options.out)?;
    let workshop = Workshop::open(&options.out)?;
    let pictures = options.pictures.as_deref().map(Store::open_filled).transpose()?;
    let asked = options.asked().map(|asked| match &pictures {
        Some(pictures) => Digest::of_all([asked, pictures.digest()]),
        None => asked,
    });
    let last = Record::load(&workshop);
    if let (Some(asked), Some(last)) = (asked, &last)
        && last.asked == asked
        && inputs(&options.seeds) == Some(last.inputs)
        && last.is_intact(workshop.out())
    {
        return Ok(Built { report: last.report.clone(), failed: None, written: false });
    }
    let Gathered { mut report, library, inputs } = gather(&options.seeds, progress)?;
    let mut library = match library {
        Ok(library) => library,
        Err(error) => return Ok(Built { report, failed: Some(error), written: false }),
    };
    let stage = workshop.stage()?;
    if let Some(viewer) = &options.viewer {
        stage.put(viewer.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes)))?;
        around(&stage, viewer, &library, options.pages)?;
    }
    // Pages that are read without the app name the publisher's pictures, which search engines know.
    let pictures = pictures.map(|pictures| put_pictures(&stage, &mut library, &pictures)).transpose()?;
    let encoded = library.encode(options.layout, progress)?;
    report.bytes = encoded.bytes();
    if let Some((files, bytes)) = pictures {
        report.bytes.pictures = bytes;
        report.bytes.total += bytes;
        report.bytes.files += files;
    }
    stage.put(encoded.files())?;
    if options.viewer.is_some() {
        offline::write(stage.folder())?;
    }
    let record = asked.map(|asked| Record::of(asked, inputs, stage.folder(), report.clone())).transpose();
    let record = record.map_err(BuildError::io(stage.folder()))?;
    let ours = |path: &str| {
        is_archive_file(path)
            || is_made(path)
            || last.as_ref().is_some_and(|last| last.files.contains_key(path))
    };
    stage.settle(&ours)?;
    if let Some(record) = record {
        record.store(&workshop).map_err(BuildError::io(workshop.out()))?;
    }
    Ok(Built { report, failed: None, written: true })
}

/// Puts the pictures of the articles into the site and has the articles name them; how many files and bytes they are.
fn put_pictures(stage: &Stage, library: &mut Library, pictures: &Store) -> Result<(u64, u64), BuildError> {
    let files = place(&mut library.articles, pictures)?;
    let copied = files.par_iter().map(|(path, from)| {
        let bytes = fs::read(from).map_err(BuildError::io(from))?;
        stage.put([(path.as_str(), bytes.as_slice())])?;
        Ok(bytes.len() as u64)
    });
    let bytes = copied.sum::<Result<u64, BuildError>>()?;
    library.add_beside(bytes);
    Ok((files.len() as u64, bytes))
}

/// Builds the archive into the folder of an app and makes its page the archive's, as trunk's hook does.
///
/// # Errors
///
/// As [`build`]; the folder is not replaced as a whole, since nobody is served from it.
pub fn build_into(seeds: &[PathBuf], folder: &Path, progress: &Progress) -> Result<Built, BuildError> {
    let Gathered { mut report, library, .. } = gather(seeds, progress)?;
    let written = library.and_then(|library| {
        let path = folder.join(PAGE);
        let page = fs::read(&path).map_err(BuildError::io(&path))?;
        let site = library.config.site.as_deref();
        let front = front::page(&page, &library.manifest()?, &library.articles, site, false)?;
        fs::write(&path, front).map_err(BuildError::io(&path))?;
        let encoded = library.encode(None, progress)?;
        report.bytes = encoded.bytes();
        write(folder, &encoded, progress)?;
        offline::write(folder)
    });
    Ok(Built { report, written: written.is_ok(), failed: written.err() })
}

/// Adds what is made of the articles besides the archive: the site's own page, and with `pages` those of the articles,
/// feeds and a map.
fn around(stage: &Stage, viewer: &Viewer, library: &Library, pages: bool) -> Result<(), BuildError> {
    let (manifest, articles) = (library.manifest()?, &library.articles);
    let site = library.config.site.as_deref();
    let page = viewer.files.get(PAGE).map(|bytes| &**bytes).unwrap_or_default();
    let front = front::page(page, &manifest, articles, site, pages)?;
    stage.put([(PAGE, front.as_bytes())])?;
    if !pages {
        return Ok(());
    }
    let look = front::Look::of(&front, site, manifest.images);
    // Some at a time: all of them together would take much memory.
    for part in articles.chunks(1024) {
        let made: Vec<(String, String)> = part
            .par_iter()
            .map(|article| (pages::path(article), pages::page(article, &manifest, &look)))
            .collect();
        stage.put(made.iter().map(|(path, page)| (path.as_str(), page.as_bytes())))?;
    }
    let Some(site) = site else { return Ok(()) };
    let feeds = feeds::files(articles, &manifest, site)?;
    stage.put(feeds.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))
}

/// Whether a build has made the file at `path` of an archive or of the other files of a site.
fn is_made(path: &str) -> bool {
    offline::is_list(path) || pages::is_ours(path) || feeds::is_ours(path)
}

/// Builds one page with app and archive inside, at `options.out`.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` cannot be understood, there is no app, or the page cannot be written.
pub fn build_single(options: &Options, progress: &Progress) -> Result<Built, BuildError> {
    refuse_own_output(&options.seeds, &options.out)?;
    let viewer = options.viewer.as_ref().ok_or(BuildError::WithoutViewer)?;
    let Gathered { mut report, library, .. } = gather(&options.seeds, progress)?;
    let written = library.and_then(|library| {
        let page = viewer.files.get(PAGE).map(|bytes| &**bytes).unwrap_or_default();
        let front = front::page(page, &library.manifest()?, &library.articles, None, false)?;
        let encoded = library.encode(options.layout, progress)?;
        report.bytes = encoded.bytes();
        single::write(&options.out, &single::page(viewer, &front, &encoded)?)
    });
    Ok(Built { report, written: written.is_ok(), failed: written.err() })
}

/// The path of `place` below `folder`, with `/` between the parts.
fn path_of(folder: &Path, place: &Path) -> String {
    let path = place.strip_prefix(folder).unwrap_or(place);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    /// What happens between two builds.
    #[derive(Clone, Debug)]
    enum Change {
        /// A file is added, or changed if it is there.
        Write(u8, u8),
        Remove(u8),
        Rename(u8, u8),
        Configure(u8),
        Layout(bool),
        Pages(bool),
        Viewer(u8),
        /// Some file of the site is cut short.
        Damage(u16),
        /// What the last build noted is gone, or is nonsense.
        Forget(bool),
        Nothing,
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            4 => (0u8..12, any::<u8>()).prop_map(|(file, text)| Change::Write(file, text)),
            2 => (0u8..12).prop_map(Change::Remove),
            1 => (0u8..12, 0u8..12).prop_map(|(from, to)| Change::Rename(from, to)),
            1 => any::<u8>().prop_map(Change::Configure),
            1 => any::<bool>().prop_map(Change::Layout),
            1 => any::<bool>().prop_map(Change::Pages),
            1 => (0u8..3).prop_map(Change::Viewer),
            1 => any::<u16>().prop_map(Change::Damage),
            1 => any::<bool>().prop_map(Change::Forget),
            1 => Just(Change::Nothing),
        ]
    }

    fn viewer(number: u8) -> Viewer {
        let file = |path: String, text: &str| (path, Cow::Owned(text.as_bytes().to_vec()));
        let page = "<!doctype html><html lang=zh-Hans><head><meta charset=utf-8><title>Sheaf</title></head><body></body>";
        Viewer { files: BTreeMap::from([file(PAGE.into(), page), file(format!("app-{number}.js"), "1")]) }
    }

    fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let paths = stage::list(folder).unwrap_or_default();
        paths.into_iter().map(|path| (path.clone(), fs::read(folder.join(path)).unwrap())).collect()
    }

    fn apply(change: &Change, root: &Path, options: &mut Options) {
        let seed = |number: &u8| root.join(format!("seeds/{number}.md"));
        match change {
            Change::Write(file, text) => {
                // Files share an address now and then: one is another's earlier version.
                let (time, address) = (1_600_000_000_000_i64 + i64::from(*text) * 100_000_000, file % 9);
                let body = format!("<p>第{text}稿。{}</p>", "潮水退了。".repeat(usize::from(*text)));
                let text =
                    format!("<!--{time}-->\n[第{file}篇](https://a.example/{address})\n------\n\n{body}\n");
                fs::write(seed(file), text).unwrap();
            }
            Change::Remove(file) => drop(fs::remove_file(seed(file))),
            Change::Rename(from, to) => drop(fs::rename(seed(from), seed(to))),
            Change::Configure(title) => {
                fs::write(
                    root.join("seeds/sheaf.toml"),
                    format!("title = 'T{title}'\nsite = 'https://a.example/{title}'\n"),
                )
                .unwrap();
            }
            Change::Layout(split) => options.layout = split.then_some(Layout::Split),
            Change::Pages(pages) => options.pages = *pages,
            Change::Viewer(number) => options.viewer = Some(viewer(*number)),
            Change::Damage(which) => {
                let files = files_of(&options.out);
                let path = files.keys().nth(usize::from(*which) % files.len().max(1));
                if let Some(path) = path {
                    let bytes = &files[path];
                    fs::write(options.out.join(path), &bytes[..bytes.len() / 2]).unwrap();
                }
            }
            Change::Forget(nonsense) => {
                let record = root.join(".site.sheaf/record.json");
                if *nonsense { drop(fs::write(record, "{}")) } else { drop(fs::remove_file(record)) }
            }
            Change::Nothing => {}
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_build_over_any_earlier_ones_equals_a_fresh_one(changes in proptest::collection::vec(change(), 1..14)) {
            let place = tempfile::tempdir().unwrap();
            let root = place.path();
            fs::create_dir(root.join("seeds")).unwrap();
            let out = root.join("site");
            let mut options =
                Options { seeds: vec![root.join("seeds")], out: out.clone(), layout: None, viewer: Some(viewer(0)), pages: true, pictures: None };
            let mut earlier_apps = std::collections::BTreeSet::new();
            let mut forgotten = false;
            for change in &changes {
                apply(change, root, &mut options);
                // An app of whose making nothing is known stays as any other file would.
                forgotten |= matches!(change, Change::Forget(_));
                let before = files_of(&out);
                let built = build(&options, &Progress::hidden()).unwrap();
                if built.failed.is_some() {
                    prop_assert_eq!(files_of(&out), before);
                    continue;
                }
                let fresh = root.join("fresh");
                let _ = fs::remove_dir_all(&fresh);
                let _ = fs::remove_dir_all(root.join(".fresh.sheaf"));
                build(&Options { out: fresh.clone(), ..options.clone() }, &Progress::hidden()).unwrap();
                let mut there = files_of(&out);
                if forgotten {
                    let now = files_of(&fresh);
                    there.retain(|path, _| now.contains_key(path) || !earlier_apps.contains(path));
                }
                earlier_apps.extend(options.viewer.iter().flat_map(|viewer| viewer.files.keys().cloned()));
                prop_assert_eq!(there, files_of(&fresh), "after {:?}", change);
            }
        }
    }
}
