//! From one page to the next: pure, and the same for every operation.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Pagination, Turn};
use crate::decode::{Decode, Mismatch};
use crate::error::DecodeProblem;
use crate::value::{Json, Member, Structure, Value};

/// More pages than this have no end, unless the caller says otherwise.
const MOST_PAGES: u32 = 10_000;

/// So many pages without an item, one behind the other, are no list.
const MOST_EMPTY: u32 = 100;

/// Why a list does not end as it should. What came before stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagesProblem {
    /// A page or a token came that had come before: the service goes round in circles, or
    /// takes no notice of what it was asked.
    Repeated,
    /// The service tells of more items and sends none.
    Short {
        /// How many came, those before the first request counted in.
        items: u64,
        /// How many there are, where it says that.
        total: Option<u64>,
    },
    /// The service goes on after as many pages as were allowed, or sends nothing but empty
    /// ones.
    Endless {
        /// How many pages came.
        pages: u32,
    },
}

impl fmt::Display for PagesProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeated => f.write_str("the same page came again"),
            Self::Short { items, total } => {
                write!(
                    f,
                    "the list ends after {items} items, and the service tells of "
                )?;
                match total {
                    Some(total) => write!(f, "{total}"),
                    None => f.write_str("more"),
                }
            }
            Self::Endless { pages } => write!(f, "no end after {pages} pages"),
        }
    }
}

impl std::error::Error for PagesProblem {}

/// The request of the next page: the caller's, with one member replaced.
pub(super) struct Request {
    caller: Box<dyn Structure>,
    at: Option<usize>,
    turned: Option<Json>,
}

impl Structure for Request {
    fn members(&self) -> &[Member<'_>] {
        self.caller.members()
    }

    fn value(&self, index: usize) -> Value<'_> {
        match &self.turned {
            Some(json) if self.at == Some(index) => match json {
                Json::String(text) => Value::String(text.into()),
                Json::Number(number) => match (number.as_i64(), number.as_u64()) {
                    (Some(number), _) => Value::Integer(number),
                    (None, Some(number)) => Value::Unsigned(number),
                    (None, None) => Value::Json(json),
                },
                json => Value::Json(json),
            },
            _ => self.caller.value(index),
        }
    }
}

