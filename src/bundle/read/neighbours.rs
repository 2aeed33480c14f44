//! Files that articles show as pictures.

use super::path_index::{PathIndex, ReferenceKind};
use crate::ingest::{Format, KeptPicture, PictureKeeper, Resources};
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

/// Largest file that is read as a picture, in bytes.
pub(super) const MAX_PICTURE_BYTES: u64 = 24 << 20;

/// Files of an input folder or of a ZIP.
pub(super) trait FileSet: Sync {
    /// Returns the content of the file at a position; files larger than [`MAX_PICTURE_BYTES`] are cut after it.
    fn content(&self, position: usize) -> io::Result<Vec<u8>>;
}

/// Files around articles, and the store of their pictures.
pub(super) struct Neighbours<'a> {
    pub(super) keeper: &'a dyn PictureKeeper,
    index: PathIndex,
    files: &'a dyn FileSet,
    /// Positions of the files that became pictures.
    shown: Mutex<BTreeSet<usize>>,
}

impl<'a> Neighbours<'a> {
    pub(super) fn new(keeper: &'a dyn PictureKeeper, index: PathIndex, files: &'a dyn FileSet) -> Self {
        Neighbours { keeper, index, files, shown: Mutex::default() }
    }

    /// Returns the resources of the article at `path`.
    pub(super) fn of_article(&'a self, path: &'a str, format: Format) -> ArticleResources<'a> {
        let kind = match format {
            Format::Markdown => ReferenceKind::Vault,
            _ => ReferenceKind::Relative,
        };
        ArticleResources { neighbours: self, path, kind }
    }

    /// Returns `true` if the file at `path` is a picture of an article.
    pub(super) fn is_shown(&self, path: &str) -> bool {
        let position = self.index.position(path);
        position.is_some_and(|position| {
            self.shown.lock().unwrap_or_else(PoisonError::into_inner).contains(&position)
        })
    }

    fn keep(&self, path: &str) -> Result<Option<KeptPicture>, String> {
        let position = self.index.position(path).ok_or("no such file")?;
        let content =
            self.files.content(position).map_err(|error| format!("cannot read the file: {error}"))?;
        if content.len() as u64 > MAX_PICTURE_BYTES {
            return Err(format!("larger than {} MB", MAX_PICTURE_BYTES >> 20));
        }
        let kept = self.keeper.keep(&content)?;
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).insert(position);
        Ok(kept)
    }
}

/// Files around one article.
pub(super) struct ArticleResources<'a> {
    neighbours: &'a Neighbours<'a>,
    path: &'a str,
    kind: ReferenceKind,
}

impl Resources for ArticleResources<'_> {
    fn locate(&self, reference: &str) -> Option<String> {
        let index = &self.neighbours.index;
        let position = index.find(self.path, reference, self.kind)?;
        Some(index.path(position).to_owned()).filter(|path| path != self.path)
    }

    fn keep(&self, path: &str) -> Result<Option<KeptPicture>, String> {
        self.neighbours.keep(path)
    }
}

/// Reads a picture, cut after [`MAX_PICTURE_BYTES`].
pub(super) fn read_picture(content: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    content.take(MAX_PICTURE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
