//! Local storage for settings and recent searches.

use super::dom;
use web_sys::Storage;

/// Prefix of all keys.
const KEY_PREFIX: &str = "sheaf";

/// Returns local storage. A browser that forbids it throws at access.
fn local_storage() -> Option<Storage> {
    dom::window()?.local_storage().ok().flatten()
}

/// Returns the text stored under `name`.
pub fn load(name: &str) -> Option<String> {
    local_storage()?.get_item(name).ok().flatten()
}

/// Stores a text under `name`. If that fails, it lasts as long as the tab.
pub fn store(name: &str, text: &str) {
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(name, text);
    }
}

pub fn remove(name: &str) {
    if let Some(storage) = local_storage() {
        // Removing an absent key does nothing.
        let _ = storage.remove_item(name);
    }
}

/// Removes all keys of the app.
pub fn erase() {
    let storage = local_storage();
    let names = storage.iter().flat_map(|storage| {
        let count = storage.length().unwrap_or_default();
        (0..count).filter_map(|at| storage.key(at).ok().flatten())
    });
    let names: Vec<_> = names.filter(|name| name.starts_with(KEY_PREFIX)).collect();
    names.iter().for_each(|name| remove(name));
}
