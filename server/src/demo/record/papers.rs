//! Papers that come as files: a discharge packet of many pages, scans of letters from elsewhere without any text behind
//! the picture, and one page that was filed into the wrong chart.

use base64ct::{Base64, Encoding as _};
use domain::document::{Block, Readable, Whose};
use intake::picture;
use jiff::{ToSpan as _, civil::Date};
use press::{language::Language, typeset};
use serde_json::json;

use super::Making;
use crate::{
    command::Failure,
    demo::cast::{self, Story},
};

pub(super) fn add(making: &mut Making<'_>, until: Date) -> Result<(), Failure> {
    if let Some(on) = making.home {
        let packet = typeset::readable(&packet(making, on), Language::English)?;
        attach(making, "packet", ("47039-3", "Discharge packet"), on, "application/pdf", &packet.pdf);
    }
    if matches!(making.patient.story, Story::Old | Story::Chronic) {
        let on = until.checked_sub(400.days())?;
        let letter = typeset::readable(&letter(whose(making), on), Language::English)?;
        let limits = picture::Limits { kept: 1_600, ..picture::Limits::default() };
        for (number, page) in picture::read(&letter.pdf, &limits)?.pictures.into_iter().enumerate() {
            let id = format!("scan-{number}");
            attach(making, &id, ("11488-4", "Letter from another hospital (scan)"), on, "image/jpeg", &page.jpeg);
        }
    }
    if let Some(twin) = cast::by_id("emma-brooks").filter(|_| making.patient.id == "ella-brooks") {
        // it happens: a letter about one twin lies in the chart of the other
        let whose = Whose { name: twin.name(), born: twin.born_on(), record_number: Some(super::number_of(twin.id)) };
        let on = until.checked_sub(130.days())?;
        let misfiled = typeset::readable(&letter(whose, on), Language::English)?;
        attach(making, "letter", ("11488-4", "Letter from the ear clinic"), on, "application/pdf", &misfiled.pdf);
    }
    Ok(())
}

fn attach(making: &mut Making<'_>, id: &str, (loinc, title): (&str, &str), on: Date, media_type: &str, bytes: &[u8]) {
    making.resources.push(json!({
        "resourceType": "DocumentReference", "id": making.id(id), "status": "current",
        "type": { "coding": [{ "system": "http://loinc.org", "code": loinc, "display": title }] },
        "subject": making.me(), "date": format!("{on}T12:00:00-06:00"),
        "content": [{ "attachment": { "contentType": media_type, "title": title, "data": Base64::encode_string(bytes) } }],
    }));
}

fn whose(making: &Making<'_>) -> Whose {
    Whose { name: making.patient.name(), born: Some(making.born), record_number: Some(making.record_number()) }
}

/// Many pages: instructions, medicines, and the nursing record of four days.
fn packet(making: &mut Making<'_>, on: Date) -> Readable {
    let mut blocks = vec![
        Block::Heading("Going home".to_owned()),
        Block::Paragraph("You were in the hospital because of an inflamed gallbladder. It was removed. You may eat what agrees with you, walk every day, and shower. Lift nothing heavier than ten pounds for four weeks.".to_owned()),
        Block::Paragraph("Call (312) 555-0142 if you have a fever above 101, if a wound becomes red or opens, or if your skin or eyes turn yellow.".to_owned()),
        Block::Heading("Medicines".to_owned()),
        Block::Table {
            head: ["Medicine", "How much", "When", "Until"].map(str::to_owned).to_vec(),
            rows: [
                ["Acetaminophen", "650 mg", "every 6 hours when needed", "pain is gone"],
                ["Amoxicillin and clavulanate", "875 mg", "morning and evening", "all are taken"],
                ["Ondansetron", "4 mg", "when you feel sick", "not needed"],
            ]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec(),
        },
    ];
    for day in 1..=4 {
        blocks.push(Block::Heading(format!("Nursing record, day {day}")));
        let mut rows = Vec::new();
        for hour in 0..24 {
            for quarter in [0, 15, 30, 45] {
                let pulse = making.seed.between(64, 108);
                let pain = making.seed.between(0, 7 - day);
                let done = *making.seed.pick(&[
                    "Turned",
                    "Walked in the corridor",
                    "Wound dry",
                    "Fluids offered",
                    "Asleep",
                    "Medicine given",
                ]);
                rows.push(vec![
                    format!("{hour:02}:{quarter:02}"),
                    format!("{pulse}"),
                    format!("{:.1}", f64::from(making.seed.between(362, 386)) / 10.0),
                    format!("{pain}"),
                    done.to_owned(),
                ]);
            }
        }
        let head = ["Time", "Pulse", "Temperature", "Pain, 0 to 10", "Noted"].map(str::to_owned).to_vec();
        blocks.push(Block::Table { head, rows });
    }
    Readable {
        title: "Discharge packet".to_owned(),
        patient: whose(making),
        source: "Riverside Community Hospital, Ward 4".to_owned(),
        dated: Some(on),
        standing: None,
        blocks,
    }
}

fn letter(whose: Whose, on: Date) -> Readable {
    Readable {
        title: "Letter".to_owned(),
        blocks: vec![
            Block::Paragraph(format!("Thank you for sending us {}.", whose.name)),
            Block::Note("We examined the ears, the nose and the throat and found nothing that needs treatment.\nHearing was tested and is as it should be for the age.\n\nWe suggest another look in a year, sooner if there are infections.\n\nWith kind regards\nLakeside Ear Clinic".to_owned()),
        ],
        patient: whose,
        source: "Lakeside Ear Clinic".to_owned(),
        dated: Some(on),
        standing: None,
    }
}
