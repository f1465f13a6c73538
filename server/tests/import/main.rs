//! Bundles on their whole way: a child of the sandbox reads them, the worker's door keeps them, a real PostgreSQL
//! refuses what it must. Started as `… worker <verb>` this program is that child.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod bundles;
#[path = "../../office/tests/office/cluster.rs"]
#[expect(dead_code, reason = "shared with the office's tests, which also move the time")]
mod cluster;
mod demo;
mod keeping;
#[path = "../../office/tests/office/people.rs"]
#[expect(dead_code, reason = "shared with the office's tests, which make people too")]
mod people;
mod refusing;
#[path = "../sandbox/runner.rs"]
mod runner;
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((first, rest)) if first == "worker" => server::sandbox::child::main(rest, server::VERBS),
        _ => runner::run(&arguments, [keeping::tests(), refusing::tests(), demo::tests()].concat()),
    }
}
