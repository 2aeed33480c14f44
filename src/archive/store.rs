//! Where the files of an archive are had, and the check that a file is the one that was asked for.
//!
//! A host may answer with its page for what it does not have, a cache with a file of another build, a disk with a
//! flipped bit. What a name says is therefore held against what came before any of it is decoded: no file can take
//! the place of another, and a text under a title is the text that was put there.

use super::error::{ArchiveError, StoreError};
use super::reader::Archive;
use super::{file_path, related_path};
use crate::model::content_name;

/// The bytes that no file of an archive has more of, decompressed. The largest file that is read by default, 32 MiB,
/// makes about 160 MiB of JSON when it is nothing but markup.
pub const LARGEST: usize = 256 << 20;

/// Where the files of an archive are had: a folder, a static host, a device's own storage.
#[allow(async_fn_in_trait)] // Neither a browser's tab nor the command line moves these futures between threads.
pub trait Store {
    /// The bytes of the file at `path`, relative to the archive, decompressed; one of more than `limit` bytes is
    /// given up as soon as that is known.
    async fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError>;

    /// The same past everything that keeps files on the way, after what came turned out to be another file.
    async fn read_anew(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        self.read(path, limit).await
    }

    /// Whether only what the device keeps can be had now, and the file at `path` is kept.
    fn keeps(&self, _path: &str) -> bool {
        false
    }
}

impl<S: Store> Archive<S> {
    /// The file called `name`, with its path.
    pub(super) async fn named(&self, name: &str) -> Result<(String, Vec<u8>), ArchiveError> {
        let path = file_path(name);
        let bytes = self.fitting(&path, |bytes| content_name(bytes) == name).await?;
        Ok((path, bytes))
    }

    /// The file at `path`, once its content `fits`.
    pub(super) async fn fitting(
        &self,
        path: &str,
        fits: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<u8>, ArchiveError> {
        let limit = self.largest();
        let came = self.store().read(path, limit).await?;
        if fits(&came) {
            return Ok(came);
        }
        let came = self.store().read_anew(path, limit).await?;
        if fits(&came) { Ok(came) } else { Err(ArchiveError::damaged(path, what_came(&came))) }
    }

    /// The JSON of the lists of related articles of `page`, of all that are called `name`.
    pub(super) async fn related_lists(
        &self,
        name: &str,
        page: u32,
    ) -> Result<(String, Vec<u8>), ArchiveError> {
        let path = related_path(name, page);
        let sealed = self.manifest().sheaf >= 3;
        let bytes = self.fitting(&path, |bytes| !sealed || is_sealed_list(name, page, bytes)).await?;
        let lists = if sealed { inside(&bytes).to_vec() } else { bytes };
        Ok((path, lists))
    }
}

/// In a word, what came in the place of a file.
pub(super) fn what_came(bytes: &[u8]) -> &'static str {
    match bytes.trim_ascii_start() {
        [] => "it is empty",
        [b'<', ..] => "a web page came in its place",
        _ => "it is not the file that its name says",
    }
}

/// The lists of related articles of `page` as they are stored, with the name of their content: `["NAME",LISTS]`.
/// All pages share the name of the whole, and nothing else names them one by one.
pub fn seal_list(name: &str, page: u32, lists: &[u8]) -> Vec<u8> {
    [b"[\"", sum_of_list(name, page, lists).as_bytes(), b"\",", lists, b"]"].concat()
}

fn is_sealed_list(name: &str, page: u32, bytes: &[u8]) -> bool {
    seal_list(name, page, inside(bytes)) == bytes
}

/// What stands between the name and the end.
fn inside(bytes: &[u8]) -> &[u8] {
    let end = bytes.len().saturating_sub(1);
    bytes.get("[\"01234567\",".len()..end).unwrap_or_default()
}

fn sum_of_list(name: &str, page: u32, lists: &[u8]) -> String {
    content_name(&[format!("{name}/{page}:").as_bytes(), lists].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_fits_its_own_place_only() {
        let list = seal_list("abcdefgh", 3, b"[[1,2],[]]");
        assert!(is_sealed_list("abcdefgh", 3, &list));
        assert_eq!(inside(&list), b"[[1,2],[]]");
        assert!(!is_sealed_list("abcdefgh", 4, &list));
        assert!(!is_sealed_list("abcdefgj", 3, &list));
        for at in 0..list.len() {
            let mut broken = list.clone();
            broken[at] ^= 1;
            assert!(!is_sealed_list("abcdefgh", 3, &broken), "{at}");
            assert!(!is_sealed_list("abcdefgh", 3, &list[..at]), "{at}");
        }
    }

    #[test]
    fn what_came_is_said_in_a_word() {
        assert_eq!(what_came(b" \n"), "it is empty");
        assert_eq!(what_came(b"\n<!doctype html>"), "a web page came in its place");
        assert_eq!(what_came(b"[]"), "it is not the file that its name says");
    }
}
