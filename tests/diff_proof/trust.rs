//! The program of the compiler's judge is judged: it stops compiling where any single
//! public item is taken out of the crate that it is written for.

use yunspec::emit;
use yunspec::lower;
use yunspec::page::Page;
use yunspec::rust::{Crate, Item};

use crate::compiler::Given;
use crate::consumer::uses;
use crate::outcome::{all, sides};

/// How many items are taken out of each crate in an ordinary run.
const SAMPLE: usize = 5;

/// The lists whose entries can go one by one: fields of requests and responses, values of
/// enums, methods of clients.
fn parts(items: &mut Crate) -> Vec<(String, usize)> {
    let modules = items
        .modules
        .iter()
        .filter(|one| one.path.starts_with("src"));
    let items = modules.flat_map(|one| &one.items);
    items
        .map(|item| match item {
            Item::Struct(one) => (one.name.clone(), one.fields.len()),
            Item::Enum(one) => (one.name.clone(), one.variants.len()),
            Item::Client(one) => ("Client".to_owned(), one.methods.len()),
            _ => (String::new(), 0),
        })
        .collect()
}

/// Takes one entry out of one list; gives its name.
fn without(items: &mut Crate, list: usize, entry: usize) -> Option<String> {
    let modules = items.modules.iter_mut();
    let mut lists = modules
        .filter(|one| one.path.starts_with("src"))
        .flat_map(|one| &mut one.items);
    match lists.nth(list)? {
        Item::Struct(one) => {
            Some(format!("{}.{}", one.name, one.fields.remove(entry).name))
        }
        Item::Enum(one) => {
            Some(format!("{}::{}", one.name, one.variants.remove(entry).name))
        }
        Item::Client(one) => {
            let method = one.methods.remove(entry);
            Some(format!("Client::{}", method.name))
        }
        _ => None,
    }
}

#[test]
fn a_program_needs_every_item() {
    let mut crates: Vec<Vec<Page>> = Vec::new();
    let mut taken = Vec::new();
    for side in sides() {
        let lowered = || lower::lower(&side.model).expect("it was lowered before");
        let all_parts: Vec<_> = parts(&mut lowered())
            .into_iter()
            .enumerate()
            .flat_map(|(list, (_, count))| (0..count).map(move |entry| (list, entry)))
            .collect();
        let step = if all() {
            1
        } else {
            (all_parts.len() / SAMPLE).max(1)
        };
        for (list, entry) in all_parts.into_iter().step_by(step) {
            let mut items = lowered();
            let name = without(&mut items, list, entry).expect("the entry is there");
            taken.push((
                name,
                uses(&side.items, &format!("given::given_{}", crates.len())),
            ));
            crates.push(emit::emit(&items));
        }
    }
    let given = Given::new(&crates);
    let programs: Vec<_> = taken.iter().map(|(_, program)| program.clone()).collect();
    let rulings = given.judge(&programs);
    let unneeded: Vec<_> = taken
        .iter()
        .zip(&rulings)
        .enumerate()
        .filter(|(number, (_, ruling))| {
            ruling.error.is_none() && !given.broken.contains_key(number)
        })
        .map(|(_, ((name, _), _))| name)
        .collect();
    println!("{} items taken out, one by one", taken.len());
    assert!(given.broken.is_empty(), "{:#?}", given.broken);
    assert!(unneeded.is_empty(), "{unneeded:#?}");
}
