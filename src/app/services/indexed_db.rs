//! User data in IndexedDB.
//!
//! Each archive has its own database, named after the page's path: ids outlive rebuilds, and two archives on
//! one host have two paths. The records of each [`RecordKind`] are in its [object store](RecordKind::store), by key or
//! in [buckets](record_bucket), so that tabs change records and never the whole.

use crate::app::services::dom;
use crate::small_sort;
use crate::user_data::{RecordKind, RecordName, StoredValue, UserData, UserDataEdit, record_bucket};
use idb::{Database, Error, Factory, ObjectStore, ObjectStoreParams, Transaction, TransactionMode};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Schema version. Version 1 had one record for each star, mark and position; those are moved into buckets on
/// read.
const DB_VERSION: u32 = 2;

/// Reason why nothing is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DbError {
    /// The browser offers no database, as in some private windows.
    Unavailable,
    /// A newer version of the app wrote it.
    NewerVersion,
    Damaged,
    /// A write failed, most likely for lack of space.
    Full,
}

/// Database of this archive.
pub struct UserDataDb {
    name: String,
    connection: RefCell<Option<Rc<Database>>>,
}

/// Returns the database name: the path of the page without its file, so `/news/` and `/news/index.html`
/// agree.
pub fn database_name() -> String {
    let path = dom::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    let end = path.rfind('/').map_or(0, |at| at + 1);
    format!("sheaf:{}", path.get(..end).unwrap_or_default())
}

impl UserDataDb {
    /// Names the database, which is opened on first use.
    pub fn new(name: String) -> UserDataDb {
        UserDataDb { name, connection: RefCell::default() }
    }

    /// Loads all records and the number of unreadable ones, which stay in place.
    pub async fn load(&self) -> Result<(UserData, usize), DbError> {
        let database = self.connect().await?;
        let all = read_all(&database).await.map_err(|_| DbError::Damaged)?;
        if all.has_unbucketed {
            // If this fails, the next load tries again.
            let _ = move_into_buckets(&database).await;
        }
        Ok((all.data, all.unreadable))
    }

    /// Reads the current values of some records.
    pub async fn read_records(&self, names: &[RecordName]) -> Result<Vec<UserDataEdit>, DbError> {
        let database = self.connect().await?;
        let mut changes = Vec::with_capacity(names.len());
        for (kind, key) in names {
            let value = read_one(&database, *kind, key).await.map_err(|_| DbError::Damaged)?;
            changes.extend(UserDataEdit::from_stored(*kind, key, value.as_ref()));
        }
        Ok(changes)
    }

    /// Writes records in one transaction.
    pub async fn write(&self, changes: &[UserDataEdit]) -> Result<(), DbError> {
        let written = match write_all(&*self.connect().await?, changes).await {
            // Another tab closed the connection to delete the database.
            Err(_) => {
                self.connection.take();
                write_all(&*self.connect().await?, changes).await
            }
            written => written,
        };
        match written {
            Ok(true) => Ok(()),
            _ => Err(DbError::Full),
        }
    }

    /// Deletes the database.
    pub async fn erase(&self) -> Result<(), DbError> {
        if let Some(database) = self.connection.take() {
            database.close();
        }
        let deletion = Factory::new().and_then(|factory| factory.delete(&self.name));
        deletion.map_err(|_| DbError::Unavailable)?.await.map_err(|_| DbError::Damaged)
    }

    async fn connect(&self) -> Result<Rc<Database>, DbError> {
        if let Some(database) = self.connection.borrow().clone() {
            return Ok(database);
        }
        let database = Rc::new(open_database(&self.name).await?);
        *self.connection.borrow_mut() = Some(database.clone());
        Ok(database)
    }
}

