//! Rust text in the making, as rustfmt would spell it.
//!
//! What stands in every generated file is written straight as text: tokens, a parser and a
//! printer in between cost ten times as much. Fixed text is `'static`, so a text of a spec
//! gets in as a name, a literal or a doc comment, and in no other way.

use std::borrow::Borrow;
use std::fmt::Display;

use proc_macro2::{Literal, TokenStream};

use super::settle::{self, WIDTH, width};

/// The most columns of an attribute on one line; a field keeps one for its comma.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Room {
    /// Over a field or a method.
    Field,
    /// Over a variant.
    Variant,
}

/// A piece of Rust, or lines of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Code(String);

impl Code {
    /// Nothing yet, with room for so many fields, variants or methods and their docs: a
    /// text that grows is copied again and again.
    pub(crate) fn with_room(members: usize) -> Self {
        const MEMBER: usize = 200;
        Self(String::with_capacity((members + 1) * MEMBER))
    }

    /// Fixed text.
    pub(crate) fn of(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// A literal of a text.
    pub(crate) fn literal(text: &str) -> Self {
        let mut code = Self::default();
        code.push_literal(text);
        code
    }

    /// Whether there is nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Adds fixed text.
    pub(crate) fn push(&mut self, text: &'static str) -> &mut Self {
        self.0.push_str(text);
        self
    }

    /// Adds a name, or a path; [`crate::name`] makes no other names than identifiers.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_#:".contains(&byte);
        assert!(
            !name.is_empty() && name.bytes().all(is_plain),
            "names are made of identifiers: {name:?}"
        );
        self.0.push_str(name);
        self
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: impl Number) -> &mut Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// Adds a literal of a text.
    pub(crate) fn push_literal(&mut self, text: &str) -> &mut Self {
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !b"\"\\".contains(&byte);
        if text.bytes().all(is_plain) {
            self.0.reserve(text.len() + 2);
            self.0.push('"');
            self.0.push_str(text);
            self.0.push('"');
        } else {
            self.0.push_str(&Literal::string(text).to_string());
        }
        self
    }

