//! Storage interface, and verification of every file before decoding.
//!
//! A host may return an error page, a cache a file of another build, a disk a flipped bit. Every file is
//! therefore verified against its content hash before decoding: no file can replace another, and an article
//! always shows its own text.

use crate::archive::error::describe_unexpected;
use crate::archive::{Archive, ArchiveError, StoreError, file_path, related_path};
use crate::model::content_hash;

/// Maximum size of an archive file in bytes, decompressed. The largest input file read by default, 32 MiB,
/// becomes about 160 MiB of JSON if it consists of markup only.
pub const MAX_FILE_BYTES: usize = 256 << 20;

/// Returns true if `bytes`, the file at `path`, are compressed; a host may have decompressed them on the way. Shards never are:
/// one in 65,536 has a checksum, its first bytes, that begins as gzip does.
pub fn is_compressed(path: &str, bytes: &[u8]) -> bool {
    !path.ends_with(".bin") && bytes.starts_with(&[0x1F, 0x8B])
}

/// Source of an archive's files: a folder, a static host, storage of the device.
#[allow(async_fn_in_trait)] // Neither a browser's tab nor the command line moves these futures between threads.
pub trait Store {
    /// Reads the file at `path`, relative to the archive, decompressed. Fails early if it has more than
    /// `limit` bytes.
    async fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError>;

    /// Reads the file bypassing all caches, after a verification failure.
    async fn read_uncached(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        self.read(path, limit).await
    }

    /// Returns true if the device is offline and has the file at `path` cached.
    fn is_cached(&self, _path: &str) -> bool {
        false
    }

    /// Lets other tasks of the thread run.
    async fn pause(&self) {}
}

impl<S: Store> Archive<S> {
    /// Fetches and verifies the file with content hash `name`; returns its path too.
    pub(in crate::archive) async fn fetch_by_hash(
        &self,
        name: &str,
    ) -> Result<(String, Vec<u8>), ArchiveError> {
        let path = file_path(name);
        let bytes = self.fetch_verified(&path, |bytes| content_hash(bytes) == name).await?;
        Ok((path, bytes))
    }

    /// Fetches the file at `path` and verifies it with `fits`; on failure fetches once more, bypassing
    /// caches.
    pub(in crate::archive) async fn fetch_verified(
        &self,
        path: &str,
        fits: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<u8>, ArchiveError> {
        let limit = self.max_file_bytes();
        let bytes = self.store().read(path, limit).await?;
        if fits(&bytes) {
            return Ok(bytes);
        }
        let bytes = self.store().read_uncached(path, limit).await?;
        if fits(&bytes) { Ok(bytes) } else { Err(ArchiveError::damaged(path, describe_unexpected(&bytes))) }
    }

    /// Fetches and verifies the related lists of `page`; `name` is their common name.
    pub(in crate::archive) async fn fetch_related_lists(
        &self,
        name: &str,
        page: u32,
    ) -> Result<(String, Vec<u8>), ArchiveError> {
        let path = related_path(name, page);
        let sealed = self.manifest().format_version >= 3;
        let bytes = self.fetch_verified(&path, |bytes| !sealed || has_valid_frame(name, page, bytes)).await?;
        let lists = if sealed { strip_frame(&bytes).to_vec() } else { bytes };
        Ok((path, lists))
    }
}

/// Frames the related lists of `page` with a checksum: `["NAME",LISTS]`. All pages share one name, and no
/// other file lists them one by one.
pub fn frame_with_checksum(name: &str, page: u32, lists: &[u8]) -> Vec<u8> {
    [b"[\"", list_checksum(name, page, lists).as_bytes(), b"\",", lists, b"]"].concat()
}

fn has_valid_frame(name: &str, page: u32, bytes: &[u8]) -> bool {
    frame_with_checksum(name, page, strip_frame(bytes)) == bytes
}

/// Returns the framed lists.
fn strip_frame(bytes: &[u8]) -> &[u8] {
    let end = bytes.len().saturating_sub(1);
    bytes.get("[\"01234567\",".len()..end).unwrap_or_default()
}

fn list_checksum(name: &str, page: u32, lists: &[u8]) -> String {
    content_hash(&[format!("{name}/{page}:").as_bytes(), lists].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn framed_list_is_valid_only_for_its_page_and_name() {
        let list = frame_with_checksum("abcdefgh", 3, b"[[1,2],[]]");
        assert!(has_valid_frame("abcdefgh", 3, &list));
        assert_eq!(strip_frame(&list), b"[[1,2],[]]");
        assert!(!has_valid_frame("abcdefgh", 4, &list));
        assert!(!has_valid_frame("abcdefgj", 3, &list));
        for at in 0..list.len() {
            let mut broken = list.clone();
            broken[at] ^= 1;
            assert!(!has_valid_frame("abcdefgh", 3, &broken), "{at}");
            assert!(!has_valid_frame("abcdefgh", 3, &list[..at]), "{at}");
        }
    }

    #[test]
    fn shards_are_never_compressed() {
        let bytes = [0x1F, 0x8B, 8];
        assert!(is_compressed("archive/abcdefgh.json.gz", &bytes));
        assert!(!is_compressed("archive/abcdefgh.json.gz", b"{}"));
        assert!(!is_compressed("archive/index-abcdefgh/0.bin", &bytes));
    }

    #[test]
    fn unexpected_content_is_described() {
        assert_eq!(describe_unexpected(b" \n"), "the file is empty");
        assert_eq!(describe_unexpected(b"\n<!doctype html>"), "received a web page instead");
        assert_eq!(describe_unexpected(b"[]"), "content hash mismatch");
    }
}
