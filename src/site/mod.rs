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

mod atomic_output;
mod build_stamp;
mod compact_script;
pub mod content_security_policy;
mod document_html;
mod feeds;
mod index_page;
pub mod offline;
mod ownership;
mod pages;
mod paths;
mod single_file;
mod states_file;
mod viewer;

pub use compact_script::compact_script;
pub use paths::INDEX_PAGE;
pub use states_file::states_path;
pub use viewer::Viewer;

use crate::archive::writer::{ArchiveLayout, FileBudget, WriteError, WriteOptions};
use crate::archive::{FILES_DIR, MANIFEST_FILE};
use crate::bundle::{
    ArticleSet, BuildError, BuildOutcome, BuildProgress, Digest, InputOptions, LoadedArticles,
    ensure_output_outside_seeds, input_digest, is_part, load_articles, write_archive,
};
use crate::images::{ImageStore, ImageStoreError, PictureCache, install_images};
use crate::model::content_hash;
use crate::site::atomic_output::{StagedSite, WorkDir};
use crate::site::build_stamp::BuildStamp;
use crate::site::paths::{is_article_page, list_files, page_path};
use ownership::Ownership;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Number of static pages that are held in memory.
const PAGES_AT_ONCE: usize = 1024;

/// Folder of reduced pictures in the work folder.
const PICTURE_CACHE: &str = "pictures";

/// Inputs and output of a build.
#[derive(Clone, Debug, Default)]
pub struct SiteOptions {
    /// Folders with the article files.
    pub seeds: Vec<PathBuf>,
    /// Options of reading the files.
    pub input: InputOptions,
    /// The folder of the site.
    pub out: PathBuf,
    /// One file or many; `None` chooses by size.
    pub layout: Option<ArchiveLayout>,
    /// Maximum number of files; `None` is the default, which may be exceeded.
    pub max_files: Option<usize>,
    /// App; `None` writes the archive alone.
    pub viewer: Option<Viewer>,
    /// Enables a static page for each article.
    pub pages: bool,
    /// Folder of fetched images.
    pub images: Option<PathBuf>,
    /// True if the states that came along with the articles become a part of the site.
    pub publish_states: bool,
    /// True if files that no build wrote may be replaced.
    pub force: bool,
}

impl SiteOptions {
    /// Returns the options of the archive in a site that has `other_files` besides.
    fn write_options(&self, other_files: usize) -> WriteOptions {
        let budget = FileBudget::new(self.max_files).without(other_files);
        WriteOptions { layout: self.layout, budget, ..WriteOptions::default() }
    }

    /// Returns the digest of program, options and app; `None` if the program file cannot be read.
    fn request_digest(&self) -> Option<Digest> {
        let layout = format!("{:?} {} {:?} {}", self.layout, self.pages, self.max_files, self.publish_states);
        let mut asked = vec![build_stamp::program_digest()?, Digest::compute(layout.as_bytes())];
        for (path, bytes) in self.viewer.iter().flat_map(|viewer| &viewer.files) {
            asked.extend([Digest::compute(path.as_bytes()), Digest::compute(bytes)]);
        }
        Some(Digest::compute_all(asked))
    }
}

