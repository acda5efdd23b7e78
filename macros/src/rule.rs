//! What `#[validate(..)]` says: rules, each checked against the type that it stands on.

use regex_lite::Regex;
use syn::punctuated::Punctuated;
use syn::{
    Error, Expr, ExprLit, ExprUnary, Lit, LitStr, Meta, MetaList, MetaNameValue, Token,
    UnOp,
};

use crate::attr::{Errors, unknown_word};
use crate::shape::Shape;
use crate::table::Member;

/// The valid words, each as a person would write it.
const WORDS: [(&str, &str); 7] = [
    ("length", "length(min = 1, max = 64)"),
    ("bytes", "bytes(max = 512)"),
    ("pattern", "pattern = \"^[a-z]+$\""),
    ("separator", "separator(by = \",\", max = 3)"),
    ("range", "range(min = 1, max = 10)"),
    ("items", "items(min = 1, max = 3)"),
    (NESTED, NESTED),
];

const NESTED: &str = "nested";

/// One documented rule.
pub(crate) enum Rule {
    Length(Bounds<usize>),
    Bytes { max: usize },
    Range(Bounds<f64>),
    Items(Bounds<usize>),
    Pattern(LitStr),
    Separator { by: String, max: usize },
    Nested,
}

/// Inclusive bounds, at least one of them.
pub(crate) struct Bounds<T> {
    pub(crate) min: Option<T>,
    pub(crate) max: Option<T>,
}

/// The rules of a member, in the order of the source, without those that are wrong.
pub(crate) fn read(member: &Member<'_>, errors: &mut Errors) -> Vec<Rule> {
    let mut words = Vec::new();
    for attr in member
        .field
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("validate"))
    {
        let empty = !matches!(&attr.meta, Meta::List(list) if !list.tokens.is_empty());
        if empty {
            let message =
                "no rule stands here: write it as `#[validate(length(max = 64))]`";
            errors.at(attr, message);
            continue;
        }
        let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
        words.extend(
            errors
                .keep(attr.parse_args_with(parse))
                .into_iter()
                .flatten(),
        );
    }
    refuse_doubles(&words, errors);
    if matches!(member.shape.core(), Shape::Named) {
        refuse_nested_scalar(&words, errors);
    }
    words
        .iter()
        .filter_map(|word| errors.keep(rule(word, member)))
        .collect()
}

/// One rule, where the word is known, suits the member's type and says something.
fn rule(meta: &Meta, member: &Member<'_>) -> syn::Result<Rule> {
    let path = meta.path();
    let Some((word, example)) = WORDS.into_iter().find(|(word, _)| path.is_ident(word))
    else {
        return Err(unknown_word(path, &WORDS.map(|(word, _)| word)));
    };
    if let Some(message) = mismatch(word, member) {
        return Err(Error::new_spanned(path, message));
    }
    match (word, meta) {
        (NESTED, Meta::Path(_)) => Ok(Rule::Nested),
        ("pattern", Meta::NameValue(pair)) => pattern(text(&pair.value)?),
        ("length", Meta::List(list)) => bounds(list, count).map(Rule::Length),
        ("items", Meta::List(list)) => bounds(list, count).map(Rule::Items),
        ("range", Meta::List(list)) => range(list, member.shape),
        ("bytes", Meta::List(list)) => {
            let [max] = arguments(list, ["max"])?;
            Ok(Rule::Bytes {
                max: count(&needed(list, max, "max")?)?,
            })
        }
        ("separator", Meta::List(list)) => separator(list),
        _ => Err(Error::new_spanned(meta, format!("write it as `{example}`"))),
    }
}

fn pattern(literal: LitStr) -> syn::Result<Rule> {
    let text = literal.value();
    // Alone first: `a)|(?:b` would parse inside the group that the runtime adds.
    Regex::new(&text)
        .and_then(|_| Regex::new(&format!(r"\A(?:{text})\z")))
        .map_err(|error| Error::new(literal.span(), format!("not a pattern: {error}")))?;
    Ok(Rule::Pattern(literal))
}

fn range(list: &MetaList, shape: Shape<'_>) -> syn::Result<Rule> {
    let whole = matches!(shape.core(), Shape::Integer);
    let bound = |value: &Expr| match number(value)? {
        bound if whole && bound.fract() != 0.0 => Err(Error::new_spanned(
            value,
            "the bound of an integer is a whole number",
        )),
        bound => Ok(bound),
    };
    bounds(list, bound).map(Rule::Range)
}

fn separator(list: &MetaList) -> syn::Result<Rule> {
    let [by, max] = arguments(list, ["by", "max"])?;
    let by = text(&needed(list, by, "by")?)?;
    let max = needed(list, max, "max")?;
    if by.value().is_empty() {
        return Err(Error::new(by.span(), "an empty text separates nothing"));
    }
    match count(&max)? {
        0 => Err(Error::new_spanned(max, "every text is at least one item")),
        max => Ok(Rule::Separator {
            by: by.value(),
            max,
        }),
    }
}

