//! User data in IndexedDB.
//!
//! Each archive has its own database, named after the page's path: ids outlive rebuilds, and two archives on
//! one host have two paths. Each [`Kind`] has an object store with its records by key or in
//! [buckets](bucket), so that tabs change records and never the whole.

use crate::app::dom;
use crate::keep::{Change, Kept, Kind, Stored, bucket};
use crate::order;
use idb::{Database, Error, Factory, ObjectStore, ObjectStoreParams, Transaction, TransactionMode};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Schema version. Version 1 had one record for each star, mark and position; those are moved into buckets on
/// read.
const VERSION: u32 = 2;

/// Reason why nothing is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser offers no database, as in some private windows.
    Refused,
    /// A newer version of the app wrote it.
    Newer,
    Damaged,
    /// A write failed, most likely for lack of space.
    Full,
}

/// Database of this archive.
pub struct Device {
    name: String,
    open: RefCell<Option<Rc<Database>>>,
}

/// Kind and key of a record.
pub type Name = (Kind, String);

/// Returns the database name: the path of the page without its file, so `/news/` and `/news/index.html`
/// agree.
pub fn scope() -> String {
    let path = dom::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    let end = path.rfind('/').map_or(0, |at| at + 1);
    format!("sheaf:{}", path.get(..end).unwrap_or_default())
}

impl Device {
    /// Names the database, which is opened on first use.
    pub fn new(name: String) -> Device {
        Device { name, open: RefCell::default() }
    }

    /// Loads all records and the number of unreadable ones, which stay in place.
    pub async fn load(&self) -> Result<(Kept, usize), Trouble> {
        let database = self.database().await?;
        let all = read_all(&database).await.map_err(|_| Trouble::Damaged)?;
        if all.strays {
            // If this fails, the next load tries again.
            let _ = collect(&database).await;
        }
        Ok((all.kept, all.unread))
    }

    /// Reads the current values of some records.
    pub async fn read(&self, names: &[Name]) -> Result<Vec<Change>, Trouble> {
        let database = self.database().await?;
        let mut changes = Vec::with_capacity(names.len());
        for (kind, key) in names {
            let value = read_one(&database, *kind, key).await.map_err(|_| Trouble::Damaged)?;
            changes.extend(Change::read(*kind, key, value.as_ref()));
        }
        Ok(changes)
    }

    /// Writes records in one transaction.
    pub async fn write(&self, changes: &[Change]) -> Result<(), Trouble> {
        let written = match write_all(&*self.database().await?, changes).await {
            // Another tab closed the connection to delete the database.
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
            // A database that lacks a store is reported as damaged on read.
            let _ = database.create_object_store(kind.name(), ObjectStoreParams::new());
        }
    });
    let mut database = request.await.map_err(|error| match error {
        Error::DomException(error) if error.name() == "VersionError" => Trouble::Newer,
        Error::DomException(error) if error.name() == "UnknownError" => Trouble::Damaged,
        _ => Trouble::Refused,
    })?;
    // Closes on `versionchange`, so that other tabs can delete or upgrade the database.
    database.on_version_change(|event| {
        use idb::DatabaseEvent;
        if let Ok(database) = event.database() {
            database.close();
        }
    });
    Ok(database)
}

/// Contents of a database.
#[derive(Default)]
struct All {
    kept: Kept,
    unread: usize,
    /// Set if records lie outside their buckets.
    strays: bool,
}

async fn read_all(database: &Database) -> Result<All, Error> {
    let transaction = database.transaction(&Kind::ALL.map(Kind::name), TransactionMode::ReadOnly)?;
    let mut asked = Vec::with_capacity(Kind::ALL.len());
    for kind in Kind::ALL {
        let store = transaction.object_store(kind.name())?;
        asked.push((kind, store.get_all_keys(None, None)?, store.get_all(None, None)?));
    }
    let mut all = All::default();
    for (kind, keys, values) in asked {
        for (key, value) in keys.await?.iter().zip(&values.await?) {
            let (key, value) = (key.as_string().unwrap_or_default(), stored(value));
            let mut keep = |change: Option<Change>| match change {
                Some(change) => drop(all.kept.apply(change)),
                None => all.unread += 1,
            };
            match &value {
                Some(Stored::Text(text)) if bucket::is_one(kind, &key) => {
                    bucket::records(kind, text).for_each(keep);
                }
                value => {
                    let change = value.as_ref().and_then(|value| Change::read(kind, &key, Some(value)));
                    all.strays |= change.is_some() && bucket::of(kind, &key).is_some();
                    keep(change);
                }
            }
        }
    }
    Ok(all)
}

