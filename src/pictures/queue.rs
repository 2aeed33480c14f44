//! Scheduler of image requests: few hosts at a time, one request per host, with a pause between requests.

use super::Wanted;
use super::client::{Client, Failure};
use super::reduce::{Reduced, reduce};
use super::store::{PicturesError, Store};
use crate::build::Progress;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{panic, thread};

/// Maximum number of hosts contacted concurrently.
const AT_ONCE: usize = 4;
/// Pause between two requests to a host.
const PAUSE: Duration = Duration::from_millis(250);
/// Delay before each retry after a transient failure.
const AGAIN: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];
/// Number of consecutive transient failures after which a host is skipped for this run.
const PATIENCE: u32 = 3;
/// Polling interval while all remaining hosts pause.
const TICK: Duration = Duration::from_millis(20);

/// Limits of a fetch run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Limit on the total size of all images, in bytes; the image that exceeds the limit is the last.
    pub bytes: u64,
    /// Retries URLs that failed permanently in an earlier run.
    pub retry: bool,
    /// Allows hosts in private networks.
    pub private: bool,
}

/// Summary of a fetch run.
#[derive(Debug, Default, Serialize)]
pub struct Fetched {
    /// Number of images stored earlier.
    #[serde(rename = "known")]
    pub known: usize,
    /// Number of images fetched now.
    #[serde(rename = "came")]
    pub came: usize,
    /// Total size of both, in bytes.
    pub bytes: u64,
    /// Failed URLs, now or earlier, with the reason if from this run.
    #[serde(rename = "failed")]
    pub failed: Vec<(String, Option<String>)>,
    /// Number of images beyond the size limit.
    #[serde(rename = "without_room")]
    pub without_room: usize,
}

struct Work<'s> {
    /// Remaining requests, the next one last.
    queue: Vec<Wanted>,
    hosts: HashMap<String, Host>,
    store: &'s mut Store,
    fetched: Fetched,
    broken: Option<PicturesError>,
}

#[derive(Default)]
struct Host {
    busy: bool,
    rests_until: Option<Instant>,
    silent: u32,
}

/// Fetches the images that `store` lacks, in order.
///
/// # Errors
///
/// The store cannot be written.
pub fn fetch(
    wanted: Vec<Wanted>,
    store: &mut Store,
    limits: &Limits,
    progress: &Progress,
) -> Result<Fetched, PicturesError> {
    let mut fetched = Fetched::default();
    let mut queue = Vec::new();
    for wanted in wanted.into_iter().rev() {
        match wanted.url() {
            url if store.has_failed(url) && !limits.retry => fetched.failed.push((url.to_owned(), None)),
            _ => queue.push(wanted),
        }
    }
    progress.phase("fetching", queue.len());
    let work = Mutex::new(Work { queue, hosts: HashMap::new(), store, fetched, broken: None });
    let client = Client::new(limits.private);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| ask(&work, &client, limits, progress));
        }
    });
    let work = work.into_inner().unwrap_or_else(PoisonError::into_inner);
    work.broken.map_or(Ok(work.fetched), Err)
}

/// Worker loop: fetches one image after another until none is left.
fn ask(work: &Mutex<Work>, client: &Client, limits: &Limits, progress: &Progress) {
    loop {
        let next = match work.lock() {
            Ok(mut work) => work.next(limits),
            Err(_) => return,
        };
        match next {
            Next::Done => return,
            Next::Wait => thread::sleep(TICK),
            Next::Ask(wanted) => {
                let answer = picture(client, &wanted);
                progress.step();
                if let Ok(mut work) = work.lock() {
                    work.answered(wanted, answer);
                }
            }
        }
    }
}

enum Next {
    Ask(Wanted),
    /// All remaining hosts are busy or paused.
    Wait,
    Done,
}