fn bounds<T: PartialOrd>(
    list: &MetaList,
    bound: impl Fn(&Expr) -> syn::Result<T>,
) -> syn::Result<Bounds<T>> {
    let [min, max] = arguments(list, ["min", "max"])?;
    let bounds = Bounds {
        min: min.as_ref().map(&bound).transpose()?,
        max: max.as_ref().map(&bound).transpose()?,
    };
    match &bounds {
        Bounds {
            min: None,
            max: None,
        } => Err(Error::new_spanned(
            list,
            "an empty rule: give `min`, `max` or both",
        )),
        Bounds {
            min: Some(min),
            max: Some(max),
        } if min > max => Err(Error::new_spanned(
            list,
            "no value can keep this rule: `min` is above `max`",
        )),
        _ => Ok(bounds),
    }
}

/// The values of `key = value, ..`, in the order of `keys`.
fn arguments<const N: usize>(
    list: &MetaList,
    keys: [&str; N],
) -> syn::Result<[Option<Expr>; N]> {
    let parse = Punctuated::<MetaNameValue, Token![,]>::parse_terminated;
    let mut values = [const { None }; N];
    for pair in list.parse_args_with(parse)? {
        let Some(index) = keys.iter().position(|key| pair.path.is_ident(key)) else {
            return Err(unknown_word(&pair.path, &keys));
        };
        if values[index].replace(pair.value).is_some() {
            let message = format!("`{}` stands here already", keys[index]);
            return Err(Error::new_spanned(pair.path, message));
        }
    }
    Ok(values)
}

fn needed(list: &MetaList, value: Option<Expr>, key: &str) -> syn::Result<Expr> {
    value.ok_or_else(|| Error::new_spanned(list, format!("`{key}` is missing")))
}

fn text(value: &Expr) -> syn::Result<LitStr> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Ok(text.clone()),
        _ => Err(Error::new_spanned(value, "expected a text in quotes")),
    }
}

fn count(value: &Expr) -> syn::Result<usize> {
    let parsed = match value {
        Expr::Lit(ExprLit {
            lit: Lit::Int(number),
            ..
        }) => number.base10_parse().ok(),
        _ => None,
    };
    parsed.ok_or_else(|| Error::new_spanned(value, "expected a whole number, 0 or more"))
}

fn number(value: &Expr) -> syn::Result<f64> {
    let parsed = match value {
        Expr::Lit(ExprLit {
            lit: Lit::Int(number),
            ..
        }) => number.base10_digits().parse().ok(),
        Expr::Lit(ExprLit {
            lit: Lit::Float(number),
            ..
        }) => number.base10_parse().ok(),
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => number(expr).ok().map(|number: f64| -number),
        _ => None,
    };
    parsed
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| Error::new_spanned(value, "expected a number"))
}

/// Why a rule makes no sense on a member's type, if it does not.
fn mismatch(word: &str, member: &Member<'_>) -> Option<String> {
    let shape = member.shape.core();
    let (suits, wanted) = match word {
        "range" => (
            matches!(shape, Shape::Integer | Shape::Number | Shape::Named),
            "a number",
        ),
        "items" => (matches!(shape, Shape::List(_)), "an array"),
        NESTED => (
            holds_structures(shape),
            "a structure, or an array or map of them",
        ),
        _ => (matches!(shape, Shape::Text | Shape::Named), "a text"),
    };
    let hint = match (word, shape) {
        ("length" | "bytes" | "range", Shape::List(_)) => {
            "; `items` bounds how many there are"
        }
        ("length" | "bytes", Shape::Integer | Shape::Number) => {
            "; `range` bounds its value"
        }
        ("range" | "items", Shape::Text) => "; `length` bounds its characters",
        _ => "",
    };
    let found = match word {
        NESTED => "holds none".to_owned(),
        _ => format!("is {}{hint}", shape.describe()),
    };
    let ident = member.ident;
    (!suits).then(|| format!("`{word}` is for {wanted}, and `{ident}` {found}"))
}

fn holds_structures(shape: Shape<'_>) -> bool {
    match shape.core() {
        Shape::Named => true,
        Shape::List(inner) | Shape::Map(inner) => holds_structures(Shape::of(inner)),
        _ => false,
    }
}

fn refuse_doubles(words: &[Meta], errors: &mut Errors) {
    for (index, word) in words.iter().enumerate() {
        let Some(ident) = word.path().get_ident() else {
            continue;
        };
        if words[..index]
            .iter()
            .any(|before| before.path().is_ident(ident))
        {
            errors.at(ident, format!("`{ident}` stands here already"));
        }
    }
}

/// What the spelling of a type leaves open: a structure has rules inside, an enumeration
/// has its own.
fn refuse_nested_scalar(words: &[Meta], errors: &mut Errors) {
    let Some(nested) = words.iter().find(|word| word.path().is_ident(NESTED)) else {
        return;
    };
    let scalar = |word: &&Meta| {
        let known = WORDS.iter().any(|(known, _)| word.path().is_ident(known));
        known && !word.path().is_ident(NESTED) && !word.path().is_ident("items")
    };
    if words.iter().any(|word| scalar(&word)) {
        let message = "`nested` is for structures, and another rule here is for a plain value: \
                       keep the one that fits the type";
        errors.at(nested, message);
    }
}
