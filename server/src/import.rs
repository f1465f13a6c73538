//! Records in: a bundle is read by a child of the sandbox, which knows neither database nor keys, and taken into its
//! charts by one act. The child reads twice: first it says what there is; then, once the office has said what of it is
//! new, it makes those documents one after the other. So neither side ever holds a chart whole, and what is here
//! already costs next to nothing.

mod bundle_file;
mod child;
mod order;
mod outline;
mod paper;
mod wire;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use bytes::Bytes;
use domain::ids::FacilityId;
use intake::fhir::{Refused, Remark};
use office::{
    Desk,
    charts::{ImportBundle, Imported, Outline, Part, Wanted},
};
use tokio::sync::{mpsc, oneshot};

pub use bundle_file::BundleFile;
pub use child::VERB;
pub use order::{Order, Turn};

use crate::sandbox::{Job, Limits, Sandbox, SandboxError, Sources};

/// Takes bundles into the charts of one facility.
pub struct Importer {
    pub desk: Arc<Desk>,
    pub sandbox: Sandbox,
    pub facility: FacilityId,
    /// The facility's: a time in the record falls on a day of its calendar.
    pub zone: String,
    /// The system that the bundles come from.
    pub source: String,
}

/// A bundle that is in.
#[derive(Debug)]
pub struct Taken {
    pub imported: Imported,
    /// What was kept, though not the way it might be expected.
    pub remarks: Vec<Remark>,
}

/// Why a bundle is not in; nothing of it is.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    #[error("{}", refusal(.0))]
    Refused(Refused),
    #[error("one of its resources is in the chart of another patient already")]
    AnotherChart,
    #[error("a part of this patient's record is missing from the bundle: {kind}/{source_id}; send the whole record")]
    PartMissing { kind: String, source_id: String },
    #[error("it could not be read: {0}")]
    Unreadable(#[source] SandboxError),
    #[error("it could not be kept: {0}")]
    NotKept(#[source] office::Error),
}

/// The reason and the place, in one line for a person at a terminal.
fn refusal(refused: &Refused) -> String {
    let named = match (&refused.kind, &refused.source_id) {
        (Some(kind), Some(id)) => format!(" {kind}/{id}"),
        (Some(kind), None) => format!(" {kind}"),
        (None, _) => String::new(),
    };
    let entry = refused.entry.map(|entry| format!("entry {entry}"));
    let line = refused.line.map(|line| format!("line {line}"));
    let place = entry.into_iter().chain(line).collect::<Vec<_>>().join(", ");
    let place = if place.is_empty() { place } else { format!(" ({place})") };
    format!("{}{named}{place}", refused.reason)
}

impl From<office::Error> for NotTaken {
    fn from(error: office::Error) -> Self {
        match error {
            office::Error::Refused(domain::refusal::Refusal::AnotherChart) => Self::AnotherChart,
            office::Error::PartMissing { kind, source_id } => Self::PartMissing { kind, source_id },
            error => Self::NotKept(error),
        }
    }
}

fn patients(outline: &Outline) -> BTreeSet<String> {
    outline.charts.iter().map(|chart| chart.patient.source_id.clone()).collect()
}

/// What a child may use for a bundle of so many bytes.
fn limits(length: u64) -> Limits {
    const MIB: u64 = 1 << 20;
    let mib = length / MIB + 1;
    Limits {
        memory: 768 * MIB + 8 * length,
        processor_seconds: 120 + 60 * mib,
        time: Duration::from_secs(300 + 120 * mib),
        output: 256 * MIB + 64 * length,
    }
}

impl Importer {
    /// `open` gives the bundle's bytes, once for each reading.
    ///
    /// # Errors
    /// Why nothing of the bundle is in.
    pub async fn take<S: Sources>(&self, open: impl Fn() -> std::io::Result<S>) -> Result<Taken, NotTaken> {
        self.take_in(Order::default().turn(), open).await
    }

    /// As [`Self::take`], behind the bundles of the same patients whose turns come earlier.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub async fn take_in<S: Sources>(
        &self,
        turn: Turn,
        open: impl Fn() -> std::io::Result<S>,
    ) -> Result<Taken, NotTaken> {
        let again = || open().map_err(|error| NotTaken::Unreadable(SandboxError::Source(error)));
        let outlined = match again() {
            Ok(bundle) => self.outline(bundle).await,
            Err(error) => Err(error),
        };
        // also where nothing could be read: those behind wait for it to say so
        let _turn = turn.come(outlined.as_ref().map(|(outline, _)| patients(outline)).unwrap_or_default()).await;
        let (outline, remarks) = outlined?;
        let (wanted, hears) = oneshot::channel();
        let (tell, parts) = mpsc::channel(8);
        let act = ImportBundle { facility: self.facility, source: self.source.clone(), outline, wanted, parts };
        let desk = Arc::clone(&self.desk);
        let working = tokio::spawn(async move { desk.work(act).await });
        // Where it hears nothing, the act has failed and says why.
        let read = match hears.await {
            Ok(wanted) => self.read(again()?, wanted, tell).await,
            Err(_) => Ok(()),
        };
        let kept = working.await.unwrap_or(Err(office::Error::Ended));
        match (read, kept) {
            (_, Ok(imported)) => Ok(Taken { imported, remarks }),
            // the reading ended, and the act for want of it
            (Err(error), Err(office::Error::Ended)) => Err(error),
            (_, Err(error)) => Err(error.into()),
        }
    }

    async fn outline(&self, bundle: impl Sources) -> Result<(Outline, Vec<Remark>), NotTaken> {
        let limits = limits(bundle.lengths().iter().sum());
        let mut said = wire::Whole::default();
        let answer = self.ask(&child::Ask::Outline { zone: self.zone.clone() }, limits, bundle, &mut said).await?;
        let outline = serde_json::from_slice(&said.bytes)
            .map_err(|_| NotTaken::Unreadable(SandboxError::Broken { exit_code: Some(0), stderr_bytes: 0 }))?;
        Ok((outline, answer))
    }

    /// The contents that are wanted, into the act's hands, and its leave to keep them.
    async fn read(&self, bundle: impl Sources, wanted: Wanted, tell: mpsc::Sender<Part>) -> Result<(), NotTaken> {
        if !wanted.is_nothing() {
            let limits = limits(bundle.lengths().iter().sum());
            let ask = child::Ask::Contents { zone: self.zone.clone(), wanted };
            self.ask(&ask, limits, bundle, wire::Parts::to(tell.clone())).await?;
        }
        tell.send(Part::End).await.map_err(|_| NotTaken::NotKept(office::Error::Ended))
    }

    async fn ask(
        &self,
        ask: &child::Ask,
        limits: Limits,
        bundle: impl Sources,
        sink: impl crate::sandbox::Sink,
    ) -> Result<Vec<Remark>, NotTaken> {
        let job = Job::new(child::VERB.name, ask, limits).map_err(NotTaken::Unreadable)?;
        let outcome = self.sandbox.run(job, bundle, sink).await.map_err(NotTaken::Unreadable)?;
        let answer: Result<Vec<Remark>, Refused> = outcome.result().map_err(NotTaken::Unreadable)?;
        answer.map_err(NotTaken::Refused)
    }

    /// A bundle that is in memory.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub async fn take_bytes(&self, bundle: Bytes) -> Result<Taken, NotTaken> {
        self.take(|| Ok(vec![bundle.clone()])).await
    }
}
