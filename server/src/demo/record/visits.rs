//! Visits and stays, each with its note, its measurements and its claim.

use base64ct::{Base64, Encoding as _};
use jiff::{ToSpan as _, civil::Date};
use serde_json::{Value, json};

use super::{
    Making, findings, slug,
    words::{self, Reason},
};
use crate::{
    command::Failure,
    demo::{cast::Story, hospital::SITES},
};

const DOCTORS: [&str; 5] =
    ["Dr. Ines Alvarez", "Dr. Samuel Katz", "Dr. Grace Mbeki", "Dr. Tom Hollis", "Dr. Yuki Tanaka"];

/// One visit, and what everything that came of it refers to.
pub(super) struct Visit {
    pub(super) on: Date,
    pub(super) ends: Date,
    pub(super) here: Value,
    pub(super) number: i32,
    pub(super) doctor: &'static str,
}

pub(super) fn of_a_life(making: &mut Making<'_>, until: Date) -> Result<(), Failure> {
    let (count, apart, reasons) = match making.patient.story {
        Story::Newborn => (2, 20, words::NEWBORN),
        Story::Child => (5, 200, words::CHILD),
        Story::Teenager => (4, 300, words::ADULT),
        Story::Adult => (4, 330, words::ADULT),
        Story::Chronic => (8, 110, words::CHRONIC),
        Story::Stay => (3, 300, words::ADULT),
        Story::Old => (14, 240, words::CHRONIC),
    };
    for number in 0..count {
        let days = number * apart + making.seed.between(6, apart / 2 + 6);
        let on = until.checked_sub(days.days())?;
        if on > making.born {
            let reason = making.seed.pick(reasons);
            visit(making, number, on, "AMB", "Office visit", ("11506-3", "Progress note"), reason);
        }
    }
    if matches!(making.patient.story, Story::Stay | Story::Old) {
        let on = until.checked_sub(making.seed.between(25, 90).days())?;
        visit(
            making,
            90,
            on,
            "EMER",
            "Emergency department visit",
            ("34111-5", "Emergency department note"),
            &words::EMERGENCY,
        );
        visit(making, 91, on, "IMP", "Hospital stay", ("18842-5", "Discharge summary"), &words::STAY);
    }
    Ok(())
}

fn visit(
    making: &mut Making<'_>,
    number: i32,
    on: Date,
    class: &str,
    kind: &str,
    (loinc, title): (&str, &str),
    reason: &Reason,
) {
    let id = making.id(&format!("visit-{number}"));
    let site = match (class, making.patient.story) {
        ("AMB", Story::Newborn | Story::Child) => SITES[2],
        ("AMB", _) => making.seed.pick(&[SITES[1], SITES[3]]),
        _ => SITES[0],
    };
    // who is admitted has been in the emergency department first, and goes home on day four
    let (hour, ends) = match class {
        "IMP" => (19, on.checked_add(3.days()).unwrap_or(on)),
        _ => (making.seed.between(8, 16), on),
    };
    if class == "IMP" {
        making.home = Some(ends);
    }
    let doctor = *making.seed.pick(&DOCTORS);
    let visit = Visit { on, ends, here: json!({ "reference": format!("Encounter/{id}") }), number, doctor };
    making.resources.push(json!({
        "resourceType": "Encounter", "id": id, "status": "finished", "class": { "code": class },
        "type": [{ "text": kind }], "subject": making.me(),
        "participant": [{ "individual": { "display": doctor } }],
        "period": { "start": format!("{on}T{hour:02}:10:00-06:00"), "end": format!("{ends}T{:02}:00:00-06:00", hour + 1) },
        "reasonCode": [{ "text": reason.called }],
        "serviceProvider": { "reference": format!("Organization/{}", slug(site)) },
    }));
    note(making, &visit, loinc, title, reason);
    findings::vital_signs(making, &visit);
    if number % 2 == 1 || class != "AMB" {
        findings::laboratory(making, &visit);
    }
    claim(making, &visit, kind, reason);
}

fn note(making: &mut Making<'_>, visit: &Visit, loinc: &str, title: &str, reason: &Reason) {
    let text = format!(
        "{name}, born {born}, record number {number}\n\nReason for visit\n{said}\n\nExamination\n{found}\n\nAssessment\n{called}\n\nPlan\n{plan}\n\nSigned by {doctor} on {signed}",
        name = making.patient.name(),
        born = making.born,
        number = making.record_number(),
        said = reason.said,
        found = reason.found,
        called = reason.called,
        plan = reason.plan,
        doctor = visit.doctor,
        signed = visit.ends,
    );
    making.resources.push(json!({
        "resourceType": "DocumentReference", "id": making.id(&format!("note-{}", visit.number)), "status": "current",
        "docStatus": "final", "type": { "coding": [{ "system": "http://loinc.org", "code": loinc, "display": title }] },
        "category": [{ "coding": [{ "code": "clinical-note" }] }],
        "subject": making.me(), "date": format!("{}T18:00:00-06:00", visit.ends), "author": [{ "display": visit.doctor }],
        "content": [{ "attachment": { "contentType": "text/plain; charset=utf-8", "data": Base64::encode_string(text.as_bytes()) } }],
        "context": { "encounter": [visit.here] },
    }));
}

fn claim(making: &mut Making<'_>, visit: &Visit, kind: &str, reason: &Reason) {
    let cents = making.seed.between(8_500, 42_000) * if visit.number >= 90 { 12 } else { 1 };
    let total = f64::from(cents) / 100.0;
    making.resources.push(json!({
        "resourceType": "Claim", "id": making.id(&format!("claim-{}", visit.number)), "status": "active",
        "patient": making.me(), "billablePeriod": { "start": visit.on.to_string(), "end": visit.ends.to_string() },
        "created": visit.ends.to_string(), "provider": { "display": visit.doctor },
        "insurance": [{ "sequence": 1, "focal": true, "coverage": { "display": "Prairie Mutual Health" } }],
        "item": [{ "sequence": 1, "productOrService": { "text": format!("{kind}: {}", reason.called) }, "encounter": [visit.here],
            "net": { "value": total, "currency": "USD" } }],
        "total": { "value": total, "currency": "USD" },
    }));
}
