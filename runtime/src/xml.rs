//! An XML body as JSON, so that one visitor reads both.
//!
//! The root's name says nothing and is dropped, attributes too. An element without children
//! is a text, an empty one is null, and siblings of one name become an array.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};
use serde_json::Map;
use thiserror::Error;

use crate::value::Json;

/// How deep elements may be nested; as deep as JSON may.
const DEPTH_LIMIT: usize = 128;

/// An XML body that says nothing to us.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum XmlError {
    /// Not well-formed, or cut off.
    #[error("no XML: {0}")]
    Syntax(String),
    /// An HTML page, such as a proxy sends.
    #[error("an HTML page")]
    Html,
    /// An entity that XML itself does not define.
    #[error("no XML: the entity {0:?} is unknown")]
    Entity(String),
    /// Elements nested deeper than 128 levels.
    #[error("no XML: nested deeper than {DEPTH_LIMIT} levels")]
    Depth,
}

/// Reads an XML document.
///
/// # Errors
/// [`XmlError`]; an HTML page is one, even where it is well-formed.
pub fn parse(body: &[u8]) -> Result<Json, XmlError> {
    let text = std::str::from_utf8(body).map_err(syntax)?;
    let mut reader = Reader::from_str(text);
    let mut tree = Tree::default();
    loop {
        match reader.read_event().map_err(syntax)? {
            Event::Start(tag) => tree.open(tag.local_name().as_ref())?,
            Event::Empty(tag) => {
                tree.open(tag.local_name().as_ref())?;
                tree.close()?;
            }
            Event::End(_) => tree.close()?,
            Event::Text(text) => tree.text(&text.xml10_content())?,
            Event::CData(text) => tree.text(&text.xml10_content())?,
            Event::GeneralRef(entity) => tree.text(&resolve(&entity)?)?,
            Event::DocType(kind) if is_html(kind.trim()) => return Err(XmlError::Html),
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return tree.finish(),
        }
    }
}

/// The elements that are open, from the root inwards.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Json>,
}

struct Element {
    name: String,
    text: String,
    children: Map<String, Json>,
}

impl Tree {
    fn open(&mut self, name: &str) -> Result<(), XmlError> {
        if self.open.is_empty() && self.root.is_some() {
            return Err(syntax("a second root"));
        }
        if self.open.is_empty() && is_html(name) {
            return Err(XmlError::Html);
        }
        if self.open.len() == DEPTH_LIMIT {
            return Err(XmlError::Depth);
        }
        let (name, text, children) = (name.to_owned(), String::new(), Map::new());
        self.open.push(Element {
            name,
            text,
            children,
        });
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(syntax("text outside the root")),
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), XmlError> {
        let element = self
            .open
            .pop()
            .ok_or_else(|| syntax("an end without a start"))?;
        let json = match (element.children, element.text) {
            (children, _) if !children.is_empty() => Json::Object(children),
            (_, text) if text.is_empty() => Json::Null,
            (_, text) => Json::String(text),
        };
        match self.open.last_mut() {
            Some(parent) => add(&mut parent.children, element.name, json),
            None => self.root = Some(json),
        }
        Ok(())
    }

    fn finish(self) -> Result<Json, XmlError> {
        match self.root {
            Some(json) if self.open.is_empty() => Ok(json),
            _ => Err(syntax("cut off")),
        }
    }
}

/// Adds a child; the second one of a name makes an array of both.
fn add(children: &mut Map<String, Json>, name: String, json: Json) {
    match children.get_mut(&name) {
        None => {
            children.insert(name, json);
        }
        Some(Json::Array(siblings)) => siblings.push(json),
        Some(first) => *first = Json::Array(vec![first.take(), json]),
    }
}

fn resolve(entity: &BytesRef<'_>) -> Result<String, XmlError> {
    if let Some(character) = entity.resolve_char_ref().map_err(syntax)? {
        return Ok(character.to_string());
    }
    let name = entity.xml10_content();
    let known = resolve_xml_entity(&name).map(str::to_owned);
    known.ok_or_else(|| XmlError::Entity(name.into_owned()))
}

fn is_html(name: &str) -> bool {
    let start = name.get(..4).unwrap_or_default();
    start.eq_ignore_ascii_case("html") && !name[4..].starts_with(char::is_alphanumeric)
}

fn syntax(error: impl std::fmt::Display) -> XmlError {
    XmlError::Syntax(error.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn elements_become_members_and_the_root_is_dropped() {
        let body = b"<?xml version=\"1.0\"?>\n<AnyResponse xmlns=\"x\">\n <A>1</A>\n \
            <B><C> &lt;&#x4e2d;&amp;</C><D/><E></E></B><F><![CDATA[<x>]]></F></AnyResponse>\n";
        let expected = json!({
            "A": "1", "B": { "C": " <\u{4e2d}&", "D": null, "E": null }, "F": "<x>",
        });
        assert_eq!(parse(body).expect("well-formed"), expected);
    }

    #[test]
    fn repeated_siblings_become_an_array() {
        let body = b"<R><Tags><Tag><K>a</K></Tag><Tag><K>b</K></Tag><Tag/></Tags></R>";
        let tags = json!([{ "K": "a" }, { "K": "b" }, null]);
        assert_eq!(
            parse(body).expect("well-formed"),
            json!({ "Tags": { "Tag": tags } })
        );
    }

    #[test]
    fn an_empty_root_is_null_and_a_text_root_is_a_text() {
        assert_eq!(parse(b"<R/>"), Ok(Json::Null));
        assert_eq!(parse(b"<R>x</R>"), Ok(json!("x")));
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        assert_eq!(
            parse(b"<html><body><h1>x</h1></body></html>"),
            Err(XmlError::Html)
        );
        assert_eq!(
            parse(b"<!DOCTYPE HTML PUBLIC \"x\"><a/>"),
            Err(XmlError::Html)
        );
        assert_eq!(
            parse(b"<a>&boom;</a>"),
            Err(XmlError::Entity("boom".to_owned()))
        );
        let deep = "<a>".repeat(200_000);
        assert_eq!(parse(deep.as_bytes()), Err(XmlError::Depth));
        for body in [
            "<a><b></a>",
            "<a",
            "<a>",
            "",
            "x",
            "<a/><b/>",
            "<a/>x",
            "<a>&#xD800;</a>",
        ] {
            let error = parse(body.as_bytes()).expect_err(body);
            assert!(matches!(error, XmlError::Syntax(_)), "{body}: {error:?}");
        }
        assert!(matches!(parse(b"<a>\xff</a>"), Err(XmlError::Syntax(_))));
    }
}
