//! Failures of image hosts in this session.

use std::cell::RefCell;

/// Number of failures after which images of a host are withheld.
const MAX_FAILURES: u32 = 2;

thread_local! {
    static FAILURES: RefCell<Vec<(String, u32)>> = const { RefCell::new(Vec::new()) };
}

/// Returns true if images of `host` load automatically.
pub fn is_trusted(host: &str) -> bool {
    FAILURES.with_borrow(|failures| {
        !failures.iter().any(|(failed, count)| failed == host && *count >= MAX_FAILURES)
    })
}

/// Records a failed image of `host`; returns true if images of the host are withheld already.
pub fn record_failure(host: &str) -> bool {
    let is_withheld = !is_trusted(host);
    FAILURES.with_borrow_mut(|failures| match failures.iter_mut().find(|(failed, _)| failed == host) {
        Some((_, count)) => *count += 1,
        None => failures.push((host.to_owned(), 1)),
    });
    is_withheld
}

/// Records a loaded image of `host`, which clears its failures.
pub fn record_success(host: &str) {
    FAILURES.with_borrow_mut(|failures| failures.retain(|(failed, _)| failed != host));
}
