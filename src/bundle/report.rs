//! Report on every file of a build.

use super::{FileOutcome, ReadFile};
use crate::archive::writer::{ByteCounts, MergedSources, TitleSuffixes};
use crate::archive::{self, SKIP_REASONS};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Report of a build; `sheaf build --report` writes it as JSON.
///
/// `files = articles + versions + skipped.len()` always holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// Number of files.
    pub files: usize,
    /// Number of articles in the archive.
    pub articles: usize,
    /// Number of files that are further versions of an article.
    pub versions: usize,
    /// Files without an article.
    pub skipped: Vec<SkippedFile>,
    /// Problems worth fixing, by path and line.
    pub warnings: Vec<ReportedWarning>,
    /// Number of removals of page boilerplate, by rule.
    pub removed: BTreeMap<Cow<'static, str>, u64>,
    /// Names of the site that end most titles of a source and are not displayed, by source.
    #[serde(default)]
    pub title_suffixes: TitleSuffixes,
    /// Keys of sources that were merged into another with the same display name, by its key.
    #[serde(default)]
    pub merged_sources: MergedSources,
    /// Number of records of each kind in the file of states beside the site.
    #[serde(default)]
    pub states: BTreeMap<String, usize>,
    /// Size of the archive.
    pub bytes: ByteCounts,
}

/// File without an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SkippedFile {
    /// Path relative to the seeds folder.
    pub path: String,
    /// Kind of reason, one of [`SKIP_REASONS`].
    pub code: Cow<'static, str>,
    /// Message for the user.
    pub reason: String,
}

/// Warning with its position.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportedWarning {
    /// Path relative to the seeds folder.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Kind of problem.
    pub code: Cow<'static, str>,
    /// Message for the user.
    pub message: String,
}

impl Report {
    /// Summarises the files that were read.
    pub(super) fn from_files(files: &[ReadFile]) -> Report {
        let mut report = Report { files: files.len(), ..Report::default() };
        for file in files {
            match &file.outcome {
                FileOutcome::Skipped(reason) => {
                    report.skipped.push(SkippedFile {
                        path: file.path.clone(),
                        code: reason.code.into(),
                        reason: reason.message.clone(),
                    });
                }
                FileOutcome::Ingested(read) => {
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

    /// Returns the statistics stored in the manifest; the size of the other files is added later.
    pub(super) fn build_stats(&self) -> archive::BuildStats {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let count = |code: &str| self.skipped.iter().filter(|skipped| skipped.code == code).count();
        let skipped = SKIP_REASONS.map(|code| (code.to_owned(), number(count(code))));
        archive::BuildStats {
            files: number(self.files),
            versions: number(self.versions),
            skipped: skipped.into_iter().filter(|&(_, count)| count > 0).collect(),
            other_bytes: 0,
        }
    }
}
