use image::{DynamicImage, Rgb, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

/// Red on the left, blue on the right.
fn two_halves(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) }).into()
}

fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("it writes");
    bytes.into_inner()
}

fn one(bytes: &[u8]) -> Result<Picture, Problem> {
    let mut read = read(bytes, &Limits::default())?;
    assert_eq!((read.pictures.len(), read.left_out), (1, 0));
    Ok(read.pictures.remove(0))
}

fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 3] {
    let image = image::load_from_memory_with_format(&picture.jpeg, ImageFormat::Jpeg).expect("a JPEG").to_rgb8();
    assert_eq!((image.width(), image.height()), (picture.width, picture.height));
    image.get_pixel(x, y).0
}

fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red > 200 && green < 60 && blue < 60
}

/// An Exif segment that says which way up the picture is, and a position.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"GPS 42.4N 71.0W");
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    let length = u16::try_from(segment.len() + 2).expect("a short segment");
    let mut file = jpeg[..2].to_vec();
    file.extend([0xff, 0xe1]);
    file.extend(length.to_be_bytes());
    file.extend(segment);
    file.extend(&jpeg[2..]);
    file
}

#[test]
fn every_kind_that_is_allowed_becomes_a_plain_jpeg() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Tiff] {
        let picture = one(&file(&two_halves(40, 20), format)).expect("a picture");
        assert_eq!((picture.width, picture.height), (40, 20));
        assert!(is_red(pixel(&picture, 4, 10)) && !is_red(pixel(&picture, 36, 10)));
    }
}

#[test]
fn a_photo_is_turned_the_right_way_up_and_loses_where_it_was_taken() {
    let sideways = with_exif(&file(&two_halves(40, 20), ImageFormat::Jpeg), 6);
    let picture = one(&sideways).expect("a picture");
    assert_eq!((picture.width, picture.height), (20, 40));
    assert!(is_red(pixel(&picture, 10, 4)) && !is_red(pixel(&picture, 10, 36)));
    let has = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(has(&sideways, b"GPS") && !has(&picture.jpeg, b"GPS") && !has(&picture.jpeg, b"Exif"));
}

#[test]
fn a_large_picture_is_made_smaller_and_a_small_one_stays() {
    let picture = one(&file(&two_halves(4_000, 1_000), ImageFormat::Png)).expect("a picture");
    assert_eq!((picture.width, picture.height), (2_000, 500));
}

#[test]
fn what_is_transparent_is_white() {
    let clear = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
    let picture = one(&file(&clear.into(), ImageFormat::Png)).expect("a picture");
    assert!(pixel(&picture, 4, 4).iter().all(|part| *part > 250));
}

#[test]
fn a_picture_that_ends_too_early_is_truncated() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let whole = file(&two_halves(200, 200), format);
        let cut = one(&whole[..whole.len() * 3 / 4]);
        assert!(matches!(cut, Err(Problem::Truncated | Problem::Unreadable)), "{format:?}: {cut:?}");
    }
    let jpeg = file(&two_halves(200, 200), ImageFormat::Jpeg);
    assert_eq!(one(&jpeg[..jpeg.len() - 2]), Err(Problem::Truncated));
}

#[test]
fn what_cannot_be_taken_has_a_code_of_its_own() {
    assert_eq!(one(b""), Err(Problem::NotAPicture));
    assert_eq!(one(b"<svg onload=alert(1)>"), Err(Problem::NotAPicture));
    assert_eq!(one(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(Problem::Heic));
    assert_eq!(one(b"GIF89a\x01\0\x01\0\0\0\0;"), Err(Problem::Animated));
    assert_eq!(one(b"BM\0\0\0\0\0\0\0\0\0\0\0\0"), Err(Problem::OtherFormat));
    let small = Limits { side: 30, ..Limits::default() };
    assert_eq!(read(&file(&two_halves(40, 20), ImageFormat::Png), &small), Err(Problem::TooLarge));
    let little = Limits { memory: 1_000, ..Limits::default() };
    assert_eq!(read(&file(&two_halves(40, 20), ImageFormat::Png), &little), Err(Problem::TooLarge));
    assert_eq!(read(&[0; 20], &Limits { bytes: 10, ..Limits::default() }), Err(Problem::TooLarge));
}

#[test]
fn a_scan_of_several_pages_gives_every_page_the_right_way_up() {
    let (first, second) = (file(&two_halves(40, 20), ImageFormat::Tiff), file(&two_halves(30, 10), ImageFormat::Tiff));
    let joined = join(&first, &second);
    let read_all = read(&joined, &Limits::default()).expect("pictures");
    let sizes: Vec<_> = read_all.pictures.iter().map(|picture| (picture.width, picture.height)).collect();
    assert_eq!((sizes, read_all.left_out), (vec![(40, 20), (30, 10)], 0));
    let first_only = read(&joined, &Limits { pages: 1, ..Limits::default() }).expect("a picture");
    assert_eq!((first_only.pictures.len(), first_only.left_out), (1, 1));
    let refuse_more = Limits { pages: 1, refuse_more: true, ..Limits::default() };
    assert_eq!(read(&joined, &refuse_more), Err(Problem::TooManyPages));
}

/// Two little-endian TIFF files as one: the second one's offsets are moved and its directory follows the first one's.
fn join(first: &[u8], second: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8], at: usize, size: usize| {
        bytes[at..at + size].iter().rev().fold(0_usize, |number, byte| (number << 8) | usize::from(*byte))
    };
    let put = |bytes: &mut [u8], at: usize, value: usize| {
        bytes[at..at + 4].copy_from_slice(&u32::try_from(value).expect("a small file").to_le_bytes());
    };
    assert_eq!((&first[..4], &second[..4]), (&b"II*\0"[..], &b"II*\0"[..]));
    let moved = first.len();
    let mut second = second.to_vec();
    let directory = number(&second, 4, 4);
    for entry in 0..number(&second, directory, 2) {
        let at = directory + 2 + entry * 12;
        let (tag, kind, count) = (number(&second, at, 2), number(&second, at + 2, 2), number(&second, at + 4, 4));
        let size = count
            * match kind {
                3 => 2,
                4 => 4,
                5 => 8,
                _ => 1,
            };
        let value = number(&second, at + 8, 4);
        if size > 4 || tag == 273 {
            put(&mut second, at + 8, value + moved);
        }
    }
    let strips = (0..number(&second, directory, 2))
        .map(|entry| directory + 2 + entry * 12)
        .find(|at| number(&second, *at, 2) == 273)
        .expect("strips");
    let count = number(&second, strips + 4, 4);
    if count > 1 {
        let offsets = number(&second, strips + 8, 4) - moved;
        for strip in 0..count {
            let value = number(&second, offsets + strip * 4, 4);
            put(&mut second, offsets + strip * 4, value + moved);
        }
    }
    let mut joined = first.to_vec();
    let first_directory = number(first, 4, 4);
    let next = first_directory + 2 + number(first, first_directory, 2) * 12;
    put(&mut joined, next, directory + moved);
    joined.extend(second);
    joined
}

