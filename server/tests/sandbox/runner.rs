//! Runs the tests one after another: some of them measure this process.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

pub(crate) type Test = (&'static str, fn());

macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        vec![$((stringify!($name), || crate::runner::block_on($name()))),*]
    };
}
pub(crate) use tests;

pub(crate) fn block_on(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test);
}

/// Understands what `cargo test` passes on: filters, `--exact`, `--list`, `--skip` and `--ignored`; no test is ignored.
#[expect(clippy::print_stdout, reason = "a test runner reports there")]
pub(crate) fn run(arguments: &[String], tests: Vec<Test>) -> ExitCode {
    let flag = |name: &str| arguments.iter().any(|argument| argument == name);
    let (mut filters, mut skipped) = (Vec::new(), Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--skip" => skipped.extend(rest.next()),
            "--test-threads" | "--format" | "--color" | "--logfile" | "-Z" => _ = rest.next(),
            flag if flag.starts_with('-') => {}
            _ => filters.push(argument),
        }
    }
    let chosen = |name: &str| {
        let matches = |filter: &&String| if flag("--exact") { name == *filter } else { name.contains(filter.as_str()) };
        !flag("--ignored") && (filters.is_empty() || filters.iter().any(matches)) && !skipped.iter().any(matches)
    };
    let mut failed = 0;
    let mut passed = 0;
    for (name, test) in tests.into_iter().filter(|(name, _)| chosen(name)) {
        if flag("--list") {
            println!("{name}: test");
        } else if catch_unwind(AssertUnwindSafe(test)).is_ok() {
            passed += 1;
            println!("test {name} ... ok");
        } else {
            failed += 1;
            println!("test {name} ... FAILED");
        }
    }
    if !flag("--list") {
        // as cargo's own tests say it, so that both are counted alike
        let verdict = if failed == 0 { "ok" } else { "FAILED" };
        println!("\ntest result: {verdict}. {passed} passed; {failed} failed");
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
