//! Inline content of a line of text.

use super::url::Url;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Run of text, or an element around or between runs. A [mark of a note](Inline::is_note_mark) is not part of the
/// searchable text.
///
/// In JSON a run is a plain string and every other inline an object with one key, so that a paragraph stays
/// readable in any tool: `["据",{"b":["路透社"]},"报道"]`.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text run; white space is collapsed to single spaces.
    Text(String),
    /// `b`: strong importance.
    Strong(Vec<Inline>),
    /// `i`: emphasis.
    Emphasis(Vec<Inline>),
    /// `u`: underlined or inserted.
    Underline(Vec<Inline>),
    /// `s`: struck out.
    Strike(Vec<Inline>),
    /// `code`: inline code.
    Code(Vec<Inline>),
    /// `sub`: subscript.
    Sub(Vec<Inline>),
    /// `sup`: superscript.
    Sup(Vec<Inline>),
    /// `a`: a link, `{"a":["https://…",["text"]]}`.
    Link(Href, Vec<Inline>),
    /// `ruby`: text with its reading, `{"ruby":[["漢字"],"かんじ"]}`. The reading is not part of the searchable text.
    Ruby(Vec<Inline>, String),
    /// `#`: target of an internal link.
    Anchor(String),
    /// `br`: line break.
    Break,
}

/// Target of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Href {
    /// Web page or archived article.
    Url(Url),
    /// [`Inline::Anchor`] with this name.
    Anchor(String),
}

impl Inline {
    /// Creates a text run.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text(text.into())
    }

    /// Returns the children of an element; empty for leaves.
    pub fn children(&self) -> &[Inline] {
        match self {
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Underline(inner)
            | Inline::Strike(inner)
            | Inline::Code(inner)
            | Inline::Sub(inner)
            | Inline::Sup(inner)
            | Inline::Link(_, inner)
            | Inline::Ruby(inner, _) => inner,
            Inline::Text(_) | Inline::Anchor(_) | Inline::Break => &[],
        }
    }

    /// Returns the children of an element; `None` for leaves.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Underline(inner)
            | Inline::Strike(inner)
            | Inline::Code(inner)
            | Inline::Sub(inner)
            | Inline::Sup(inner)
            | Inline::Link(_, inner)
            | Inline::Ruby(inner, _) => Some(inner),
            Inline::Text(_) | Inline::Anchor(_) | Inline::Break => None,
        }
    }
}

impl TryFrom<String> for Href {
    type Error = super::url::InvalidUrl;

    fn try_from(text: String) -> Result<Href, Self::Error> {
        match text.strip_prefix('#') {
            Some(name) => Ok(Href::Anchor(name.to_owned())),
            None => Url::try_from(text).map(Href::Url),
        }
    }
}

impl From<Href> for String {
    fn from(href: Href) -> String {
        match href {
            Href::Url(url) => url.to_iri(),
            Href::Anchor(name) => format!("#{name}"),
        }
    }
}

impl Serialize for Inline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Inline::Text(text) = self {
            return serializer.serialize_str(text);
        }
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Inline::Strong(inner) => map.serialize_entry("b", inner)?,
            Inline::Emphasis(inner) => map.serialize_entry("i", inner)?,
            Inline::Underline(inner) => map.serialize_entry("u", inner)?,
            Inline::Strike(inner) => map.serialize_entry("s", inner)?,
            Inline::Code(inner) => map.serialize_entry("code", inner)?,
            Inline::Sub(inner) => map.serialize_entry("sub", inner)?,
            Inline::Sup(inner) => map.serialize_entry("sup", inner)?,
            Inline::Link(href, inner) => map.serialize_entry("a", &(href, inner))?,
            Inline::Ruby(inner, reading) => map.serialize_entry("ruby", &(inner, reading))?,
            Inline::Anchor(name) => map.serialize_entry("#", name)?,
            Inline::Break | Inline::Text(_) => map.serialize_entry("br", &0)?,
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Inline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Inline, D::Error> {
        deserializer.deserialize_any(InlineVisitor)
    }
}

struct InlineVisitor;

impl<'de> Visitor<'de> for InlineVisitor {
    type Value = Inline;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an object with one key")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Inline, E> {
        Ok(Inline::text(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Inline, E> {
        Ok(Inline::Text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Inline, A::Error> {
        let Some(key) = map.next_key::<&str>()? else {
            return Err(A::Error::custom("inline object without a key"));
        };
        Ok(match key {
            "b" => Inline::Strong(map.next_value()?),
            "i" => Inline::Emphasis(map.next_value()?),
            "u" => Inline::Underline(map.next_value()?),
            "s" => Inline::Strike(map.next_value()?),
            "code" => Inline::Code(map.next_value()?),
            "sub" => Inline::Sub(map.next_value()?),
            "sup" => Inline::Sup(map.next_value()?),
            "a" => {
                let (href, inner) = map.next_value()?;
                Inline::Link(href, inner)
            }
            "ruby" => {
                let (inner, reading) = map.next_value()?;
                Inline::Ruby(inner, reading)
            }
            "#" => Inline::Anchor(map.next_value()?),
            "br" => {
                map.next_value::<u8>()?;
                Inline::Break
            }
            unknown => return Err(A::Error::custom(format_args!("unknown inline element `{unknown}`"))),
        })
    }
}
