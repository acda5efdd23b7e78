//! A page in a file, and a browser that shows it.

use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use yunspec::diff::Report;
use yunspec::diff::print::html;

use crate::driver::Browser;

/// A page in a file, and a browser that shows it.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) folder: TempDir,
}

impl Stage {
    /// A stage for a report; nothing, said aloud, where there is no browser.
    pub(crate) fn new(report: &Report<'_>) -> Option<Self> {
        let browser = match Browser::start() {
            Ok(browser) => browser,
            Err(why) => {
                println!("skipped: the page was not driven in a browser: {why}");
                return None;
            }
        };
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("page.html");
        std::fs::write(file, html::html(report)).expect("the page can be written");
        Some(Self { browser, folder })
    }

    /// Opens the page anew, with a part behind `#`.
    pub(crate) fn open(&self, hash: &str) {
        self.browser.open("about:blank");
        let file = self.folder.path().join("page.html");
        let url = format!("file://{}{hash}", file.display());
        self.browser.open(&url);
    }

    /// What an expression is in the page.
    pub(crate) fn get(&self, expression: &str) -> Value {
        self.browser.run(&format!("return {expression}"))
    }

    /// Waits until an expression has a value: some things come after the event that led to
    /// them.
    pub(crate) fn expect(&self, expression: &str, value: &Value) {
        let mut last = Value::Null;
        for _ in 0..100 {
            last = self.get(expression);
            if last == *value {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{expression} is {last}, not {value}");
    }

    /// The same as text.
    pub(crate) fn text(&self, expression: &str) -> String {
        let value = self.get(expression);
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    }

    /// The messages of the findings that are shown.
    pub(crate) fn shown(&self) -> Vec<String> {
        let list = self.get(
            "[...document.querySelectorAll('.finding')].filter((one) => one.checkVisibility())
                .map((one) => one.querySelector('h3').textContent)",
        );
        let list = list.as_array().expect("a list").iter();
        list.map(|one| one.as_str().expect("a text").to_owned())
            .collect()
    }

    /// Sets a control as a person would, events and all.
    pub(crate) fn set(&self, selector: &str, what: &str) {
        self.browser.run(&format!(
            "const it = document.querySelector(`{selector}`); {what};
             it.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        ));
    }
}
