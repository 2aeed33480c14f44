//! Storage of the user data: changes, the database, and messages between tabs.

use super::{StorageBackend, UserDataStorage, UserDataStore};
use crate::app::services::indexed_db::{DbError, UserDataDb, database_name};
use crate::app::services::tab_channel::TabChannel;
use crate::user_data::{PendingWrites, TabMessage, UserData, UserDataEdit};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use yew::platform::spawn_local;

/// Records per transaction; the event loop runs in between.
const WRITE_BATCH_SIZE: usize = 500;

/// Opens the database of the archive at this page, unless persistence is off.
pub fn start_storage(store: &Rc<UserDataStore>) -> Box<dyn UserDataStorage> {
    let name = database_name();
    let storage = Rc::new_cyclic(|storage: &Weak<DatabaseStorage>| DatabaseStorage {
        store: store.clone(),
        queued_changes: RefCell::default(),
        tabs: TabChannel::new(&name, {
            let storage = storage.clone();
            move |news| {
                if let Some(storage) = storage.upgrade() {
                    storage.on_tab_message(news);
                }
            }
        }),
        db: UserDataDb::new(name),
        writes: PendingWrites::default(),
    });
    if store.backend.get() == StorageBackend::Opening {
        storage.start_loading();
    }
    Box::new(storage)
}

/// Storage in the database. It refers to the data and the data to it: both live as long as the page.
struct DatabaseStorage {
    store: Rc<UserDataStore>,
    /// Changes made before the database was loaded.
    queued_changes: RefCell<Vec<UserDataEdit>>,
    db: UserDataDb,
    tabs: TabChannel,
    writes: PendingWrites,
}

impl UserDataStorage for Rc<DatabaseStorage> {
    fn apply(&self, changes: Vec<UserDataEdit>) -> Vec<UserDataEdit> {
        let store = &self.store;
        if changes.is_empty() {
            store.notify();
            return changes;
        }
        let undo = store.data.borrow_mut().apply_all(&changes);
        match store.backend.get() {
            StorageBackend::Opening => self.queued_changes.borrow_mut().extend(changes),
            StorageBackend::Database => self.write(changes),
            // There may be space again.
            StorageBackend::Memory(DbError::Full) => self.write(changes),
            StorageBackend::Disabled | StorageBackend::Memory(_) => {}
        }
        store.notify();
        undo
    }

    fn erase(&self) {
        let storage = self.clone();
        storage.clear();
        spawn_local(async move {
            let erased = storage.db.erase().await;
            storage.tabs.announce(&TabMessage::Erased);
            let backend = &storage.store.backend;
            if backend.get() != StorageBackend::Disabled {
                backend.set(erased.map_or_else(StorageBackend::Memory, |()| StorageBackend::Database));
            }
            storage.store.notify();
        });
    }

    fn set_persistence(&self, keeps: bool) {
        let storage = self.clone();
        match (keeps, self.store.backend.get()) {
            (true, StorageBackend::Disabled) => {
                self.store.backend.set(StorageBackend::Opening);
                // Changes made meanwhile are stored from now on.
                *self.queued_changes.borrow_mut() = self.store.data.borrow().records();
                self.start_loading();
            }
            (false, place) if place != StorageBackend::Disabled => {
                self.store.backend.set(StorageBackend::Disabled);
                spawn_local(async move {
                    // If deleting fails, nothing was stored either.
                    let _ = storage.db.erase().await;
                    storage.tabs.announce(&TabMessage::Erased);
                });
            }
            _ => return,
        }
        self.store.notify();
    }
}

impl DatabaseStorage {
    fn clear(&self) {
        *self.store.data.borrow_mut() = UserData::default();
        self.store.unreadable.set(0);
        self.store.undo_entry.take();
        self.queued_changes.take();
        self.store.invalidate_filters();
    }

    fn write(self: &Rc<Self>, changes: Vec<UserDataEdit>) {
        let storage = self.clone();
        self.writes.begin();
        spawn_local(async move {
            let written = storage.write_batches(&changes).await;
            storage.writes.end();
            let store = &storage.store;
            match (written, store.backend.get()) {
                (Ok(()), StorageBackend::Memory(_)) => {
                    // Writes everything that was not written before.
                    store.backend.set(StorageBackend::Database);
                    storage.write(store.data.borrow().records());
                    store.notify();
                }
                (Ok(()), _) if storage.writes.take_reload() => storage.load().await,
                (Err(trouble), StorageBackend::Database) => {
                    store.backend.set(StorageBackend::Memory(trouble));
                    store.notify();
                }
                _ => {}
            }
        });
    }

    async fn write_batches(&self, changes: &[UserDataEdit]) -> Result<(), DbError> {
        for changes in changes.chunks(WRITE_BATCH_SIZE) {
            self.db.write(changes).await?;
            self.tabs.announce(&TabMessage::from_edits(changes));
        }
        Ok(())
    }

    fn start_loading(self: &Rc<Self>) {
        let storage = self.clone();
        spawn_local(async move { storage.load().await });
    }

    /// Loads the database, then writes the changes made meanwhile.
    async fn load(self: &Rc<Self>) {
        let loaded = self.db.load().await;
        let store = &self.store;
        if store.backend.get() == StorageBackend::Disabled {
            return;
        }
        match loaded {
            Ok((mut kept, unread)) => {
                let early = self.queued_changes.take();
                kept.apply_all(&early);
                *store.data.borrow_mut() = kept;
                store.unreadable.set(unread);
                store.backend.set(StorageBackend::Database);
                if !early.is_empty() {
                    self.write(early);
                }
            }
            Err(trouble) => store.backend.set(StorageBackend::Memory(trouble)),
        }
        store.invalidate_filters();
    }

    /// Handles a message of another tab.
    fn on_tab_message(self: &Rc<Self>, news: TabMessage) {
        if self.store.backend.get() == StorageBackend::Disabled {
            return;
        }
        match news {
            TabMessage::Erased => self.clear(),
            _ if self.writes.defers_message() => {}
            TabMessage::Reload => self.start_loading(),
            TabMessage::Records(names) => {
                let storage = self.clone();
                spawn_local(async move {
                    // If reading fails, the next load of the page shows the records.
                    let Ok(changes) = storage.db.read_records(&names).await else { return };
                    storage.store.data.borrow_mut().apply_all(&changes);
                    storage.store.notify();
                })
            }
        }
    }
}
