//! Files that articles show as pictures.

use super::path_index::{PathIndex, ReferenceKind};
use crate::ingest::{Format, KeptPicture, PictureKeeper, Resources};
use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Largest file that is read as a picture, in bytes.
pub(super) const MAX_PICTURE_BYTES: u64 = 24 << 20;

/// Files of an input folder or of a ZIP.
pub(super) trait FileSet: Sync {
    /// Returns the content of the file at a position; files larger than [`MAX_PICTURE_BYTES`] are cut after it.
    fn content(&self, position: usize) -> io::Result<Vec<u8>>;
}

type PictureResult = Result<Option<KeptPicture>, String>;

/// Set without files.
pub(super) struct NoFiles;

impl FileSet for NoFiles {
    fn content(&self, _: usize) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// Files around articles, and the store of their pictures.
pub(super) struct Neighbours<'a> {
    keeper: &'a dyn PictureKeeper,
    index: PathIndex,
    files: &'a dyn FileSet,
    /// Pictures by the positions of their files.
    pictures: Mutex<HashMap<usize, PictureResult>>,
}

impl<'a> Neighbours<'a> {
    pub(super) fn new(keeper: &'a dyn PictureKeeper, index: PathIndex, files: &'a dyn FileSet) -> Self {
        Neighbours { keeper, index, files, pictures: Mutex::default() }
    }

    /// Returns `true` if the file at `path` is a picture of an article.
    pub(super) fn is_shown(&self, path: &str) -> bool {
        let position = self.index.position(path);
        position.is_some_and(|position| matches!(self.pictures().get(&position), Some(Ok(_))))
    }

    fn keep(&self, path: &str) -> PictureResult {
        let position = self.index.position(path).ok_or("no such file")?;
        let known = self.pictures().get(&position).cloned();
        known.unwrap_or_else(|| {
            let result = self.read_and_keep(position);
            self.pictures().insert(position, result.clone());
            result
        })
    }

    fn read_and_keep(&self, position: usize) -> PictureResult {
        let content =
            self.files.content(position).map_err(|error| format!("cannot read the file: {error}"))?;
        if content.len() as u64 > MAX_PICTURE_BYTES {
            return Err(too_large());
        }
        self.keeper.keep(&content)
    }

    fn pictures(&self) -> MutexGuard<'_, HashMap<usize, PictureResult>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Calls `ingest` with the files around the article at `path`, if pictures are kept.
pub(super) fn with_resources<T>(
    neighbours: Option<&Neighbours<'_>>,
    path: &str,
    format: Format,
    ingest: impl FnOnce(Option<&dyn Resources>) -> T,
) -> T {
    let kind = match format {
        Format::Markdown => ReferenceKind::Vault,
        _ => ReferenceKind::Relative,
    };
    match neighbours {
        Some(neighbours) => ingest(Some(&ArticleResources { neighbours, path, kind })),
        None => ingest(None),
    }
}

/// Files around one article.
struct ArticleResources<'a> {
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

    fn keep(&self, path: &str) -> PictureResult {
        self.neighbours.keep(path)
    }

    fn keep_part(&self, picture: &[u8]) -> PictureResult {
        if picture.len() as u64 > MAX_PICTURE_BYTES {
            return Err(too_large());
        }
        self.neighbours.keeper.keep(picture)
    }
}

fn too_large() -> String {
    format!("larger than {} MB", MAX_PICTURE_BYTES >> 20)
}
