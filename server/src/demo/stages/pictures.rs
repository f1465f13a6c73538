//! What people photograph or scan: printed as a page, and the picture of that page.

use domain::document::{Block, Readable, Whose};
use intake::picture;
use jiff::civil::Date;
use press::{language::Language, typeset};

use super::Asker;
use crate::command::Failure;

pub(super) fn driver_license(asker: &Asker, street: &str) -> Result<Vec<u8>, Failure> {
    pictured(&Readable {
        title: "Driver license".to_owned(),
        patient: whose(asker),
        source: "State of Illinois, invented".to_owned(),
        dated: None,
        standing: None,
        blocks: vec![Block::Facts(vec![
            ("Address".to_owned(), format!("{street}, Chicago, IL")),
            ("Class".to_owned(), "D".to_owned()),
        ])],
    })
}

pub(super) fn request_form(asker: &Asker, on: Date) -> Result<Vec<u8>, Failure> {
    pictured(&Readable {
        title: "Request for a copy of my records".to_owned(),
        patient: whose(asker),
        source: "Riverside Community Hospital".to_owned(),
        dated: Some(on),
        standing: None,
        blocks: vec![
            Block::Paragraph("Please copy my lab results and my vaccines. I will pick them up.".to_owned()),
            Block::Facts(vec![("Signed".to_owned(), asker.name.clone())]),
        ],
    })
}

fn whose(asker: &Asker) -> Whose {
    Whose { name: asker.name.clone(), born: Some(asker.born), record_number: None }
}

fn pictured(page: &Readable) -> Result<Vec<u8>, Failure> {
    let printed = typeset::readable(page, Language::English)?;
    let limits = picture::Limits { kept: 1_600, ..picture::Limits::default() };
    let page = picture::read(&printed.pdf, &limits)?.pictures.into_iter().next();
    Ok(page.ok_or("a page has no picture")?.jpeg)
}
