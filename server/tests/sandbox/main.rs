//! What a child of the sandbox can do, and above all what it cannot.
//!
//! The program has its own `main`, because it is parent and child in one: started as `… worker <verb>` it is a child
//! that misbehaves in one way, otherwise it runs the tests.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod runner;
mod traffic;
mod verbs;

use bytes::Bytes;
use server::sandbox::{Gap, Job, Limits, Outcome, Sandbox, SandboxError, Sources};
use std::{
    io,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};
use traffic::{Counted, KeptBy, Passed, Pattern, SamePattern, byte_at, pdf_of};

const MIB: u64 = 1 << 20;
const LIMITS: Limits =
    Limits { memory: 128 * MIB, processor_seconds: 20, time: Duration::from_mins(1), output: 100 * MIB };

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((first, rest)) if first == "worker" => server::sandbox::child::main(rest, verbs::ALL),
        _ => runner::run(&arguments, tests()),
    }
}

fn tests() -> Vec<runner::Test> {
    runner::tests![
        a_source_is_echoed_to_an_output,
        fifty_megabytes_pass_both_ways_and_neither_side_grows,
        a_source_can_be_read_from_its_end_and_its_middle,
        several_outputs_may_be_written_in_turns,
        a_child_has_no_environment_and_stands_at_the_root,
        a_child_cannot_open_list_or_make_files,
        a_child_that_makes_a_socket_is_killed,
        a_child_that_starts_another_program_is_killed_or_refused,
        a_child_may_use_threads,
        a_pdf_is_read_and_written_by_many_threads_within_the_walls,
        a_child_that_hoards_memory_dies_of_it,
        a_child_that_hoards_in_many_threads_dies_too,
        a_child_that_only_computes_dies_at_its_processor_time,
        a_child_that_waits_for_ever_dies_at_its_time,
        a_panic_is_a_broken_child,
        an_endless_recursion_is_a_killed_child,
        a_refusal_comes_with_its_code,
        a_refusal_with_words_in_it_is_not_passed_on,
        a_flood_of_output_is_stopped,
        what_is_printed_does_not_talk_into_the_protocol,
        ten_megabytes_of_complaints_block_nobody,
        an_unknown_verb_is_a_broken_child,
        a_result_of_another_shape_is_a_broken_child,
        a_failing_source_and_a_failing_sink_are_told_from_a_failing_child,
        dropping_the_work_kills_the_child,
        the_probe_reports_what_is_off,
    ]
}

async fn run_within(verb: &'static str, limits: Limits) -> Result<Outcome, SandboxError> {
    Sandbox::new(2).run(Job::new(verb, &(), limits)?, Vec::<Bytes>::new(), ()).await
}

async fn run(verb: &'static str) -> Result<Outcome, SandboxError> {
    run_within(verb, LIMITS).await
}

async fn a_source_is_echoed_to_an_output() {
    let mut kept = vec![Vec::new()];
    let job = Job::new("echo", &"request", LIMITS).unwrap();
    let outcome = Sandbox::new(1).run(job, vec![Bytes::from_static(b"%PDF-1.7")], KeptBy(&mut kept)).await.unwrap();
    assert_eq!(outcome.result::<(String, u64)>().unwrap(), ("request".to_owned(), 8));
    assert_eq!(outcome.written, 8);
    assert_eq!(kept, [b"%PDF-1.7"]);
}

async fn fifty_megabytes_pass_both_ways_and_neither_side_grows() {
    let length = 50 * MIB + 12_345;
    let before = peak_memory();
    let mut arrived = 0;
    let limits = Limits { memory: 24 * MIB, ..LIMITS };
    let job = Job::new("echo", &"", limits).unwrap();
    let outcome = Sandbox::new(1).run(job, Pattern(length), SamePattern(&mut arrived)).await.unwrap();
    assert_eq!((arrived, outcome.written), (length, length));
    let grown = peak_memory() - before;
    assert!(grown < 8 * MIB, "the parent grew by {grown} bytes");
}

/// The most memory that this process ever held, in bytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

