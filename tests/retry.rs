//! What is repeated, when, and what is not: a table of failures, played to a client over a
//! transport in memory with virtual time, and over a socket.

#[path = "retry/clock.rs"]
mod clock;
#[path = "retry/fresh.rs"]
mod fresh;
#[path = "retry/load.rs"]
mod load;
#[path = "retry/memory.rs"]
mod memory;
#[path = "retry/noted.rs"]
mod noted;
#[path = "retry/official.rs"]
mod official;
#[path = "retry/step.rs"]
mod step;
#[path = "retry/table.rs"]
mod table;
#[path = "retry/world.rs"]
mod world;
