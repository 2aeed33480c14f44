//! Command `sheaf search`.

use super::archive_folder::open;
use super::output;
use crate::archive::{Archive, Facets};
use crate::bundle::FolderStore;
use crate::model::{Article, Row};
use crate::publishing::{ExportFormat, ExportHeader, ExportRecord};
use crate::search::SortOrder;
use crate::search::{
    CompiledQuery, FilterMask, Hit, Query, ResultList, Searcher, StatusBitmap, select_results,
    spelling_suggestions,
};
use crate::view_model::RouteState;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Search an archive with the reader's own engine
///
/// Words are combined by AND. Operators: `"exact phrase"`, `-excluded`, `OR`, `title:`, `source:`,
/// `author:`, `tag:`, `lang:`, `before:2023-10`, `after:2023-10-16`, `date:2023`. Traditional and Simplified characters match each other.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the archive
    archive_dir: PathBuf,
    /// Query, as a single argument
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Print at most N hits; the total stays exact
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print all hits in this format; duplicates are listed separately
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["json", "limit"], value_parser = format_parser())]
    format: Option<ExportFormat>,
    /// Public address of the archive, for the permalinks of --format
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true, requires = "format")]
    site: String,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
    /// Print the amount of data read to standard error
    #[arg(long)]
    stats: bool,
}

fn format_parser() -> impl TypedValueParser<Value = ExportFormat> {
    PossibleValuesParser::new(ExportFormat::ALL.map(ExportFormat::name))
        .try_map(|name| name.parse::<ExportFormat>())
}

#[derive(Serialize)]
struct SearchOutput {
    total: usize,
    /// Always true here: every text is verified, while the app may count by the index alone.
    exact: bool,
    hits: Vec<HitOutput>,
    /// Queries with another spelling of a word that finds nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<String>,
}

#[derive(Serialize)]
struct HitOutput {
    id: String,
    title: String,
    url: Option<String>,
    date: Option<String>,
    source: String,
    snippet: String,
}

/// Width of a snippet in Chinese characters: about two lines of a terminal.
const SNIPPET_WIDTH: usize = 72;

/// Searches and prints the hits.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    pollster::block_on(async {
        let archive = open(&args.archive_dir).await?;
        let query = Query::parse(&args.query);
        let mut out = BufWriter::new(io::stdout().lock());
        let searcher = Searcher::new(&archive, &query);
        let selection = find_articles(&searcher, &query, args.format.is_none()).await?;
        let compiled = searcher.query();
        if let Some(format) = args.format {
            let origin = ExportHeader {
                query: args.query.clone(),
                archive: archive.manifest().display_name().to_owned(),
                build: archive.build_id().to_owned(),
                total: selection.total,
            };
            write!(out, "{}", format.header(&origin))?;
            for &ordinal in &selection.ordinals {
                let article = archive.article(ordinal).await?;
                let source = archive.manifest().source_name(&article.source);
                let entry =
                    ExportRecord::from_article(&article, source, &args.site, excerpt(&article, compiled));
                write!(out, "{}", format.record(&entry, &origin))?;
            }
            return finish(out, args, &archive);
        }
        let mut hits = Vec::new();
        for &ordinal in selection.ordinals.iter().take(args.limit) {
            let article = archive.article(ordinal).await?;
            hits.push(hit_output(&article, compiled));
        }
        let suggestions = match selection.total {
            0 => spelling_suggestions(&archive, &args.query).await?,
            _ => Vec::new(),
        };
        let suggestions = suggestions.into_iter().map(|suggestion| suggestion.query).collect();
        let found = SearchOutput { total: selection.total, exact: true, hits, suggestions };
        if args.json {
            serde_json::to_writer(&mut out, &found)?;
            writeln!(out)?;
        } else {
            print_hits(&mut out, &archive, &found)?;
        }
        finish(out, args, &archive)
    })
}

