//! The reader's data in the browser's database.
//!
//! One database for each archive, named after the page's path, since ids outlive every rebuild of an archive and
//! two archives on one host have two paths. It has an object store for each [`Kind`] and a record for each star,
//! mark, position: tabs write records, never the whole.

use crate::app::dom;
use crate::keep::{Change, Kept, Kind, Stored};
use idb::{Database, Error, Factory, ObjectStoreParams, TransactionMode};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The version of the database: of which object stores it has and what lies in them.
const VERSION: u32 = 1;

/// Why the device does not keep anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser has no database for this page, as in some private windows.
    Refused,
    /// A newer version of the app has written it.
    Newer,
    /// It cannot be read.
    Damaged,
    /// Something could not be written: most likely there is no room.
    Full,
}

/// The database of this archive.
pub struct Device {
    name: String,
    open: RefCell<Option<Rc<Database>>>,
}

/// The kind and key of a record.
pub type Name = (Kind, String);

/// The path of the page without its file: the same for `/news/` and `/news/index.html`.
pub fn scope() -> String {
    let path = dom::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    let end = path.rfind('/').map_or(0, |at| at + 1);
    format!("sheaf:{}", path.get(..end).unwrap_or_default())
}

impl Device {
    /// The database called `name`; it is opened when it is needed first.
    pub fn new(name: String) -> Device {
        Device { name, open: RefCell::default() }
    }

    /// Everything that is kept, and how many records could not be read; those stay where they are.
    pub async fn load(&self) -> Result<(Kept, usize), Trouble> {
        let database = self.database().await?;
        read_all(&database).await.map_err(|_| Trouble::Damaged)
    }

    /// These records as they are now.
    pub async fn read(&self, names: &[Name]) -> Result<Vec<Change>, Trouble> {
        let database = self.database().await?;
        let mut changes = Vec::with_capacity(names.len());
        for (kind, key) in names {
            let value = read_one(&database, *kind, key).await.map_err(|_| Trouble::Damaged)?;
            changes.extend(Change::read(*kind, key, stored(&value).as_ref()));
        }
        Ok(changes)
    }

    /// Writes records, all of them or none.
    pub async fn write(&self, changes: &[Change]) -> Result<(), Trouble> {
        let written = match write_all(&*self.database().await?, changes).await {
            // Another tab has closed the database to delete it.
            Err(_) => {
                self.open.take();
                write_all(&*self.database().await?, changes).await
            }
            written => written,
        };
        match written {
            Ok(true) => Ok(()),
            _ => Err(Trouble::Full),
        }
    }

    /// Deletes the database.
    pub async fn erase(&self) -> Result<(), Trouble> {
        if let Some(database) = self.open.take() {
            database.close();
        }
        let deletion = Factory::new().and_then(|factory| factory.delete(&self.name));
        deletion.map_err(|_| Trouble::Refused)?.await.map_err(|_| Trouble::Damaged)
    }

    async fn database(&self) -> Result<Rc<Database>, Trouble> {
        if let Some(database) = self.open.borrow().clone() {
            return Ok(database);
        }
        let database = Rc::new(open(&self.name).await?);
        *self.open.borrow_mut() = Some(database.clone());
        Ok(database)
    }
}

async fn open(name: &str) -> Result<Database, Trouble> {
    let mut request =
        Factory::new().and_then(|factory| factory.open(name, Some(VERSION))).map_err(|_| Trouble::Refused)?;
    request.on_upgrade_needed(|event| {
        use idb::DatabaseEvent;
        let Ok(database) = event.database() else { return };
        let there = database.store_names();
        for kind in Kind::ALL.into_iter().filter(|kind| !there.iter().any(|name| name == kind.name())) {
            // A database without it is found damaged when it is read.
            let _ = database.create_object_store(kind.name(), ObjectStoreParams::new());
        }
    });
    let mut database = request.await.map_err(|error| match error {
        Error::DomException(error) if error.name() == "VersionError" => Trouble::Newer,
        Error::DomException(error) if error.name() == "UnknownError" => Trouble::Damaged,
        _ => Trouble::Refused,
    })?;
    // Whoever deletes it or brings a newer version does not wait for this tab.
    database.on_version_change(|event| {
        use idb::DatabaseEvent;
        if let Ok(database) = event.database() {
            database.close();
        }
    });
    Ok(database)
}

async fn read_all(database: &Database) -> Result<(Kept, usize), Error> {
    let names = Kind::ALL.map(Kind::name);
    let transaction = database.transaction(&names, TransactionMode::ReadOnly)?;
    let (mut kept, mut unread) = (Kept::default(), 0);
    for kind in Kind::ALL {
        let store = transaction.object_store(kind.name())?;
        let keys = store.get_all_keys(None, None)?.await?;
        let values = store.get_all(None, None)?.await?;
        for (key, value) in keys.iter().zip(&values) {
            let key = key.as_string().unwrap_or_default();
            let change = stored(value).and_then(|value| Change::read(kind, &key, Some(&value)));
            match change {
                Some(change) => drop(kept.apply(change)),
                None => unread += 1,
            }
        }
    }
    Ok((kept, unread))
}

async fn read_one(database: &Database, kind: Kind, key: &str) -> Result<JsValue, Error> {
    let transaction = database.transaction(&[kind.name()], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(kind.name())?;
    Ok(store.get(JsValue::from_str(key))?.await?.unwrap_or_default())
}

/// Says whether it was written.
async fn write_all(database: &Database, changes: &[Change]) -> Result<bool, Error> {
    let mut names: Vec<&str> = Vec::new();
    for change in changes {
        let name = change.kind().name();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let transaction = database.transaction(&names, TransactionMode::ReadWrite)?;
    for change in changes {
        let store = transaction.object_store(change.kind().name())?;
        let key = JsValue::from_str(&change.key());
        match change.value() {
            Some(Stored::Number(value)) => drop(store.put(&value.into(), Some(&key))?),
            Some(Stored::Text(value)) => drop(store.put(&value.into(), Some(&key))?),
            None => drop(store.delete(key)?),
        }
    }
    Ok(transaction.await?.is_committed())
}

fn stored(value: &JsValue) -> Option<Stored> {
    value.as_f64().map(Stored::Number).or_else(|| value.as_string().map(Stored::Text))
}
