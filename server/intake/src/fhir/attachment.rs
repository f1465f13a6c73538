//! What is attached to a note or a report, by value or as a `Binary` in the bundle.

use base64ct::{Base64, Encoding};
use domain::document::Block;
use serde::Deserialize;

use super::{
    element::Attachment,
    entry::{Entry, Kind},
    markup,
    reading::Reading,
    refused::{About, Reason, Refused},
};
use crate::pdf;

/// Before the name of a document: the bytes of it that stand in its own resource.
pub(super) const CONTENT: &str = "content:";

/// Bytes that came with a resource.
pub(super) struct Content {
    /// The media type that the source states, with its parameters.
    declared: String,
    pub bytes: Vec<u8>,
    /// The `Binary` that they stood in.
    pub binary: Option<usize>,
}

/// A content as a document shows it.
pub(super) enum Shown {
    Text(Vec<Block>),
    File { media_type: String, bytes: Vec<u8> },
}

/// The bytes of an attachment; nothing where they are not in the bundle.
///
/// # Errors
/// Bytes that are not base64, or more of them than the import takes.
pub(super) fn content(reading: &Reading, from: usize, attached: &Attachment) -> Result<Option<Content>, Refused> {
    let entry = &reading.entries[from];
    if let Some(data) = attached.data.as_deref().filter(|data| !data.trim().is_empty()) {
        let bytes = decode(reading, entry, data)?;
        return Ok(Some(Content { declared: attached.content_type.clone().unwrap_or_default(), bytes, binary: None }));
    }
    let is_missing = || {
        reading.miss(from, CONTENT.to_owned());
        Ok(None)
    };
    let Some(url) = &attached.url else { return is_missing() };
    let reference = super::element::Reference { reference: Some(url.clone()), ..Default::default() };
    let Some(at) = reading.linked(from, &reference)?.filter(|at| reading.entries[*at].kind == Kind::Binary) else {
        return is_missing();
    };
    let binary: Binary = reading.entries[at].parse()?;
    let Some(data) = binary.data else { return is_missing() };
    let bytes = decode(reading, &reading.entries[at], &data)?;
    let declared = attached.content_type.clone().or(binary.content_type).unwrap_or_default();
    Ok(Some(Content { declared, bytes, binary: Some(at) }))
}

/// How faithful what is attached is said to be, whether it is there or not.
pub(super) fn stated_rank(attached: &Attachment) -> Option<u8> {
    attached.content_type.as_deref().map(rank)
}

/// Whether what is attached is said to be text, and is then no file of its own.
pub(super) fn is_said_to_be_text(attached: &Attachment) -> bool {
    matches!(stated_rank(attached), Some(2 | 3))
}

fn rank(declared: &str) -> u8 {
    match media_type(declared).as_str() {
        "application/pdf" => 0,
        "image/tiff" | "image/jpeg" | "image/png" => 1,
        "text/plain" => 2,
        "text/html" | "application/xhtml+xml" => 3,
        _ => 4,
    }
}

impl Content {
    /// How faithful this form of a document is among several: the smaller the better.
    pub(super) fn rank(&self) -> u8 {
        rank(&self.declared)
    }

