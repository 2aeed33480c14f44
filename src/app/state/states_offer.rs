//! Offer of the states that came along with the archive: stars, read marks and highlights of another program.
//!
//! The page of a site with such states names their file. After the reader's answer, the names of the file and of its
//! records are stored: each record is offered once, so that a star that the reader removed does not come back.

use crate::app::services::indexed_db::database_name;
use crate::app::services::{dom, local_storage};
use yew::prelude::*;

/// Attribute of the page that names the file.
const STATES_ATTRIBUTE: &str = "data-states";

/// The offer, rendered by a lazily loaded chunk.
#[derive(Clone, Properties, PartialEq)]
pub struct StatesOfferProps {
    /// File of the states.
    pub path: String,
}

/// Returns the offer of a file that has not been answered.
pub fn pending_states() -> Option<StatesOfferProps> {
    let path = dom::root_element()?.get_attribute(STATES_ATTRIBUTE)?;
    let is_offered = load_offered().split(' ').any(|name| name == path);
    (!is_offered).then_some(StatesOfferProps { path })
}

/// Returns the names of the files and records that were offered before, separated by spaces.
pub fn load_offered() -> String {
    local_storage::load(&storage_name()).unwrap_or_default()
}

/// Stores the names of the records that were offered, and of their file.
pub fn store_offered(names: &str, path: &str) {
    local_storage::store(&storage_name(), &[names, path].join(" "));
}

fn storage_name() -> String {
    [&database_name(), ":states"].concat()
}