async fn a_source_can_be_read_from_its_end_and_its_middle() {
    let job = Job::new("read-backwards", &(), LIMITS).unwrap();
    let outcome = Sandbox::new(1).run(job, Pattern(3 * MIB), ()).await.unwrap();
    let places = [3 * MIB - 5, MIB + 7, 0, 2 * MIB];
    let expected = places.map(|place| (place..place + 5).map(byte_at).collect::<Vec<u8>>());
    assert_eq!(outcome.result::<Vec<Vec<u8>>>().unwrap(), expected);
}

async fn several_outputs_may_be_written_in_turns() {
    let mut kept = vec![Vec::new(); 3];
    let job = Job::new("in-turns", &(), LIMITS).unwrap();
    let outcome = Sandbox::new(1).run(job, Vec::<Bytes>::new(), KeptBy(&mut kept)).await.unwrap();
    for (number, output) in kept.iter().enumerate() {
        assert_eq!(output.len(), 300_000);
        assert!(output.iter().all(|byte| usize::from(*byte) == number));
    }
    assert_eq!(outcome.written, 900_000);
}

async fn a_child_has_no_environment_and_stands_at_the_root() {
    assert!(std::env::vars_os().count() > 0, "or the test shows nothing");
    let seen: (usize, Vec<String>) = run("surroundings").await.unwrap().result().unwrap();
    assert_eq!(seen.0, 0);
    assert!(seen.1.iter().all(|argument| !argument.contains('/')), "{:?}", seen.1);
}

async fn a_child_cannot_open_list_or_make_files() {
    assert!(std::fs::read("/etc/passwd").is_ok(), "or the test shows nothing");
    let refused: Vec<String> = run("touch-files").await.unwrap().result().unwrap();
    assert_eq!(refused.len(), 5);
    for (attempt, answer) in refused.iter().enumerate() {
        assert!(
            ["PermissionDenied", "Unsupported", "Uncategorized"].contains(&answer.as_str()),
            "attempt {attempt}: {answer}"
        );
    }
}

async fn a_child_that_makes_a_socket_is_killed() {
    for verb in ["listen", "connect-unix", "send-datagram"] {
        assert!(matches!(run(verb).await, Err(SandboxError::Killed { signal: 31 })), "{verb}");
    }
}

async fn a_child_that_starts_another_program_is_killed_or_refused() {
    assert!(matches!(run("become-another").await, Err(SandboxError::Killed { signal: 31 })));
    let started: bool = run("start-another").await.unwrap().result().unwrap();
    assert!(!started);
}

async fn a_child_may_use_threads() {
    let sums: Vec<u64> = run("threads").await.unwrap().result().unwrap();
    assert_eq!(sums, [499_500; 16]);
}

async fn a_pdf_is_read_and_written_by_many_threads_within_the_walls() {
    let mut kept = vec![Vec::new()];
    let job = Job::new("rewrite-pdf", &(), LIMITS).unwrap();
    let source = vec![Bytes::from(pdf_of(200))];
    let pages: usize = Sandbox::new(1).run(job, source, KeptBy(&mut kept)).await.unwrap().result().unwrap();
    assert_eq!(pages, 200);
    assert_eq!(lopdf::Document::load_mem(&kept[0]).unwrap().get_pages().len(), 200);
}

async fn a_child_that_hoards_memory_dies_of_it() {
    let limits = Limits { memory: 48 * MIB, ..LIMITS };
    assert!(matches!(run_within("hoard", limits).await, Err(SandboxError::OutOfMemory)));
    let enough: u64 = run("use-some").await.unwrap().result().unwrap();
    assert_eq!(enough, 64 * MIB, "what is below the limit may be used");
}

async fn a_child_that_hoards_in_many_threads_dies_too() {
    let limits = Limits { memory: 64 * MIB, ..LIMITS };
    assert!(matches!(run_within("hoard-in-threads", limits).await, Err(SandboxError::OutOfMemory)));
}

async fn a_child_that_only_computes_dies_at_its_processor_time() {
    let start = Instant::now();
    let limits = Limits { processor_seconds: 1, ..LIMITS };
    assert!(matches!(run_within("spin", limits).await, Err(SandboxError::TimedOut)));
    assert!(start.elapsed() < LIMITS.time / 2, "it was the processor's time that ended it");
}

