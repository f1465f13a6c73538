//! One record → a PDF whose every page says whose it is.

use domain::document::{Block, Readable, Whose};
use serde::Serialize;

use super::{
    Typeset, Unprintable,
    world::{plain, print, ymd},
};
use crate::{
    language::Language,
    words::{Words, words},
};

const TEMPLATE: &str = concat!(include_str!("page.typ"), include_str!("readable.typ"));

/// Typesets a record. The head of every page names the patient, the birth date and the record number; a table's head
/// is repeated on every page that the table reaches.
///
/// # Errors
/// [`Unprintable`]: the record is longer than a document may be, or cannot be laid out.
pub fn readable(readable: &Readable, language: Language) -> Result<Typeset, Unprintable> {
    let words = words(language);
    let title = plain(readable.title.trim());
    let title = if title.is_empty() { words.record.untitled.to_owned() } else { title.replace('\n', " ") };
    let whose = whose(&readable.patient, language, words);
    let head = whose.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("   ");
    let mut facts = whose;
    if !readable.source.trim().is_empty() {
        facts.push((words.record.source.to_owned(), plain(&readable.source)));
    }
    if let Some(dated) = readable.dated {
        facts.push((words.record.dated.to_owned(), language.date(dated)));
    }
    if let Some(standing) = readable.standing {
        facts.push((words.record.standing.to_owned(), (words.standing)(standing).to_owned()));
    }
    let sheet = Sheet {
        foot: title.clone(),
        title,
        date: readable.dated.map(ymd),
        lang: language.code(),
        head: Some(head),
        page: words.page,
        of: words.of,
        facts,
        blocks: readable.blocks.iter().filter_map(part).collect(),
    };
    print(TEMPLATE, &sheet)
}

fn whose(whose: &Whose, language: Language, words: &Words) -> Vec<(String, String)> {
    let letter = &words.letter;
    let mut facts = vec![(letter.patient.to_owned(), plain(&whose.name).replace('\n', " "))];
    if let Some(born) = whose.born {
        facts.push((letter.born.to_owned(), language.date(born)));
    }
    if let Some(number) = &whose.record_number {
        facts.push((letter.record_number.to_owned(), plain(number).replace('\n', " ")));
    }
    facts
}

#[derive(Serialize)]
struct Sheet {
    title: String,
    date: Option<[i16; 3]>,
    lang: &'static str,
    head: Option<String>,
    foot: String,
    page: &'static str,
    of: &'static str,
    facts: Vec<(String, String)>,
    blocks: Vec<Part>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Part {
    Heading { text: String },
    Paragraph { text: String },
    Facts { facts: Vec<(String, String)> },
    Table { head: Vec<String>, rows: Vec<Vec<String>> },
    Note { text: String },
}

/// `None` for what would leave an empty heading, list or table, which PDF/UA-1 does not allow.
fn part(block: &Block) -> Option<Part> {
    match block {
        Block::Heading(text) => shown(text).map(|text| Part::Heading { text: text.replace('\n', " ") }),
        Block::Paragraph(text) => shown(text).map(|text| Part::Paragraph { text }),
        Block::Note(text) => shown(text).map(|text| Part::Note { text }),
        Block::Facts(facts) if facts.is_empty() => None,
        Block::Facts(facts) => {
            Some(Part::Facts { facts: facts.iter().map(|(name, value)| (plain(name), plain(value))).collect() })
        }
        Block::Table { head, .. } if head.is_empty() => None,
        Block::Table { head, rows } => {
            // A row of another length would shift every cell after it under the wrong head.
            let fit = |row: &Vec<String>| {
                let mut row: Vec<_> = row.iter().map(|cell| plain(cell)).collect();
                let over = row.split_off(row.len().min(head.len()));
                row.resize(head.len(), String::new());
                if let Some(last) = row.last_mut() {
                    for cell in over {
                        last.push('\n');
                        last.push_str(&cell);
                    }
                }
                row
            };
            Some(Part::Table {
                head: head.iter().map(|cell| plain(cell)).collect(),
                rows: rows.iter().map(fit).collect(),
            })
        }
    }
}

fn shown(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| plain(text.trim_end()))
}
