//! Implementation of `serde`'s deserializer traits.

use super::JsonError;
use super::reader::Reader;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use std::borrow::Cow;

type Read<T> = Result<T, JsonError>;

/// Fails with a type error.
fn other<T>() -> Read<T> {
    Err(JsonError::invalid_type(Unexpected::Other(""), &""))
}

impl<'de> Reader<'de> {
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        if self.peek() != b'[' {
            return other();
        }
        self.open(b'[')?;
        let value = visitor.visit_seq(Entries { reader: self, first: true })?;
        self.close(b']')?;
        Ok(value)
    }

    fn fields<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        if self.peek() != b'{' {
            return other();
        }
        self.open(b'{')?;
        let value = visitor.visit_map(Entries { reader: self, first: true })?;
        self.close(b'}')?;
        Ok(value)
    }

    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        if self.peek() != b'"' {
            return other();
        }
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn whole<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'-' => match self.number()?.parse() {
                Ok(0) | Err(_) => other(),
                Ok(number) => visitor.visit_i64(number),
            },
            b'0'..=b'9' => {
                self.number()?.parse().map_or_else(|_| other(), |number| visitor.visit_u64(number))
            }
            _ => other(),
        }
    }

    fn truth<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b't' => self.word("true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.word("false").and_then(|()| visitor.visit_bool(false)),
            _ => other(),
        }
    }

    fn nothing<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => other(),
        }
    }
}

/// Forwards several `Deserializer` methods to one reader.
macro_rules! read_as {
    ($read:ident: $($method:ident($($name:ident: $type:ty),*))*) => {
        $(fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Read<V::Value> {
            $(let _ = $name;)*
            self.$read(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = JsonError;

    /// Accepts every type except fractions, which no stored format has.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'"' => self.text(visitor),
            b'{' => self.fields(visitor),
            b'[' => self.list(visitor),
            b't' | b'f' => self.truth(visitor),
            b'n' => self.nothing(visitor),
            _ => self.whole(visitor),
        }
    }

    read_as!(truth: deserialize_bool());
    read_as!(whole: deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64());
    read_as!(whole: deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64());
    read_as!(whole: deserialize_f32() deserialize_f64());
    read_as!(text: deserialize_char() deserialize_str() deserialize_string() deserialize_identifier());
    read_as!(list: deserialize_bytes() deserialize_byte_buf() deserialize_seq());
    read_as!(list: deserialize_tuple(len: usize) deserialize_tuple_struct(name: &'static str, len: usize));
    read_as!(nothing: deserialize_unit() deserialize_unit_struct(name: &'static str));
    read_as!(fields: deserialize_map());
    read_as!(fields: deserialize_struct(name: &'static str, fields: &'static [&'static str]));

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'n' => self.word("null").and_then(|()| visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        match self.peek() {
            b'"' => visitor.visit_enum(Variant { reader: self, bare: true }),
            b'{' => {
                self.open(b'{')?;
                let value = visitor.visit_enum(Variant { reader: self, bare: false })?;
                self.close(b'}')?;
                Ok(value)
            }
            _ => other(),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// Access to the elements of an array or object.
struct Entries<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if !self.reader.goes_on(&mut self.first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = JsonError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if !self.reader.goes_on(&mut self.first, b'}')? {
            return Ok(None);
        }
        if self.reader.peek() != b'"' {
            return other();
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        self.reader.take(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// Enum value: a bare variant name, or an object with one member.
struct Variant<'r, 'de> {
    reader: &'r mut Reader<'de>,
    bare: bool,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = JsonError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        let variant = seed.deserialize(&mut *self.reader)?;
        if !self.bare {
            self.reader.take(b':')?;
        }
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = JsonError;

    fn unit_variant(self) -> Read<()> {
        if self.bare {
            return Ok(());
        }
        match self.reader.peek() {
            b'n' => self.reader.word("null"),
            _ => other(),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        if self.bare { other() } else { seed.deserialize(self.reader) }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        if self.bare { other() } else { self.reader.list(visitor) }
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        if self.bare { other() } else { self.reader.fields(visitor) }
    }
}
