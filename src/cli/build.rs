//! Command `sheaf build`.

use super::inputs::Inputs;
use super::{output, report};
use crate::archive::writer::{ArchiveLayout, DEFAULT_MAX_FILES};
use crate::bundle::{BuildOutcome, BuildProgress};
use crate::site::{SiteOptions, Viewer, build_single_file, build_site, states_path};
use crate::text::format_thousands;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Build a site from folders of article files
///
/// The site contains the reader and the archive and works on any static host. The new site replaces the old one in
/// one step once complete; foreign files in the folder are kept. State for the next build is stored next to the site
/// in the hidden folder `.SITE.sheaf`, which may be deleted. Stars, read marks and highlights of exports are written to
/// `SITE.states.json` next to the site, for import in the reader.
///
/// Every file in the folders becomes an article, an earlier version of one, or an entry of the report. The first
/// folder with a `sheaf.toml`, or a `sheaf.toml` next to the first folder, sets title, time zone and source names.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(after_long_help = CONFIG_HELP)]
pub struct Args {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// Folder to write the site to; with --single-file, the file
    #[arg(
        long,
        value_name = "DIR",
        default_value = DEFAULT_SITE,
        default_value_if("single_file", "true", DEFAULT_PAGE)
    )]
    pub(super) out: PathBuf,
    /// Write a JSON report on every file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write one plain file or many compressed ones; default: by size
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<LayoutArg>,
    /// Keep the site within N files: with many articles, fewer and larger ones; default: 20000, as common free hosts
    /// accept. Everything in the site counts, also pages and pictures. A number that cannot be kept is an error
    #[arg(long, value_name = "N", conflicts_with = "single_file")]
    max_files: Option<u32>,
    /// Also write a static page for each article, for search engines and old browsers, readable without the app. If
    /// `site` is set in `sheaf.toml`, also write feed.xml, feed.json and sitemap.xml
    #[arg(long, conflicts_with_all = ["single_file", "archive_only"])]
    pages: bool,
    /// Include the images that `sheaf pictures` fetched into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["single_file", "archive_only"])]
    pictures: Option<PathBuf>,
    /// Write one HTML file that contains the reader and the archive and opens from disk; --out names the file
    #[arg(long, conflicts_with = "archive_only")]
    single_file: bool,
    /// Use the reader in this folder, built by `make dist`, instead of the built-in one
    #[arg(long, value_name = "DIR", conflicts_with = "archive_only")]
    viewer: Option<PathBuf>,
    /// Write only the archive, without the reader
    #[arg(long)]
    archive_only: bool,
    /// Put the stars, read marks and highlights of exports into the site, where the reader is offered them, instead of
    /// next to it. Everyone who opens the site can read them
    #[arg(long, conflicts_with_all = ["single_file", "archive_only"])]
    publish_states: bool,
    /// Replace files in the output that sheaf did not write or that have changed since; without this option the build
    /// stops and names them
    #[arg(long)]
    force: bool,
    /// Number of threads; default: all cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// Output of a command that names none.
pub const DEFAULT_SITE: &str = "site";
const DEFAULT_PAGE: &str = "site.html";

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum LayoutArg {
    /// One plain `archive.json` that any tool can open
    Small,
    /// `archive.json` and compressed files that are loaded on demand
    Split,
}

impl Args {
    /// Returns the arguments of a site in `out` that belongs to sheaf alone.
    pub(super) fn for_cache(inputs: Inputs, out: PathBuf, viewer: Option<PathBuf>) -> Args {
        Args {
            inputs,
            out,
            report: None,
            layout: None,
            max_files: None,
            pages: false,
            pictures: None,
            single_file: false,
            viewer,
            archive_only: false,
            // Only this machine is served.
            publish_states: true,
            force: true,
            threads: None,
        }
    }
}

/// Builds a site and prints a summary.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    publish(args).map(|_| ExitCode::SUCCESS)
}

