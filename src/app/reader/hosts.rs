//! Which hosts of pictures have failed in this session.

use std::cell::RefCell;

/// After this many pictures of a host that did not come, its others wait until they are asked for.
const PATIENCE: u32 = 2;

thread_local! {
    static FAILURES: RefCell<Vec<(String, u32)>> = const { RefCell::new(Vec::new()) };
}

/// Whether pictures of `host` are loaded without being asked for.
pub fn is_trusted(host: &str) -> bool {
    FAILURES
        .with_borrow(|failures| !failures.iter().any(|(failed, count)| failed == host && *count >= PATIENCE))
}

/// Notes that a picture of `host` did not come.
pub fn failed(host: &str) {
    FAILURES.with_borrow_mut(|failures| match failures.iter_mut().find(|(failed, _)| failed == host) {
        Some((_, count)) => *count += 1,
        None => failures.push((host.to_owned(), 1)),
    });
}

/// Notes that a picture of `host` did come: what was wrong is over.
pub fn came(host: &str) {
    FAILURES.with_borrow_mut(|failures| failures.retain(|(failed, _)| failed != host));
}