#[test]
fn the_first_pages_of_a_pdf_become_pictures() {
    let pdf = crate::pdf::sample::pages(&["first page", "second page", "third page"]);
    let read = read(&pdf, &Limits { pages: 2, ..Limits::default() }).expect("pictures");
    assert_eq!((read.pictures.len(), read.left_out), (2, 1));
    assert_eq!(
        super::read(&pdf, &Limits { pages: 2, refuse_more: true, ..Limits::default() }),
        Err(Problem::TooManyPages)
    );
    assert!(super::read(&pdf, &Limits { pages: 3, refuse_more: true, ..Limits::default() }).is_ok());
    let picture = &read.pictures[0];
    assert_eq!((picture.width.max(picture.height), picture.width < picture.height), (2_000, true));
    let image = image::load_from_memory(&picture.jpeg).expect("a JPEG").to_luma8();
    let dark = image.pixels().filter(|pixel| pixel.0[0] < 100).count();
    assert!(dark > 100 && dark < image.len() / 10, "{dark} dark points");
}

#[test]
fn real_scans_give_pictures_or_codes() {
    let Some(files) = crate::test_data::files("scans", &["jpg", "png", "tif", "tiff", "gif", "heif", "dcm"]) else {
        return;
    };
    assert!(files.len() > 20);
    for (name, bytes) in files {
        let read = read(&bytes, &Limits::default());
        eprintln!("{name}: {read:?}");
        let expected = match name.as_str() {
            "exif__HMD_Nokia_8.3_5G_hdr.heif" => Some(Err(Problem::Heic)),
            "pil__truncated_jpeg.jpg" => Some(Err(Problem::Truncated)),
            "pil__decompression_bomb.gif" => Some(Err(Problem::Animated)),
            "pyd__CT_small.dcm" | "pyd__examples_jpeg2k.dcm" => Some(Err(Problem::OtherFormat)),
            "pil__g4-multi.tiff" => Some(Ok(3)),
            "exifo__Landscape_6.jpg"
            | "exif__DSCN0010.jpg"
            | "ocrm__baiona_cmyk.jpg"
            | "ocrm__baiona_alpha.png"
            | "pil__hopper_bad_exif.jpg"
            | "ocrm__typewriter.png"
            | "pil__g4_orientation_6.tif" => Some(Ok(1)),
            _ => None,
        };
        let found = read.map(|read| read.pictures.len());
        assert!(expected.is_none_or(|expected| expected == found), "{name}: {found:?}");
    }
}

/// Printers' JPEGs hold four inks, often inverted; the same photo must come out in the same colours.
#[test]
fn a_photo_in_printers_inks_keeps_its_colours() {
    let Some(files) = crate::test_data::files("scans", &["jpg", "png"]) else { return };
    let average = |name: &str| {
        let (_, bytes) = files.iter().find(|(file, _)| file == name).expect("the file is there");
        let picture = one(bytes).expect("a picture");
        let image = image::load_from_memory(&picture.jpeg).expect("a JPEG").to_rgb8();
        let points = u64::from(picture.width) * u64::from(picture.height);
        [0, 1, 2].map(|part| image.pixels().map(|pixel| u64::from(pixel.0[part])).sum::<u64>() / points)
    };
    let (inks, screen) = (average("ocrm__baiona_cmyk.jpg"), average("ocrm__baiona_alpha.png"));
    let close = inks.iter().zip(screen).all(|(one, other)| one.abs_diff(other) < 40);
    assert!(close, "{inks:?} is not {screen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_change_to_a_picture_breaks_the_reading(
        kind in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Tiff][kind];
        let mut bytes = file(&two_halves(16, 16), format);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes, &Limits { side: 1_000, memory: 8 << 20, ..Limits::default() });
        bytes.truncate(cut.index(bytes.len()));
        let _ = read(&bytes, &Limits { side: 1_000, memory: 8 << 20, ..Limits::default() });
    }
}