fn finish(mut out: impl Write, args: &Args, archive: &Archive<FolderStore>) -> anyhow::Result<ExitCode> {
    out.flush()?;
    if args.stats {
        print_read_stats(archive)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the matches in the order of the list; articles with the same body share a row if `shared`.
pub(super) async fn find_articles(
    searcher: &Searcher<&Archive<FolderStore>>,
    query: &Query,
    shared: bool,
) -> anyhow::Result<ResultList> {
    let archive = searcher.archive();
    let mut facets = Facets::clone(&*archive.facets().await?);
    if !shared {
        facets.duplicates.clear();
    }
    let names = match query.has_name_filters() {
        true => Some(archive.names().await?),
        false => None,
    };
    let sieve =
        FilterMask::new(query, archive.manifest(), &facets, &StatusBitmap::default(), names.as_deref());
    let hits = if query.has_terms() { Some(hits(searcher, &sieve.to_mask()).await?) } else { None };
    let sort = RouteState::default().effective_sort(SortOrder::Relevance, query.has_terms());
    Ok(select_results(&sieve, hits.as_deref(), sort, archive.manifest(), &facets))
}

/// The articles that hold the words of the query. Those that pass its filters are verified.
async fn hits(searcher: &Searcher<&Archive<FolderStore>>, passing: &[bool]) -> anyhow::Result<Vec<Hit>> {
    searcher.search().await?;
    if let Some(error) = searcher.index_error() {
        eprintln!("sheaf: the index cannot be used, so every text is searched: {error}");
    }
    for ordinal in searcher.unverified() {
        if passing[ordinal as usize] {
            searcher.check(ordinal).await?;
        }
    }
    Ok(searcher.results().hits)
}

fn hit_output(article: &Article, query: &CompiledQuery) -> HitOutput {
    HitOutput {
        id: article.id.to_string(),
        title: article.title.clone(),
        url: article.url.as_ref().map(ToString::to_string),
        date: output::date(article),
        source: article.source.clone(),
        snippet: excerpt(article, query),
    }
}

/// Returns a snippet around the best match, or the beginning of the text for a query of filters alone.
fn excerpt(article: &Article, query: &CompiledQuery) -> String {
    let snippet = query.verify(&article.text(), SNIPPET_WIDTH).snippet.text;
    if snippet.is_empty() { Row::from_article(article).excerpt } else { snippet }
}

fn print_hits(out: &mut impl Write, archive: &Archive<FolderStore>, found: &SearchOutput) -> io::Result<()> {
    for hit in &found.hits {
        let source = archive.manifest().source_name(&hit.source);
        let date = hit.date.as_deref().unwrap_or("undated");
        writeln!(out, "{}", output::sanitize_for_terminal(&hit.title))?;
        writeln!(out, "  {} · {date} · {}", output::sanitize_for_terminal(source), hit.id)?;
        if !hit.snippet.is_empty() {
            writeln!(out, "  {}", output::sanitize_for_terminal(&hit.snippet))?;
        }
        writeln!(out)?;
    }
    let total = output::count_noun(found.total, "article", "articles");
    for query in &found.suggestions {
        writeln!(out, "did you mean: {}", output::sanitize_for_terminal(query))?;
    }
    match found.total - found.hits.len() {
        0 => writeln!(out, "{total}"),
        _ => writeln!(
            out,
            "{total}, first {} shown: use --limit {} to print all",
            found.hits.len(),
            found.total
        ),
    }
}

/// Prints the amount of data that the app would have fetched, by kind.
fn print_read_stats(archive: &Archive<FolderStore>) -> io::Result<()> {
    let read = archive.store().files_read();
    let (shards, others): (Vec<_>, Vec<_>) = read.iter().partition(|(path, _)| path.ends_with(".bin"));
    let (mut out, all) = (io::stderr().lock(), read.iter().map(|(_, bytes)| bytes).sum::<usize>());
    for (kind, files) in [("index shards", shards), ("tables and texts", others)] {
        let bytes: usize = files.iter().map(|(_, bytes)| bytes).sum();
        writeln!(out, "{kind}: {} in {} files", output::count_noun(bytes, "byte", "bytes"), files.len())?;
    }
    writeln!(out, "in all: {} in {} files", output::count_noun(all, "byte", "bytes"), read.len())
}
