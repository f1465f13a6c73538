use image::{
    ExtendedColorType, ImageEncoder,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use press::{merge::Reason, picture::pdf, view::view};

use crate::made::{merged, qpdf_complaint, real};

/// Wider than high, with a dark top left quarter.
fn pixels(wide: usize, high: usize) -> Vec<u8> {
    (0..high)
        .flat_map(|y| (0..wide).flat_map(move |x| [if x < wide / 2 && y < high / 2 { 0u8 } else { 255 }; 3]))
        .collect()
}

fn jpeg(orientation: Option<u8>) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 90).write_image(&pixels(64, 32), 64, 32, ExtendedColorType::Rgb8).unwrap();
    if let Some(orientation) = orientation {
        let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
        let mut note = vec![0xFF, 0xE1];
        note.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        note.extend_from_slice(&exif);
        file.splice(2..2, note);
    }
    file
}

/// Which quarter of a page is dark: 0 top left, 1 top right, 2 bottom left, 3 bottom right; and whether it is upright.
fn dark_quarter(pdf: &[u8]) -> (Vec<u32>, bool) {
    let picture = image::load_from_memory(&view(pdf.to_vec(), 0, 200).unwrap()).unwrap().into_luma8();
    let (wide, high) = picture.dimensions();
    let quarters = [(1, 1), (3, 1), (1, 3), (3, 3)].into_iter().zip(0..);
    let dark = quarters.filter(|((x, y), _)| picture.get_pixel(wide * x / 4, high * y / 4).0[0] < 100);
    (dark.map(|(_, quarter)| quarter).collect(), high > wide)
}

#[test]
fn a_jpeg_goes_in_as_it_is_and_is_seen_the_way_it_was_held() {
    // The orientation, and where the dark top left quarter of the stored picture is then seen (Exif 2.3, 0x0112).
    for (orientation, quarter, upright) in [
        (1, 0, false),
        (2, 1, false),
        (3, 3, false),
        (4, 2, false),
        (5, 0, true),
        (6, 1, true),
        (7, 3, true),
        (8, 2, true),
    ] {
        let made = pdf(&jpeg(Some(orientation))).unwrap();
        assert_eq!(dark_quarter(&made), (vec![quarter], upright), "orientation {orientation}");
        assert!(!made.windows(4).any(|bytes| bytes == b"Exif"), "what the camera noted stays out");
    }
    let file = jpeg(None);
    let scan = file.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let made = pdf(&file).unwrap();
    assert!(made.windows(file.len() - scan).any(|bytes| bytes == &file[scan..]), "its data is not packed anew");
}

#[test]
fn a_png_is_seen_on_white() {
    let mut file = Vec::new();
    let clear: Vec<u8> = pixels(40, 20).chunks(3).flat_map(|p| [0, 0, 0, 255 - p[0]]).collect();
    PngEncoder::new(&mut file).write_image(&clear, 40, 20, ExtendedColorType::Rgba8).unwrap();
    let made = pdf(&file).unwrap();
    assert_eq!(qpdf_complaint(&made), None);
    assert_eq!(dark_quarter(&made), (vec![0], false));
}

#[test]
fn every_picture_of_a_tiff_is_a_page() {
    let mut file = std::io::Cursor::new(Vec::new());
    let mut writer = tiff::encoder::TiffEncoder::new(&mut file).unwrap();
    for shade in [0u8, 255] {
        writer.write_image::<tiff::encoder::colortype::Gray8>(8, 8, &[shade; 64]).unwrap();
    }
    let (built, copy) = merged(&[file.into_inner(), jpeg(Some(6))]);
    assert_eq!(qpdf_complaint(&copy), None);
    assert_eq!(built.index.pages.len(), 3);
}

#[test]
fn a_cut_picture_is_refused_with_a_reason() {
    let whole = jpeg(None);
    assert_eq!(pdf(&whole[..whole.len() / 2]), Err(Reason::Broken));
    assert_eq!(pdf(b"GIF89a"), Err(Reason::NotPages));
    let mut png = Vec::new();
    PngEncoder::new(&mut png).write_image(&pixels(40, 20), 40, 20, ExtendedColorType::Rgb8).unwrap();
    assert_eq!(pdf(&png[..60]), Err(Reason::Broken));
    let mut huge = png.clone();
    huge[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    assert!(matches!(pdf(&huge), Err(Reason::TooLarge | Reason::Broken)));
}

#[test]
fn real_scans_become_pages_or_a_reason() {
    let Some(files) = real("scans") else { return };
    let mut seen = 0;
    for (name, bytes) in files {
        match pdf(&bytes) {
            Ok(made) => {
                assert_eq!(qpdf_complaint(&made), None, "{name}");
                assert!(view(made, 0, 300).is_ok(), "{name}");
                seen += 1;
            }
            Err(reason) => eprintln!("{name}: {reason}"),
        }
    }
    assert!(seen >= 12, "only {seen} scans became pages");
}
