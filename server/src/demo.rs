//! The demo hospital: an invented facility with its people, their charts and requests. Nothing of it is written around
//! the doors: staff come by the command line's acts, charts by the import, requests by the acts of whoever asks.
//!
//! The same program makes the same hospital on the same day; dates hang on today, so that what is due looks alive.

mod cast;
mod hospital;
mod record;
mod seed;
mod sign_ins;
mod stages;

use bytes::Bytes;
use futures::{StreamExt as _, stream};
use office::{Login, sign_in::Passwords};

pub use sign_ins::print as print_sign_ins;

use crate::{command::Failure, config::Base, import::Importer, sandbox::Sandbox, secrets::Secrets};

/// The logins that the demo is made with.
const LOGINS: [Login; 5] = [Login::WebAuth, Login::WebPatient, Login::WebStaff, Login::Worker, Login::Operator];

/// Makes the demo hospital where there is no facility yet. Its last step marks it as complete.
///
/// # Errors
/// There is a facility already that is no demo, or a demo that was cut off while it was loaded; the database or the
/// sandbox is away.
pub async fn make(base: &Base) -> Result<(), Failure> {
    let desk = Secrets::desk(base, &LOGINS)?;
    let facilities = desk.facilities().await?;
    match facilities.iter().find(|known| known.demo) {
        Some(demo) if demo.demo_complete => {
            tracing::info!("the demo hospital is here already, and whole: nothing is loaded");
            return Ok(());
        }
        Some(_) => {
            return Err("the demo hospital in this database was cut off while it was loaded, and is half a hospital: \
                        take it away (./dev reset, or a new database), then load it again"
                .into());
        }
        None if facilities.is_empty() => {}
        None => return Err("the demo hospital goes into an empty database only: this one has a facility".into()),
    }
    let passwords = desk.passwords();
    let facility = hospital::open(&desk).await?;
    people(&desk, &passwords, facility).await?;
    let today = hospital::zone()?.to_datetime(desk.time().await?).date();

    let sandbox = Sandbox::new(2);
    sandbox.probe().await?;
    let importer = Importer {
        desk: std::sync::Arc::clone(&desk),
        sandbox,
        facility,
        zone: hospital::ZONE.to_owned(),
        source: "riverside-ehr".to_owned(),
    };
    let (mut documents, mut pages) = (0, 0);
    let mut taking = stream::iter(cast::PATIENTS)
        .map(|patient| {
            let importer = &importer;
            async move {
                let bundle = Bytes::from(serde_json::to_vec(&record::bundle(patient, today)?)?);
                Ok::<_, Failure>(importer.take_bytes(bundle).await?)
            }
        })
        .buffer_unordered(2);
    while let Some(taken) = taking.next().await {
        for tally in taken?.imported.documents.values() {
            documents += tally.documents;
            pages += tally.pages;
        }
    }
    drop(taking);
    tracing::info!("{} charts with {documents} documents and {pages} pages", cast::PATIENTS.len());
    let asked = stages::play(&desk, &passwords, facility, today).await?;
    tracing::info!("{asked} requests");
    Ok(desk.complete_demo(facility).await?)
}

async fn people(
    desk: &std::sync::Arc<office::Desk>,
    passwords: &Passwords,
    facility: domain::ids::FacilityId,
) -> Result<(), Failure> {
    for staff in sign_ins::STAFF {
        let new = office::operator::NewPerson {
            name: staff.name.to_owned(),
            email: staff.email.to_owned(),
            password: sign_ins::PASSWORD.to_owned(),
            facility,
            role: staff.role,
        };
        desk.add_person(passwords, new).await?;
    }
    for patient in sign_ins::PATIENTS {
        let new = office::operator::NewAccount {
            name: patient.name.to_owned(),
            email: patient.email.to_owned(),
            password: sign_ins::PASSWORD.to_owned(),
            language: patient.language,
        };
        desk.add_account(passwords, new).await?;
    }
    Ok(())
}
