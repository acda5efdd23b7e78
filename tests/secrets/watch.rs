//! Looks for the canary in what is shown, and hears every log line and every panic.

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Stands in every place that holds a secret.
pub(crate) const CANARY: &str = "CANARY7f3a";

/// The canary as text, as bytes, in base64 at each offset, and a signed query.
const FORMS: [&str; 7] = [
    "canary",
    "67, 65, 78, 65, 82, 89",
    "43414e415259",
    "q0foqvj",
    "dqu5bul",
    "nbtkfs",
    "signature=",
];

/// Counts the places, and collects what leaks.
pub(crate) struct Watch {
    places: usize,
    leaks: Vec<String>,
    heard: Heard,
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<(&'static str, String)>>>);

impl Watch {
    /// Begins to listen to `tracing`, to `log` and to panics.
    pub(crate) fn start() -> Self {
        let heard = Heard::default();
        tracing::subscriber::set_global_default(heard.clone()).expect("the first one");
        log::set_logger(Box::leak(Box::new(heard.clone()))).expect("the first one");
        log::set_max_level(log::LevelFilter::Trace);
        let hook = heard.clone();
        panic::set_hook(Box::new(move |panic| hook.note("panic", panic.to_string())));
        Self {
            places: 0,
            leaks: Vec::new(),
            heard,
        }
    }

    /// Looks at one text.
    pub(crate) fn text(&mut self, place: &str, text: &str) {
        self.places += 1;
        let lower = text.to_lowercase();
        if FORMS.iter().any(|form| lower.contains(form)) {
            self.leaks.push(format!("{place}: {text}"));
        }
    }

    /// Looks at both forms of `Debug`.
    pub(crate) fn debug(&mut self, place: &str, value: &impl Debug) {
        self.text(place, &format!("{value:?}"));
        self.text(place, &format!("{value:#?}"));
    }

    /// Looks at an error, at every cause below it, and at a panic with it.
    pub(crate) fn error(&mut self, place: &str, error: &(impl StdError + 'static)) {
        self.debug(place, error);
        let mut next: Option<&dyn StdError> = Some(error);
        while let Some(cause) = next {
            self.text(place, &format!("{cause} {cause:#} {cause:?}"));
            next = cause.source();
        }
        panics(|| panic!("a call failed: {error:?}"));
    }

    /// Looks at everything that was heard.
    pub(crate) fn logs(&mut self) {
        let heard = std::mem::take(&mut *self.heard.lines());
        let count = |kind: &str| heard.iter().filter(|(other, _)| *other == kind).count();
        let (events, spans) = (count("event"), count("span"));
        assert!(
            events >= 40 && spans >= 40,
            "{events} events, {spans} spans"
        );
        assert!(
            count("log") > 0 && count("panic") > 0,
            "logs and panics are heard"
        );
        for (kind, line) in &heard {
            self.text(kind, line);
        }
    }

    /// Says how many places were looked at.
    pub(crate) fn finish(self) {
        drop(panic::take_hook());
        let Self { places, leaks, .. } = self;
        println!("secrets: {} leaks in {places} places", leaks.len());
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
        assert!(places >= 500, "only {places} places");
    }
}

/// Lets a closure panic; the hook hears what it says.
pub(crate) fn panics(closure: impl FnOnce()) {
    let outcome = panic::catch_unwind(AssertUnwindSafe(closure));
    assert!(outcome.is_err(), "it has to panic");
}

impl Heard {
    fn lines(&self) -> std::sync::MutexGuard<'_, Vec<(&'static str, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, kind: &'static str, line: String) {
        self.lines().push((kind, line));
    }
}

impl log::Log for Heard {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.note("log", format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

impl Subscriber for Heard {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(span.metadata().name().to_owned());
        span.record(&mut line);
        self.note("span", line.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        self.note("span", line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        self.note("event", line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The fields of a span or an event, as one line.
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}
