//! `portal person`: a member of staff, with an account and a role; and a password that was forgotten. A password is
//! read from a file or the terminal, never from the command line, where others could see it.

use std::{io::BufRead as _, path::PathBuf};

use clap::Subcommand;
use domain::{
    caller::Role,
    form::{EmailAddress, PersonName},
};
use office::{Login, operator::NewPerson};

use super::Failure;
use crate::{config::Base, secrets::Secrets};

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Adds a person with a role; who has an account already keeps it and its password
    Add(Add),
    /// Makes a forgotten password void and ends its sessions; the person then binds another
    VoidPassword {
        /// The account's address. First make sure that who asks is who has the account
        #[arg(long)]
        email: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Add {
    /// The facility's short name
    #[arg(long)]
    facility: String,
    #[arg(long)]
    name: String,
    #[arg(long)]
    email: String,
    /// `front_desk`, clerk, supervisor, `privacy_officer`, auditor or administrator
    #[arg(long, value_parser = role)]
    role: Role,
    /// A file whose first line is the password; without it the first line of the standard input
    #[arg(long)]
    password_file: Option<PathBuf>,
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code)
        .ok_or_else(|| "front_desk, clerk, supervisor, privacy_officer, auditor or administrator".to_owned())
}

fn address(typed: &str) -> Result<String, Failure> {
    Ok(EmailAddress::parse(typed).map_err(|_| "that is no mail address")?.as_str().to_lowercase())
}

pub(crate) async fn run(base: &Base, what: What) -> Result<(), Failure> {
    match what {
        What::Add(add) => add_person(base, add).await,
        What::VoidPassword { email } => void_password(base, &email).await,
    }
}

async fn void_password(base: &Base, email: &str) -> Result<(), Failure> {
    let desk = Secrets::desk(base, &[Login::Operator])?;
    let voided = desk.void_password(&address(email)?).await?.ok_or("no account has this address")?;
    let next = if voided.staff {
        "`portal person add` with the same address binds another"
    } else {
        "whoever creates the account again with the same address opens it by the mailed link, with another"
    };
    tracing::info!("the password is void and its sessions are over: {next}");
    Ok(())
}

async fn add_person(base: &Base, add: Add) -> Result<(), Failure> {
    let password = match &add.password_file {
        Some(path) => std::fs::read_to_string(path)?.lines().next().unwrap_or_default().to_owned(),
        None => std::io::stdin().lock().lines().next().transpose()?.unwrap_or_default(),
    };
    let desk = Secrets::desk(base, &[Login::Operator])?;
    let facility =
        desk.facility_by_slug(&add.facility).await?.ok_or("there is no such facility; see `portal facility add`")?;
    let email = address(&add.email)?;
    let name = PersonName::parse(&add.name).map_err(|_| "that is no name")?.as_str().to_owned();
    desk.add_person(&desk.passwords(), NewPerson { name, email, password, facility, role: add.role }).await.map_err(
        |error| match error {
            office::Error::Form(_) => {
                Failure::from("the password is refused: 15 characters at least, and none that stands on a list")
            }
            other => other.into(),
        },
    )?;
    tracing::info!("the person is there");
    Ok(())
}
