//! What of a site is kept on the device, and what the reader is told about it.

use std::collections::HashSet;
use std::rc::Rc;

/// Whether the whole archive is to be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Only what is read.
    #[default]
    Read,
    /// All of it.
    All,
    /// All of it, later.
    Paused,
}

/// Why keeping has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The device gives the site no more room: so many bytes are left.
    Room(u64),
    /// The host does not answer.
    Network,
}

/// How far keeping the whole archive is. Sizes are in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// What the reader wants.
    pub wish: Wish,
    /// What app and manifest weigh, which are always kept.
    pub core: u64,
    /// What the rest of the archive weighs; nothing where the manifest is all of it.
    pub files: u64,
    /// What of it is not here yet; `None` as long as nobody has asked.
    pub left: Option<u64>,
    /// Why it has stopped.
    pub trouble: Option<Trouble>,
}

/// What of a newer site is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// It is here, with so many more articles.
    Ready(u32),
    /// Another tab has it already.
    Elsewhere,
}

/// What is known of the device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Device {
    /// How far keeping is, where the browser can keep anything.
    pub keeping: Option<Keeping>,
    /// The files of the archive that are kept, as long as the host cannot be reached.
    pub away: Option<Rc<HashSet<String>>>,
    /// What is offered.
    pub update: Option<Update>,
}

/// What happens to it.
#[derive(Clone, Debug)]
pub enum Change {
    /// Keeping is so far.
    Keeping(Keeping),
    /// It goes on, or is to: so much is left.
    Left(u64),
    /// It stopped.
    Stopped(Trouble),
    /// The host cannot be reached, and these files are kept; or it can.
    Away(Option<Rc<HashSet<String>>>),
    /// A newer site is offered, or no more.
    Offer(Option<Update>),
}

impl Keeping {
    /// Whether all of the archive is here.
    pub fn is_whole(&self) -> bool {
        self.files == 0 || self.wish != Wish::Read && self.left == Some(0)
    }

    /// How many bytes of the archive are here.
    pub fn here(&self) -> u64 {
        self.files.saturating_sub(self.left.unwrap_or(self.files))
    }

    /// Whether what is still to come fits into `room` bytes. Browsers count what they need for each file, too.
    pub fn fits(&self, room: u64) -> bool {
        let left = self.left.unwrap_or(self.files);
        left + left / 8 <= room
    }
}

impl Device {
    /// What it is after a change.
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

/// A size for a person: `840 kB`, `3.4 MB`, `26 MB`. Units are of a thousand, as on the boxes of devices.
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
    fn sizes_are_short() {
        let written = [0, 999_000, 1_000_000, 3_410_000, 26_000_001].map(megabytes);
        assert_eq!(written, ["0 kB", "999 kB", "1.0 MB", "3.5 MB", "27 MB"]);
    }

    #[test]
    fn keeping_goes_on_after_trouble_and_ends() {
        let begun = Keeping { wish: Wish::All, core: 5, files: 100, left: Some(100), trouble: None };
        let device = Device::default().after(Change::Left(3));
        assert_eq!(device, Device::default(), "where nothing can be kept nothing goes on");
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
