//! Site builder: app, archive and static pages in a folder for any static host.
//!
//! ```text
//! articles ─▶ build ─▶ archive ─────────┐
//!    └──────▶ pages, feeds, front page ─┼▶ stage ─▶ offline ─▶ site
//! viewer  ──────────────────────────────┘  (or all in one file)
//! ```
//!
//! Invariants: the folder is a complete site at every moment, either the old one or the new one. A rebuild yields the
//! same bytes as a build into an empty folder, plus foreign files, which are kept.

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

/// Input and output of a site build.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders with the article files.
    pub seeds: Vec<PathBuf>,
    /// Folder of the site.
    pub out: PathBuf,
    /// One file or many; `None` chooses by size.
    pub layout: Option<Layout>,
    /// App; `None` writes the archive alone.
    pub viewer: Option<Viewer>,
    /// Enables a static page for each article.
    pub pages: bool,
    /// Folder of fetched images.
    pub pictures: Option<PathBuf>,
}

impl Options {
    /// Returns the digest of program, options and app; `None` if the program file cannot be read.
    fn asked(&self) -> Option<Digest> {
        let layout = format!("{:?} {}", self.layout, self.pages);
        let mut asked = vec![record::program()?, Digest::of(layout.as_bytes())];
        for (path, bytes) in self.viewer.iter().flat_map(|viewer| &viewer.files) {
            asked.extend([Digest::of(path.as_bytes()), Digest::of(bytes)]);
        }
        Some(Digest::of_all(asked))
    }
}

/// Builds a site, unless nothing has changed since the last build.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` is invalid, or the site cannot be written.
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
    // Static pages keep the publishers' image URLs, which search engines know.
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

/// Copies the images into the site and makes the articles refer to them; returns the number of files and bytes.
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

/// Builds the archive into the folder of an app and completes the index page, for trunk's hook.
///
/// # Errors
///
/// As [`build`]. The folder is modified in place, since no host serves the folder during a build.
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

/// Writes the files derived from articles other than the archive: the index page and, with `pages`, article pages,
/// feeds and a sitemap.
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
    // In chunks, to bound the memory in use.
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

/// Returns `true` if a build generates a file at `path`, apart from the files of the app and the archive.
fn is_made(path: &str) -> bool {
    offline::is_list(path) || pages::is_ours(path) || feeds::is_ours(path)
}

/// Builds one HTML page that contains app and archive, at `options.out`.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` is invalid, no app is available, or the page cannot be written.
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

/// Returns the path of `place` relative to `folder`, with `/` as separator.
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

    /// Change between two builds.
    #[derive(Clone, Debug)]
    enum Change {
        /// Adds or changes a file.
        Write(u8, u8),
        Remove(u8),
        Rename(u8, u8),
        Configure(u8),
        Layout(bool),
        Pages(bool),
        Viewer(u8),
        /// Truncates a file of the site.
        Damage(u16),
        /// Deletes the build record, or replaces the record by nonsense.
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
                // Some files share an address, so that one is an earlier version of another.
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
        fn rebuild_after_any_changes_equals_a_fresh_build(changes in proptest::collection::vec(change(), 1..14)) {
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
                // Without a record, files of an earlier app count as foreign and are kept.
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