async fn a_child_that_waits_for_ever_dies_at_its_time() {
    let start = Instant::now();
    let limits = Limits { time: Duration::from_millis(300), ..LIMITS };
    assert!(matches!(run_within("sleep", limits).await, Err(SandboxError::TimedOut)));
    assert!(start.elapsed() < Duration::from_secs(10));
}

async fn a_panic_is_a_broken_child() {
    let error = run("panic").await.unwrap_err();
    assert!(matches!(error, SandboxError::Broken { exit_code: Some(101), stderr_bytes: 1.. }), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("Jane"), "what it said is not passed on");
}

async fn an_endless_recursion_is_a_killed_child() {
    assert!(matches!(run("recurse").await, Err(SandboxError::Killed { signal: 6 | 11 })));
}

async fn a_refusal_comes_with_its_code() {
    let Err(SandboxError::Refused { code }) = run("refuse").await else { panic!("it should refuse") };
    assert_eq!(code, "password-protected");
}

async fn a_refusal_with_words_in_it_is_not_passed_on() {
    assert!(matches!(run("refuse-in-words").await, Err(SandboxError::Broken { .. })));
}

async fn a_flood_of_output_is_stopped() {
    let limits = Limits { output: MIB, ..LIMITS };
    let mut arrived = 0;
    let job = Job::new("flood", &(), limits).unwrap();
    let ended = Sandbox::new(1).run(job, Vec::<Bytes>::new(), Counted(&mut arrived)).await;
    assert!(matches!(ended, Err(SandboxError::TooMuchOutput)));
    assert!(arrived <= MIB && arrived > 0);
}

async fn what_is_printed_does_not_talk_into_the_protocol() {
    assert_eq!(run("print").await.unwrap().result::<String>().unwrap(), "still understood");
}

async fn ten_megabytes_of_complaints_block_nobody() {
    assert_eq!(run("complain").await.unwrap().result::<String>().unwrap(), "done");
}

async fn an_unknown_verb_is_a_broken_child() {
    let ended = run("no-such-verb").await;
    assert!(matches!(ended, Err(SandboxError::Broken { exit_code: Some(64), .. })), "{ended:?}");
}

async fn a_result_of_another_shape_is_a_broken_child() {
    let outcome = run("print").await.unwrap();
    assert!(matches!(outcome.result::<u64>(), Err(SandboxError::Broken { .. })));
}

async fn a_failing_source_and_a_failing_sink_are_told_from_a_failing_child() {
    struct Fails;
    impl Sources for Fails {
        fn lengths(&self) -> Vec<u64> {
            vec![10]
        }
        async fn read(&mut self, _: u32, _: u64, _: usize) -> io::Result<Bytes> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let job = || Job::new("echo", &"", LIMITS).unwrap();
    let sandbox = Sandbox::new(1);
    assert!(matches!(sandbox.run(job(), Fails, ()).await, Err(SandboxError::Source(_))));
    assert!(matches!(sandbox.run(job(), Pattern(10), ()).await, Err(SandboxError::Sink(_))));
}

async fn dropping_the_work_kills_the_child() {
    let (said, heard) = tokio::sync::oneshot::channel();
    let job = Job::new("tell-its-id-and-sleep", &(), LIMITS).unwrap();
    let work = tokio::spawn(async move {
        Sandbox::new(1).run(job, Vec::<Bytes>::new(), Passed(Some(said))).await.map(|outcome| outcome.written)
    });
    let id = heard.await.unwrap();
    let process = Path::new("/proc").join(id.to_string());
    assert!(process.exists());
    work.abort();
    let deadline = Instant::now() + Duration::from_secs(10);
    while process.exists() {
        assert!(Instant::now() < deadline, "the child lives on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn the_probe_reports_what_is_off() {
    let gaps = Sandbox::new(1).probe().await.unwrap();
    for gap in &gaps {
        eprintln!("off on this machine: {gap}");
    }
    for gap in [Gap::Memory, Gap::ProcessorTime, Gap::OpenFiles, Gap::FileSize, Gap::CoreDumps] {
        assert!(!gaps.contains(&gap), "{gap} can be limited on every Linux");
    }
}
