//! Invented metadata, changed at random: an import never stops, and what comes of it is
//! sound. The example `import_fuzz` does the same with what providers publish.

use yunspec_tests::mutate::{Case, Cloud, Plan, Source, judge};

/// How many cases of each cloud; those of a cloud have the seeds 0, 1, 2 …
const CASES: u64 = 60;

fn course(cloud: Cloud, source: &str) {
    let source = Source::open(&crate::here(source)).expect("it is there");
    let plan = Plan {
        operations: 8,
        changes: 6,
    };
    let (mut operations, mut changed) = (0, 0);
    for seed in 0..CASES {
        let case = Case::new(&source, plan, seed).expect("it can be read");
        let verdict = judge(cloud, &case)
            .unwrap_or_else(|why| panic!("seed {seed}, {:#?}: {why}", case.log));
        operations += verdict.operations;
        changed += case.log.len();
    }
    assert!(operations > 120 && changed > 150, "{operations}, {changed}");
}

#[test]
fn changed_metadata_of_tencent_import() {
    course(Cloud::Tencent, "source");
}

#[test]
fn changed_metadata_of_alibaba_import() {
    course(Cloud::Alibaba, "alibaba/source");
}

#[test]
fn changed_metadata_of_huawei_import() {
    course(Cloud::Huawei, "huawei/source");
}

#[test]
fn a_seed_is_a_case() {
    let source = Source::open(&crate::here("source")).expect("it is there");
    let plan = Plan {
        operations: 8,
        changes: 6,
    };
    let case = |seed| {
        let case = Case::new(&source, plan, seed).expect("it can be read");
        (case.files, case.log)
    };
    assert_eq!(case(7), case(7));
    assert_ne!(case(7), case(8));
}