/// Builds a site, unless nothing has changed since the last build.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` is invalid, or the site cannot be written.
pub fn build_site(options: &SiteOptions, progress: &BuildProgress) -> Result<BuildOutcome, BuildError> {
    ensure_output_outside_seeds(&options.seeds, &options.out)?;
    let workshop = WorkDir::open(&options.out)?;
    let states_file = states_path(&options.out);
    let pictures = options.images.as_deref().map(ImageStore::open_existing).transpose()?;
    let asked = options.request_digest().map(|asked| match &pictures {
        Some(pictures) => Digest::compute_all([asked, pictures.digest()]),
        None => asked,
    });
    let last = BuildStamp::load(&workshop);
    if let (Some(asked), Some(last)) = (asked, &last)
        && last.request == asked
        && input_digest(&options.seeds, options.input) == Some(last.inputs)
        && last.is_intact(workshop.out())
        && (last.report.states.is_empty() || options.publish_states || states_file.exists())
    {
        return Ok(BuildOutcome { report: last.report.clone(), error: None, written: false });
    }
    let ownership = Ownership::load(&workshop);
    if !options.force {
        // Files that every build writes are checked before a long build rather than after.
        let page = options.viewer.as_ref().map(|_| INDEX_PAGE);
        ownership.check(&[MANIFEST_FILE].into_iter().chain(page).collect::<Vec<_>>())?;
    }
    let cache = PictureCache::open(&workshop.file_path(PICTURE_CACHE))?;
    let LoadedArticles { mut report, articles: library, input_digest } =
        load_articles(&options.seeds, options.input, workshop.folder(), Some(&cache), progress)?;
    let mut library = match library {
        Ok(library) => library,
        Err(error) => return Ok(BuildOutcome { report, error: Some(error), written: false }),
    };
    let states = library.states_json();
    let is_beside = states.is_some() && !options.publish_states;
    if is_beside {
        states_file::check(&states_file, options.force)?;
    }
    let stage = workshop.stage()?;
    if let Some(viewer) = &options.viewer {
        stage.write_files(viewer.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes)))?;
        let published = states.as_deref().filter(|_| options.publish_states);
        write_static_pages(&stage, viewer, &library, options.pages, published)?;
    }
    // Static pages keep the publishers' image URLs, which search engines know.
    let mut picture_files = cache.files(library.articles.with_figures())?;
    if let Some(pictures) = pictures {
        library.articles.change_figures(|body, is_earlier| -> Result<bool, BuildError> {
            Ok(!is_earlier && install_images(body, &pictures, &mut picture_files)?)
        })?;
    }
    let picture_bytes = copy_images(&stage, &picture_files)?;
    library.add_image_bytes(picture_bytes);
    let listed = |folder: &Path| list_files(folder).map_err(BuildError::read(folder));
    let offline_files = if options.viewer.is_some() { offline::MAX_OFFLINE_FILES } else { 0 };
    let other_files = listed(stage.folder())?.len() + offline_files;
    let encoded = library.encode(options.write_options(other_files), &stage, progress)?;
    report.bytes = encoded.byte_counts;
    report.bytes.pictures = picture_bytes;
    report.bytes.total += picture_bytes;
    report.bytes.files += picture_files.len() as u64;
    stage.write_files([(MANIFEST_FILE, encoded.manifest.as_slice())])?;
    if options.viewer.is_some() {
        offline::write_offline_files(stage.folder())?;
    }
    report.bytes.other_files = (listed(stage.folder())?.len() as u64).saturating_sub(report.bytes.files);
    let record = asked
        .map(|asked| BuildStamp::from_site(asked, input_digest, stage.folder(), report.clone()))
        .transpose();
    let record = record.map_err(BuildError::read(stage.folder()))?;
    ownership.check_stage(stage.folder(), options.force)?;
    stage.commit(&|path| is_part(path) || ownership.is_stale(path, options.force))?;
    if let Some(states) = states.filter(|_| is_beside) {
        states_file::write(&states_file, &states)?;
    }
    if let Some(record) = record {
        record.save(&workshop)?;
    }
    cache.remove_unused()?;
    Ok(BuildOutcome { report, error: None, written: true })
}

/// Copies the image files into the site, by path relative to it; returns their size in bytes.
fn copy_images(stage: &StagedSite, files: &BTreeMap<String, PathBuf>) -> Result<u64, BuildError> {
    let copied = files.par_iter().map(|(path, from)| {
        let bytes = fs::read(from).map_err(BuildError::read(from))?;
        // Pictures are named by their content, so a link to another file is noticed.
        if from.file_stem().is_none_or(|name| name != content_hash(&bytes).as_str()) {
            return Err(ImageStoreError::Damaged(from.clone()).into());
        }
        stage.write_files([(path.as_str(), bytes.as_slice())])?;
        Ok(bytes.len() as u64)
    });
    copied.sum()
}

