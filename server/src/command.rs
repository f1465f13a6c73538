//! The command line, a command a file.

mod demo;
mod facility;
mod import;
mod person;
mod verify_audit;

use clap::{Parser, Subcommand};

use crate::{
    config::{Base, Serving},
    secrets::Secrets,
    serve,
};

/// What a command meets, for a person at a terminal.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The patient records portal.
#[derive(Debug, Parser)]
#[command(name = "portal", version)]
pub struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Makes the logins of the cluster, the schemas of the database and whatever secret is missing. As a superuser.
    Setup {
        /// The folder of the secrets; made where it is not there
        #[arg(long, env = "PORTAL_SECRETS")]
        secrets: std::path::PathBuf,
        /// A superuser's address of the database to set up
        #[arg(long, env = "PORTAL_ADMIN", hide_env_values = true)]
        admin_url: String,
    },
    /// Brings the database to this program's version
    Migrate {
        #[command(flatten)]
        base: Base,
    },
    /// Serves pages, runs the relay and the jobs
    Serve {
        #[command(flatten)]
        base: Base,
        #[command(flatten)]
        serving: Serving,
    },
    /// Facilities
    Facility {
        #[command(flatten)]
        base: Base,
        #[command(subcommand)]
        what: facility::What,
    },
    /// People and their roles
    Person {
        #[command(flatten)]
        base: Base,
        #[command(subcommand)]
        what: person::What,
    },
    /// Makes an invented hospital with people, charts and requests, in an empty database, and prints its sign-ins
    Demo {
        #[command(flatten)]
        base: Base,
        /// Only prints the sign-ins
        #[arg(long)]
        print_sign_ins: bool,
    },
    /// Records in
    Import {
        #[command(flatten)]
        base: Base,
        #[command(subcommand)]
        what: import::What,
    },
    /// Looks for edited, missing and cut entries of the trail
    VerifyAudit {
        #[command(flatten)]
        base: Base,
        /// The signed checkpoints: every server's file, and those that were closed
        #[arg(long, env = "PORTAL_CHECKPOINTS", required = true, num_args = 1..)]
        checkpoints: Vec<std::path::PathBuf>,
    },
}

impl Command {
    /// # Errors
    /// Why the command could not be carried out, for a person at a terminal.
    pub async fn run(self) -> Result<(), Failure> {
        match self.what {
            What::Setup { secrets, admin_url } => {
                Secrets::make_missing(&secrets)?;
                office::setup::setup(&admin_url, &office::Secrets::read(&secrets)?).await?;
                tracing::info!("the logins and schemas are there");
                Ok(())
            }
            What::Migrate { base } => {
                office::setup::migrate(&base.database, &office::Secrets::read(&base.secrets)?).await?;
                tracing::info!("the database is migrated");
                Ok(())
            }
            What::Serve { base, serving } => serve::serve(&base, &serving).await,
            What::Facility { base, what } => facility::run(&base, what).await,
            What::Person { base, what } => person::run(&base, what).await,
            What::Demo { base, print_sign_ins } => demo::run(&base, print_sign_ins).await,
            What::Import { base, what } => import::run(&base, what).await,
            What::VerifyAudit { base, checkpoints } => verify_audit::run(&base, &checkpoints).await,
        }
    }
}
