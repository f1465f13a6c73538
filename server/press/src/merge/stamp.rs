//! The footer on every page: the request's number and "page x of y".
//!
//! How many pages there are is known only at the end, so the last number is a form of its own that every page refers
//! to and that is written last. The stamp is marked as an artifact, by which the page check tells it from the page.

use std::io::{self, Write};

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{
    content::Balance,
    helvetica::{encoded, width},
    pages::Page,
    writer::Writer,
};
use crate::{language::Language, words::words};

/// In the stamp's marked-content properties; the page check looks for it.
pub(crate) const MARK: &[u8] = b"PressStamp";

/// In points, on a page of usual size.
const SIZE: f32 = 7.0;
const FROM_SIDE: f32 = 18.0;
const FROM_BOTTOM: f32 = 8.0;
/// The width of US Letter, in points.
const PAPER: f32 = 612.0;
/// Room for the last page's number: six digits.
const TOTAL: f32 = 24.0;

pub(super) struct Stamp {
    pub(super) font: u32,
    pub(super) total: u32,
    pub(super) ahead: u32,
    language: Language,
    request: String,
}

impl Stamp {
    pub(super) fn new(writer: &mut Writer<impl Write>, language: Language, request: &str) -> Self {
        let mut next = || writer.reserve();
        Self { font: next(), total: next(), ahead: next(), language, request: request.to_owned() }
    }

    /// What follows the page's own content: its closing, then the stamp.
    pub(super) fn content(&self, page: &Page, unit: f32, balance: Balance, number: usize, names: &Names) -> Stream {
        let [left, bottom, right, top] = page.seen();
        let (matrix, wide) = match page.rotate {
            90 => ([0.0, 1.0, -1.0, 0.0, right, bottom], top - bottom),
            180 => ([-1.0, 0.0, 0.0, -1.0, right, top], right - left),
            270 => ([0.0, -1.0, 1.0, 0.0, left, top], top - bottom),
            _ => ([1.0, 0.0, 0.0, 1.0, left, bottom], right - left),
        };
        let words = words(self.language);
        let place = format!("{} {number} {}", words.page, words.of);
        let needs = (width(&self.request) + width(&place)) * SIZE + TOTAL + 3.0 * FROM_SIDE;
        // Larger on a page larger than paper, which is shrunk to paper when it is printed; smaller where the line would
        // not fit a narrow page.
        let scale = (1.0 / unit).max(wide / PAPER).min(wide / needs);
        let end = wide / scale - FROM_SIDE - TOTAL;
        let start = end - width(&place) * SIZE - 0.25 * SIZE;
        let content = format!(
            "{closing}/Artifact <</Type/Pagination/Subtype/Footer/{mark} true>> BDC\nq {matrix} cm {scale} 0 0 {scale} 0 0 cm\n\
             {request}{place}1 0 0 1 {end} {FROM_BOTTOM} cm /{total} Do Q\nEMC\n",
            closing = balance.closing(),
            mark = String::from_utf8_lossy(MARK),
            matrix = matrix.map(|part| part.to_string()).join(" "),
            request = line(&names.font, FROM_SIDE, FROM_BOTTOM, &self.request),
            place = line(&names.font, start, FROM_BOTTOM, &place),
            total = names.total,
        );
        Stream::new(Dictionary::new(), content.into_bytes())
    }

    /// Writes what all stamps share, once the number of pages is known.
    pub(super) fn finish(&self, writer: &mut Writer<impl Write>, pages: usize) -> io::Result<()> {
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        };
        writer.object(self.font, &Object::Dictionary(font))?;
        let form = dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![(-2).into(), (-4).into(), 60.into(), 10.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F" => Object::Reference((self.font, 0)) } },
        };
        let content = line("F", 0.0, 0.0, &pages.to_string());
        writer.object(self.total, &Object::Stream(Stream::new(form, content.into_bytes())))?;
        writer.object(self.ahead, &Object::Stream(Stream::new(Dictionary::new(), b"q\n".to_vec())))
    }
}

/// A line of text with a white edge around it, so that it can be read on a dark picture.
fn line(font: &str, x: f32, y: f32, text: &str) -> String {
    let text = encoded(text);
    let set = |how: &str| format!("BT /{font} {SIZE} Tf {x} {y} Td {how} Tr {text} Tj ET\n");
    format!("1 G 1.5 w 1 j {}0 g {}", set("1"), set("0"))
}

/// What the stamp's font and form are called among a page's resources.
pub(super) struct Names {
    font: String,
    total: String,
}

impl Names {
    /// Enters the stamp's resources under names that the page does not use: a page that this press stamped before
    /// has the usual ones.
    pub(super) fn enter(stamp: &Stamp, fonts: &mut Dictionary, forms: &mut Dictionary) -> Self {
        let add = |among: &mut Dictionary, id: u32| {
            let free = (0..u32::MAX).map(|n| format!("Press{n}")).find(|name| !among.has(name.as_bytes()));
            let name = free.unwrap_or_default();
            among.set(name.as_bytes(), Object::Reference((id, 0)));
            name
        };
        Self { font: add(fonts, stamp.font), total: add(forms, stamp.total) }
    }
}
