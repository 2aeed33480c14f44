//! Cache of the sites that `sheaf open` builds, one folder for each set of inputs.
//!
//! ```text
//! CACHE/
//!     0a1b2c3d4e5f6071/   digest of the input paths
//!         lock            held while the site is open; its modification time is that of the last use
//!         record.json     inputs, port and address
//!         site/           the site; `.site.sheaf/` next to it holds the state of its build
//! ```
//!
//! Browsers store stars, notes and reading positions by origin, which includes the port. Each set of inputs therefore
//! has a port of its own: its record keeps the port, and no other set takes it. A set without a record begins at a port
//! derived from its digest, so that the port is the same again after the whole cache was deleted.

use super::serve::ListenAddress;
use crate::bundle::{BuildError, Digest, ensure_output_outside_seeds, write_whole};
use crate::preview::PreviewServer;
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::net::Ipv4Addr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Ports of `sheaf open`: below those that systems give to outgoing connections, and none that browsers block.
const PORTS: Range<u16> = 20_000..30_000;
/// Number of ports tried after the first.
const MAX_ATTEMPTS: u16 = 100;
/// Age at which an unused site is removed.
const MAX_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

const LOCK_FILE: &str = "lock";
const RECORD_FILE: &str = "record.json";
const SITE_DIR: &str = "site";

/// Cache folder of one set of inputs, locked against other programs.
#[derive(Debug)]
pub struct InputCache {
    root: PathBuf,
    folder: PathBuf,
    record: CacheState,
    lock: File,
}

/// State of a cache folder between runs.
#[derive(Debug, Default, Serialize, Deserialize)]
struct CacheState {
    /// Input paths, for people who look into the cache.
    inputs: Vec<String>,
    /// Port of the site.
    port: Option<u16>,
    /// Address of the program that serves the site.
    url: Option<String>,
}

impl CacheState {
    fn load(folder: &Path) -> Option<CacheState> {
        serde_json::from_slice(&fs::read(folder.join(RECORD_FILE)).ok()?).ok()
    }
}

/// Error of a cache that another program holds.
#[derive(Debug, thiserror::Error)]
#[error("another sheaf is opening these inputs: wait until its first build has finished")]
pub struct CacheInUse {
    /// Address of the site, once the other program serves it.
    pub url: Option<String>,
}