async fn open_database(name: &str) -> Result<Database, DbError> {
    let mut request = Factory::new()
        .and_then(|factory| factory.open(name, Some(DB_VERSION)))
        .map_err(|_| DbError::Unavailable)?;
    request.on_upgrade_needed(|event| {
        use idb::DatabaseEvent;
        let Ok(database) = event.database() else { return };
        let there = database.store_names();
        for kind in
            RecordKind::WITH_STORE.into_iter().filter(|kind| !there.iter().any(|name| name == kind.name()))
        {
            // A database that lacks a store is reported as damaged on read.
            let _ = database.create_object_store(kind.name(), ObjectStoreParams::new());
        }
    });
    let mut database = request.await.map_err(|error| match error {
        Error::DomException(error) if error.name() == "VersionError" => DbError::NewerVersion,
        Error::DomException(error) if error.name() == "UnknownError" => DbError::Damaged,
        _ => DbError::Unavailable,
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
struct DbContents {
    data: UserData,
    unreadable: usize,
    /// Set if records lie outside their buckets.
    has_unbucketed: bool,
}

async fn read_all(database: &Database) -> Result<DbContents, Error> {
    let transaction =
        database.transaction(&RecordKind::WITH_STORE.map(RecordKind::name), TransactionMode::ReadOnly)?;
    let mut asked = Vec::with_capacity(RecordKind::WITH_STORE.len());
    for kind in RecordKind::WITH_STORE {
        let store = transaction.object_store(kind.name())?;
        asked.push((kind, store.get_all_keys(None, None)?, store.get_all(None, None)?));
    }
    let mut all = DbContents::default();
    for (kind, keys, values) in asked {
        for (key, value) in keys.await?.iter().zip(&values.await?) {
            let (key, value) = (key.as_string().unwrap_or_default(), to_stored_value(value));
            let kind = kind.of_stored(value.as_ref());
            let mut keep = |change: Option<UserDataEdit>| match change {
                Some(change) => drop(all.data.apply(change)),
                None => all.unreadable += 1,
            };
            match &value {
                Some(StoredValue::Text(text)) if record_bucket::is_bucket_key(kind, &key) => {
                    record_bucket::records(kind, text).for_each(keep);
                }
                value => {
                    let change =
                        value.as_ref().and_then(|value| UserDataEdit::from_stored(kind, &key, Some(value)));
                    all.has_unbucketed |= change.is_some() && record_bucket::bucket_key(kind, &key).is_some();
                    keep(change);
                }
            }
        }
    }
    Ok(all)
}

/// Moves single records into their buckets. Returns true if that was committed.
async fn move_into_buckets(database: &Database) -> Result<bool, Error> {
    let transaction =
        database.transaction(&RecordKind::WITH_STORE.map(RecordKind::name), TransactionMode::ReadWrite)?;
    for kind in RecordKind::WITH_STORE {
        let store = transaction.object_store(kind.name())?;
        let (keys, values) = (store.get_all_keys(None, None)?, store.get_all(None, None)?);
        let mut changes = Vec::new();
        for (key, value) in keys.await?.iter().zip(&values.await?) {
            let key = key.as_string().unwrap_or_default();
            if record_bucket::bucket_key(kind, &key).is_some() && !record_bucket::is_bucket_key(kind, &key) {
                changes.extend(
                    to_stored_value(value)
                        .and_then(|value| UserDataEdit::from_stored(kind, &key, Some(&value))),
                );
            }
        }
        write_records(&transaction, &changes).await?;
    }
    Ok(transaction.await?.is_committed())
}

async fn read_one(database: &Database, kind: RecordKind, key: &str) -> Result<Option<StoredValue>, Error> {
    let transaction = database.transaction(&[kind.store()], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(kind.store())?;
    match record_bucket::bucket_key(kind, key) {
        Some(bucket) => Ok(record_bucket::record_value(&read_text(&store, bucket)?.await?, key)),
        None => Ok(store.get(JsValue::from_str(key))?.await?.as_ref().and_then(to_stored_value)),
    }
}

/// Returns true if the transaction was committed.
async fn write_all(database: &Database, changes: &[UserDataEdit]) -> Result<bool, Error> {
    let mut names: Vec<&str> = Vec::new();
    for change in changes {
        let name = change.kind().store();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let transaction = database.transaction(&names, TransactionMode::ReadWrite)?;
    match write_records(&transaction, changes).await {
        Ok(()) => Ok(transaction.await?.is_committed()),
        Err(error) => {
            transaction.abort()?;
            Err(error)
        }
    }
}

/// Changes records within a transaction, and moves single records into their buckets.
async fn write_records(transaction: &Transaction, changes: &[UserDataEdit]) -> Result<(), Error> {
    let mut bucketed = Vec::new();
    for change in changes {
        let (kind, key) = (change.kind(), change.key());
        match record_bucket::bucket_key(kind, &key) {
            Some(bucket) => bucketed.push((kind.store(), bucket.to_owned(), change)),
            None => put_value(&transaction.object_store(kind.store())?, &key, change.to_stored())?,
        }
    }
    small_sort::sort_by_key(&mut bucketed, |(kind, bucket, _)| (*kind, bucket.clone()));
    let mut asked = Vec::new();
    for changes in bucketed.chunk_by(|one, next| (one.0, &one.1) == (next.0, &next.1)) {
        if let [(kind, bucket, _), ..] = changes {
            let store = transaction.object_store(kind)?;
            let before = read_text(&store, bucket)?;
            asked.push((store, before, changes));
        }
    }
    for (store, before, changes) in asked {
        let (before, bucket) = (before.await?, changes.first().map_or("", |(_, bucket, _)| bucket));
        let changes: Vec<&UserDataEdit> = changes.iter().map(|(_, _, change)| *change).collect();
        put_value(&store, bucket, record_bucket::apply_edits(&before, &changes).map(StoredValue::Text))?;
        for change in changes {
            store.delete(JsValue::from_str(&change.key()))?;
        }
    }
    Ok(())
}

/// Reads the text under a key; empty if there is none.
fn read_text(
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

fn put_value(store: &ObjectStore, key: &str, value: Option<StoredValue>) -> Result<(), Error> {
    let key = JsValue::from_str(key);
    match value {
        Some(StoredValue::Number(value)) => drop(store.put(&value.into(), Some(&key))?),
        Some(StoredValue::Text(value)) => drop(store.put(&value.into(), Some(&key))?),
        None => drop(store.delete(key)?),
    }
    Ok(())
}

fn to_stored_value(value: &JsValue) -> Option<StoredValue> {
    value.as_f64().map(StoredValue::Number).or_else(|| value.as_string().map(StoredValue::Text))
}