/// Builds a site and prints a summary; returns `true` if anything was written.
pub fn publish(args: &Args) -> anyhow::Result<bool> {
    if let Some(path) = &args.report {
        report::check(path, &["files", "articles", "skipped"], args.force)?;
    }
    let viewer = match &args.viewer {
        Some(folder) => Some(Viewer::from_folder(folder)?),
        None => Viewer::embedded().filter(|_| !args.archive_only),
    };
    let has_viewer = viewer.is_some();
    let options = SiteOptions {
        seeds: args.inputs.seeds.clone(),
        input: args.inputs.options(),
        out: args.out.clone(),
        layout: args.layout.map(|name| match name {
            LayoutArg::Small => ArchiveLayout::Small,
            LayoutArg::Split => ArchiveLayout::Split,
        }),
        max_files: args.max_files.map(|files| files as usize),
        viewer,
        pages: args.pages,
        images: args.pictures.clone(),
        publish_states: args.publish_states,
        force: args.force,
    };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0).into()).build()?;
    let progress = BuildProgress::on_terminal();
    let built = threads.install(|| {
        if args.single_file {
            build_single_file(&options, &progress)
        } else {
            build_site(&options, &progress)
        }
    });
    progress.finish();
    let BuildOutcome { report, error: failed, written } = built?;
    if let Some(path) = &args.report {
        report::write(path, &report)?;
    }
    let mut out = std::io::stdout().lock();
    for skipped in report.skipped.iter().take(MAX_SKIPPED_SHOWN) {
        writeln!(
            out,
            "skipped {}: {}",
            output::sanitize_for_terminal(&skipped.path),
            output::sanitize_for_terminal(&skipped.reason)
        )?;
    }
    if report.skipped.len() > MAX_SKIPPED_SHOWN {
        let more = report.skipped.len() - MAX_SKIPPED_SHOWN;
        writeln!(out, "skipped {more} more: use --report to list all of them")?;
    }
    if let Some(failed) = failed {
        return Err(failed.into());
    }
    writeln!(out, "{}", output::summary(&report))?;
    let states = output::states(&report);
    if !states.is_empty() {
        let path = states_path(&args.out);
        match args.publish_states {
            true => writeln!(out, "{states}: offered in the reader")?,
            false => {
                writeln!(
                    out,
                    "{states}: {} (import the file in the reader, under “Your data”)",
                    path.display()
                )?;
            }
        }
    }
    if args.single_file {
        let page = fs::metadata(&args.out)?.len();
        writeln!(out, "{}: {} in one file", args.out.display(), output::format_bytes(page))?;
        if page > SINGLE_FILE_WARNING_BYTES {
            eprintln!(
                "sheaf: a single file of this size opens slowly, or not at all on phones: publish a folder instead"
            );
        }
    }
    let files = report.bytes.files + report.bytes.other_files;
    if args.max_files.is_none() && files > DEFAULT_MAX_FILES as u64 {
        eprintln!(
            "sheaf: the site has {} files, more than the {} that common free hosts accept: leave out --pages, or set \
             --max-files to the number that your host accepts",
            format_thousands(files),
            format_thousands(DEFAULT_MAX_FILES as u64)
        );
    }
    if !report.warnings.is_empty() {
        writeln!(out, "run `sheaf check` to list the warnings")?;
    }
    if !has_viewer && !args.archive_only {
        let site = args.out.display();
        eprintln!(
            "sheaf: no reader is built into this program, so {site} holds only the archive: {NO_VIEWER_HINT}"
        );
    }
    Ok(written)
}

const CONFIG_HELP: &str = "\
sheaf.toml in the first folder that has one, else next to the first folder; all keys are optional:
  title = \"江上\"            title; default: the only source, or Sheaf
  description = \"…\"         one sentence, for search engines and feeds
  lang = \"zh-Hans\"          interface language: zh-Hans, zh-Hant or en; default: the browser's
  zone = \"Asia/Shanghai\"    time zone or offset (UTC+8); default: UTC+8 if most articles are Chinese, else UTC
  images = \"on\"             default for remote images: on, tap (on request) or off; readers can change the setting
  licence = \"CC BY 4.0\"     terms of use
  max_bytes = 33554432      size limit of article files in bytes; larger files are skipped
  site = \"https://example.org/news/\"
                            public address of the site, for feeds, sitemap and canonical links
  [sources]                 display names of sites and folders
  rfi.fr = \"RFI\"";

/// More lines would bury the summary.
const MAX_SKIPPED_SHOWN: usize = 10;

/// Warning threshold in bytes: an archive of about 50 MB as a single file.
const SINGLE_FILE_WARNING_BYTES: u64 = 70_000_000;

/// Remedy for a program without a built-in reader.
const NO_VIEWER_HINT: &str = "run `make dist` and compile again, or pass a built reader with --viewer; \
--archive-only silences this warning";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::KEYS;

    #[test]
    fn every_key_is_documented() {
        let guide = include_str!("../../docs/publishing.md");
        for key in KEYS {
            assert!(
                CONFIG_HELP.lines().any(|line| line.trim_start_matches([' ', '[']).starts_with(key)),
                "{key}"
            );
            assert!(guide.contains(&format!("{key} = ")) || guide.contains(&format!("[{key}]")), "{key}");
        }
    }
}
