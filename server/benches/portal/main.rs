//! `./dev bench`: what a page and a form of the portal cost, beside a bare program that does the same on the same
//! database in the same run, and beside what lies between the two. Never a timed test: what is judged is a share.
//!
//! It wants a PostgreSQL of its own, which `./dev bench` makes: it fills it, copies it and takes its layers away.

mod bare;
mod cpu;
mod data;
mod load;
mod measure;
mod report;
mod rows;
mod running;
mod statements;
mod through_desk;
mod world;

use std::{io::Write as _, path::PathBuf};

use office::Login;
use server::{command::Failure, config::Base, secrets::Secrets};

/// What `./dev bench` says in the environment.
pub(crate) struct Places {
    base: Base,
    /// The superuser's address of the same database.
    admin: String,
    origin: String,
    report: PathBuf,
    rounds: usize,
}

impl Places {
    fn read() -> Result<Self, Failure> {
        let say =
            |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set: this is run by ./dev bench"));
        Ok(Self {
            base: Base { database: say("PORTAL_DATABASE")?, secrets: say("PORTAL_SECRETS")?.into() },
            admin: say("PORTAL_ADMIN")?,
            origin: say("PORTAL_ORIGIN")?,
            report: say("PORTAL_BENCH_REPORT")?.into(),
            rounds: say("PORTAL_BENCH_ROUNDS")?.parse()?,
        })
    }

    /// The address of another database of the same server.
    fn beside(address: &str, database: &str) -> String {
        let (path, parameters) = address.split_once('?').unwrap_or((address, ""));
        let server = path.rsplit_once('/').map_or(path, |(server, _)| server);
        format!("{server}/{database}?{parameters}")
    }
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    tracing_subscriber::fmt().with_env_filter("error").with_writer(std::io::stderr).init();
    let places = Places::read()?;
    if std::env::args().any(|argument| argument == "bare") { serve(&places).await } else { measure(&places).await }
}

/// The program that stands beside the portal. It says where it listens.
async fn serve(places: &Places) -> Result<(), Failure> {
    let desk = Secrets::desk(&places.base, &[Login::WebPatient, Login::WebStaff])?;
    let routes = bare::routes(bare::pool(&places.admin)?).merge(through_desk::routes(desk));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", listener.local_addr()?.port())?;
    out.flush()?;
    Ok(axum::serve(axum::serve::ListenerExt::tap_io(listener, |io| drop(io.set_nodelay(true))), routes).await?)
}

async fn measure(places: &Places) -> Result<(), Failure> {
    let say = |what: &str| writeln!(std::io::stdout(), "• {what}");
    let admin = sqlx::PgPool::connect(&places.admin).await?;
    say("the demo hospital, many more requests, and drafts to send")?;
    statements::watch(&admin, false).await?;
    let world = world::World::make(places, &admin).await?;
    let mut measured = Vec::new();
    for row in rows::all(&world)? {
        say(&format!("{}: {} rounds in turns", row.name, places.rounds))?;
        world.keep_seats(&admin, places).await?;
        row.check().await?;
        let figures = measure::in_turns(&admin, &row.targets, places.rounds).await?;
        let portal = row.targets.first().ok_or("a row without the portal")?;
        let account = statements::account(&admin, portal).await?;
        row.was_done(&admin).await?;
        measured.push(report::Measured::of(&row, &figures, account));
    }
    let text = report::write(&admin, places, &measured).await?;
    write!(std::io::stdout(), "\n{text}")?;
    Ok(())
}
