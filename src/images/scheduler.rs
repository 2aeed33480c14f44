//! Scheduler of image requests: few hosts at a time, one request per host, with a pause between requests.

use super::client::{FetchError, ImageClient};
use super::resize::{ResizedImage, resize_untrusted};
use super::{ImageRequest, ImageStore, ImageStoreError};
use crate::archive::writer::WriteProgress;
use crate::bundle::BuildProgress;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum number of hosts contacted concurrently.
const MAX_HOSTS: usize = 4;
/// Pause between two requests to a host.
const HOST_DELAY: Duration = Duration::from_millis(250);
/// Delay before each retry after a transient failure.
const RETRY_DELAYS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];
/// Number of consecutive transient failures after which a host is skipped for this run.
const MAX_HOST_FAILURES: u32 = 3;
/// Longest pause that a host may ask for; a host that asks for more is skipped for this run.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(120);
/// Number of pauses of a host before the image counts as failed.
const MAX_THROTTLES: u32 = 3;
/// Polling interval while all remaining hosts pause.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// Limits of a fetch run.
#[derive(Clone, Copy, Debug)]
pub struct FetchLimits {
    /// Limit on the total size of all images, in bytes; the image that exceeds the limit is the last.
    pub max_bytes: u64,
    /// Retries URLs that failed permanently in an earlier run.
    pub retry_failed: bool,
    /// Allows hosts in private networks.
    pub allow_private: bool,
}

/// Summary of a fetch run.
#[derive(Debug, Default, Serialize)]
pub struct FetchSummary {
    /// Number of images stored earlier.
    #[serde(rename = "known")]
    pub already_stored: usize,
    /// Number of images fetched now.
    #[serde(rename = "came")]
    pub fetched: usize,
    /// Total size of both, in bytes.
    pub bytes: u64,
    /// Failed URLs, now or earlier, with the reason if from this run.
    #[serde(rename = "failed")]
    pub failures: Vec<(String, Option<String>)>,
    /// Number of images beyond the size limit.
    #[serde(rename = "without_room")]
    pub over_limit: usize,
}

struct FetchQueue<'s> {
    /// Remaining requests, the next one last.
    requests: Vec<ImageRequest>,
    hosts: HashMap<String, HostState>,
    store: &'s mut ImageStore,
    summary: FetchSummary,
    store_error: Option<ImageStoreError>,
}

#[derive(Default)]
struct HostState {
    is_busy: bool,
    paused_until: Option<Instant>,
    failures: u32,
}

/// Fetches the images that `store` lacks, in order.
///
/// # Errors
///
/// The store cannot be written.
pub fn fetch_images(
    wanted: Vec<ImageRequest>,
    store: &mut ImageStore,
    limits: &FetchLimits,
    progress: &BuildProgress,
) -> Result<FetchSummary, ImageStoreError> {
    let mut fetched = FetchSummary::default();
    let mut queue = Vec::new();
    for wanted in wanted.into_iter().rev() {
        match wanted.url() {
            url if store.has_failed(url) && !limits.retry_failed => {
                fetched.failures.push((url.to_owned(), None))
            }
            _ => queue.push(wanted),
        }
    }
    progress.begin_phase("fetching", queue.len());
    let work =
        FetchQueue { requests: queue, hosts: HashMap::new(), store, summary: fetched, store_error: None };
    work.store.remove_parts();
    let work = Mutex::new(work);
    let client = ImageClient::new(limits.allow_private);
    thread::scope(|scope| {
        for _ in 0..MAX_HOSTS {
            scope.spawn(|| run_worker(&work, &client, limits, progress));
        }
    });
    let work = work.into_inner().unwrap_or_else(PoisonError::into_inner);
    work.store_error.map_or(Ok(work.summary), Err)
}

/// Worker loop: fetches one image after another until none is left.
fn run_worker(
    work: &Mutex<FetchQueue>,
    client: &ImageClient,
    limits: &FetchLimits,
    progress: &BuildProgress,
) {
    loop {
        let next = match work.lock() {
            Ok(mut work) => work.next(limits),
            Err(_) => return,
        };
        match next {
            NextStep::Done => return,
            NextStep::Wait => thread::sleep(POLL_INTERVAL),
            NextStep::Fetch(wanted) => {
                let answer = fetch_with_retries(client, &wanted);
                progress.advance();
                if let Ok(mut work) = work.lock() {
                    work.record_result(wanted, answer);
                }
            }
        }
    }
}

enum NextStep {
    Fetch(ImageRequest),
    /// All remaining hosts are busy or paused.
    Wait,
    Done,
}