/// Builds the archive into the folder of an app and completes the index page, for trunk's hook.
///
/// # Errors
///
/// As [`build_site`]. The folder is modified in place, since no host serves the folder during a build.
pub fn build_into_viewer(
    seeds: &[PathBuf],
    folder: &Path,
    progress: &BuildProgress,
) -> Result<BuildOutcome, BuildError> {
    let cache = PictureCache::temporary()?;
    let LoadedArticles { mut report, articles: library, .. } =
        load_articles(seeds, InputOptions::default(), &std::env::temp_dir(), Some(&cache), progress)?;
    let written = library.and_then(|library| {
        let pictures = cache.files(library.articles.with_figures())?;
        let path = folder.join(INDEX_PAGE);
        let page = fs::read(&path).map_err(BuildError::read(&path))?;
        let site = library.config.site.as_deref();
        let front = front_page(&page, &library, site, false)?;
        fs::write(&path, front).map_err(BuildError::write(&path))?;
        let (encoded, files) = library.encode_in_memory(WriteOptions::default(), progress)?;
        report.bytes = encoded.byte_counts;
        write_archive(folder, &encoded.manifest, &files, progress)?;
        for (path, from) in pictures {
            let path = folder.join(path);
            fs::create_dir_all(folder.join(FILES_DIR)).map_err(BuildError::write(folder))?;
            fs::copy(from, &path).map_err(BuildError::write(&path))?;
        }
        offline::write_offline_files(folder)
    });
    Ok(BuildOutcome { report, written: written.is_ok(), error: written.err() })
}

/// Returns the index page with the data of the archive.
fn front_page(
    page: &[u8],
    library: &ArticleSet,
    site: Option<&str>,
    pages: bool,
) -> Result<String, BuildError> {
    let newest = library.articles.load_newest(index_page::MAX_LISTED)?;
    index_page::index_page(page, &library.manifest()?, library.articles.heads(), &newest, site, pages)
}

/// Writes the files derived from articles other than the archive: the index page, the published `states` and, with
/// `pages`, article pages, feeds and a sitemap.
fn write_static_pages(
    stage: &StagedSite,
    viewer: &Viewer,
    library: &ArticleSet,
    pages: bool,
    states: Option<&str>,
) -> Result<(), BuildError> {
    let (manifest, articles) = (library.manifest()?, &library.articles);
    let site = library.config.site.as_deref();
    let page = viewer.files.get(INDEX_PAGE).map(|bytes| &**bytes).unwrap_or_default();
    let mut front = front_page(page, library, site, pages)?;
    if let Some(states) = states {
        let path = states_file::published_path(states);
        stage.write_files([(path.as_str(), states.as_bytes())])?;
        front = index_page::with_states(&front, &path);
    }
    stage.write_files([(INDEX_PAGE, front.as_bytes())])?;
    if !pages {
        return Ok(());
    }
    let look = index_page::PageHead::from_page(&front, site, manifest.images);
    // In chunks, to bound the memory in use.
    for first in (0..articles.len()).step_by(PAGES_AT_ONCE) {
        let part = first..articles.len().min(first + PAGES_AT_ONCE);
        let made = part.into_par_iter().map(|at| {
            let article = articles.load(at)?;
            let page = (page_path(&article), pages::article_page(&article, &manifest, &look));
            Ok(pages::alias_pages(&article, &manifest, &look).chain([page]).collect())
        });
        let made: Vec<Vec<(String, String)>> = made.collect::<Result<_, WriteError>>()?;
        let made = made.concat();
        stage.write_files(made.iter().map(|(path, page)| (path.as_str(), page.as_bytes())))?;
    }
    let Some(site) = site else { return Ok(()) };
    let newest = articles.load_newest(feeds::MAX_ENTRIES)?;
    let feeds = feeds::feed_files(articles.heads(), &newest, &manifest, site)?;
    stage.write_files(feeds.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))
}

/// Returns `true` if a build generates a file at `path`, apart from the files of the app and the archive.
fn is_generated(path: &str) -> bool {
    offline::is_file_list(path) || is_article_page(path) || feeds::is_feed_file(path)
}

