//! `portal`: serves, sets up, migrates, imports, verifies.

use std::process::ExitCode;

use clap::Parser as _;
use server::{command::Command, sandbox};

fn main() -> ExitCode {
    // before anything else starts a thread: the child limits itself first
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, worker, rest @ ..] = arguments.as_slice()
        && worker == "worker"
    {
        return sandbox::child::main(rest, server::VERBS);
    }
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| "info,sqlx=warn,graphile_worker=warn,graphile_worker_migrations=warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let command = Command::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "no runtime");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            let mut cause = std::error::Error::source(&*error);
            while let Some(inner) = cause {
                tracing::error!("  because: {inner}");
                cause = inner.source();
            }
            ExitCode::FAILURE
        }
    }
}
