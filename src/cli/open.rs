//! Opening an archive.

use crate::archive::{Archive, ArchiveError, ENTRY};
use crate::build::FolderStore;
use anyhow::{Context, bail};
use std::path::Path;

/// Opens the archive in `folder`.
pub async fn open(folder: &Path) -> anyhow::Result<Archive<FolderStore>> {
    match Archive::open(FolderStore::new(folder)).await {
        Ok(archive) => Ok(archive),
        Err(ArchiveError::Store(error)) if error.missing => {
            let folder = folder.display();
            bail!("there is no {ENTRY} in {folder}: `sheaf build SEEDS_DIR --out {folder}` writes one")
        }
        Err(error) => {
            Err(error).with_context(|| format!("the archive in {} cannot be opened", folder.display()))
        }
    }
}
