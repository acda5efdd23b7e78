//! How the page looks: in both schemes, on a narrow screen, without its script.

use serde_json::json;
use yunspec::diff::Report;

use crate::stage::Stage;

/// Computes the contrast of every text against what is behind it; returns what is too low.
const CONTRAST: &str = include_str!("contrast.js");

fn prefer(stage: &Stage, scheme: &str) {
    let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
    let parameters = json!({ "features": [feature] });
    stage.browser.ask("Emulation.setEmulatedMedia", &parameters);
}

pub(crate) fn scheme(stage: &Stage, _: &Report<'_>) {
    let back = || stage.text("getComputedStyle(document.body).backgroundColor");
    prefer(stage, "light");
    stage.open("");
    let light = back();
    prefer(stage, "dark");
    let dark = back();
    assert_ne!(light, dark, "the page follows the system");
    let pressed = || stage.text("document.getElementById('theme').ariaPressed");
    stage.expect(
        "document.getElementById('theme').ariaPressed",
        &json!("true"),
    );
    stage
        .browser
        .run("document.getElementById('theme').click()");
    assert_eq!((back(), pressed()), (light.clone(), "false".to_owned()));
    stage
        .browser
        .run("document.getElementById('theme').click()");
    assert_eq!(back(), dark);
    stage.browser.run("localStorage.clear()");
    prefer(stage, "light");
    stage.open("");
    assert_eq!(back(), light);
}

pub(crate) fn contrast(stage: &Stage, _: &Report<'_>) {
    for scheme in ["light", "dark"] {
        prefer(stage, scheme);
        stage.open("");
        stage.browser.run(
            "for (const one of document.querySelectorAll('details')) one.open = true;
             document.getElementById('help').showModal()",
        );
        let result = stage.browser.run(CONTRAST);
        let low = result["low"].as_array().expect("a list");
        assert!(low.is_empty(), "{scheme}: {low:#?}");
        let measured = result["measured"].as_u64().expect("a count");
        assert!(measured > 300, "only {measured} texts were measured");
        println!(
            "  {scheme}: {measured} texts, the lowest contrast {}",
            result["lowest"]
        );
    }
    prefer(stage, "light");
}

pub(crate) fn narrow(stage: &Stage, report: &Report<'_>) {
    let size =
        json!({ "width": 375, "height": 700, "deviceScaleFactor": 1, "mobile": true });
    stage
        .browser
        .ask("Emulation.setDeviceMetricsOverride", &size);
    stage.open("");
    stage
        .browser
        .run("for (const one of document.querySelectorAll('details')) one.open = true");
    let width = stage.get("document.documentElement.scrollWidth");
    assert_eq!(width, json!(375), "nothing is wider than the page");
    let outside = stage.get(
        "[...document.querySelectorAll('body *')].filter((one) => one.checkVisibility()
            && !one.closest('.skip') && one.getBoundingClientRect().right > 375.5)
            .map((one) => one.outerHTML.slice(0, 120))",
    );
    assert_eq!(outside, json!([]));
    assert_eq!(stage.shown().len(), report.changes.len());
    stage
        .browser
        .ask("Emulation.clearDeviceMetricsOverride", &json!({}));
}

pub(crate) fn without_its_script(stage: &Stage, report: &Report<'_>) {
    let switch = |off: bool| {
        let value = json!({ "value": off });
        stage
            .browser
            .ask("Emulation.setScriptExecutionDisabled", &value);
    };
    switch(true);
    let change = report.changes.iter().rev();
    let mut harmless = change.filter(|one| one.severity().as_str() == "info");
    let folded = harmless.next().expect("something is folded");
    stage.open(&format!("#{}", folded.fingerprint));
    let messages = stage.shown();
    let tools = stage.get(
        "['filters', 'theme', 'keys', 'help'].filter((id) =>
            document.getElementById(id).checkVisibility())",
    );
    let closed = stage.get(
        "[...document.querySelectorAll('.finding')].filter((one) => !one.open).length",
    );
    let open = stage.get(&format!(
        "document.getElementById('{}').closest('.finding').open",
        folded.fingerprint
    ));
    switch(false);
    assert_eq!(messages.len(), report.changes.len());
    assert_eq!(tools, json!([]), "what needs the script does not show");
    assert!(closed.as_u64() > Some(0), "harmless changes are folded");
    assert_eq!(open, json!(true), "a link opens what it leads to");
}
