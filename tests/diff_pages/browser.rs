//! The page in a real browser: what it shows, how it is filtered, walked and read.

use serde_json::{Value, json};
use yunspec::diff::Report;

use crate::looks::{contrast, narrow, scheme, without_its_script};
use crate::pair::{self, Pair};
use crate::stage::Stage;

const ENTER: &str = "\u{E007}";
const ESCAPE: &str = "\u{E00C}";

/// Something that is looked at in an open browser.
type Check = fn(&Stage, &Report<'_>);

#[test]
fn the_page_in_a_browser() {
    let pair = Pair::small();
    let report = pair.report();
    let Some(stage) = Stage::new(&report) else {
        return;
    };
    let checks: [(&str, Check); 8] = [
        ("everything is there", everything_is_there),
        ("filters", filters),
        ("links", links),
        ("keys", keys),
        ("scheme", scheme),
        ("contrast", contrast),
        ("narrow", narrow),
        ("without its script", without_its_script),
    ];
    for (name, check) in checks {
        println!("{name}");
        check(&stage, &report);
    }
    nothing_is_asked_of_the_network(&stage);
}

fn everything_is_there(stage: &Stage, report: &Report<'_>) {
    stage.open("");
    assert_eq!(stage.shown().len(), report.changes.len());
    let status = stage.text("document.getElementById('shown').textContent");
    assert_eq!(status, format!("{} findings", report.changes.len()));
    let marks = stage.text("document.querySelector('.old mark').textContent");
    assert!(!marks.is_empty(), "the old value is marked");
    let numbers = stage.get(
        "[...document.querySelectorAll('.pane ol')].every((list) => list.start >= 1)",
    );
    assert_eq!(numbers, json!(true));
}

fn filters(stage: &Stage, report: &Report<'_>) {
    stage.open("");
    let all = stage.shown().len();
    stage.set("[value=breaking]", "it.checked = true");
    let breaking = stage.shown();
    assert!(
        !breaking.is_empty() && breaking.len() < all,
        "{breaking:#?}"
    );
    assert_eq!(stage.text("location.hash"), "#severity=breaking");
    stage.set("[name=axis][value=source]", "it.checked = true");
    let source = report.changes.iter();
    let source = source
        .filter(|one| one.source.as_str() == "breaking")
        .count();
    assert_eq!(stage.shown().len(), source, "breaking on that axis");
    stage.set("#provider", "it.value = 'birch'");
    let birch = stage.shown();
    assert!(!birch.is_empty() && birch.len() < source, "{birch:#?}");
    let hash = stage.text("location.hash");
    assert_eq!(hash, "#severity=breaking&axis=source&provider=birch");
    stage.open(&hash);
    assert_eq!(stage.shown(), birch, "the address holds the filter");

    stage.open("");
    stage.set("#operation", "it.value = 'acme/store/PutBook'");
    let operation = report.changes.iter();
    let reached = operation
        .filter(|one| one.operations.iter().any(|id| id == "acme/store/PutBook"))
        .count();
    assert_eq!(stage.shown().len(), reached);
    stage.set("#q", "it.value = 'iSBN narrowed'");
    assert_eq!(stage.shown().len(), 1, "{:?}", stage.shown());
    let count = stage.text("document.getElementById('shown').textContent");
    assert_eq!(count, format!("1 of {} findings", report.changes.len()));
    stage
        .browser
        .run("document.querySelector('[type=reset]').click()");
    stage.expect(
        "document.getElementById('shown').textContent",
        &json!(format!("{all} findings")),
    );
    assert_eq!(stage.shown().len(), all);
    stage.set("#status", "it.value = 'acknowledged'");
    assert_eq!(stage.shown().len(), 1);
    stage.open("");
    stage
        .browser
        .run("document.querySelector('td[data-severity=breaking] a').click()");
    let hash = json!("#axis=wire&severity=breaking&status=open");
    stage.expect("location.hash", &hash);
    stage.expect("document.getElementById('status').value", &json!("open"));
    let wire = report
        .changes
        .iter()
        .filter(|one| one.wire.as_str() == "breaking" && one.acknowledged.is_none());
    assert_eq!(
        stage.shown().len(),
        wire.count(),
        "the table leads to its findings"
    );
}

fn links(stage: &Stage, report: &Report<'_>) {
    let last = report.changes.iter().rev();
    let mut harmless = last.filter(|one| one.severity().as_str() == "info");
    let change = harmless.next().expect("something is folded");
    stage.open(&format!("#{}", change.fingerprint));
    let focus = "document.activeElement.closest('.finding')";
    let fingerprint = json!(change.fingerprint);
    let link = "document.activeElement.parentElement.querySelector('.body')?.id";
    stage.expect(link, &fingerprint);
    assert_eq!(stage.get(&format!("{focus}.open")), json!(true));
    let box_ = stage.get(&format!("{focus}.getBoundingClientRect().top"));
    let top = box_.as_f64().expect("a number");
    assert!((0.0..900.0).contains(&top), "it is in sight: {top}");

    stage.open(&format!("#{}&severity=breaking", change.fingerprint));
    stage.expect(link, &fingerprint);
    let shown = stage.shown().len();
    assert_eq!(
        shown,
        report.changes.len(),
        "a link shows what the filter hides"
    );

    stage.open("#axis=source");
    let filtered = stage.shown().len();
    stage
        .browser
        .run("document.querySelector('.finding:not([hidden]) .link').click()");
    assert_eq!(stage.shown().len(), filtered, "a link keeps the filter");
    let hash = stage.text("location.hash");
    assert!(hash.ends_with("&axis=source"), "{hash}");
    stage.open(&hash);
    assert_eq!(stage.shown().len(), filtered);
    stage.open("#%E0%A4%A&nonsense=1&axis=%22");
    assert_eq!(
        stage.shown().len(),
        report.changes.len(),
        "nonsense is no filter"
    );
}

fn keys(stage: &Stage, _: &Report<'_>) {
    stage.open("");
    let at = || {
        stage.get(
            "[...document.querySelectorAll('.finding')]
                .indexOf(document.activeElement.closest('.finding'))",
        )
    };
    stage.browser.press("jjj");
    assert_eq!(at(), json!(2));
    stage.browser.press("k");
    assert_eq!(at(), json!(1));
    let is_open = || stage.get("document.activeElement.parentElement.open");
    let before = is_open();
    stage.browser.press(ENTER);
    assert_ne!(is_open(), before, "Enter opens and closes");
    stage.browser.press("kkkk");
    assert_eq!(at(), json!(0), "there is none before the first");
    let ring = stage.text("getComputedStyle(document.activeElement).outlineStyle");
    assert_eq!(ring, "solid", "the focus is seen");
    stage.browser.press("/");
    assert_eq!(stage.text("document.activeElement.id"), "q");
    stage.browser.press("jk");
    assert_eq!(stage.text("document.getElementById('q').value"), "jk");
    stage.browser.press(ESCAPE);
    assert_ne!(stage.text("document.activeElement.id"), "q");
    stage.open("");
    stage.browser.press("?");
    assert_eq!(
        stage.get("document.getElementById('help').open"),
        json!(true)
    );
    stage
        .browser
        .run("document.getElementById('single').click()");
    stage.browser.press(ESCAPE);
    assert_eq!(
        stage.get("document.getElementById('help').open"),
        json!(false)
    );
    stage.browser.press("j");
    assert_eq!(at(), json!(-1), "single keys can be switched off");
    stage.open("");
    stage
        .browser
        .run("document.querySelectorAll('.pages a')[1].click()");
    stage.browser.press("j");
    let page = "document.activeElement.closest('.page') === document.querySelectorAll('.page')[1]";
    assert_eq!(
        stage.get(page),
        json!(true),
        "j goes on from where a link led to"
    );
    stage.open("#severity=documentation");
    stage.browser.run("document.querySelector('.skip').click()");
    assert_eq!(stage.text("document.activeElement.id"), "findings");
    stage.browser.press("j");
    let level = "document.activeElement.querySelector('.level').textContent";
    assert_eq!(
        stage.text(level),
        "documentation",
        "what is hidden is passed over"
    );
}

fn nothing_is_asked_of_the_network(stage: &Stage) {
    let asked: Vec<String> = stage
        .browser
        .log("performance")
        .iter()
        .filter_map(|line| {
            let text = line["message"].as_str()?;
            let event: Value = serde_json::from_str(text).ok()?;
            let event = &event["message"];
            let sent = event["method"] == "Network.requestWillBeSent";
            // The browser's own pages load theirs.
            let page = event["params"]["documentURL"].as_str()?;
            let url = event["params"]["request"]["url"].as_str()?;
            (sent && page.starts_with("file:")).then(|| url.to_owned())
        })
        .collect();
    assert!(
        asked.iter().any(|url| url.starts_with("file:")),
        "nothing was logged"
    );
    let page = format!("{}/page.html", stage.folder.path().display());
    let is_own = |url: &&String| {
        url.starts_with("data:")
            || url.split('#').next() == Some(&format!("file://{page}"))
    };
    let others: Vec<_> = asked.iter().filter(|url| !is_own(url)).collect();
    assert!(others.is_empty(), "{others:#?}");
    let complaints = stage.browser.log("browser");
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn a_hostile_page_stays_quiet() {
    let pair = Pair::small();
    let report = crate::hostile::report(&pair);
    let Some(stage) = Stage::new(&report) else {
        return;
    };
    stage.open("");
    assert_eq!(stage.shown().len(), report.changes.len());
    assert_eq!(stage.get("window.owned === undefined"), json!(true));
    assert_eq!(
        stage.get("document.querySelectorAll('script').length"),
        json!(1)
    );
    let handlers =
        stage.get("document.querySelectorAll('[onerror], [onload], img').length");
    assert_eq!(handlers, json!(0));
    let complaints = stage.browser.log("browser");
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn five_thousand_changes_are_filtered_at_once() {
    let pair = pair::many(500);
    let changes = yunspec::diff::diff(&pair.old, &pair.new);
    let gate = Vec::new();
    let report = Report {
        old: &pair.old,
        new: &pair.new,
        changes,
        gate,
    };
    let Some(stage) = Stage::new(&report) else {
        return;
    };
    stage.open("");
    let load = stage
        .get("Math.round(performance.getEntriesByType('navigation')[0].domComplete)");
    let timed = |selector: &str, what: &str| {
        let script = format!(
            "const it = document.querySelector(`{selector}`); {what};
             const begun = performance.now();
             it.dispatchEvent(new Event('input', {{ bubbles: true }}));
             document.body.offsetHeight;
             return Math.round(performance.now() - begun)"
        );
        stage.browser.run(&script).as_u64().expect("a number")
    };
    let first = timed("#q", "it.value = 'part3'");
    assert_eq!(stage.shown().len(), 500);
    let second = timed("#q", "it.value = 'part3 max'");
    let clear = timed("#q", "it.value = ''");
    let level = timed("[value=documentation]", "it.checked = true");
    let count = report.changes.len();
    println!(
        "{count} changes: complete after {load} ms; first text {first} ms, second {second} ms, \
         cleared {clear} ms, severity {level} ms"
    );
    let worst = first.max(second).max(clear).max(level);
    assert!(worst < 5000, "{worst} ms for one filter");
}
