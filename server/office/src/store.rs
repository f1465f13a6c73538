//! The SQL, a file for each thing. Every function takes a connection inside the desk's transaction and can neither
//! begin nor commit; a row becomes a domain value or is named as one that contradicts itself.

pub(crate) mod asked;
pub(crate) mod audit_page;
pub(crate) mod blobs;
pub(crate) mod candidates;
pub(crate) mod charts;
pub(crate) mod deliveries;
pub(crate) mod documents;
pub(crate) mod drafts;
pub(crate) mod evidence;
pub(crate) mod facilities;
pub(crate) mod items;
pub(crate) mod live;
pub(crate) mod lookups;
pub(crate) mod notices;
pub(crate) mod openings;
pub(crate) mod outbox;
pub(crate) mod packages;
pub(crate) mod persons;
pub(crate) mod questions;
pub(crate) mod queue;
pub(crate) mod records;
pub(crate) mod requests;
pub(crate) mod resources;
pub(crate) mod sweep;
pub(crate) mod tickets;
pub(crate) mod timeline;
pub(crate) mod trail;
pub(crate) mod verification;
pub(crate) mod worklist;

/// A guarded write touches one row; none means that somebody else was there before.
pub(crate) fn one(rows: u64) -> crate::Result<()> {
    if rows == 1 { Ok(()) } else { Err(domain::refusal::Refusal::MovedOn.into()) }
}
