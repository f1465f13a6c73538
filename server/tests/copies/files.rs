//! What a child made, kept in memory by output, and what independent programs say of it.

use std::{collections::BTreeMap, io};

use bytes::Bytes;
use press::{package::Plan, page_check::Finding};
use server::{
    copies::{self, Made, Output},
    sandbox::{Sandbox, SandboxError, Sink},
};
use sha2::{Digest as _, Sha256};

use crate::made::{ana, pdftotext, qpdf_complaint};

/// The files of a package as they came.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Files {
    pub(crate) made: Made,
    pub(crate) bytes: BTreeMap<u32, Vec<u8>>,
}

struct Kept<'a> {
    bytes: &'a mut BTreeMap<u32, Vec<u8>>,
    last: Option<u32>,
}

impl Sink for Kept<'_> {
    async fn write(&mut self, output: u32, bytes: Bytes) -> io::Result<()> {
        // one file after another: the parent has one open at a time
        let again = self.last != Some(output) && self.bytes.contains_key(&output);
        assert!(!again, "output {output} comes again after others");
        self.last = Some(output);
        self.bytes.entry(output).or_default().extend_from_slice(&bytes);
        Ok(())
    }
}

pub(crate) async fn built(plan: &Plan, documents: &[Vec<u8>]) -> Result<Files, SandboxError> {
    let mut bytes = BTreeMap::new();
    let sources: Vec<Bytes> = documents.iter().cloned().map(Bytes::from).collect();
    let made = copies::build(&Sandbox::new(1), plan, sources, Kept { bytes: &mut bytes, last: None }).await?;
    Ok(Files { made, bytes })
}

impl Files {
    pub(crate) fn of(&self, output: Output) -> Vec<u8> {
        let found = self.bytes.iter().find(|(number, _)| Output::of(**number) == output);
        found.map(|(_, bytes)| bytes.clone()).unwrap_or_default()
    }

    fn index_and_copy(&self) -> Vec<Bytes> {
        [Output::Index, Output::Copy].map(|output| Bytes::from(self.of(output))).to_vec()
    }

    pub(crate) async fn checked(&self) -> Result<Vec<Finding>, SandboxError> {
        copies::check(&Sandbox::new(1), &ana(), self.made.page_count(), 1 << 20, self.index_and_copy()).await
    }

    pub(crate) async fn drawn(&self, page: u32, width: u16) -> Result<Vec<u8>, SandboxError> {
        copies::view(&Sandbox::new(1), copies::View { page, width }, self.index_and_copy()).await
    }
}

/// Sound by every reader, and what it says.
pub(crate) fn sound(pdf: &[u8]) -> String {
    assert_eq!(qpdf_complaint(pdf), None);
    let pages = lopdf::Document::load_mem(pdf).unwrap().get_pages().len();
    let lines = press::page_check::lines(pdf.to_vec()).unwrap();
    assert_eq!(lines.len(), pages);
    pdftotext(pdf)
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
