//! `read-fhir`, the child's side: reads a bundle and writes its outline, or the contents that are wanted of it. Its
//! result is what is worth knowing, or why the bundle is refused.

use std::io::{self, Read as _, Write as _};

use intake::fhir::{self, Body, Charts, Reason, Refused, Remark};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use office::charts::{Place, Wanted};
use serde::{Deserialize, Serialize};

use super::{outline, paper, wire};
use crate::sandbox::child::{Answer, ChildIo, Output, Stop, Verb};

pub const VERB: Verb = Verb { name: "read-fhir", work: read_fhir };

#[derive(Serialize, Deserialize)]
pub(super) enum Ask {
    Outline { zone: String },
    Contents { zone: String, wanted: Wanted },
}

fn read_fhir(io: &ChildIo) -> Result<Answer, Stop> {
    // A panic's message may quote the record; that the child broke is all that anybody needs to know.
    std::panic::set_hook(Box::new(|_| {}));
    let ask: Ask = io.request()?;
    let (Ask::Outline { zone } | Ask::Contents { zone, .. }) = &ask;
    // The bundled database: there are no files here.
    let zone = TimeZoneDatabase::bundled().get(zone).map_err(|_| Stop::Refused("no-such-zone"))?;
    let mut bytes = Vec::new();
    io.source(0).ok_or(Stop::Refused("no-source"))?.read_to_end(&mut bytes)?;
    let charts = match read(bytes, &zone) {
        Ok(charts) => charts,
        Err(refused) => return Answer::of(&Err::<Vec<Remark>, _>(refused)),
    };
    let remarks = charts.notes.clone();
    let mut output = io.output(0);
    let written = match ask {
        Ask::Outline { .. } => {
            output.write_all(&serde_json::to_vec(&outline::of(&charts, &zone)).map_err(io::Error::from)?)?;
            Ok(())
        }
        Ask::Contents { wanted, .. } => contents(charts, &wanted, &mut output)?,
    };
    Answer::of(&written.map(|()| remarks))
}

fn read(bytes: Vec<u8>, zone: &TimeZone) -> Result<Charts, Refused> {
    fhir::read(&bytes, zone, &fhir::Limits::default())
}

/// Writes what is wanted, one thing after the other. What is nobody's record comes last: only then do imports that run
/// at once have to wait for each other.
fn contents(charts: Charts, wanted: &Wanted, output: &mut Output) -> io::Result<Result<(), Refused>> {
    for (number, (chart, wanted)) in charts.charts.into_iter().zip(&wanted.charts).enumerate() {
        for at in &wanted.resources {
            let Some(resource) = chart.resources.get(*at) else { continue };
            write_resource(output, Place { chart: Some(number), number: *at }, &resource.raw)?;
        }
        // not needed any more; what is left are the documents
        drop(chart.resources);
        let mut documents: Vec<_> = chart.documents.into_iter().map(Some).collect();
        for at in &wanted.documents {
            let Some(document) = documents.get_mut(*at).and_then(Option::take) else { continue };
            let listed = outline::document(&document);
            let kind = document.key.kind.clone();
            let source_id = document.key.source_id.clone();
            let paper = match document.body {
                Body::Readable(readable) => paper::typeset(&readable, document.language.as_deref()),
                Body::File { media_type, bytes } => Ok(paper::of_file(media_type, bytes)),
            };
            let Ok(paper) = paper else {
                let reason = Reason::TooMuch;
                let refused = Refused { reason, entry: None, kind: Some(kind), source_id: Some(source_id), line: None };
                return Ok(Err(refused));
            };
            let document = Box::new(paper.on(listed));
            let at = Place { chart: Some(number), number: *at };
            let head = wire::Head::Document { at, document, length: paper.bytes.len() as u64 };
            wire::write(output, &head, &paper.bytes)?;
        }
    }
    for at in &wanted.supporting {
        let Some(resource) = charts.supporting.get(*at) else { continue };
        write_resource(output, Place { chart: None, number: *at }, &resource.raw)?;
    }
    Ok(Ok(()))
}

fn write_resource(output: &mut Output, at: Place, raw: &str) -> io::Result<()> {
    wire::write(output, &wire::Head::Resource { at, length: raw.len() as u64 }, raw.as_bytes())
}
