//! Values and specs that try to break out: no request leaves for another host or path, and
//! no string of a spec becomes code, HTML, a doctest or a file elsewhere.
//!
//! Each test prints `attack: N values tried, 0 escaped`.

#[path = "attack/hosts.rs"]
mod hosts;
#[path = "attack/paths.rs"]
mod paths;
#[path = "attack/specs.rs"]
mod specs;
