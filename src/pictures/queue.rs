//! Who is asked when: a few hosts at a time, none of them twice at once, each with a pause between.

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

/// So many hosts are asked at a time.
const AT_ONCE: usize = 4;
/// A host rests so long before it is asked again.
const PAUSE: Duration = Duration::from_millis(250);
/// How long to wait before each further try of what may come another time.
const AGAIN: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];
/// A host that has not answered so often in a row is left alone for this run.
const PATIENCE: u32 = 3;
/// How long one waits for a host that rests.
const TICK: Duration = Duration::from_millis(20);

/// How much is fetched, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The bytes that all pictures may have together; the first picture beyond is the last.
    pub bytes: u64,
    /// Whether addresses that gave nothing earlier are asked again.
    pub retry: bool,
    /// Whether hosts of this machine's own network are asked.
    pub private: bool,
}

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub struct Fetched {
    /// Pictures that were there already.
    pub known: usize,
    /// Pictures that came.
    pub came: usize,
    /// The bytes of both.
    pub bytes: u64,
    /// Addresses that gave nothing, now or earlier, with the reason when it is from now.
    pub failed: Vec<(String, Option<String>)>,
    /// Pictures that nobody was asked for: there is no more room.
    pub without_room: usize,
}

struct Work<'s> {
    /// The next one last.
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

/// Fetches what `store` does not have yet, in order.
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

/// Asks for one picture after the other until there is none left.
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
    /// Every host that is left rests.
    Wait,
    Done,
}

impl Work<'_> {
    fn next(&mut self, limits: &Limits) -> Next {
        if self.broken.is_some() {
            return Next::Done;
        }
        // Those that are there take their room in their turn.
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

    /// The bytes of a picture that is kept, whole.
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

    /// Asks at the next address, or notes that there is none.
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

    /// Leaves a host alone that does not answer.
    fn leave(&mut self, host: &str) {
        let (left, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.queue).into_iter().partition(|wanted| wanted.host() == host);
        self.queue = rest;
        for wanted in left.into_iter().filter(|wanted| self.there(wanted.url()).is_none()).collect::<Vec<_>>()
        {
            self.failed(wanted, Failure::Passing("its host does not answer".to_owned()));
        }
    }
}

/// The picture at the address whose turn it is.
fn picture(client: &Client, wanted: &Wanted) -> Result<Reduced, Failure> {
    let mut pauses = AGAIN.iter();
    loop {
        match client.get(wanted.address()) {
            Err(failure @ Failure::Passing(_)) => match pauses.next() {
                Some(pause) => thread::sleep(*pause),
                None => return Err(failure),
            },
            Err(failure) => return Err(failure),
            // What decoders do with bytes that somebody made up to break them ends here.
            Ok(bytes) => {
                let reduced = panic::catch_unwind(|| reduce(&bytes));
                let reduced = reduced.unwrap_or_else(|_| Err("it cannot be decoded".to_owned()));
                return reduced.map_err(Failure::Lasting);
            }
        }
    }
}