/// Builds one HTML page that contains app and archive, at `options.out`.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` is invalid, no app is available, or the page cannot be written.
pub fn build_single_file(
    options: &SiteOptions,
    progress: &BuildProgress,
) -> Result<BuildOutcome, BuildError> {
    ensure_output_outside_seeds(&options.seeds, &options.out)?;
    if !options.force {
        ownership::check_single(&options.out)?;
    }
    let viewer = options.viewer.as_ref().ok_or(BuildError::NoEmbeddedViewer)?;
    let cache = PictureCache::temporary()?;
    let LoadedArticles { mut report, articles: library, .. } =
        load_articles(&options.seeds, options.input, &std::env::temp_dir(), Some(&cache), progress)?;
    let written = library.and_then(|mut library| {
        library.articles.change_figures(|body, _| single_file::embed_pictures(body, &cache))?;
        let page = viewer.files.get(INDEX_PAGE).map(|bytes| &**bytes).unwrap_or_default();
        let front = front_page(page, &library, None, false)?;
        let states = library.states_json().map(|states| (states_path(&options.out), states));
        if let Some((path, _)) = &states {
            states_file::check(path, options.force)?;
        }
        let (encoded, mut files) = library.encode_in_memory(options.write_options(0), progress)?;
        report.bytes = encoded.byte_counts;
        files.insert(MANIFEST_FILE.to_owned(), encoded.manifest);
        single_file::write_page(&options.out, &single_file::single_file_page(viewer, &front, &files)?)?;
        states.map_or(Ok(()), |(path, states)| states_file::write(&path, &states))
    });
    Ok(BuildOutcome { report, written: written.is_ok(), error: written.err() })
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
        Viewer {
            files: BTreeMap::from([file(INDEX_PAGE.into(), page), file(format!("app-{number}.js"), "1")]),
        }
    }

    fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let paths = list_files(folder).unwrap_or_default();
        paths.into_iter().map(|path| (path.clone(), fs::read(folder.join(path)).unwrap())).collect()
    }

    /// Applies a change; the path of the file that it damaged, if it did.
    fn apply(change: &Change, root: &Path, options: &mut SiteOptions) -> Option<String> {
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
            Change::Layout(split) => options.layout = split.then_some(ArchiveLayout::Split),
            Change::Pages(pages) => options.pages = *pages,
            Change::Viewer(number) => options.viewer = Some(viewer(*number)),
            Change::Damage(which) => {
                let files = files_of(&options.out);
                let path = files.keys().nth(usize::from(*which) % files.len().max(1))?;
                let bytes = &files[path];
                fs::write(options.out.join(path), &bytes[..bytes.len() / 2]).unwrap();
                return Some(path.clone());
            }
            Change::Forget(nonsense) => {
                let record = root.join(".site.sheaf/record.json");
                if *nonsense { drop(fs::write(record, "{}")) } else { drop(fs::remove_file(record)) }
            }
            Change::Nothing => {}
        }
        None
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
                SiteOptions { seeds: vec![root.join("seeds")], out: out.clone(), viewer: Some(viewer(0)), pages: true, ..SiteOptions::default() };
            let mut unmarked = std::collections::BTreeSet::new();
            let mut forgotten = false;
            for change in &changes {
                let damaged = apply(change, root, &mut options);
                // A damaged file may have lost the mark of a build.
                options.force |= damaged.is_some();
                unmarked.extend(damaged);
                // Without a record files without a mark stay as a person's own would.
                forgotten |= matches!(change, Change::Forget(_));
                let before = files_of(&out);
                let built = build_site(&options, &BuildProgress::hidden()).unwrap();
                if built.error.is_some() {
                    prop_assert_eq!(files_of(&out), before);
                    continue;
                }
                let fresh = root.join("fresh");
                let _ = fs::remove_dir_all(&fresh);
                let _ = fs::remove_dir_all(root.join(".fresh.sheaf"));
                build_site(&SiteOptions { out: fresh.clone(), ..options.clone() }, &BuildProgress::hidden()).unwrap();
                let mut there = files_of(&out);
                if forgotten {
                    let now = files_of(&fresh);
                    there.retain(|path, _| now.contains_key(path) || !unmarked.contains(path));
                }
                unmarked.extend(options.viewer.iter().flat_map(|viewer| viewer.files.keys().cloned()));
                prop_assert_eq!(there, files_of(&fresh), "after {:?}", change);
            }
        }
    }

    #[test]
    fn failed_build_leaves_the_site_and_no_temporary_files() {
        let place = tempfile::tempdir().unwrap();
        let (seeds, out) = (place.path().join("seeds"), place.path().join("site"));
        fs::create_dir(&seeds).unwrap();
        fs::write(seeds.join("a.md"), "# 渡船\n\n江水退了。\n").unwrap();
        let layout = Some(ArchiveLayout::Split);
        let options = SiteOptions { seeds: vec![seeds], out: out.clone(), layout, ..SiteOptions::default() };
        build_site(&options, &BuildProgress::hidden()).unwrap();
        let (site, work) = (files_of(&out), files_of(&place.path().join(".site.sheaf")));
        assert!(site.len() > 1);
        let options = SiteOptions { max_files: Some(1), ..options };
        assert!(build_site(&options, &BuildProgress::hidden()).is_err());
        assert_eq!((files_of(&out), files_of(&place.path().join(".site.sheaf"))), (site, work));
    }
}
