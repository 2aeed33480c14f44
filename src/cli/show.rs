//! Command `sheaf show`.

use super::archive_folder::open;
use super::output;
use crate::archive::Archive;
use crate::bundle::FolderStore;
use crate::model::{Article, Id, ReadableText};
use anyhow::bail;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Print one article of an archive
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the archive
    archive_dir: PathBuf,
    /// Id of the article, as printed by `sheaf list` and shown in the reader's address bar
    id: Id,
    /// Print only the searchable text: the title, then one line per paragraph and caption
    #[arg(long, conflicts_with = "json")]
    text: bool,
    /// Print the stored JSON of the article
    #[arg(long)]
    json: bool,
}

/// Prints the article.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    pollster::block_on(async {
        let archive = open(&args.archive_dir).await?;
        let Some(ordinal) = archive.locate(args.id).await? else {
            let folder = args.archive_dir.display();
            bail!("no article {} in the archive {folder}: run `sheaf list {folder}` to see the ids", args.id);
        };
        let article = archive.article(ordinal).await?;
        let mut out = io::stdout().lock();
        match (args.text, args.json) {
            (true, _) => writeln!(out, "{}", article.text())?,
            (_, true) => writeln!(out, "{}", serde_json::to_string(&*article)?)?,
            _ => print_article(&mut out, &archive, &article)?,
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn print_article(out: &mut impl Write, archive: &Archive<FolderStore>, article: &Article) -> io::Result<()> {
    writeln!(out, "{}", output::sanitize_for_terminal(&article.title))?;
    let time = article.time.map(|time| {
        let (hour, minute) = time.hour_minute();
        format!("{} {hour:02}:{minute:02} ({})", time.date(), archive.manifest().zone.0)
    });
    let facts = [
        Some(output::source_name(archive, article)),
        time,
        article.dateline.clone(),
        Some(article.details.authors.join(", ")),
        Some(article.details.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ")),
        article.url.as_ref().map(ToString::to_string),
        Some(article.path.clone()),
    ];
    for fact in facts.into_iter().flatten().filter(|fact| !fact.is_empty()) {
        writeln!(out, "{}", output::sanitize_for_terminal(&fact))?;
    }
    for earlier in &article.earlier_versions {
        let date = earlier.time.map_or("undated".to_owned(), |time| time.date().to_string());
        writeln!(out, "earlier version: {date} {}", output::sanitize_for_terminal(&earlier.path))?;
    }
    let lines = ReadableText::new(article).lines;
    let lines = lines.iter().skip(1).flat_map(|line| line.lines());
    for line in lines.filter(|line| !line.trim().is_empty()) {
        writeln!(out, "\n{}", output::sanitize_for_terminal(line))?;
    }
    Ok(())
}
