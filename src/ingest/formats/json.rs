//! JSON exports: streamed arrays, and values of several shapes.

use crate::ingest::diagnostics::IngestError;
use crate::ingest::{char_cleanup, dates, reader_states};
use crate::model::Timestamp;
use serde::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::fmt;
use std::io::BufRead;

/// Returns `true` if `text` begins like an array of objects.
pub(super) fn is_array_of_objects(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'))
}

/// Returns `true` if `text` contains all of `keys`, as far as the text is known.
pub(super) fn has_keys(text: &str, keys: &[&str]) -> bool {
    keys.iter().all(|key| text.contains(&format!("\"{key}\"")))
}

/// Passes the elements of an array to `take` one by one, with their numbers, counted from 1.
///
/// # Errors
///
/// The array is damaged; the elements before have been passed.
pub(super) fn for_each_element<T: DeserializeOwned>(
    input: &mut dyn BufRead,
    take: &mut dyn FnMut(usize, Result<T, IngestError>),
) -> Result<(), IngestError> {
    let mut deserializer = serde_json::Deserializer::from_reader(skip_mark(input)?);
    deserializer.deserialize_seq(Elements::new(take)).map_err(|_| IngestError::Damaged)
}

/// Passes the elements of the array in the field `name` of an object to `take`.
///
/// # Errors
///
/// The object is damaged; the elements before have been passed.
pub(super) fn for_each_in_field<T: DeserializeOwned>(
    input: &mut dyn BufRead,
    name: &'static str,
    take: &mut dyn FnMut(usize, Result<T, IngestError>),
) -> Result<(), IngestError> {
    let mut deserializer = serde_json::Deserializer::from_reader(skip_mark(input)?);
    deserializer
        .deserialize_map(Field { name, elements: Elements::new(take) })
        .map_err(|_| IngestError::Damaged)
}

/// Visitor of an object that reads one field.
struct Field<'a, T> {
    name: &'static str,
    elements: Elements<'a, T>,
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Field<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<String>()? {
            if name == self.name {
                fields.next_value_seed(Elements::new(&mut *self.elements.take))?;
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Skips a byte order mark.
fn skip_mark(input: &mut dyn BufRead) -> Result<&mut dyn BufRead, IngestError> {
    let head = input.fill_buf().map_err(|_| IngestError::Damaged)?;
    if head.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    Ok(input)
}

/// Visitor of an array that passes the elements on.
struct Elements<'a, T> {
    take: &'a mut dyn FnMut(usize, Result<T, IngestError>),
}

impl<'a, T> Elements<'a, T> {
    fn new(take: &'a mut dyn FnMut(usize, Result<T, IngestError>)) -> Elements<'a, T> {
        Elements { take }
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Elements<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let mut number = 0;
        // A value first, so that an element of an unexpected shape does not end the array.
        while let Some(element) = elements.next_element::<Value>()? {
            number += 1;
            (self.take)(number, T::deserialize(element).map_err(|_| IngestError::Item));
        }
        Ok(())
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Elements<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

/// Texts written as a string, a list of strings, or a list of objects with a name.
#[derive(Clone, Debug, Default)]
pub(super) struct TextList(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for TextList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TextList, D::Error> {
        let mut texts = Vec::new();
        push_texts(&Value::deserialize(deserializer)?, &mut texts);
        Ok(TextList(texts))
    }
}

fn push_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => texts.push(text.trim().to_owned()),
        Value::Array(values) => values.iter().for_each(|value| push_texts(value, texts)),
        Value::Object(fields) => {
            let names = ["name", "label", "title", "slug"];
            if let Some(name) = names.iter().find_map(|name| fields.get(*name)) {
                push_texts(name, texts);
            }
        }
        _ => {}
    }
}

/// Returns a title on one line; character references are not decoded.
pub(super) fn title(title: Option<String>) -> String {
    char_cleanup::clean_line(&title.unwrap_or_default(), |_| {})
}

/// Returns the id of an item within a format.
pub(super) fn key(format: &str, id: &Value) -> Option<String> {
    match id {
        Value::String(id) if !id.is_empty() => Some(format!("{format}:{id}")),
        Value::Number(id) => Some(format!("{format}:{id}")),
        _ => None,
    }
}

/// Returns `true` if a value says that a state is set.
pub(super) fn is_set(value: &Value) -> bool {
    match value {
        Value::Bool(is_set) => *is_set,
        Value::Number(number) => number.as_i64().is_some_and(|number| number != 0),
        Value::String(word) => reader_states::is_set(word),
        _ => false,
    }
}

/// Parses a date written as text or as a number of seconds or milliseconds.
pub(super) fn date(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => dates::parse(text),
        Value::Number(number) => {
            let number = number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))?;
            dates::parse(&number.to_string())
        }
        // PHP writes `{"date": "2026-11-28 09:00:00.000000", "timezone": …}`.
        Value::Object(fields) => date(fields.get("date")?),
        _ => None,
    }
}
