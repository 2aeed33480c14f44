//! `sheaf search`.

use super::{open::open, print};
use crate::archive::Archive;
use crate::build::FolderStore;
use crate::model::{Article, Row};
use crate::search::{Hit, Matcher, Query, Scan};
use crate::text::snippet;
use crate::view::{Sieve, Sort, State, select};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Search an archive as its reader does
///
/// Words are joined by AND. `"exact phrase"`, `-without`, `OR`, `title:`, `source:`, `lang:`, `before:2023-10`,
/// `after:2023-10-16` and `date:2023` narrow the search. Traditional and Simplified characters match each other.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the archive
    archive_dir: PathBuf,
    /// What to look for, in one argument
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Print at most N hits; the total is exact all the same
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Found {
    total: usize,
    /// Every text has been looked at; a reader may have counted by its index alone.
    exact: bool,
    hits: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    id: String,
    title: String,
    url: Option<String>,
    date: Option<String>,
    source: String,
    snippet: String,
}

/// About two lines of a terminal, in characters as wide as a Chinese one.
const SNIPPET: usize = 72;

/// Searches and prints the hits.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    pollster::block_on(async {
        let archive = open(&args.archive_dir).await?;
        let query = Query::parse(&args.query);
        let ordinals = find(&archive, &query).await?;
        let matcher = Matcher::new(&query);
        let mut hits = Vec::new();
        for &ordinal in ordinals.iter().take(args.limit) {
            let article = archive.article(ordinal).await?;
            hits.push(shown(&article, &matcher));
        }
        let found = Found { total: ordinals.len(), exact: true, hits };
        let mut out = BufWriter::new(io::stdout().lock());
        if args.json {
            serde_json::to_writer(&mut out, &found)?;
            writeln!(out)?;
        } else {
            print(&mut out, &archive, &found)?;
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The ordinals of the articles that match, in the order in which the reader lists them.
async fn find(archive: &Archive<FolderStore>, query: &Query) -> anyhow::Result<Vec<u32>> {
    let (days, column) = (archive.days().await?, archive.column().await?);
    let sieve = Sieve::new(query, archive.manifest(), &days, &column);
    let mut hits: Option<Vec<Hit>> = None;
    if query.has_terms() {
        let (mut found, mut failed) = (Vec::new(), None);
        let scan = Scan::new(query, sieve.passing(), false);
        let report = |step: crate::search::Step| {
            found.extend(step.hits);
            failed = step.failed;
            failed.is_none()
        };
        scan.work(archive, report).await;
        if let Some(error) = failed {
            return Err(error.into());
        }
        hits = Some(found);
    }
    let sort = State::default().order(Sort::Relevance, query.has_terms());
    Ok(select(&sieve, hits.as_deref(), sort, archive.manifest(), &days, &column).ordinals)
}

fn shown(article: &Article, matcher: &Matcher) -> Shown {
    let text = article.text();
    let snippet = snippet(&text, &matcher.find(&text), SNIPPET).text;
    Shown {
        id: article.id.to_string(),
        title: article.title.clone(),
        url: article.url.as_ref().map(ToString::to_string),
        date: print::date(article),
        source: article.source.clone(),
        // A query of filters alone matches nowhere in the text.
        snippet: if snippet.is_empty() { Row::of(article).excerpt } else { snippet },
    }
}

fn print(out: &mut impl Write, archive: &Archive<FolderStore>, found: &Found) -> io::Result<()> {
    for hit in &found.hits {
        let source = archive.manifest().source_name(&hit.source);
        let date = hit.date.as_deref().unwrap_or("undated");
        writeln!(out, "{}", print::plain(&hit.title))?;
        writeln!(out, "  {} · {date} · {}", print::plain(source), hit.id)?;
        if !hit.snippet.is_empty() {
            writeln!(out, "  {}", print::plain(&hit.snippet))?;
        }
        writeln!(out)?;
    }
    let total = print::number(found.total, "article", "articles");
    match found.total - found.hits.len() {
        0 => writeln!(out, "{total}"),
        _ => writeln!(
            out,
            "{total}, of which the first {}: --limit {} prints all",
            found.hits.len(),
            found.total
        ),
    }
}
