//! What all derives need of attributes: collected mistakes, words with a suggestion, docs.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Error, Expr, ExprLit, Lit, Meta};

/// The mistakes of one item, all of which become messages.
#[derive(Default)]
pub(crate) struct Errors(Option<Error>);

impl Errors {
    /// Adds a mistake.
    pub(crate) fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(first) => first.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// Adds a mistake at these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    /// The value, or nothing and a mistake more.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Whether there is no mistake.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl ToTokens for Errors {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.as_ref().map(Error::to_compile_error));
    }
}

/// The mistake of a word that means nothing here.
pub(crate) fn unknown_word(word: impl ToTokens, valid: &[&str]) -> Error {
    let text = word.to_token_stream().to_string();
    let near = nearest(&text, valid).map(|near| format!("did you mean `{near}`? "));
    let near = near.unwrap_or_default();
    let message = format!("unknown word `{text}`; {near}valid: {}", valid.join(", "));
    Error::new_spanned(word, message)
}

/// The first paragraph of an item's documentation, in one line.
pub(crate) fn summary(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(doc_text);
    let lines = lines.collect::<Vec<_>>().join("\n");
    let paragraph = lines.trim_start().lines().map(str::trim);
    paragraph
        .take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn doc_text(attr: &Attribute) -> Option<String> {
    match &attr.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The valid word that is at most two slips away, if any.
fn nearest<'v>(word: &str, valid: &[&'v str]) -> Option<&'v str> {
    let near = valid
        .iter()
        .map(|candidate| (distance(word, candidate), *candidate));
    near.filter(|(slips, _)| *slips <= 2)
        .min_by_key(|(slips, _)| *slips)
        .map(|near| near.1)
}

/// The Levenshtein distance: how many letters to insert, delete or replace.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (line, left) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (column, right) in to.chars().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[row.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest, summary};

    #[test]
    fn a_slip_is_found() {
        let valid = ["path", "query", "header"];
        assert_eq!(nearest("qeury", &valid), Some("query"));
        assert_eq!(nearest("headers", &valid), Some("header"));
        assert_eq!(nearest("cookie", &valid), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn the_first_paragraph_becomes_one_line() {
        let field: syn::Field = syn::parse_quote! {
            /// The user
            /// to change.
            ///
            /// More about it.
            #[wire("Name")]
            name: String
        };
        assert_eq!(summary(&field.attrs), "The user to change.");
    }
}
