//! What became of every file.

use super::read::{Outcome, ReadFile};
use crate::archive::{self, SKIPPED};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The report of a build; as JSON it is what `sheaf build --report` writes.
///
/// `files = articles + versions + skipped.len()`, always.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// How many files there were.
    pub files: usize,
    /// How many articles the archive has.
    pub articles: usize,
    /// How many files are other versions of one of them.
    pub versions: usize,
    /// The files that are neither.
    pub skipped: Vec<Skipped>,
    /// What a person may want to mend, by path and line.
    pub warnings: Vec<ReportedWarning>,
    /// How often each rule removed something around the text of an article.
    pub removed: BTreeMap<Cow<'static, str>, u64>,
    /// What the archive weighs.
    pub bytes: Bytes,
}

/// A file that became nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Skipped {
    /// Its path below the seeds folder.
    pub path: String,
    /// The kind of reason, one of [`SKIPPED`](crate::archive::SKIPPED).
    pub code: Cow<'static, str>,
    /// Why.
    pub reason: String,
}

/// A warning and where it belongs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportedWarning {
    /// The file, below the seeds folder.
    pub path: String,
    /// The line, counted from 1.
    pub line: u32,
    /// A name for the kind of oddity.
    pub code: Cow<'static, str>,
    /// A sentence for a person.
    pub message: String,
}

/// Bytes as they lie on the disk, by kind of file; in one plain file all of them are the manifest's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Bytes {
    /// `archive.json`.
    pub manifest: u64,
    /// Catalogue pages.
    pub pages: u64,
    /// The text of the articles.
    pub packs: u64,
    /// The text of earlier versions.
    pub earlier: u64,
    /// Day, source and language of every article.
    pub facets: u64,
    /// Which pack each article lies in.
    pub pack_tables: u64,
    /// The index and its directory.
    pub index: u64,
    /// Which articles are most like each.
    pub related: u64,
    /// The id tables.
    pub ids: u64,
    /// Pictures that were fetched for it.
    #[serde(default)]
    pub pictures: u64,
    /// All of it.
    pub total: u64,
    /// The text of the articles for each of them: packs, or the one file, by articles.
    pub text_per_article: u64,
    /// How many files there are.
    pub files: u64,
}

impl Report {
    /// What is known once every file has been read.
    pub(super) fn of(files: &[ReadFile]) -> Report {
        let mut report = Report { files: files.len(), ..Report::default() };
        for file in files {
            match &file.outcome {
                Outcome::Skipped(reason) => {
                    report.skipped.push(Skipped {
                        path: file.path.clone(),
                        code: reason.code.into(),
                        reason: reason.text.clone(),
                    });
                }
                Outcome::Read(read) => {
                    report.warnings.extend(read.warnings.iter().map(|warning| ReportedWarning {
                        path: file.path.clone(),
                        line: warning.line,
                        code: warning.code.into(),
                        message: warning.message.clone(),
                    }));
                    for (&rule, &count) in &read.removed {
                        *report.removed.entry(rule.into()).or_default() += u64::from(count);
                    }
                }
            }
        }
        report
    }

    /// What the archive itself keeps of this; what lies beside its first file is not known yet.
    pub(super) fn kept(&self) -> archive::Built {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let count = |code: &str| self.skipped.iter().filter(|skipped| skipped.code == code).count();
        let skipped = SKIPPED.map(|code| (code.to_owned(), number(count(code))));
        archive::Built {
            files: number(self.files),
            versions: number(self.versions),
            skipped: skipped.into_iter().filter(|&(_, count)| count > 0).collect(),
            beside: 0,
        }
    }
}
