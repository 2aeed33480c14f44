//! Opening of an archive.

use crate::archive::{Archive, MANIFEST_FILE, StoreErrorKind};
use crate::bundle::FolderStore;
use anyhow::{Context, bail};
use std::path::Path;

/// Opens the archive in `folder`.
pub async fn open(folder: &Path) -> anyhow::Result<Archive<FolderStore>> {
    match Archive::open(FolderStore::new(folder)).await {
        Ok(archive) => Ok(archive),
        Err(error) if error.is_store_error(StoreErrorKind::Missing) => {
            let folder = folder.display();
            bail!(
                "no {MANIFEST_FILE} in {folder}: run `sheaf build SEEDS_DIR --out {folder}` to build an archive"
            )
        }
        Err(error) => Err(error).with_context(|| format!("cannot open the archive in {}", folder.display())),
    }
}
