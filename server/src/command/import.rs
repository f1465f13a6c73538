//! `portal import fhir`: bundles into the charts of a facility. One that cannot be taken is named with the reason and
//! leaves nothing behind; the others are imported all the same.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    thread::available_parallelism,
    time::{Duration, Instant},
};

use clap::Subcommand;
use futures::{StreamExt as _, stream};
use office::{Login, charts::Tally};

use super::Failure;
use crate::{
    config::Base,
    import::{BundleFile, Importer, Order, Taken},
    sandbox::Sandbox,
    secrets::Secrets,
};

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Imports FHIR R4 bundles; the same bundle again changes nothing
    Fhir(Fhir),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Fhir {
    /// The facility's short name
    #[arg(long)]
    facility: String,
    /// The system that the bundles come from; what it calls a patient is one chart
    #[arg(long, default_value = "fhir")]
    source: String,
    /// Bundles, or folders of them (`*.json`)
    ///
    /// Bundles of one patient go in in this order, those of a folder in the order of their paths as text, where `10`
    /// stands before `9`: what the last one says holds.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

pub(crate) async fn run(base: &Base, what: What) -> Result<(), Failure> {
    let What::Fhir(fhir) = what;
    let desk = Secrets::desk(base, &[Login::Worker])?;
    let facility =
        desk.facility_of_charts(&fhir.facility).await?.ok_or("there is no such facility; see `portal facility add`")?;
    let mut files = Vec::new();
    for path in &fhir.paths {
        bundles_under(path, &mut files).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if files.is_empty() {
        return Err("there is no bundle (*.json) in these folders".into());
    }
    let at_once = available_parallelism().map_or(1, |cores| cores.get().min(4));
    let sandbox = Sandbox::new(at_once);
    sandbox.probe().await?;
    let importer =
        Arc::new(Importer { desk, sandbox, facility: facility.id, zone: facility.zone, source: fhir.source });
    let began = Instant::now();
    let mut total = Total::default();
    let mut order = Order::default();
    let mut taking = stream::iter(files)
        .map(|file| {
            let (importer, turn) = (Arc::clone(&importer), order.turn());
            async move {
                let began = Instant::now();
                let taken = importer.take_in(turn, || BundleFile::open(&file)).await;
                (file, taken, began.elapsed())
            }
        })
        .buffer_unordered(at_once);
    while let Some((file, taken, took)) = taking.next().await {
        match taken {
            Ok(taken) => total.add(&file, &taken, took),
            Err(why) => {
                total.refused += 1;
                say(&format!("{}: NOT IMPORTED: {why}", file.display()));
            }
        }
    }
    total.end(began.elapsed())
}

/// A file that was named is taken for a bundle; of a folder, its `*.json`.
fn bundles_under(path: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        path.metadata()?;
        into.push(path.to_owned());
        return Ok(());
    }
    let mut entries = path.read_dir()?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            bundles_under(&entry, into)?;
        } else if entry.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            into.push(entry);
        }
    }
    Ok(())
}

/// The command's report, not a log: a file's name may be a patient's. Where nobody reads it, the import goes on.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

#[derive(Default)]
struct Total {
    files: u64,
    refused: u64,
    patients: u64,
    of: Tally,
    unchanged: u64,
}

impl Total {
    fn add(&mut self, file: &Path, taken: &Taken, took: Duration) {
        let imported = &taken.imported;
        let of = imported.documents.values().fold(Tally::default(), |sum, tally| Tally {
            documents: sum.documents + tally.documents,
            pages: sum.pages + tally.pages,
        });
        let patients = imported.patients_new + imported.patients_changed + imported.patients_unchanged;
        self.files += 1;
        self.patients += patients;
        self.of.documents += of.documents;
        self.of.pages += of.pages;
        self.unchanged += imported.documents_unchanged;
        let seconds = took.as_secs_f64();
        if imported.changed_nothing() {
            let unchanged = imported.documents_unchanged;
            say(&format!(
                "{}: nothing changed ({patients} patients, {unchanged} documents) in {seconds:.1} s",
                file.display()
            ));
        } else {
            say(&format!(
                "{}: {patients} patients ({} new), {} documents with {} pages ({} unchanged), {} resources in {seconds:.1} s",
                file.display(),
                imported.patients_new,
                of.documents,
                of.pages,
                imported.documents_unchanged,
                imported.resources
            ));
        }
        for (category, tally) in &imported.documents {
            say(&format!("    {:<18} {:>6} documents {:>7} pages", category.code(), tally.documents, tally.pages));
        }
        for remark in &taken.remarks {
            say(&format!("    {} ({}, {} times)", remark.about, remark.kind, remark.times));
        }
    }

    fn end(&self, took: Duration) -> Result<(), Failure> {
        say(&format!(
            "{} bundles, {} patients, {} documents with {} pages new or changed, {} documents unchanged, in {:.1} s",
            self.files,
            self.patients,
            self.of.documents,
            self.of.pages,
            self.unchanged,
            took.as_secs_f64()
        ));
        match self.refused {
            0 => Ok(()),
            refused => Err(format!("{refused} of {} bundles were not imported", self.files + refused).into()),
        }
    }
}
