//! `portal facility add`: the organization whose records department answers.

use clap::Subcommand;
use domain::language::Translated;
use office::{Login, operator::NewFacility};

use super::Failure;
use crate::{config::Base, secrets::Secrets};

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Adds a facility
    Add(Add),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Add {
    /// A short name for commands, as `riverside`
    #[arg(long)]
    slug: String,
    #[arg(long)]
    name: String,
    /// Its time zone, by whose calendar the law's days are counted: `America/Chicago`
    #[arg(long)]
    zone: String,
    #[arg(long)]
    phone: String,
    /// When the phone is answered, in one line
    #[arg(long)]
    hours: String,
    /// The same in Spanish
    #[arg(long)]
    hours_es: String,
    /// The number of the text relay
    #[arg(long, default_value = "711")]
    relay: String,
    /// Where the records department is, in one line
    #[arg(long)]
    postal: String,
    /// Who takes complaints: name or title, and phone
    #[arg(long)]
    complaints: String,
    /// The address that mail comes from
    #[arg(long)]
    mail_from: String,
}

pub(crate) async fn run(base: &Base, what: What) -> Result<(), Failure> {
    let What::Add(add) = what;
    let desk = Secrets::desk(base, &[Login::Operator])?;
    let id = desk
        .add_facility(NewFacility {
            slug: add.slug,
            name: add.name,
            zone: add.zone,
            phone: add.phone,
            hours: Translated { en: add.hours, es: add.hours_es },
            relay: add.relay,
            postal: add.postal,
            complaints: add.complaints,
            mail_from: add.mail_from,
            demo: false,
        })
        .await?;
    tracing::info!("the facility {id} is there");
    Ok(())
}