impl InputCache {
    /// Opens the folder of `inputs` in the cache folder `root`.
    ///
    /// # Errors
    ///
    /// An input is missing or contains `root`, another program holds the folder ([`CacheInUse`]), or the folder cannot be written.
    pub fn open(root: &Path, inputs: &[PathBuf]) -> anyhow::Result<InputCache> {
        let paths = inputs
            .iter()
            .map(|input| input.canonicalize().map_err(|_| BuildError::InputNotFound(input.clone())));
        let mut paths = paths.collect::<Result<Vec<PathBuf>, BuildError>>()?;
        ensure_output_outside_seeds(inputs, root)?;
        paths.sort();
        paths.dedup();
        let digest = Digest::compute_all(paths.iter().map(|path| path.as_os_str().as_encoded_bytes()));
        let name: String = digest.to_string().chars().take(NAME_LENGTH).collect();
        let folder = std::path::absolute(root)?.join(name);
        fs::create_dir_all(&folder).map_err(BuildError::write(&folder))?;
        let lock = lock_file(&folder)?;
        let mut record = CacheState::load(&folder).unwrap_or_default();
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(CacheInUse { url: record.url }.into()),
            Err(TryLockError::Error(error)) => return Err(BuildError::write(&folder)(error).into()),
        }
        record.inputs = paths.iter().map(|path| path.display().to_string()).collect();
        record.url = None;
        let cache = InputCache { root: root.to_owned(), folder, record, lock };
        cache.save()?;
        cache.touch();
        Ok(cache)
    }

    /// Returns the folder of the site.
    pub fn site(&self) -> PathBuf {
        self.folder.join(SITE_DIR)
    }

    /// Returns the folder of these inputs.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Records the time of the last use.
    pub fn touch(&self) {
        // Without it the site is built again after a month.
        let _ = self.lock.set_modified(SystemTime::now());
    }

    /// Records the address at which the site is served.
    ///
    /// # Errors
    ///
    /// The record cannot be written.
    pub fn set_url(&mut self, url: &str) -> anyhow::Result<()> {
        self.record.url = Some(url.to_owned());
        self.save()
    }

    /// Listens at the port of these inputs, or at `port`, which is recorded unless it is 0. While another program holds
    /// the recorded port, the next free one serves instead.
    ///
    /// # Errors
    ///
    /// No port is free, or the record cannot be written.
    pub fn bind(&mut self, port: Option<u16>) -> anyhow::Result<PreviewServer> {
        if let Some(port) = port {
            let server = ListenAddress::loopback(port).bind()?;
            if port != 0 {
                self.record.port = Some(port);
                self.save()?;
            }
            return Ok(server);
        }
        let first = self.record.port.unwrap_or_else(|| self.derived_port());
        let others = self.other_ports();
        let is_own = |port: &u16| self.record.port == Some(*port) || !others.contains(port);
        for port in candidates(first).filter(is_own) {
            let Ok(server) = PreviewServer::bind((Ipv4Addr::LOCALHOST, port).into(), &[]) else { continue };
            if self.record.port.is_none() {
                self.record.port = Some(port);
                self.save()?;
            } else if port != first {
                eprintln!(
                    "sheaf: port {first} is in use by another program, so stars and notes made at \
                     http://127.0.0.1:{first}/ do not appear: stop that program and start again"
                );
            }
            return Ok(server);
        }
        bail!("no free port from {first} on: name one with --port")
    }

    /// Removes sites that were not used for 30 days before `now`. Their records stay, and with them their ports.
    pub fn remove_old_sites(&self, now: SystemTime) {
        for folder in self.other_folders() {
            let Ok(lock) = File::open(folder.join(LOCK_FILE)) else { continue };
            let used = lock.metadata().and_then(|found| found.modified());
            let age = used.ok().and_then(|used| now.duration_since(used).ok());
            if age.is_some_and(|age| age > MAX_AGE) && lock.try_lock().is_ok() {
                // A site that cannot be removed now is removed by a later start.
                let _ = fs::remove_dir_all(folder.join(SITE_DIR));
                let _ = fs::remove_dir_all(folder.join(format!(".{SITE_DIR}.sheaf")));
            }
        }
    }

    fn derived_port(&self) -> u16 {
        let name = self.folder.file_name().unwrap_or_default().to_string_lossy();
        let number = u64::from_str_radix(&name, 16).unwrap_or_default();
        let offset = number % u64::from(PORTS.end - PORTS.start);
        // The offset is less than 10,000.
        PORTS.start + u16::try_from(offset).unwrap_or_default()
    }

    fn other_ports(&self) -> Vec<u16> {
        self.other_folders().filter_map(|folder| CacheState::load(&folder)?.port).collect()
    }

    /// Returns the folders of other sets of inputs.
    fn other_folders(&self) -> impl Iterator<Item = PathBuf> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.len() == NAME_LENGTH && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        folders.map(|entry| entry.path()).filter(|folder| folder.file_name() != self.folder.file_name())
    }

    fn save(&self) -> anyhow::Result<()> {
        let path = self.folder.join(RECORD_FILE);
        let json = serde_json::to_vec_pretty(&self.record)?;
        write_whole(&path, &json).context("the cache cannot be written")
    }
}

/// Length of a folder name, in hexadecimal digits.
const NAME_LENGTH: usize = 16;

/// Opens the lock file; earlier content and time stay.
fn lock_file(folder: &Path) -> Result<File, BuildError> {
    let path = folder.join(LOCK_FILE);
    File::options().write(true).create(true).truncate(false).open(&path).map_err(BuildError::write(&path))
}

