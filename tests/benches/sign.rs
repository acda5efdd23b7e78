//! What a request costs before the network: built, written and signed, beside the bare
//! hashes and the HMAC over the same bytes in the same run.
//!
//! `cargo bench -p yunspec-tests --bench sign` prints the ratios at the end.

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime};

use criterion::Criterion;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use yunspec_runtime::credentials::Credentials;
use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::protocol::{HttpRequest, Options, encode};
use yunspec_runtime::sign::{Scope, Signed, Signing, sign, tc3::DailyKeys};
use yunspec_runtime::stamp::Stamp;
use yunspec_runtime::value::{Encode, Location, Member, Structure, Style, Value};
use yunspec_runtime::{Call, Protocol, Retry, Service};

/// A whole request may take so many times the bare hashes.
const GOAL: f64 = 4.0;

struct UpdateUser {
    table: &'static [Member<'static>],
    name: String,
    remark: Option<String>,
    console_login: Option<i64>,
    password: Option<String>,
    email: Option<String>,
}

impl UpdateUser {
    fn new(table: &'static [Member<'static>]) -> Self {
        Self {
            table,
            name: "test124".to_owned(),
            remark: Some("night shift".to_owned()),
            console_login: Some(1),
            password: None,
            email: Some("test@example.com".to_owned()),
        }
    }
}

impl Structure for UpdateUser {
    fn members(&self) -> &[Member<'_>] {
        self.table
    }
    fn value(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.name.encode(),
            1 => self.remark.encode(),
            2 => self.console_login.encode(),
            3 => self.password.encode(),
            _ => self.email.encode(),
        }
    }
}

const fn table(first: Location, others: Location) -> [Member<'static>; 5] {
    const fn member(name: &'static str, location: Location) -> Member<'static> {
        Member {
            name,
            location,
            style: Style::Repeat,
        }
    }
    [
        member("user_id", first),
        member("Remark", others),
        member("ConsoleLogin", others),
        member("Password", others),
        member("Email", others),
    ]
}

struct Provider {
    service: Service,
    call: Call<'static>,
    table: &'static [Member<'static>],
}

const fn service(protocol: Protocol, product: &'static str) -> Service {
    let endpoint = Endpoint {
        global: None,
        global_regions: &[],
        regional: None,
        regions: &[],
        hosts: &[],
    };
    Service {
        protocol,
        id: product,
        product,
        version: "2019-01-16",
        endpoint,
    }
}

const ROOT: Call<'static> = Call {
    name: "UpdateUser",
    method: "POST",
    path: "/",
    retry: Retry::Unsafe,
    ..Call::PLAIN
};

static PROVIDERS: [Provider; 3] = [
    Provider {
        service: service(Protocol::ACS_RPC, "alibaba"),
        call: ROOT,
        table: &table(Location::Query, Location::Query),
    },
    Provider {
        service: service(Protocol::TC3_JSON, "tencent"),
        call: ROOT,
        table: &table(Location::Body, Location::Body),
    },
    Provider {
        service: service(Protocol::SDK_HMAC_REST, "huawei"),
        call: Call {
            path: "/v2/{project_id}/users/{user_id}",
            ..ROOT
        },
        table: &table(Location::Path, Location::Body),
    },
];

impl Provider {
    fn whole(
        &self,
        keys: &Credentials,
        stamp: &Stamp,
        daily: &DailyKeys,
    ) -> (HttpRequest, Signed) {
        let input = UpdateUser::new(self.table);
        let host = "service.example.com";
        let options = Options::default();
        let request = encode(&self.service, &self.call, &input, host, keys, options);
        let request = request.expect("every value has a place");
        let scope = Scope {
            signing: Signing::Standard,
            service: &self.service,
            action: self.call.name,
            region: None,
            keys: daily,
        };
        let signed = sign(&request, keys, stamp, &scope).expect("the keys can sign");
        (request, signed)
    }
}

/// The hashes and the HMAC, and nothing else.
fn bare(body: &[u8], canonical: &[u8], text: &[u8], key: &[u8]) -> [u8; 32] {
    black_box(Sha256::digest(black_box(body)));
    black_box(Sha256::digest(black_box(canonical)));
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length is a key");
    mac.update(black_box(text));
    mac.finalize().into_bytes().into()
}

/// Nanoseconds for one run of the bare hashes and of the whole.
type Sample = (f64, f64);

/// Measures both in turn, so that a busy machine slows both; criterion reports the whole.
fn measure(
    criterion: &mut Criterion,
    name: &str,
    mut bare: impl FnMut(),
    mut whole: impl FnMut(),
) -> Vec<Sample> {
    let samples = RefCell::new(Vec::new());
    criterion.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            let least = timed(times, &mut bare);
            let taken = timed(times, &mut whole);
            #[allow(clippy::cast_precision_loss)] // far below 2^52
            let each = |time: Duration| time.as_secs_f64() * 1e9 / times as f64;
            samples.borrow_mut().push((each(least), each(taken)));
            taken
        });
    });
    samples.into_inner()
}

fn timed(times: u64, work: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        work();
    }
    start.elapsed()
}

/// Compares the fastest samples: another process can only slow one down. None where a filter
/// on the command line left the work out.
fn verdict(name: &str, samples: &[Sample]) -> Option<String> {
    let bare = samples
        .iter()
        .map(|sample| sample.0)
        .min_by(f64::total_cmp)?;
    let whole = samples
        .iter()
        .map(|sample| sample.1)
        .min_by(f64::total_cmp)?;
    let ratio = whole / bare;
    let goal = if ratio <= GOAL { "within" } else { "above" };
    Some(format!(
        "{name}: {whole:.0} ns, {ratio:.2} times the bare {bare:.0} ns, {goal} {GOAL}"
    ))
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let keys = Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE").project_id("p1");
    let stamp = Stamp {
        time: SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045),
        nonce: "9f5a4d3c2b1e40718d6c5b4a39281706".to_owned(),
    };
    let daily = DailyKeys::default();
    let mut verdicts = Vec::new();
    for provider in &PROVIDERS {
        let name = provider.service.product;
        let (request, signed) = provider.whole(&keys, &stamp, &daily);
        let canonical = signed.canonical_request.expect("all three have one");
        let text = signed.string_to_sign.as_bytes();
        let hashes = || {
            black_box(bare(&request.body, canonical.as_bytes(), text, &[7; 32]));
        };
        let whole = || {
            black_box(provider.whole(&keys, &stamp, &daily));
        };
        let samples = measure(&mut criterion, &format!("sign/{name}"), hashes, whole);
        verdicts.extend(verdict(name, &samples));
    }
    println!("{}", verdicts.join("\n"));
}