impl FetchQueue<'_> {
    fn next(&mut self, limits: &FetchLimits) -> NextStep {
        if self.store_error.is_some() {
            return NextStep::Done;
        }
        // Stored images count against the limit in their order.
        while let Some(bytes) = self.requests.last().and_then(|wanted| self.stored_bytes(wanted.url())) {
            self.summary.already_stored += 1;
            self.summary.bytes += bytes;
            self.requests.pop();
        }
        if self.summary.bytes >= limits.max_bytes {
            let left = std::mem::take(&mut self.requests);
            self.summary.over_limit +=
                left.iter().filter(|wanted| self.stored_bytes(wanted.url()).is_none()).count();
        }
        let now = Instant::now();
        let free = |wanted: &ImageRequest| {
            let host = self.hosts.get(wanted.host());
            let free =
                host.is_none_or(|host| !host.is_busy && host.paused_until.is_none_or(|until| until <= now));
            free && self.stored_bytes(wanted.url()).is_none()
        };
        let Some(at) = self.requests.iter().rposition(free) else {
            return if self.requests.is_empty() { NextStep::Done } else { NextStep::Wait };
        };
        let wanted = self.requests.remove(at);
        let host = self.hosts.entry(wanted.host().to_owned()).or_default();
        host.is_busy = true;
        NextStep::Fetch(wanted)
    }

    /// Returns the size of a stored, intact image, in bytes.
    fn stored_bytes(&self, url: &str) -> Option<u64> {
        let kept = self.store.get(url)?;
        self.store.verify(kept).ok().map(|()| kept.bytes)
    }

    fn record_result(&mut self, wanted: ImageRequest, answer: Result<ResizedImage, FetchError>) {
        let host = self.hosts.entry(wanted.host().to_owned()).or_default();
        host.is_busy = false;
        host.paused_until = Some(Instant::now() + HOST_DELAY);
        host.failures = if matches!(answer, Err(FetchError::Transient(_))) { host.failures + 1 } else { 0 };
        if host.failures >= MAX_HOST_FAILURES {
            self.skip_host(wanted.host(), "the host does not answer");
        }
        match answer {
            Err(FetchError::Throttled(reason, pause)) => self.pause_host(wanted, reason, pause),
            Ok(ResizedImage { bytes, size }) => {
                self.summary.fetched += 1;
                self.summary.bytes += bytes.len() as u64;
                let kept = self.store.insert(wanted.url(), &bytes, size);
                self.store_error = kept.err().or(self.store_error.take());
            }
            Err(failure) => self.record_failure(wanted, failure),
        }
    }

    /// Pauses the host for the time it asks for, after which the image is requested again.
    fn pause_host(&mut self, wanted: ImageRequest, reason: String, pause: Duration) {
        if pause > MAX_RETRY_AFTER {
            let reason = format!("{reason} and asks to wait {} seconds", pause.as_secs());
            self.skip_host(wanted.host(), &reason);
            return self.record_failure(wanted, FetchError::Transient(reason));
        }
        if wanted.throttle_count >= MAX_THROTTLES {
            return self.record_failure(wanted, FetchError::Transient(reason));
        }
        let host = self.hosts.entry(wanted.host().to_owned()).or_default();
        host.paused_until = Some(Instant::now() + pause.max(HOST_DELAY));
        self.requests.push(ImageRequest { throttle_count: wanted.throttle_count + 1, ..wanted });
    }

    /// Queues the next URL of the image, or records the failure.
    fn record_failure(&mut self, wanted: ImageRequest, failure: FetchError) {
        let (passing, reason) = match failure {
            FetchError::Transient(reason)
            | FetchError::Throttled(reason, _)
            | FetchError::Blocked(reason) => (true, reason),
            FetchError::Permanent(reason) => (wanted.has_transient_failure, reason),
        };
        if wanted.next_address + 1 < wanted.addresses.len() {
            self.requests.push(ImageRequest {
                next_address: wanted.next_address + 1,
                has_transient_failure: passing,
                throttle_count: 0,
                ..wanted
            });
            return;
        }
        self.summary.failures.push((wanted.url().to_owned(), Some(reason.clone())));
        if !passing {
            let noted = self.store.insert_failure(wanted.url(), reason);
            self.store_error = noted.err().or(self.store_error.take());
        }
    }

    /// Drops all requests to a host, for `reason`.
    fn skip_host(&mut self, host: &str, reason: &str) {
        let (left, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.requests).into_iter().partition(|wanted| wanted.host() == host);
        self.requests = rest;
        for wanted in
            left.into_iter().filter(|wanted| self.stored_bytes(wanted.url()).is_none()).collect::<Vec<_>>()
        {
            self.record_failure(wanted, FetchError::Transient(reason.to_owned()));
        }
    }
}

/// Fetches and reduces the image at the current URL, with retries.
fn fetch_with_retries(client: &ImageClient, wanted: &ImageRequest) -> Result<ResizedImage, FetchError> {
    let mut pauses = RETRY_DELAYS.iter();
    loop {
        match client.get(wanted.current_address()) {
            Err(failure @ FetchError::Transient(_)) => match pauses.next() {
                Some(pause) => thread::sleep(*pause),
                None => return Err(failure),
            },
            Err(failure) => return Err(failure),
            Ok(bytes) => {
                return resize_untrusted(&bytes).map_err(|error| FetchError::Permanent(error.to_string()));
            }
        }
    }
}
