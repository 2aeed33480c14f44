//! Reading JSON into the types of the formats, which `serde` describes.
//!
//! `serde_json` does the same and more: it reads fractions, objects from lists, and says at length what it expected
//! instead. That is a tenth of the app, and no file of an archive needs it. What this reader takes, `serde_json`
//! takes too and reads the same.
//!
//! ```
//! let counts: Vec<(String, u32)> = sheaf::json::from_str(r#"[["zh",3],["en",1]]"#)?;
//! assert_eq!(counts[0], ("zh".to_owned(), 3));
//! let error = sheaf::json::from_str::<Vec<u8>>("[1,\n256]").unwrap_err();
//! assert_eq!(error.to_string(), "a value is not of its kind, before line 2, column 4");
//! # Ok::<(), sheaf::json::JsonError>(())
//! ```

mod reader;
mod values;

use reader::Reader;
use serde::de::{Deserialize, Error, Expected, Unexpected};
use std::borrow::Cow;
use std::fmt::Display;

/// Why a text is not the JSON that was expected.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}, before line {line}, column {column}")]
pub struct JsonError {
    what: Cow<'static, str>,
    /// How far reading had come, both counted from 1 and columns in bytes; 0 while it is not known.
    line: usize,
    column: usize,
}

/// Reads a value from the whole of `json`.
pub fn from_str<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, JsonError> {
    let mut reader = Reader::new(json);
    match T::deserialize(&mut reader) {
        Ok(value) => reader.end().map(|()| value).map_err(|error| reader.place(error)),
        Err(error) => Err(reader.place(error)),
    }
}

/// Reads a value from the whole of `json`, which must be UTF-8.
pub fn from_slice<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, JsonError> {
    from_str(std::str::from_utf8(json).map_err(JsonError::custom)?)
}

/// The members of the object `json`, in its order, each with the text of its value.
pub fn members(json: &str) -> Result<Vec<(Cow<'_, str>, &str)>, JsonError> {
    let mut reader = Reader::new(json);
    let members = reader.members();
    members.map_err(|error| reader.place(error))
}

impl JsonError {
    fn new(what: &'static str) -> JsonError {
        JsonError { what: what.into(), line: 0, column: 0 }
    }
}

/// Short: what the other side expected is not told, since that would keep a description of every type in the app.
impl Error for JsonError {
    fn custom<T: Display>(what: T) -> JsonError {
        JsonError { what: what.to_string().into(), line: 0, column: 0 }
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> JsonError {
        JsonError::new("a value is not of its kind")
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> JsonError {
        JsonError::new("a value is not of its kind")
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> JsonError {
        JsonError::new("a list is too short")
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> JsonError {
        JsonError::new("a value is not one of its kind")
    }

    fn missing_field(field: &'static str) -> JsonError {
        JsonError { what: ["missing ", field].concat().into(), line: 0, column: 0 }
    }

    fn duplicate_field(field: &'static str) -> JsonError {
        JsonError { what: ["twice ", field].concat().into(), line: 0, column: 0 }
    }
}

#[cfg(test)]
mod tests;