/// Moves single records into their buckets. Returns true if that was committed.
async fn collect(database: &Database) -> Result<bool, Error> {
    let transaction = database.transaction(&Kind::ALL.map(Kind::name), TransactionMode::ReadWrite)?;
    for kind in Kind::ALL {
        let store = transaction.object_store(kind.name())?;
        let (keys, values) = (store.get_all_keys(None, None)?, store.get_all(None, None)?);
        let mut changes = Vec::new();
        for (key, value) in keys.await?.iter().zip(&values.await?) {
            let key = key.as_string().unwrap_or_default();
            if bucket::of(kind, &key).is_some() && !bucket::is_one(kind, &key) {
                changes.extend(stored(value).and_then(|value| Change::read(kind, &key, Some(&value))));
            }
        }
        amend(&transaction, &changes).await?;
    }
    Ok(transaction.await?.is_committed())
}

async fn read_one(database: &Database, kind: Kind, key: &str) -> Result<Option<Stored>, Error> {
    let transaction = database.transaction(&[kind.name()], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(kind.name())?;
    match bucket::of(kind, key) {
        Some(bucket) => Ok(bucket::value(&text(&store, bucket)?.await?, key)),
        None => Ok(store.get(JsValue::from_str(key))?.await?.as_ref().and_then(stored)),
    }
}

/// Returns true if the transaction was committed.
async fn write_all(database: &Database, changes: &[Change]) -> Result<bool, Error> {
    let mut names: Vec<&str> = Vec::new();
    for change in changes {
        let name = change.kind().name();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let transaction = database.transaction(&names, TransactionMode::ReadWrite)?;
    match amend(&transaction, changes).await {
        Ok(()) => Ok(transaction.await?.is_committed()),
        Err(error) => {
            transaction.abort()?;
            Err(error)
        }
    }
}

/// Changes records within a transaction, and moves single records into their buckets.
async fn amend(transaction: &Transaction, changes: &[Change]) -> Result<(), Error> {
    let mut bucketed = Vec::new();
    for change in changes {
        let (kind, key) = (change.kind(), change.key());
        match bucket::of(kind, &key) {
            Some(bucket) => bucketed.push((kind.name(), bucket.to_owned(), change)),
            None => put(&transaction.object_store(kind.name())?, &key, change.value())?,
        }
    }
    order::sort_by_key(&mut bucketed, |(kind, bucket, _)| (*kind, bucket.clone()));
    let mut asked = Vec::new();
    for changes in bucketed.chunk_by(|one, next| (one.0, &one.1) == (next.0, &next.1)) {
        if let [(kind, bucket, _), ..] = changes {
            let store = transaction.object_store(kind)?;
            let before = text(&store, bucket)?;
            asked.push((store, before, changes));
        }
    }
    for (store, before, changes) in asked {
        let (before, bucket) = (before.await?, changes.first().map_or("", |(_, bucket, _)| bucket));
        let changes: Vec<&Change> = changes.iter().map(|(_, _, change)| *change).collect();
        put(&store, bucket, bucket::amended(&before, &changes).map(Stored::Text))?;
        for change in changes {
            store.delete(JsValue::from_str(&change.key()))?;
        }
    }
    Ok(())
}

/// Reads the text under a key; empty if there is none.
fn text(
    store: &ObjectStore,
    key: &str,
) -> Result<impl Future<Output = Result<String, Error>> + use<>, Error> {
    let asked = store.get(JsValue::from_str(key))?;
    Ok(async move {
        match asked.await? {
            None => Ok(String::new()),
            // A value of another type is left alone.
            Some(value) => value.as_string().ok_or(Error::GetFailed(value)),
        }
    })
}

fn put(store: &ObjectStore, key: &str, value: Option<Stored>) -> Result<(), Error> {
    let key = JsValue::from_str(key);
    match value {
        Some(Stored::Number(value)) => drop(store.put(&value.into(), Some(&key))?),
        Some(Stored::Text(value)) => drop(store.put(&value.into(), Some(&key))?),
        None => drop(store.delete(key)?),
    }
    Ok(())
}

fn stored(value: &JsValue) -> Option<Stored> {
    value.as_f64().map(Stored::Number).or_else(|| value.as_string().map(Stored::Text))
}
