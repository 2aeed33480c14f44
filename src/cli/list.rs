//! Command `sheaf list`.

use super::archive_folder::open;
use super::output;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// List the articles of an archive, newest first
///
/// Each line has id, date, source, title and path of the source file, separated by tabs.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the archive
    archive_dir: PathBuf,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ListedArticle {
    id: String,
    date: Option<String>,
    source: String,
    title: String,
    path: String,
}

/// Prints the list.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    pollster::block_on(async {
        let archive = open(&args.archive_dir).await?;
        let mut lines = Vec::new();
        for ordinal in (0..archive.count()).rev() {
            let article = archive.article(ordinal).await?;
            lines.push(ListedArticle {
                id: article.id.to_string(),
                date: output::date(&article),
                source: article.source.clone(),
                title: article.title.clone(),
                path: article.path.clone(),
            });
        }
        let mut out = BufWriter::new(io::stdout().lock());
        if args.json {
            serde_json::to_writer(&mut out, &lines)?;
            writeln!(out)?;
        } else {
            for line in &lines {
                let date = line.date.as_deref().unwrap_or("-");
                let fields = [&line.id, date, &line.source, &line.title, &line.path];
                writeln!(out, "{}", fields.map(output::sanitize_for_terminal).join("\t"))?;
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    })
}
