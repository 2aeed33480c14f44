//! Offline state: cached files of a site, and the messages shown about them.

use std::collections::HashSet;
use std::rc::Rc;

/// Cache policy of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Cache only opened articles.
    #[default]
    Read,
    /// Download the whole archive.
    All,
    /// Download the whole archive, currently paused.
    Paused,
}

/// Error that stopped a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Storage quota exceeded, with the number of bytes left.
    Room(u64),
    /// The host does not respond.
    Network,
}

/// Progress of downloading the whole archive. Sizes are in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// Cache policy.
    pub wish: Wish,
    /// Size of app and manifest, which are always cached.
    pub core: u64,
    /// Size of the other archive files; 0 if the manifest is the whole archive.
    pub files: u64,
    /// Size of the files not yet cached; `None` if unknown.
    pub left: Option<u64>,
    /// Error that stopped the download.
    pub trouble: Option<Trouble>,
}

/// Available update of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// Downloaded, with this number of additional articles.
    Ready(u32),
    /// Already active in another tab.
    Elsewhere,
}

/// Offline state of the device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Device {
    /// Download progress; `None` if the browser cannot cache.
    pub keeping: Option<Keeping>,
    /// Cached archive files while offline; `None` while online.
    pub away: Option<Rc<HashSet<String>>>,
    /// Available update.
    pub update: Option<Update>,
}

/// Event that changes the offline state.
#[derive(Clone, Debug)]
pub enum Change {
    /// New download progress.
    Keeping(Keeping),
    /// Download continues, with this number of bytes remaining.
    Left(u64),
    /// Download stopped.
    Stopped(Trouble),
    /// Offline with these cached files, or online with `None`.
    Away(Option<Rc<HashSet<String>>>),
    /// Update available, or withdrawn with `None`.
    Offer(Option<Update>),
}

impl Keeping {
    /// Returns true if the whole archive is cached.
    pub fn is_whole(&self) -> bool {
        self.files == 0 || self.wish != Wish::Read && self.left == Some(0)
    }

    /// Returns the number of cached bytes of the archive.
    pub fn here(&self) -> u64 {
        self.files.saturating_sub(self.left.unwrap_or(self.files))
    }

    /// Returns true if the remaining files fit into `room` bytes, with an eighth of overhead: browsers also
    /// count metadata per file.
    pub fn fits(&self, room: u64) -> bool {
        let left = self.left.unwrap_or(self.files);
        left + left / 8 <= room
    }
}

impl Device {
    /// Returns the state after an event.
    pub fn after(&self, change: Change) -> Device {
        let mut device = self.clone();
        match (change, &mut device.keeping) {
            (Change::Keeping(keeping), _) => device.keeping = Some(keeping),
            (Change::Left(left), Some(keeping)) => {
                (keeping.left, keeping.trouble) = (Some(left), None);
            }
            (Change::Stopped(trouble), Some(keeping)) => keeping.trouble = Some(trouble),
            (Change::Left(_) | Change::Stopped(_), None) => {}
            (Change::Away(kept), _) => device.away = kept,
            (Change::Offer(update), _) => device.update = update,
        }
        device
    }
}

/// Formats a size: `840 kB`, `3.4 MB`, `26 MB`. Units are decimal, as on storage devices.
pub fn megabytes(bytes: u64) -> String {
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
        let written = [0, 999_000, 1_000_000, 3_410_000, 26_000_001].map(megabytes);
        assert_eq!(written, ["0 kB", "999 kB", "1.0 MB", "3.5 MB", "27 MB"]);
    }

    #[test]
    fn download_resumes_after_an_error_and_completes() {
        let begun = Keeping { wish: Wish::All, core: 5, files: 100, left: Some(100), trouble: None };
        let device = Device::default().after(Change::Left(3));
        assert_eq!(device, Device::default(), "no progress without a cache");
        let device = device.after(Change::Keeping(begun)).after(Change::Stopped(Trouble::Network));
        assert_eq!(device.keeping.unwrap().trouble, Some(Trouble::Network));
        let keeping = device.after(Change::Left(40)).keeping.unwrap();
        assert_eq!((keeping.trouble, keeping.here(), keeping.is_whole()), (None, 60, false));
        assert!(keeping.fits(45) && !keeping.fits(44));
        assert!(device.after(Change::Left(0)).keeping.unwrap().is_whole());
        assert!(Keeping { files: 0, ..Keeping::default() }.is_whole());
        assert!(!Keeping { left: Some(0), wish: Wish::Read, ..begun }.is_whole());
    }
}
