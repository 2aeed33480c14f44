//! Implementation of `serde`'s deserializer traits.

use super::JsonError;
use super::reader::JsonParser;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use std::borrow::Cow;

type JsonResult<T> = Result<T, JsonError>;

/// Fails with a type error.
fn unexpected_type<T>() -> JsonResult<T> {
    Err(JsonError::invalid_type(Unexpected::Other(""), &""))
}

impl<'de> JsonParser<'de> {
    fn read_array<V: Visitor<'de>>(&mut self, visitor: V) -> JsonResult<V::Value> {
        if self.peek() != b'[' {
            return unexpected_type();
        }
        self.open(b'[')?;
        let value = visitor.visit_seq(Entries { reader: self, first: true })?;
        self.close(b']')?;
        Ok(value)
    }

    fn read_object<V: Visitor<'de>>(&mut self, visitor: V) -> JsonResult<V::Value> {
        if self.peek() != b'{' {
            return unexpected_type();
        }
        self.open(b'{')?;
        let value = visitor.visit_map(Entries { reader: self, first: true })?;
        self.close(b'}')?;
        Ok(value)
    }

    fn read_string<V: Visitor<'de>>(&mut self, visitor: V) -> JsonResult<V::Value> {
        if self.peek() != b'"' {
            return unexpected_type();
        }
        match self.parse_string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn read_integer<V: Visitor<'de>>(&mut self, visitor: V) -> JsonResult<V::Value> {
        match self.peek() {
            b'-' => match self.parse_number()?.parse() {
                Ok(0) | Err(_) => unexpected_type(),
                Ok(number) => visitor.visit_i64(number),
            },
            b'0'..=b'9' => self
                .parse_number()?
                .parse()
                .map_or_else(|_| unexpected_type(), |number| visitor.visit_u64(number)),
            _ => unexpected_type(),
        }
    }

    fn read_bool<V: Visitor<'de>>(&mut self, visitor: V) -> JsonResult<V::Value> {
        match self.peek() {
            b't' => self.expect_keyword("true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.expect_keyword("false").and_then(|()| visitor.visit_bool(false)),
            _ => unexpected_type(),
        }
    }

    fn read_null<V: Visitor<'de>>(&mut self, visitor: V) -> JsonResult<V::Value> {
        match self.peek() {
            b'n' => self.expect_keyword("null").and_then(|()| visitor.visit_unit()),
            _ => unexpected_type(),
        }
    }
}

/// Forwards several `Deserializer` methods to one reader.
macro_rules! read_as {
    ($read:ident: $($method:ident($($name:ident: $type:ty),*))*) => {
        $(fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> JsonResult<V::Value> {
            $(let _ = $name;)*
            self.$read(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut JsonParser<'de> {
    type Error = JsonError;

    /// Accepts every type except fractions, which no stored format has.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> JsonResult<V::Value> {
        match self.peek() {
            b'"' => self.read_string(visitor),
            b'{' => self.read_object(visitor),
            b'[' => self.read_array(visitor),
            b't' | b'f' => self.read_bool(visitor),
            b'n' => self.read_null(visitor),
            _ => self.read_integer(visitor),
        }
    }

    read_as!(read_bool: deserialize_bool());
    read_as!(read_integer: deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64());
    read_as!(read_integer: deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64());
    read_as!(read_integer: deserialize_f32() deserialize_f64());
    read_as!(read_string: deserialize_char() deserialize_str() deserialize_string() deserialize_identifier());
    read_as!(read_array: deserialize_bytes() deserialize_byte_buf() deserialize_seq());
    read_as!(read_array: deserialize_tuple(len: usize) deserialize_tuple_struct(name: &'static str, len: usize));
    read_as!(read_null: deserialize_unit() deserialize_unit_struct(name: &'static str));
    read_as!(read_object: deserialize_map());
    read_as!(read_object: deserialize_struct(name: &'static str, fields: &'static [&'static str]));

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> JsonResult<V::Value> {
        match self.peek() {
            b'n' => self.expect_keyword("null").and_then(|()| visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> JsonResult<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> JsonResult<V::Value> {
        match self.peek() {
            b'"' => visitor.visit_enum(Variant { reader: self, bare: true }),
            b'{' => {
                self.open(b'{')?;
                let value = visitor.visit_enum(Variant { reader: self, bare: false })?;
                self.close(b'}')?;
                Ok(value)
            }
            _ => unexpected_type(),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> JsonResult<V::Value> {
        self.skip_value()?;
        visitor.visit_unit()
    }
}

/// Access to the elements of an array or object.
struct Entries<'r, 'de> {
    reader: &'r mut JsonParser<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> JsonResult<Option<T::Value>> {
        if !self.reader.has_next(&mut self.first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = JsonError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> JsonResult<Option<K::Value>> {
        if !self.reader.has_next(&mut self.first, b'}')? {
            return Ok(None);
        }
        if self.reader.peek() != b'"' {
            return unexpected_type();
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> JsonResult<V::Value> {
        self.reader.expect_byte(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// Enum value: a bare variant name, or an object with one member.
struct Variant<'r, 'de> {
    reader: &'r mut JsonParser<'de>,
    bare: bool,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = JsonError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> JsonResult<(V::Value, Self)> {
        let variant = seed.deserialize(&mut *self.reader)?;
        if !self.bare {
            self.reader.expect_byte(b':')?;
        }
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = JsonError;

    fn unit_variant(self) -> JsonResult<()> {
        if self.bare {
            return Ok(());
        }
        match self.reader.peek() {
            b'n' => self.reader.expect_keyword("null"),
            _ => unexpected_type(),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> JsonResult<T::Value> {
        if self.bare { unexpected_type() } else { seed.deserialize(self.reader) }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> JsonResult<V::Value> {
        if self.bare { unexpected_type() } else { self.reader.read_array(visitor) }
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> JsonResult<V::Value> {
        if self.bare { unexpected_type() } else { self.reader.read_object(visitor) }
    }
}
