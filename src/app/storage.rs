//! The small texts that the device keeps beside its database: choices and searches.

use super::dom;
use web_sys::Storage;

/// How the name of each of them begins.
const OURS: &str = "sheaf";

/// A browser that forbids a site to keep anything throws where this is named.
fn storage() -> Option<Storage> {
    dom::window()?.local_storage().ok().flatten()
}

/// The text that is kept under `name`.
pub fn load(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a text under `name`. What cannot be kept is forgotten with the tab.
pub fn store(name: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, text);
    }
}

/// Forgets the text under `name`.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        // What is not there need not be removed.
        let _ = storage.remove_item(name);
    }
}

/// Forgets all of them.
pub fn erase() {
    let storage = storage();
    let names = storage.iter().flat_map(|storage| {
        let count = storage.length().unwrap_or_default();
        (0..count).filter_map(|at| storage.key(at).ok().flatten())
    });
    let names: Vec<_> = names.filter(|name| name.starts_with(OURS)).collect();
    names.iter().for_each(|name| remove(name));
}