impl Work<'_> {
    fn next(&mut self, limits: &Limits) -> Next {
        if self.broken.is_some() {
            return Next::Done;
        }
        // Stored images count against the limit in their order.
        while let Some(bytes) = self.queue.last().and_then(|wanted| self.there(wanted.url())) {
            self.fetched.known += 1;
            self.fetched.bytes += bytes;
            self.queue.pop();
        }
        if self.fetched.bytes >= limits.bytes {
            let left = std::mem::take(&mut self.queue);
            self.fetched.without_room +=
                left.iter().filter(|wanted| self.there(wanted.url()).is_none()).count();
        }
        let now = Instant::now();
        let free = |wanted: &Wanted| {
            let host = self.hosts.get(wanted.host());
            let free =
                host.is_none_or(|host| !host.busy && host.rests_until.is_none_or(|until| until <= now));
            free && self.there(wanted.url()).is_none()
        };
        let Some(at) = self.queue.iter().rposition(free) else {
            return if self.queue.is_empty() { Next::Done } else { Next::Wait };
        };
        let wanted = self.queue.remove(at);
        let host = self.hosts.entry(wanted.host().to_owned()).or_default();
        host.busy = true;
        Next::Ask(wanted)
    }

    /// Returns the size of a stored, intact image, in bytes.
    fn there(&self, url: &str) -> Option<u64> {
        let kept = self.store.kept(url)?;
        self.store.check(kept).ok().map(|()| kept.bytes)
    }

    fn answered(&mut self, wanted: Wanted, answer: Result<Reduced, Failure>) {
        let host = self.hosts.entry(wanted.host().to_owned()).or_default();
        host.busy = false;
        host.rests_until = Some(Instant::now() + PAUSE);
        host.silent = if matches!(answer, Err(Failure::Passing(_))) { host.silent + 1 } else { 0 };
        if host.silent >= PATIENCE {
            self.leave(wanted.host());
        }
        match answer {
            Ok(Reduced { bytes, size }) => {
                self.fetched.came += 1;
                self.fetched.bytes += bytes.len() as u64;
                let kept = self.store.keep(wanted.url(), &bytes, size);
                self.broken = kept.err().or(self.broken.take());
            }
            Err(failure) => self.failed(wanted, failure),
        }
    }

    /// Queues the next URL of the image, or records the failure.
    fn failed(&mut self, wanted: Wanted, failure: Failure) {
        let (passing, reason) = match failure {
            Failure::Passing(reason) | Failure::Refused(reason) => (true, reason),
            Failure::Lasting(reason) => (wanted.may_come, reason),
        };
        if wanted.at + 1 < wanted.addresses.len() {
            self.queue.push(Wanted { at: wanted.at + 1, may_come: passing, ..wanted });
            return;
        }
        self.fetched.failed.push((wanted.url().to_owned(), Some(reason.clone())));
        if !passing {
            let noted = self.store.fail(wanted.url(), reason);
            self.broken = noted.err().or(self.broken.take());
        }
    }

    /// Drops all requests to an unresponsive host.
    fn leave(&mut self, host: &str) {
        let (left, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.queue).into_iter().partition(|wanted| wanted.host() == host);
        self.queue = rest;
        for wanted in left.into_iter().filter(|wanted| self.there(wanted.url()).is_none()).collect::<Vec<_>>()
        {
            self.failed(wanted, Failure::Passing("the host does not answer".to_owned()));
        }
    }
}

/// Fetches and reduces the image at the current URL, with retries.
fn picture(client: &Client, wanted: &Wanted) -> Result<Reduced, Failure> {
    let mut pauses = AGAIN.iter();
    loop {
        match client.get(wanted.address()) {
            Err(failure @ Failure::Passing(_)) => match pauses.next() {
                Some(pause) => thread::sleep(*pause),
                None => return Err(failure),
            },
            Err(failure) => return Err(failure),
            // Malicious images may make decoders panic.
            Ok(bytes) => {
                let reduced = panic::catch_unwind(|| reduce(&bytes));
                let reduced =
                    reduced.unwrap_or_else(|_| Err("cannot decode the image: the decoder failed".to_owned()));
                return reduced.map_err(Failure::Lasting);
            }
        }
    }
}
