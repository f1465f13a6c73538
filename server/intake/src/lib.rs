//! What comes in becomes documents: charts from FHIR bundles, pictures from scans and photos, and what a PDF
//! that arrived is.
//!
//! Bytes in, plain data out. It runs in a child process that may be killed, so it may never reach a database, a key,
//! a clock, a file or the network, and no input may make it panic. Whatever it cannot read whole it refuses whole,
//! with a reason that says what and where and never quotes the record.

pub mod fhir;
pub mod pdf;
pub mod picture;

#[cfg(test)]
mod test_data;
