//! Synchronisation of the tabs of an archive.
//!
//! A tab announces the names of the records that it wrote, and the others read them from the database. The
//! database is the source of truth, so tabs converge regardless of write order.

use super::{RecordKind, UserDataEdit};
use std::cell::Cell;

/// Kind and key of a record.
pub type RecordName = (RecordKind, String);

/// Message from another tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabMessage {
    /// It wrote these records.
    Records(Vec<RecordName>),
    /// It wrote more records than are worth naming.
    Reload,
    /// It erased everything.
    Erased,
}

const RELOAD_MESSAGE: &str = "much";
const ERASED_MESSAGE: &str = "erased";
/// Above this number of records, reading all of them is cheaper.
const MAX_NAMED_RECORDS: usize = 200;

impl TabMessage {
    /// Returns the message about written records.
    pub fn from_edits(edits: &[UserDataEdit]) -> TabMessage {
        if edits.len() > MAX_NAMED_RECORDS {
            return TabMessage::Reload;
        }
        TabMessage::Records(edits.iter().map(|edit| (edit.kind(), edit.key())).collect())
    }

    /// Formats the message, one record a line.
    pub fn to_text(&self) -> String {
        match self {
            TabMessage::Erased => ERASED_MESSAGE.to_owned(),
            TabMessage::Reload => RELOAD_MESSAGE.to_owned(),
            TabMessage::Records(names) => {
                let lines = names.iter().map(|(kind, key)| format!("{} {key}", kind.name()));
                lines.collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// Parses a message. An unknown one comes from another version of the app, so everything is read again.
    pub fn from_text(text: &str) -> TabMessage {
        match text {
            ERASED_MESSAGE => TabMessage::Erased,
            RELOAD_MESSAGE => TabMessage::Reload,
            _ => {
                let name = |line: &str| {
                    let (kind, key) = line.split_once(' ')?;
                    Some((RecordKind::from_name(kind)?, key.to_owned()))
                };
                let names: Option<Vec<RecordName>> = text.lines().map(name).collect();
                names.map_or(TabMessage::Reload, TabMessage::Records)
            }
        }
    }
}

/// Writes of this tab that are in progress. Memory is ahead of the database until they end, so messages of other tabs
/// wait.
#[derive(Debug, Default)]
pub struct PendingWrites {
    count: Cell<usize>,
    has_deferred: Cell<bool>,
}

impl PendingWrites {
    /// Records the start of a write.
    pub fn begin(&self) {
        self.count.set(self.count.get() + 1);
    }

    /// Records the end of a write.
    pub fn end(&self) {
        self.count.set(self.count.get().saturating_sub(1));
    }

    /// Returns true if a message cannot be handled now; [`take_reload`](PendingWrites::take_reload) makes up for it.
    pub fn defers_message(&self) -> bool {
        let is_writing = self.count.get() > 0;
        self.has_deferred.set(self.has_deferred.get() || is_writing);
        is_writing
    }

    /// Returns true once if all writes have ended and a message was deferred: the database is then loaded.
    pub fn take_reload(&self) -> bool {
        self.count.get() == 0 && self.has_deferred.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;
    use crate::user_data::UserData;
    use crate::user_data::record::tests::change;
    use proptest::prelude::*;
    use std::collections::VecDeque;

    #[test]
    fn message_names_the_records_up_to_a_limit() {
        let star = |number: usize| UserDataEdit::Star(Id::from_path(&number.to_string()), Some(1));
        let edits = [star(1), UserDataEdit::Search("船 is:unread".to_owned(), None)];
        let message = TabMessage::from_edits(&edits);
        assert_eq!(message.to_text(), format!("stars {}\nsearches 船 is:unread", star(1).key()));
        assert_eq!(TabMessage::from_text(&message.to_text()), message);
        let many: Vec<UserDataEdit> = (0..=MAX_NAMED_RECORDS).map(star).collect();
        assert_eq!(TabMessage::from_edits(&many), TabMessage::Reload);
        assert!(matches!(TabMessage::from_edits(&many[1..]), TabMessage::Records(_)));
    }

    #[test]
    fn unknown_message_asks_for_a_reload() {
        for text in ["much", "stars", "comets a", "stars a\ncomets b", "searches two\nlines"] {
            assert_eq!(TabMessage::from_text(text), TabMessage::Reload, "{text:?}");
        }
        assert_eq!(TabMessage::from_text("erased"), TabMessage::Erased);
        assert_eq!(TabMessage::Erased.to_text(), "erased");
    }

    /// A tab whose writes and messages are carried out at any later time.
    #[derive(Default)]
    struct Tab {
        data: UserData,
        queued: VecDeque<UserDataEdit>,
        writes: PendingWrites,
        inbox: VecDeque<String>,
    }

    /// Returns the edit that gives a record the value that it has in `database`.
    fn read(database: &UserData, (kind, key): &RecordName) -> Option<UserDataEdit> {
        let stored = database.records().into_iter().find(|edit| edit.kind() == *kind && edit.key() == *key);
        stored.or_else(|| UserDataEdit::from_stored(*kind, key, None))
    }

    impl Tab {
        fn edit(&mut self, edit: UserDataEdit) {
            self.data.apply(edit.clone());
            self.queued.push_back(edit);
            self.writes.begin();
        }

        /// Ends the oldest write; returns the message about it.
        fn write(&mut self, database: &mut UserData) -> Option<String> {
            let edit = self.queued.pop_front()?;
            database.apply(edit.clone());
            self.writes.end();
            if self.writes.take_reload() {
                self.data = database.clone();
            }
            Some(TabMessage::from_edits(&[edit]).to_text())
        }

        fn receive(&mut self, database: &UserData) {
            let Some(text) = self.inbox.pop_front() else { return };
            match TabMessage::from_text(&text) {
                _ if self.writes.defers_message() => {}
                TabMessage::Records(names) => {
                    let edits: Vec<_> = names.iter().filter_map(|name| read(database, name)).collect();
                    self.data.apply_all(&edits);
                }
                TabMessage::Reload | TabMessage::Erased => self.data = database.clone(),
            }
        }
    }

    proptest! {
        #[test]
        fn tabs_converge_in_any_order_of_writes_and_messages(
            steps in proptest::collection::vec((0..2_usize, 0..3_u8, change()), 0..60),
        ) {
            let mut database = UserData::default();
            let mut tabs = [Tab::default(), Tab::default()];
            let write = |tabs: &mut [Tab; 2], database: &mut UserData, at: usize| {
                let message = tabs[at].write(database);
                let is_written = message.is_some();
                tabs[1 - at].inbox.extend(message);
                is_written
            };
            for (at, step, edit) in steps {
                match step {
                    0 => tabs[at].edit(edit),
                    1 => drop(write(&mut tabs, &mut database, at)),
                    _ => tabs[at].receive(&database),
                }
            }
            for at in 0..2 {
                while write(&mut tabs, &mut database, at) {}
            }
            for tab in &mut tabs {
                while !tab.inbox.is_empty() {
                    tab.receive(&database);
                }
                prop_assert_eq!(&tab.data, &database);
            }
        }
    }
}
