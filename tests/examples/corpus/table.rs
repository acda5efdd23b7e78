//! What came of all services, for people.

use std::fmt::Write as _;

use super::results::Outcome;

/// How many of the slowest services are named.
const SLOWEST: usize = 5;

/// The sums of a step, the services that fail, and the slowest.
pub(crate) fn text(done: &str, outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    let fine = outcomes.iter().filter(|one| one.errors == 0).count();
    let warnings: usize = outcomes.iter().map(|one| one.warnings).sum();
    let earlier = outcomes.iter().filter(|one| one.earlier).count();
    let samples: usize = outcomes.iter().map(|one| one.samples).sum();
    let cpu: f64 = outcomes.iter().filter_map(|one| one.cpu).sum();
    let all = outcomes.len();
    let _ = writeln!(
        text,
        "{done}: {fine} of {all} services, {warnings} warnings, {cpu:.1} s of the processor"
    );
    if samples > 0 {
        let _ = writeln!(text, "{samples:>8}  samples");
    }
    if earlier > 0 {
        let _ = writeln!(text, "{earlier:>8}  known from an earlier run");
    }
    for one in outcomes.iter().filter(|one| !one.is_fine()) {
        let Outcome {
            service,
            errors,
            warnings,
            ..
        } = one;
        let _ = writeln!(
            text,
            "    FAILS  {service}: {errors} errors, {warnings} warnings"
        );
    }
    let mut slowest: Vec<_> = outcomes.iter().collect();
    slowest.sort_by(|one, other| cost(other).total_cmp(&cost(one)));
    for one in slowest.into_iter().take(SLOWEST) {
        let _ = writeln!(text, "{:>8.1}  s for {}", cost(one), one.service);
    }
    text
}

fn cost(outcome: &Outcome) -> f64 {
    outcome.cpu.unwrap_or(outcome.seconds)
}
