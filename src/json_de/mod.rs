//! JSON deserializer for the stored formats, driven by `serde`.
//!
//! `serde_json` accepts a superset: it also parses fractions and reads structs from arrays, and describes the
//! expected type in its errors. No archive file needs that. Own code, because it makes the app smaller: with
//! [`small_sort`](crate::small_sort) and the effect hook of the app 39 kB of 471 in Brotli. Every document that this
//! parser accepts gives the same value in `serde_json`.
//!
//! ```
//! let counts: Vec<(String, u32)> = sheaf::json_de::from_str(r#"[["zh",3],["en",1]]"#)?;
//! assert_eq!(counts[0], ("zh".to_owned(), 3));
//! let error = sheaf::json_de::from_str::<Vec<u8>>("[1,\n256]").unwrap_err();
//! assert_eq!(error.to_string(), "invalid value at line 2, column 4");
//! # Ok::<(), sheaf::json_de::JsonError>(())
//! ```

mod reader;
mod values;

use crate::json_de::reader::JsonParser;
use serde::de::{Deserialize, Error, Expected, Unexpected};
use std::borrow::Cow;
use std::fmt::Display;

/// JSON syntax or type error with its position.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at line {line}, column {column}")]
pub struct JsonError {
    message: Cow<'static, str>,
    /// Position after the last byte read, both counted from 1, columns in bytes; 0 while unknown.
    line: usize,
    column: usize,
}

/// Deserializes the whole of `json`.
pub fn from_str<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, JsonError> {
    let mut reader = JsonParser::new(json);
    match T::deserialize(&mut reader) {
        Ok(value) => reader.expect_end().map(|()| value).map_err(|error| reader.with_position(error)),
        Err(error) => Err(reader.with_position(error)),
    }
}

/// Deserializes the whole of `json`, which must be UTF-8.
pub fn from_slice<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, JsonError> {
    from_str(std::str::from_utf8(json).map_err(JsonError::custom)?)
}

/// Returns the members of the object `json` in order, each with the source text of its value.
pub fn members(json: &str) -> Result<Vec<(Cow<'_, str>, &str)>, JsonError> {
    let mut reader = JsonParser::new(json);
    let members = reader.members();
    members.map_err(|error| reader.with_position(error))
}

impl JsonError {
    fn new(what: &'static str) -> JsonError {
        JsonError { message: what.into(), line: 0, column: 0 }
    }
}

/// The expected type is not reported: its description would add the names of all types to the app.
impl Error for JsonError {
    fn custom<T: Display>(what: T) -> JsonError {
        JsonError { message: what.to_string().into(), line: 0, column: 0 }
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> JsonError {
        JsonError::new("unexpected type")
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> JsonError {
        JsonError::new("invalid value")
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> JsonError {
        JsonError::new("array too short")
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> JsonError {
        JsonError::new("unknown variant")
    }

    fn missing_field(field: &'static str) -> JsonError {
        JsonError { message: ["missing field `", field, "`"].concat().into(), line: 0, column: 0 }
    }

    fn duplicate_field(field: &'static str) -> JsonError {
        JsonError { message: ["duplicate field `", field, "`"].concat().into(), line: 0, column: 0 }
    }
}

#[cfg(test)]
mod tests;
