//! One picture on one page.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::merge::Reason;

/// A picture as a PDF takes it.
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Pixels an inch, across and down, where the file states them.
    pub(super) density: Option<(f32, f32)>,
    /// How the camera or scanner was held: Exif and TIFF's orientation, 1 to 8.
    pub(super) orientation: u16,
    pub(super) color: Color,
    pub(super) bits: u8,
    /// Zero stands for full ink or white where it usually stands for black.
    pub(super) inverted: bool,
    pub(super) samples: Samples,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Color {
    Gray,
    Rgb,
    Cmyk,
}

pub(super) enum Samples {
    /// A whole JPEG file.
    Jpeg(Vec<u8>),
    /// Rows of samples, each starting on a byte.
    Plain(Vec<u8>),
}

/// US Letter in points, and what a page without a stated density is fitted into.
const PAPER: (f32, f32) = (612.0, 792.0);
/// The largest page that every reader opens, in points (ISO 32000-1, annex C).
const LARGEST: f32 = 14_400.0;

pub(super) fn document(pictures: Vec<Picture>) -> Result<Document, Reason> {
    let mut doc = Document::with_version("1.7");
    let tree = doc.new_object_id();
    let mut kids = Vec::new();
    for picture in pictures {
        let page = page(&mut doc, tree, picture)?;
        kids.push(Object::Reference(doc.add_object(page)));
    }
    if kids.is_empty() {
        return Err(Reason::NoPages);
    }
    let count = i64::try_from(kids.len()).map_err(|_| Reason::TooManyPages)?;
    doc.objects.insert(tree, Object::Dictionary(dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids }));
    let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => Object::Reference(tree) });
    doc.trailer.set("Root", Object::Reference(catalog));
    Ok(doc)
}

fn page(doc: &mut Document, tree: lopdf::ObjectId, picture: Picture) -> Result<Dictionary, Reason> {
    let (wide, high) = size(&picture);
    let turned = picture.orientation > 4;
    let (page_wide, page_high) = if turned { (high, wide) } else { (wide, high) };
    // Takes the picture's unit square, as stored, to the page as it is to be seen (Exif 2.3, tag 0x0112).
    let (w, h) = (page_wide, page_high);
    let matrix = match picture.orientation {
        2 => [-w, 0.0, 0.0, h, w, 0.0],
        3 => [-w, 0.0, 0.0, -h, w, h],
        4 => [w, 0.0, 0.0, -h, 0.0, h],
        5 => [0.0, -h, -w, 0.0, w, h],
        6 => [0.0, -h, w, 0.0, 0.0, h],
        7 => [0.0, h, w, 0.0, 0.0, 0.0],
        8 => [0.0, h, -w, 0.0, w, 0.0],
        _ => [w, 0.0, 0.0, h, 0.0, 0.0],
    };
    let matrix = matrix.map(|part: f32| part.to_string()).join(" ");
    let content = format!("q {matrix} cm /Picture Do Q\n").into_bytes();
    let content = doc.add_object(Stream::new(Dictionary::new(), content));
    let image = doc.add_object(image(picture)?);
    Ok(dictionary! {
        "Type" => "Page", "Parent" => Object::Reference(tree),
        "MediaBox" => vec![0.into(), 0.into(), page_wide.into(), page_high.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "Picture" => Object::Reference(image) } },
        "Contents" => Object::Reference(content),
    })
}

/// As large as the paper was, by the stated density, or else fitted to a letter page, in points.
fn size(picture: &Picture) -> (f32, f32) {
    let (wide, high) = (pixels(picture.width), pixels(picture.height));
    // Cameras and screens state 72 or 96 and mean nothing by it. A coarse fax has 204 across and 98 down.
    let meant = |(x, y): &(f32, f32)| x.max(*y) >= 100.0 && [x, y].iter().all(|d| (30.0..=4800.0).contains(*d));
    let stated = picture.density.filter(meant);
    let (wide, high) = if let Some((across, down)) = stated {
        (wide * 72.0 / across, high * 72.0 / down)
    } else {
        let (paper_wide, paper_high) = if wide > high { (PAPER.1, PAPER.0) } else { PAPER };
        let scale = (paper_wide / wide).min(paper_high / high);
        (wide * scale, high * scale)
    };
    let shrink = (LARGEST / wide.max(high)).min(1.0);
    ((wide * shrink).max(3.0), (high * shrink).max(3.0))
}

#[expect(clippy::cast_precision_loss, reason = "a side has at most 30,000 pixels")]
fn pixels(side: u32) -> f32 {
    side.max(1) as f32
}

fn image(picture: Picture) -> Result<Stream, Reason> {
    let (color, components) = match picture.color {
        Color::Gray => ("DeviceGray", 1),
        Color::Rgb => ("DeviceRGB", 3),
        Color::Cmyk => ("DeviceCMYK", 4),
    };
    let mut dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image",
        "Width" => i64::from(picture.width), "Height" => i64::from(picture.height),
        "ColorSpace" => color, "BitsPerComponent" => i64::from(picture.bits),
    };
    if picture.inverted {
        dict.set("Decode", [1, 0].repeat(components).into_iter().map(Object::from).collect::<Vec<_>>());
    }
    match picture.samples {
        Samples::Jpeg(file) => {
            dict.set("Filter", "DCTDecode");
            Ok(Stream::new(dict, file))
        }
        Samples::Plain(samples) => {
            let mut stream = Stream::new(dict, samples);
            stream.compress().map_err(|_| Reason::Broken)?;
            Ok(stream)
        }
    }
}
