//! Offline state: cached files of a site, and the messages shown about them.

use std::collections::HashSet;
use std::rc::Rc;

/// Cache policy of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CachePolicy {
    /// Cache only opened articles.
    #[default]
    OnRead,
    /// Download the whole archive.
    WholeArchive,
    /// Download the whole archive, currently paused.
    Paused,
}

/// Error that stopped a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DownloadError {
    /// Storage quota exceeded, with the number of bytes left.
    QuotaExceeded(u64),
    /// The host does not respond.
    Network,
}

/// Progress of downloading the whole archive. Sizes are in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DownloadProgress {
    /// Cache policy.
    pub policy: CachePolicy,
    /// Size of app and manifest, which are always cached.
    pub core_bytes: u64,
    /// Size of the other archive files; 0 if the manifest is the whole archive.
    pub archive_bytes: u64,
    /// Size of the files not yet cached; `None` if unknown.
    pub remaining_bytes: Option<u64>,
    /// Error that stopped the download.
    pub error: Option<DownloadError>,
}

/// Available update of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteUpdate {
    /// Downloaded, with this number of additional articles.
    Ready(u32),
    /// Already active in another tab.
    ActiveInOtherTab,
}

/// Offline state of the device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfflineState {
    /// Download progress; `None` if the browser cannot cache.
    pub progress: Option<DownloadProgress>,
    /// Cached archive files while offline; `None` while online.
    pub offline_files: Option<Rc<HashSet<String>>>,
    /// Available update.
    pub update: Option<SiteUpdate>,
}

/// Event that changes the offline state.
#[derive(Clone, Debug)]
pub enum OfflineEvent {
    /// New download progress.
    Progress(DownloadProgress),
    /// Download continues, with this number of bytes remaining.
    Remaining(u64),
    /// Download stopped.
    Failed(DownloadError),
    /// Offline with these cached files, or online with `None`.
    Connectivity(Option<Rc<HashSet<String>>>),
    /// Update available, or withdrawn with `None`.
    UpdateOffer(Option<SiteUpdate>),
}

impl DownloadProgress {
    /// Returns true if the whole archive is cached.
    pub fn is_complete(&self) -> bool {
        self.archive_bytes == 0 || self.policy != CachePolicy::OnRead && self.remaining_bytes == Some(0)
    }

    /// Returns the number of cached bytes of the archive.
    pub fn downloaded_bytes(&self) -> u64 {
        self.archive_bytes.saturating_sub(self.remaining_bytes.unwrap_or(self.archive_bytes))
    }

    /// Returns true if the remaining files fit into `room` bytes, with an eighth of overhead: browsers also
    /// count metadata per file.
    pub fn fits_in(&self, room: u64) -> bool {
        let left = self.remaining_bytes.unwrap_or(self.archive_bytes);
        left + left / 8 <= room
    }
}

impl OfflineState {
    /// Returns the state after an event.
    pub fn apply(&self, change: OfflineEvent) -> OfflineState {
        let mut device = self.clone();
        match (change, &mut device.progress) {
            (OfflineEvent::Progress(keeping), _) => device.progress = Some(keeping),
            (OfflineEvent::Remaining(left), Some(keeping)) => {
                (keeping.remaining_bytes, keeping.error) = (Some(left), None);
            }
            (OfflineEvent::Failed(trouble), Some(keeping)) => keeping.error = Some(trouble),
            (OfflineEvent::Remaining(_) | OfflineEvent::Failed(_), None) => {}
            (OfflineEvent::Connectivity(kept), _) => device.offline_files = kept,
            (OfflineEvent::UpdateOffer(update), _) => device.update = update,
        }
        device
    }
}

/// Formats a size: `840 kB`, `3.4 MB`, `26 MB`. Units are decimal, as on storage devices.
pub fn format_bytes(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1000));
    }
    let tenths = bytes.div_ceil(100_000);
    match tenths {
        0..100 => format!("{}.{} MB", tenths / 10, tenths % 10),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_formatted_with_two_digits() {
        let written = [0, 999_000, 1_000_000, 3_410_000, 26_000_001].map(format_bytes);
        assert_eq!(written, ["0 kB", "999 kB", "1.0 MB", "3.5 MB", "27 MB"]);
    }

    #[test]
    fn download_resumes_after_an_error_and_completes() {
        let started = DownloadProgress {
            policy: CachePolicy::WholeArchive,
            core_bytes: 5,
            archive_bytes: 100,
            remaining_bytes: Some(100),
            error: None,
        };
        let device = OfflineState::default().apply(OfflineEvent::Remaining(3));
        assert_eq!(device, OfflineState::default(), "no progress without a cache");
        let device =
            device.apply(OfflineEvent::Progress(started)).apply(OfflineEvent::Failed(DownloadError::Network));
        assert_eq!(device.progress.unwrap().error, Some(DownloadError::Network));
        let keeping = device.apply(OfflineEvent::Remaining(40)).progress.unwrap();
        assert_eq!((keeping.error, keeping.downloaded_bytes(), keeping.is_complete()), (None, 60, false));
        assert!(keeping.fits_in(45) && !keeping.fits_in(44));
        assert!(device.apply(OfflineEvent::Remaining(0)).progress.unwrap().is_complete());
        assert!(DownloadProgress { archive_bytes: 0, ..DownloadProgress::default() }.is_complete());
        assert!(
            !DownloadProgress { remaining_bytes: Some(0), policy: CachePolicy::OnRead, ..started }
                .is_complete()
        );
    }
}
