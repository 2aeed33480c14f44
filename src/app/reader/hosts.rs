//! Which hosts of pictures have failed in this session.

use std::cell::RefCell;
use std::collections::HashMap;

/// After this many pictures of a host that did not come, its others wait until they are asked for.
const PATIENCE: u32 = 2;

thread_local! {
    static FAILURES: RefCell<HashMap<String, u32>> = RefCell::new(HashMap::new());
}

/// Whether pictures of `host` are loaded without being asked for.
pub fn is_trusted(host: &str) -> bool {
    FAILURES.with_borrow(|failures| failures.get(host).copied().unwrap_or_default() < PATIENCE)
}

/// Notes that a picture of `host` did not come.
pub fn failed(host: &str) {
    FAILURES.with_borrow_mut(|failures| *failures.entry(host.to_owned()).or_default() += 1);
}

/// Notes that a picture of `host` did come: what was wrong is over.
pub fn came(host: &str) {
    FAILURES.with_borrow_mut(|failures| failures.remove(host));
}
