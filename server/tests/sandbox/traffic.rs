//! Sources and sinks that the tests give to their children.

use bytes::Bytes;
use server::sandbox::{Sink, Sources};
use std::io;

/// Bytes of which any range can be told from any other.
pub(crate) struct Pattern(pub(crate) u64);

pub(crate) fn byte_at(place: u64) -> u8 {
    (place ^ (place >> 8) ^ (place >> 16) ^ (place >> 24)).to_le_bytes()[0]
}

impl Sources for Pattern {
    fn lengths(&self) -> Vec<u64> {
        vec![self.0]
    }

    async fn read(&mut self, _: u32, offset: u64, at_most: usize) -> io::Result<Bytes> {
        Ok((offset..offset + at_most as u64).map(byte_at).collect())
    }
}

/// Compares what arrives with the pattern and keeps nothing.
pub(crate) struct SamePattern<'a>(pub(crate) &'a mut u64);

impl Sink for SamePattern<'_> {
    async fn write(&mut self, output: u32, bytes: Bytes) -> io::Result<()> {
        assert_eq!(output, 0);
        for byte in bytes {
            assert_eq!(byte, byte_at(*self.0), "at {}", self.0);
            *self.0 += 1;
        }
        Ok(())
    }
}

pub(crate) struct KeptBy<'a>(pub(crate) &'a mut Vec<Vec<u8>>);

impl Sink for KeptBy<'_> {
    async fn write(&mut self, output: u32, bytes: Bytes) -> io::Result<()> {
        self.0.write(output, bytes).await
    }
}

pub(crate) struct Counted<'a>(pub(crate) &'a mut u64);

impl Sink for Counted<'_> {
    async fn write(&mut self, _: u32, bytes: Bytes) -> io::Result<()> {
        *self.0 += bytes.len() as u64;
        Ok(())
    }
}

pub(crate) struct Passed(pub(crate) Option<tokio::sync::oneshot::Sender<u32>>);

impl Sink for Passed {
    async fn write(&mut self, _: u32, bytes: Bytes) -> io::Result<()> {
        let id = u32::from_le_bytes(bytes[..].try_into().unwrap());
        self.0.take().unwrap().send(id).unwrap();
        Ok(())
    }
}

pub(crate) fn pdf_of(pages: usize) -> Vec<u8> {
    let mut pdf = lopdf::Document::with_version("1.7");
    let parent = pdf.new_object_id();
    let mut kids = Vec::new();
    for number in 0..pages {
        let text = format!("BT /F1 12 Tf 72 720 Td (page {number}) Tj ET").into_bytes();
        let content = pdf.add_object(lopdf::Stream::new(lopdf::dictionary! {}, text));
        let page = lopdf::dictionary! { "Type" => "Page", "Parent" => parent, "Contents" => content };
        kids.push(pdf.add_object(page).into());
    }
    let count = i64::try_from(pages).unwrap();
    let tree = lopdf::dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    pdf.objects.insert(parent, tree.into());
    let catalog = pdf.add_object(lopdf::dictionary! { "Type" => "Catalog", "Pages" => parent });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}