    /// Adds another piece.
    pub(crate) fn code(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// Adds the lines of an item's text.
    pub(crate) fn docs(&mut self, indent: usize, lines: &[String]) -> &mut Self {
        self.comments(indent, "///", lines)
    }

    /// Adds the lines of a file's text.
    pub(crate) fn file_docs(&mut self, lines: &[String]) -> &mut Self {
        self.comments(0, "//!", lines)
    }

    /// Adds `#[name(arguments)]`.
    pub(crate) fn attribute(
        &mut self,
        indent: usize,
        room: Room,
        name: &'static str,
        arguments: &[Self],
    ) -> &mut Self {
        let columns = match room {
            Room::Field => WIDTH - 1,
            Room::Variant => WIDTH,
        };
        let start = self.0.len();
        self.indent(indent).push(name).push("(");
        let inner = self.0.len();
        self.list(arguments);
        let many = arguments.len() > 1 && width(&self.0[inner..]) > settle::ATTRIBUTE;
        self.push(")]");
        if !many && width(&self.0[start..]) <= columns {
            return self.push("\n");
        }
        self.0.truncate(start);
        let arguments: Vec<_> = arguments.iter().map(Self::as_str).collect();
        self.lines(settle::attribute(name, &arguments, indent))
    }

    /// Adds `#[deprecated]` with its note, where there is one.
    pub(crate) fn deprecated(
        &mut self,
        indent: usize,
        room: Room,
        note: Option<&String>,
    ) -> &mut Self {
        let Some(note) = note else { return self };
        let mut argument = Self::of("note = ");
        argument.push_literal(note);
        self.attribute(indent, room, "#[deprecated", &[argument])
    }

    /// Adds a field of a structure.
    pub(crate) fn field(&mut self, name: &str, ty: &Self) -> &mut Self {
        let start = self.0.len();
        self.push("    pub ")
            .name(name)
            .push(": ")
            .code(ty)
            .push(",");
        if width(&self.0[start..]) <= WIDTH {
            return self.push("\n");
        }
        let field = self.0.split_off(start);
        self.lines(settle::field(field.trim_start(), 4))
    }

    /// Adds `const name: ty = value;` inside an `impl`.
    pub(crate) fn constant(&mut self, head: &'static str, value: &Self) -> &mut Self {
        let mut constant = Self::of(head);
        constant.push(" = ").code(value).push(";");
        self.lines(settle::binding(&constant.0, 4))
    }

    /// Adds the head of a method; `head` ends with its name.
    pub(crate) fn signature(
        &mut self,
        head: &Self,
        parameters: &[&Self],
        output: &Self,
    ) -> &mut Self {
        let start = self.0.len();
        self.indent(4).code(head).push("(").list(parameters);
        self.push(") -> ").code(output).push(" {");
        if width(&self.0[start..]) <= WIDTH {
            return self.push("\n");
        }
        self.0.truncate(start);
        let parameters: Vec<_> = parameters.iter().map(|one| one.as_str()).collect();
        self.lines(settle::signature(&head.0, &parameters, &output.0, 4))
    }

    /// Adds an import; `head` is all of it before the list of names.
    pub(crate) fn import(&mut self, head: &Self, names: &[&str]) -> &mut Self {
        let mut import = head.clone();
        match names {
            [name] => import.name(name),
            names => {
                import.push("{");
                for (index, name) in names.iter().enumerate() {
                    import.push(if index == 0 { "" } else { ", " }).name(name);
                }
                import.push("}")
            }
        };
        import.push(";");
        if width(&import.0) > settle::IMPORT && names.len() > 1 {
            self.lines(settle::import(&head.0, names))
        } else {
            self.code(&import).push("\n")
        }
    }

    /// Adds items that are spelled from tokens: forms of many kinds that are rare.
    ///
    /// # Panics
    /// Where the tokens are no items.
    pub(crate) fn items(&mut self, tokens: TokenStream) -> &mut Self {
        let file = syn::parse2(tokens).expect("emit makes tokens that parse");
        let text = settle::settle(prettyplease::unparse(&file).trim_end());
        self.0.push_str(&text);
        self
    }

    /// A piece among tokens.
    ///
    /// # Panics
    /// Where it is no piece of Rust.
    pub(crate) fn to_tokens(&self) -> TokenStream {
        self.0.parse().expect("a piece of Rust has tokens")
    }

    fn comments(
        &mut self,
        indent: usize,
        marker: &'static str,
        lines: &[String],
    ) -> &mut Self {
        for line in lines {
            self.indent(indent).push(marker);
            if !line.is_empty() {
                self.0.push(' ');
                self.0.push_str(line.trim_end_matches(' '));
            }
            self.0.push('\n');
        }
        self
    }

    fn list(&mut self, pieces: &[impl Borrow<Self>]) -> &mut Self {
        for (index, piece) in pieces.iter().enumerate() {
            self.push(if index == 0 { "" } else { ", " });
            self.code(piece.borrow());
        }
        self
    }

    fn indent(&mut self, columns: usize) -> &mut Self {
        self.0.extend(std::iter::repeat_n(' ', columns));
        self
    }

    fn lines(&mut self, lines: Vec<String>) -> &mut Self {
        for line in lines {
            self.0.push_str(&line);
            self.0.push('\n');
        }
        self
    }
}

/// Numbers whose text is their literal.
pub(crate) trait Number: Display {}

impl Number for f64 {}
impl Number for i64 {}
impl Number for u32 {}
impl Number for usize {}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn a_literal_is_what_tokens_would_spell() {
        for text in [
            "plain", "", "a\"b", "a\\b", "it's", "a\nb\t", "\0", "\u{0}1", "张",
            "\u{7f}", "\u{301}", "\u{202e}",
        ] {
            let tokens = proc_macro2::Literal::string(text).to_string();
            assert_eq!(Code::literal(text).as_str(), tokens, "{text:?}");
        }
    }

    #[test]
    #[should_panic(expected = "names are made of identifiers")]
    fn nothing_but_a_name_passes_for_one() {
        Code::default().name("a; b");
    }
}
