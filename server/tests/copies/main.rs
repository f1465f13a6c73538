//! Copies on their whole way: children of the sandbox build, check and draw them, the office keeps them over a real
//! PostgreSQL, and they go out piece by piece. Started as `… worker <verb>` this program is such a child.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../import/bundles.rs"]
mod bundles;
mod case;
#[path = "../../office/tests/office/cases.rs"]
#[expect(dead_code, reason = "shared with the office's tests, which ask for more")]
mod cases;
#[path = "../../office/tests/office/cluster.rs"]
#[expect(dead_code, reason = "shared with the office's tests, which also move the time")]
mod cluster;
mod dying;
mod files;
#[path = "../../press/tests/press/made.rs"]
#[expect(dead_code, reason = "shared with the press' tests, which make more of them")]
#[expect(clippy::cast_possible_wrap, clippy::format_collect, reason = "a few pages with a few lines of text")]
mod made;
#[path = "../../office/tests/office/people.rs"]
#[expect(dead_code, reason = "shared with the office's tests, which make more people")]
mod people;
#[path = "../sandbox/runner.rs"]
mod runner;
mod sending;
mod verbs;
#[path = "../portal/visitor.rs"]
#[expect(dead_code, reason = "shared with the portal's tests, which fill in forms")]
mod visitor;
mod whole;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((first, rest)) if first == "worker" => server::sandbox::child::main(rest, dying::VERBS),
        _ => runner::run(&arguments, [verbs::tests(), whole::tests(), sending::tests()].concat()),
    }
}