impl Request {
    /// The number that the caller begins with, where there is one.
    fn start(&self) -> Option<u64> {
        match self.caller.value(self.at?) {
            Value::Integer(number) => number.try_into().ok(),
            Value::Unsigned(number) => Some(number),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// Where a list has been read to.
pub(super) struct Walk {
    pub(super) request: Request,
    pub(super) most: u32,
    /// The total of the last answer.
    pub(super) total: Option<u64>,
    facts: Pagination,
    /// Items before the next page, those before the first request counted in.
    items: u64,
    /// The number of the page that is asked for.
    number: u64,
    pages: u32,
    empty: u32,
    /// Tokens that came; for numbered pages, the last page.
    seen: BTreeSet<u64>,
}

impl Walk {
    pub(super) fn new(caller: Box<dyn Structure>, facts: Pagination) -> Self {
        let mut members = caller.members().iter();
        let at = members.position(|member| member.name == facts.at);
        let request = Request {
            at,
            turned: None,
            caller,
        };
        let start = request.start();
        let mut seen = BTreeSet::new();
        if let Some(Value::String(text)) = request.at.map(|at| request.caller.value(at)) {
            seen.insert(hash(&Json::String(text.into_owned())));
        }
        let (items, number) = match facts.turn {
            Turn::Offset => (start.unwrap_or(0), 0),
            Turn::Page(first) => (0, start.unwrap_or(first.into())),
            Turn::Token(_) | Turn::Marker(_) => (0, 0),
        };
        Self {
            request,
            most: MOST_PAGES,
            total: None,
            facts,
            items,
            number,
            pages: 0,
            empty: 0,
            seen,
        }
    }

    /// Whether the service itself says what comes next.
    pub(super) fn has_tokens(&self) -> bool {
        matches!(self.facts.turn, Turn::Token(_))
    }

    /// Takes note of a page; whether there is another one, which the request then asks for.
    ///
    /// # Errors
    /// Why the list ends here, although it should not.
    pub(super) fn turn(&mut self, page: &Json) -> Result<bool, DecodeProblem> {
        let count = count(at(page, self.facts.items));
        self.pages += 1;
        self.total = self.facts.total.and_then(|path| number(at(page, path)));
        let more = self.facts.more.and_then(|path| flag(at(page, path)));
        let next = match self.facts.turn {
            Turn::Token(path) => {
                self.items += count;
                let token = token(at(page, path), path)?;
                token.filter(|_| more != Some(false))
            }
            turn => self.counted(turn, count, more, page)?,
        };
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        let Some(next) = next else { return Ok(false) };
        if matches!(self.facts.turn, Turn::Token(_) | Turn::Marker(_))
            && !self.seen.insert(hash(&next))
        {
            return Err(PagesProblem::Repeated.into());
        }
        if self.pages >= self.most || self.empty >= MOST_EMPTY {
            return Err(PagesProblem::Endless { pages: self.pages }.into());
        }
        self.request.turned = Some(next);
        Ok(true)
    }

    /// The next request where the end is a matter of counting.
    fn counted(
        &mut self,
        turn: Turn,
        count: u64,
        more: Option<bool>,
        page: &Json,
    ) -> Result<Option<Json>, DecodeProblem> {
        if let (1, Turn::Page(first)) = (self.pages, turn) {
            let before = self.number.saturating_sub(first.into());
            self.items = before.saturating_mul(count);
        }
        self.items = self.items.saturating_add(count);
        self.number = self.number.saturating_add(1);
        let goes_on = more.unwrap_or_else(|| self.total.is_none_or(|it| it > self.items));
        if count == 0 && (more == Some(true) || self.total.is_some() && goes_on) {
            let (items, total) = (self.items, self.total);
            return Err(PagesProblem::Short { items, total }.into());
        }
        if count == 0 || !goes_on {
            return Ok(None);
        }
        match turn {
            Turn::Marker(path) => {
                let items = at(page, self.facts.items);
                let last = items.and_then(|items| match items {
                    Json::Array(items) => items.last(),
                    item => Some(item),
                });
                token(last.and_then(|last| at(last, path)), path)
            }
            Turn::Page(_) => self.fresh(page).map(|()| Some(self.number.into())),
            _ => self.fresh(page).map(|()| Some(self.items.into())),
        }
    }

    /// A page of structures that is just the page before was not turned.
    fn fresh(&mut self, page: &Json) -> Result<(), DecodeProblem> {
        let items = at(page, self.facts.items);
        let tells = |items: &&Json| items.get(0).is_some_and(Json::is_object);
        let Some(items) = items.filter(tells) else {
            return Ok(());
        };
        let hash = hash(items);
        if self.seen.contains(&hash) {
            return Err(PagesProblem::Repeated.into());
        }
        self.seen = BTreeSet::from([hash]);
        Ok(())
    }
}

impl From<PagesProblem> for DecodeProblem {
    fn from(problem: PagesProblem) -> Self {
        Self::Pages(problem)
    }
}

/// What is behind a path, unless that is null.
pub(super) fn at<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    let found = path.split('.').try_fold(json, |json, key| json.get(key));
    found.filter(|json| !json.is_null())
}

/// How many items there are; XML has a bare item for a list of one.
fn count(items: Option<&Json>) -> u64 {
    match items {
        None => 0,
        Some(Json::Array(items)) => items.len() as u64,
        Some(Json::String(text)) if text.is_empty() => 0,
        Some(_) => 1,
    }
}

fn number(json: Option<&Json>) -> Option<u64> {
    u64::decode(json?.clone()).ok()
}

fn flag(json: Option<&Json>) -> Option<bool> {
    bool::decode(json?.clone()).ok()
}

/// A token; an empty text and 0 say that there is none.
fn token(json: Option<&Json>, path: &str) -> Result<Option<Json>, DecodeProblem> {
    match json {
        None => Ok(None),
        Some(Json::String(text)) => Ok((!text.is_empty()).then(|| text.clone().into())),
        Some(Json::Number(number)) => {
            Ok((number.as_f64() != Some(0.0)).then(|| number.clone().into()))
        }
        Some(other) => {
            let mismatch = Mismatch::new("a token", other).under(path);
            Err(DecodeProblem::Mismatch(mismatch))
        }
    }
}

fn hash(json: &Json) -> u64 {
    let mut hasher = DefaultHasher::new();
    json.hash(&mut hasher);
    hasher.finish()
}