/// Returns `first` and the ports to try after it. Beyond the end of the range they continue at its start.
fn candidates(first: u16) -> impl Iterator<Item = u16> {
    let length = PORTS.end - PORTS.start;
    let offset = first.saturating_sub(PORTS.start) % length;
    let next = (1..=MAX_ATTEMPTS).map(move |step| PORTS.start + (offset + step) % length);
    std::iter::once(first).chain(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Opens the cache of a folder that is named `name`.
    fn open(root: &Path, name: &str) -> InputCache {
        let input = root.join("inputs").join(name);
        fs::create_dir_all(&input).unwrap();
        InputCache::open(&root.join("cache"), &[input]).unwrap()
    }

    fn port(cache: &mut InputCache) -> u16 {
        let url = cache.bind(None).unwrap().url().unwrap();
        url.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap()
    }

    #[test]
    fn order_and_spelling_of_the_inputs_do_not_matter() {
        let root = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| root.path().join(name));
        for folder in [&a, &b] {
            fs::create_dir(folder).unwrap();
        }
        let folder = |inputs: &[&Path]| {
            let inputs: Vec<_> = inputs.iter().map(|input| input.to_path_buf()).collect();
            InputCache::open(root.path(), &inputs).unwrap().folder().to_owned()
        };
        let both = folder(&[&a, &b]);
        assert_eq!(folder(&[&b, &a.join("../a"), &a]), both);
        assert_ne!(folder(&[&a]), both);
    }

    #[test]
    fn second_program_gets_the_address_of_the_first() {
        let root = tempfile::tempdir().unwrap();
        let mut first = open(root.path(), "a");
        let refused = |url: Option<&str>| {
            let input = root.path().join("inputs/a");
            let error = InputCache::open(&root.path().join("cache"), &[input]).unwrap_err();
            assert_eq!(error.downcast_ref::<CacheInUse>().unwrap().url.as_deref(), url);
        };
        refused(None);
        first.set_url("http://127.0.0.1:1/").unwrap();
        refused(Some("http://127.0.0.1:1/"));
        drop(first);
        open(root.path(), "a");
    }

    #[test]
    fn port_is_the_same_in_every_run() {
        let root = tempfile::tempdir().unwrap();
        let first = port(&mut open(root.path(), "a"));
        assert!(PORTS.contains(&first), "{first}");
        assert_eq!(port(&mut open(root.path(), "a")), first);
        // Also after the cache was deleted.
        fs::remove_dir_all(root.path().join("cache")).unwrap();
        assert_eq!(port(&mut open(root.path(), "a")), first);
    }

    #[test]
    fn used_port_is_replaced_for_one_run_only() {
        let root = tempfile::tempdir().unwrap();
        let first = port(&mut open(root.path(), "a"));
        let other_program = TcpListener::bind((Ipv4Addr::LOCALHOST, first)).unwrap();
        assert_ne!(port(&mut open(root.path(), "a")), first);
        drop(other_program);
        assert_eq!(port(&mut open(root.path(), "a")), first);
    }

    #[test]
    fn port_used_in_the_first_run_is_replaced_for_good() {
        let root = tempfile::tempdir().unwrap();
        let derived = open(root.path(), "a").derived_port();
        let other_program = TcpListener::bind((Ipv4Addr::LOCALHOST, derived)).unwrap();
        let first = port(&mut open(root.path(), "a"));
        assert_ne!(first, derived);
        drop(other_program);
        assert_eq!(port(&mut open(root.path(), "a")), first);
    }

    #[test]
    fn port_of_other_inputs_is_never_taken() {
        let root = tempfile::tempdir().unwrap();
        let derived = open(root.path(), "b").derived_port();
        let mut first = open(root.path(), "a");
        first.bind(Some(derived)).unwrap();
        // Not open at the moment, but its readers' data belong to that port.
        drop(first);
        assert_ne!(port(&mut open(root.path(), "b")), derived);
        assert_eq!(port(&mut open(root.path(), "a")), derived);
    }

    #[test]
    fn only_unused_sites_are_removed_and_their_ports_stay() {
        let root = tempfile::tempdir().unwrap();
        let ports = ["old", "new", "open"].map(|name| {
            let mut cache = open(root.path(), name);
            fs::create_dir(cache.site()).unwrap();
            fs::create_dir(cache.folder().join(".site.sheaf")).unwrap();
            port(&mut cache)
        });
        let foreign = root.path().join("cache/photographs/site");
        fs::create_dir_all(&foreign).unwrap();
        let now = SystemTime::now() + MAX_AGE + Duration::from_secs(60);
        open(root.path(), "new").lock.set_modified(now).unwrap();
        let long_open = open(root.path(), "open");
        let current = open(root.path(), "current");
        fs::create_dir(current.site()).unwrap();
        current.remove_old_sites(now);
        assert!(!open(root.path(), "old").site().exists());
        assert!(!open(root.path(), "old").folder().join(".site.sheaf").exists());
        assert!(open(root.path(), "new").site().exists());
        assert!(long_open.site().exists() && current.site().exists() && foreign.exists());
        drop(long_open);
        assert_eq!(["old", "new", "open"].map(|name| port(&mut open(root.path(), name))), ports);
    }

    #[test]
    fn ports_continue_at_the_start_of_the_range() {
        assert!(candidates(29_999).take(3).eq([29_999, 20_000, 20_001]));
        assert!(candidates(8_080).take(2).eq([8_080, 20_001]));
    }
}