    /// A text as text, a page as the file that it is. The bytes decide what a file is, not what is said of it.
    pub(super) fn show(self, reading: &Reading, from: usize) -> Shown {
        let declared = media_type(&self.declared);
        let misstated = || reading.remark(About::TypeMisstated, &reading.entries[from].type_name);
        if let Some(media_type) = page_type(&self.bytes) {
            if declared != media_type && !(declared == "image/jpg" && media_type == "image/jpeg") {
                misstated();
            }
            return Shown::File { media_type: media_type.to_owned(), bytes: self.bytes };
        }
        let is_markup = matches!(declared.as_str(), "text/html" | "application/xhtml+xml");
        let is_xml = declared == "text/xml" || declared == "application/xml" || declared.ends_with("+xml");
        let is_text = declared.is_empty() || (declared.starts_with("text/") && !declared.ends_with("/rtf"));
        if is_markup || is_xml || is_text {
            let (text, guessed) = text(&self.declared, &self.bytes);
            if text.contains('\0') {
                misstated();
                return Shown::File { media_type: "application/octet-stream".to_owned(), bytes: self.bytes };
            }
            if is_xml && let Some((inner, data)) = markup::carried(&text) {
                return match plain(data) {
                    Some(bytes) => Self { declared: inner.to_owned(), bytes, binary: self.binary }.show(reading, from),
                    None => Shown::File { media_type: declared, bytes: self.bytes },
                };
            }
            let shown = match (is_markup, is_xml) {
                (true, _) => Some(markup::text(&text)),
                (_, true) => markup::narrative(&text),
                _ => Some(text),
            };
            if let Some(shown) = shown {
                if guessed {
                    reading.remark(About::EncodingGuessed, &reading.entries[from].type_name);
                }
                return Shown::Text(vec![Block::Note(printable(&shown))]);
            }
        }
        if matches!(declared.as_str(), "application/pdf" | "image/tiff" | "image/jpeg" | "image/png") {
            misstated();
            return Shown::File { media_type: "application/octet-stream".to_owned(), bytes: self.bytes };
        }
        Shown::File { media_type: declared, bytes: self.bytes }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Binary {
    content_type: Option<String>,
    data: Option<String>,
}

fn decode(reading: &Reading, entry: &Entry, data: &str) -> Result<Vec<u8>, Refused> {
    if data.len() / 4 * 3 > reading.limits.attachment {
        return Err(entry.refuse(Reason::AttachmentTooLarge));
    }
    let bytes = plain(data).ok_or_else(|| entry.refuse(Reason::BadBase64))?;
    reading.take_bytes(entry, bytes.len())?;
    Ok(bytes)
}

fn plain(data: &str) -> Option<Vec<u8>> {
    // FHIR and C-CDA allow white space inside base64.
    let packed: String;
    let data = if data.bytes().any(|byte| byte.is_ascii_whitespace()) {
        packed = data.split_ascii_whitespace().collect();
        &packed
    } else {
        data
    };
    Base64::decode_vec(data).ok()
}

fn media_type(declared: &str) -> String {
    declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The type of bytes that are pages by themselves.
fn page_type(bytes: &[u8]) -> Option<&'static str> {
    if pdf::is_pdf(bytes) {
        return Some("application/pdf");
    }
    let sniffed = infer::get(bytes)?.mime_type();
    matches!(sniffed, "image/tiff" | "image/jpeg" | "image/png").then_some(sniffed)
}

/// The text, and whether its encoding had to be guessed.
fn text(declared: &str, bytes: &[u8]) -> (String, bool) {
    let declared = declared.to_ascii_lowercase();
    let charset = declared.split_once("charset=").map(|(_, charset)| charset.trim_matches(['"', ' ', '\'']));
    if matches!(charset, Some("iso-8859-1" | "latin1" | "windows-1252" | "cp1252")) {
        return (windows_1252(bytes), false);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(), false),
        Err(_) => (windows_1252(bytes), true),
    }
}

fn windows_1252(bytes: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    bytes
        .iter()
        .map(|byte| if (0x80..0xa0).contains(byte) { HIGH[usize::from(byte - 0x80)] } else { char::from(*byte) })
        .collect()
}

/// The same text with one kind of line break and nothing that steers a printer.
fn printable(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' | '\u{c}' | '\u{b}' => '\n',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_windows_text_is_read_as_it_was_meant() {
        assert_eq!(text("text/plain; charset=windows-1252", b"\x93Jos\xe9\x94"), ("“José”".to_owned(), false));
        assert_eq!(text("text/plain", b"Jos\xe9"), ("José".to_owned(), true));
        assert_eq!(text("text/plain; charset=UTF-8", "José".as_bytes()), ("José".to_owned(), false));
    }

    #[test]
    fn a_note_keeps_its_lines_and_loses_what_steers_a_printer() {
        assert_eq!(printable("a\r\nb\rc\td\u{1b}[31m"), "a\nb\nc\td\u{fffd}[31m");
    }
}
