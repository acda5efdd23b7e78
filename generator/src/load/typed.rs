//! A tree as the types of [`crate::spec`], by serde: the text is parsed once.
//!
//! The shape was held against the schema before, so what is left to refuse is what only
//! the types know.

use std::fmt::{self, Display};

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::node::{Kind, Node, Span};
use super::scalar::{Plain, classify};

/// What a tree says.
///
/// # Errors
/// What the types refuse, with the place of the value.
pub(super) fn read<'de, T: Deserialize<'de>>(root: &'de Node) -> Result<T, Refused> {
    T::deserialize(Value(root))
}

/// Why a value is not what a type asks for.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) message: String,
    /// The innermost value around it.
    pub(super) span: Option<Span>,
}

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Self {
            message: message.to_string(),
            span: None,
        }
    }
}

#[derive(Clone, Copy)]
struct Value<'de>(&'de Node);

impl<'de> Value<'de> {
    fn any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match &self.0.kind {
            Kind::Scalar { text, plain } => scalar(text, *plain, visitor),
            Kind::Sequence(items) => {
                visitor.visit_seq(SeqDeserializer::new(items.iter().map(Value)))
            }
            Kind::Mapping(entries) => {
                let pairs = entries.iter();
                let pairs = pairs.map(|one| (Key(&one.key), Value(&one.value)));
                visitor.visit_map(MapDeserializer::new(pairs))
            }
        }
    }

    fn at<T>(self, done: Result<T, Refused>) -> Result<T, Refused> {
        done.map_err(|refused| Refused {
            span: refused.span.or(Some(self.0.span)),
            ..refused
        })
    }
}

fn scalar<'de, V: Visitor<'de>>(
    text: &'de str,
    plain: bool,
    visitor: V,
) -> Result<V::Value, Refused> {
    let kind = if plain { classify(text) } else { Plain::Text };
    match kind {
        Plain::Null => visitor.visit_unit(),
        Plain::Boolean => visitor.visit_bool(text == "true"),
        Plain::Integer => match (text.parse::<u64>(), text.parse::<i64>()) {
            (Ok(number), _) => visitor.visit_u64(number),
            (_, Ok(number)) => visitor.visit_i64(number),
            _ => visitor.visit_borrowed_str(text),
        },
        Plain::Number => match text.parse::<f64>() {
            Ok(number) => visitor.visit_f64(number),
            Err(_) => visitor.visit_borrowed_str(text),
        },
        Plain::Text | Plain::Ambiguous => visitor.visit_borrowed_str(text),
    }
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.at(self.any(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match &self.0.kind {
            Kind::Scalar { text, plain: true } if classify(text) == Plain::Null => {
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let done = match &self.0.kind {
            Kind::Scalar { text, .. } => {
                let word: BorrowedStrDeserializer<'de, Refused> =
                    BorrowedStrDeserializer::new(text);
                visitor.visit_enum(word)
            }
            _ => Err(de::Error::custom("expected a word")),
        };
        self.at(done)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Refused> for Value<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A key, which is a text whatever it looks like.
struct Key<'de>(&'de str);

impl<'de> IntoDeserializer<'de, Refused> for Key<'de> {
    type Deserializer = BorrowedStrDeserializer<'de, Refused>;

    fn into_deserializer(self) -> Self::Deserializer {
        BorrowedStrDeserializer::new(self.0)
    }
}
