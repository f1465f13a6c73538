//! What tells a next version of a document from the one that stands.

use domain::document::{Block, Readable};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::CONVERTER;
use crate::fhir::{
    chart::{Body, Document},
    entry::Entry,
};

/// Over the resources that it is made of, what a chart lists of it, and the page as it reads: its visit, whose it is
/// and who wrote it are corrected in resources of their own. A file's bytes stand in those that it is made of.
pub(super) fn of(made_of: &[&Entry], document: &Document) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(CONVERTER.to_be_bytes());
    for entry in made_of {
        hash.update(format!("{}/{}\n", entry.type_name, entry.id));
        hash.update(entry.digest);
    }
    let listed = json!([
        document.category,
        document.title,
        document.service,
        document.ongoing,
        document.encounter,
        document.author,
        document.site,
        document.status,
        document.language,
    ]);
    hash.update(listed.to_string());
    if let Body::Readable(readable) = &document.body {
        page(&mut hash, readable);
    }
    hash.finalize().into()
}

/// Row by row: a table may be as long as a bundle.
fn page(hash: &mut Sha256, readable: &Readable) {
    let head = json!([readable.title, readable.patient, readable.source, readable.dated, readable.standing]);
    hash.update(head.to_string());
    for block in &readable.blocks {
        match block {
            Block::Table { head, rows } => {
                for cells in std::iter::once(head).chain(rows) {
                    hash.update(json!(cells).to_string());
                }
            }
            block => hash.update(json!(block).to_string()),
        }
    }
}
