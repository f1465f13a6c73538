//! How a file is described: its kind, its pages and its size.

use domain::{language::Language, words};

/// "PDF, 12 pages, 1.2 MB".
pub fn described(media_type: &str, pages: Option<u32>, bytes: u64, language: Language) -> String {
    let pages = pages.map(|count| words::pages(count, language));
    let parts = [Some(file_type(media_type)), pages, Some(size(bytes))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// In whole kilobytes, from a megabyte on in tenths of one; as phones and computers show it.
pub fn size(bytes: u64) -> String {
    const MEGABYTE: u64 = 1_000_000;
    if bytes < MEGABYTE {
        return format!("{} KB", bytes.div_ceil(1_000));
    }
    let tenths = (bytes + MEGABYTE / 20) / (MEGABYTE / 10);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// The name that people know a kind of file by; a kind without one by its media type.
fn file_type(media_type: &str) -> String {
    let known = match media_type.split(';').next().unwrap_or_default().trim() {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPEG",
        "image/png" => "PNG",
        "image/tiff" => "TIFF",
        "text/plain" => "TXT",
        "text/html" => "HTML",
        "text/xml" | "application/xml" => "XML",
        "application/rtf" | "text/rtf" => "RTF",
        "application/dicom" => "DICOM",
        "application/zip" => "ZIP",
        other => other,
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_reads_as_a_phone_shows_it() {
        let said = [0, 1, 1_000, 84_200, 999_999, 1_000_000, 1_249_999, 1_960_000, 20_000_000].map(size);
        assert_eq!(said, ["0 KB", "1 KB", "1 KB", "85 KB", "1000 KB", "1.0 MB", "1.2 MB", "2.0 MB", "20.0 MB"]);
    }

    #[test]
    fn a_file_is_described_in_the_language_of_the_page() {
        assert_eq!(described("application/pdf", Some(1), 84_200, Language::English), "PDF, 1 page, 85 KB");
        assert_eq!(described("application/pdf", Some(12), 1_200_000, Language::Spanish), "PDF, 12 páginas, 1.2 MB");
        assert_eq!(described("text/plain", None, 10, Language::English), "TXT, 1 KB");
    }

    #[test]
    fn a_kind_of_file_has_the_name_that_people_know() {
        let said = ["application/pdf", "text/plain; charset=utf-8", "model/gltf+json"].map(file_type);
        assert_eq!(said, ["PDF", "TXT", "model/gltf+json"]);
    }
}
