//! Starts a child, bounds it, and tells how it ended.

use super::{
    Gap, Job, Limits, Outcome, SandboxError, Sink, Sources, child,
    talk::{Answer, Ending, talk},
};
use bytes::Bytes;
use std::{
    io,
    os::unix::process::ExitStatusExt,
    process::{ExitStatus, Stdio},
    sync::OnceLock,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, BufReader},
    process::{Child, Command},
    sync::Semaphore,
    task::JoinHandle,
    time::timeout,
};

/// This very program, even after an upgrade has put another in its place: parent and child always speak the same
/// protocol.
const THIS_PROGRAM: &str = "/proc/self/exe";

const SIGABRT: i32 = 6;
const SIGXCPU: i32 = 24;

/// What the probe found, of this machine and so for every sandbox: said once, not again for each child.
static KNOWN: OnceLock<Vec<Gap>> = OnceLock::new();

/// Runs children, a bounded number at once; more wait for their turn.
pub struct Sandbox {
    turns: Semaphore,
}

impl Sandbox {
    /// `at_once` children at most, each of which may use the memory of its limits.
    pub fn new(at_once: usize) -> Self {
        Self { turns: Semaphore::new(at_once.max(1)) }
    }

    /// Starts a child that does nothing, and logs which limits it could not set. To be called once at start.
    ///
    /// # Errors
    /// As [`Sandbox::run`]: then nothing can be read or built on this machine.
    pub async fn probe(&self) -> Result<Vec<Gap>, SandboxError> {
        let limits = Limits { memory: 256 << 20, processor_seconds: 5, time: Duration::from_secs(20), output: 0 };
        let gaps = self.answer(&Job::new(child::PROBE, &(), limits)?, Vec::<Bytes>::new(), ()).await?.gaps;
        for gap in &gaps {
            tracing::warn!(limit = %gap, "the kernel does not let the sandbox set a limit");
        }
        if gaps.is_empty() {
            tracing::info!("the sandbox sets all its limits");
        }
        Ok(KNOWN.get_or_init(|| gaps).clone())
    }

    /// Does one job in a child of its own. Dropping the future kills the child.
    ///
    /// # Errors
    /// Whatever ended the child; see each kind. What was written to the sink until then is worth nothing.
    pub async fn run(&self, job: Job, sources: impl Sources, sink: impl Sink) -> Result<Outcome, SandboxError> {
        let answer = self.answer(&job, sources, sink).await?;
        let known = KNOWN.get().map_or(&[][..], Vec::as_slice);
        for gap in answer.gaps.iter().filter(|gap| !known.contains(gap)) {
            tracing::warn!(verb = job.verb, limit = %gap, "a child worked without one of its limits");
        }
        Ok(Outcome { result: answer.result, written: answer.written })
    }

    async fn answer(&self, job: &Job, sources: impl Sources, sink: impl Sink) -> Result<Answer, SandboxError> {
        let _turn = self.turns.acquire().await.map_err(|closed| SandboxError::NotStarted(io::Error::other(closed)))?;
        let mut child = start(job).map_err(SandboxError::NotStarted)?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(SandboxError::NotStarted(io::ErrorKind::BrokenPipe.into()));
        };
        let complaints = tokio::spawn(Complaints::listen(stderr));

        let in_time = timeout(job.limits.time, async {
            let said = talk(job, sources, sink, stdin, BufReader::new(stdout)).await;
            let status = match said {
                Ok(_) | Err(Ending::Gone) => child.wait().await.ok(),
                Err(_) => None,
            };
            (said, status)
        })
        .await;
        // It is dead in most cases by now; where it is not, nothing more is wanted of it.
        let _ = child.kill().await;

        let ended = match in_time {
            Err(_) => Err(SandboxError::TimedOut),
            Ok((Ok(answer), Some(status))) if status.success() => Ok(answer),
            Ok((Ok(_) | Err(Ending::Gone), Some(status))) => Err(verdict(status, complaints).await),
            Ok((Err(Ending::Refused(code)), _)) => return Err(SandboxError::Refused { code }),
            Ok((Err(Ending::Source(error)), _)) => return Err(SandboxError::Source(error)),
            Ok((Err(Ending::Sink(error)), _)) => return Err(SandboxError::Sink(error)),
            Ok((Err(Ending::TooMuchOutput), _)) => Err(SandboxError::TooMuchOutput),
            Ok((Ok(_) | Err(Ending::Gone | Ending::Nonsense), _)) => {
                Err(SandboxError::Broken { exit_code: None, stderr_bytes: heard(complaints).await.bytes })
            }
        };
        if let Err(error) = &ended {
            tracing::warn!(verb = job.verb, %error, "a child ended without an answer");
        }
        ended
    }
}

fn start(job: &Job) -> io::Result<Child> {
    Command::new(THIS_PROGRAM)
        .arg0("portal")
        .arg("worker")
        .args(child::arguments(job.verb, job.limits))
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // In a group of its own, so that Ctrl-C in a terminal lets the server end its children's work in good order.
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

async fn verdict(status: ExitStatus, complaints: JoinHandle<Complaints>) -> SandboxError {
    let heard = heard(complaints).await;
    match status.signal() {
        Some(SIGXCPU) => SandboxError::TimedOut,
        Some(SIGABRT) if heard.of_memory() => SandboxError::OutOfMemory,
        Some(signal) => SandboxError::Killed { signal },
        None => SandboxError::Broken { exit_code: status.code(), stderr_bytes: heard.bytes },
    }
}

async fn heard(complaints: JoinHandle<Complaints>) -> Complaints {
    complaints.await.unwrap_or_default()
}

/// What a child wrote to stderr: how much, and its beginning, which is looked at and never kept or shown.
#[derive(Default)]
struct Complaints {
    bytes: u64,
    beginning: Vec<u8>,
}

impl Complaints {
    const KEPT: usize = 4096;

    /// Reads to the end, or the child would stop at a full pipe.
    async fn listen(mut stderr: impl AsyncRead + Unpin) -> Self {
        let mut heard = Self::default();
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = stderr.read(&mut buffer).await {
            heard.bytes += count as u64;
            let room = Self::KEPT - heard.beginning.len();
            heard.beginning.extend_from_slice(&buffer[..count.min(room)]);
        }
        heard
    }

    /// What Rust says before it aborts because memory was refused.
    fn of_memory(&self) -> bool {
        const SAYING: &[u8] = b"memory allocation of ";
        self.beginning.windows(SAYING.len()).any(|words| words == SAYING)
    }
}
