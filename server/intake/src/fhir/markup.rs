//! The words of HTML and of a clinical document's narrative, without the markup. Nothing of the markup survives, so
//! nothing in it can act.

use std::collections::BTreeSet;

/// The text of HTML: blocks on lines of their own, cells of a row divided by a bar. Scripts and styles are dropped.
pub(super) fn text(html: &str) -> String {
    let mut written = Written::default();
    walk(html, &mut written, true);
    written.finish()
}

/// The human-readable part of a clinical document in XML: every `title` and `text`. Nothing where there is none.
pub(super) fn narrative(xml: &str) -> Option<String> {
    let mut written = Written::default();
    walk(xml, &mut written, false);
    let text = written.finish();
    (!text.is_empty()).then_some(text)
}

fn walk(markup: &str, written: &mut Written, everything: bool) {
    let mut rest = markup;
    let mut inside = usize::from(everything);
    // what once was found not to end is not looked through again and again
    let mut endless = BTreeSet::new();
    while let Some(at) = rest.find('<') {
        if inside > 0 {
            written.push(&rest[..at]);
        }
        rest = &rest[at..];
        let Some(piece) = Piece::of(rest) else {
            // A lone `<` is what somebody wrote: "x < 5".
            if inside > 0 {
                written.push("<");
            }
            rest = &rest[1..];
            continue;
        };
        match piece {
            Piece::Skipped(length) => rest = &rest[length..],
            Piece::Verbatim { length, words } => {
                if inside > 0 {
                    written.literal(words);
                }
                rest = &rest[length..];
            }
            Piece::Tag { length, name, closes, empty } => {
                rest = &rest[length..];
                let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
                if !everything && matches!(name.as_str(), "title" | "text") && !empty {
                    inside = if closes { inside.saturating_sub(1) } else { inside + 1 };
                    written.line();
                } else if everything && matches!(name.as_str(), "script" | "style" | "head") && !closes && !empty {
                    let after = if endless.contains(&name) { None } else { after_end(rest, &name) };
                    if after.is_none() {
                        endless.insert(name);
                    }
                    rest = after.unwrap_or(rest);
                } else if inside > 0 {
                    written.tag(&name, closes);
                }
            }
        }
    }
    if inside > 0 {
        written.push(rest);
    }
}

enum Piece<'a> {
    Skipped(usize),
    Verbatim { length: usize, words: &'a str },
    Tag { length: usize, name: &'a str, closes: bool, empty: bool },
}

impl<'a> Piece<'a> {
    /// The piece of markup that `rest` begins with; nothing where it is text after all.
    fn of(rest: &'a str) -> Option<Self> {
        if let Some(after) = rest.strip_prefix("<!--") {
            return Some(Self::Skipped(after.find("-->")? + 7));
        }
        if let Some(after) = rest.strip_prefix("<![CDATA[") {
            let end = after.find("]]>")?;
            return Some(Self::Verbatim { length: end + 12, words: &after[..end] });
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return Some(Self::Skipped(rest.find('>')? + 1));
        }
        let closes = rest[1..].starts_with('/');
        let from = if closes { 2 } else { 1 };
        if !rest.as_bytes().get(from)?.is_ascii_alphabetic() {
            return None;
        }
        let named = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_');
        let name_end = from + rest.as_bytes()[from..].iter().take_while(|byte| named(byte)).count();
        let mut quote = None;
        for (at, byte) in rest.bytes().enumerate().skip(name_end) {
            match (quote, byte) {
                (None, b'>') => {
                    let (name, empty) = (&rest[from..name_end], rest.as_bytes()[at - 1] == b'/');
                    return Some(Self::Tag { length: at + 1, name, closes, empty });
                }
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
        }
        None
    }
}

/// What follows the end of an element; nothing where it has none: then its words are better seen than lost.
fn after_end<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let closed = tag_at(rest, &format!("</{name}"));
    // HTML may leave out the end of a head
    let until = &rest[..closed.unwrap_or(rest.len())];
    let body = if name == "head" { tag_at(until, "<body") } else { None };
    match (closed, body) {
        (_, Some(body)) => Some(&rest[body..]),
        (Some(closed), None) => rest[closed..].split_once('>').map(|(_, after)| after),
        (None, None) => None,
    }
}

/// Where a tag begins that begins like this and has no longer name.
fn tag_at(rest: &str, beginning: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    rest.match_indices('<').map(|(at, _)| at).find(|at| {
        let end = at + beginning.len();
        let begins = bytes.get(*at..end).is_some_and(|part| part.eq_ignore_ascii_case(beginning.as_bytes()));
        begins && bytes.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric())
    })
}

/// What stands in a clinical document in place of its sections: a file, as base64, and its media type. A section may
/// hold such a file too, beside words that would be lost with it.
pub(super) fn carried(xml: &str) -> Option<(&str, &str)> {
    let (mut rest, mut in_place) = (xml, false);
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let length = match Piece::of(rest) {
            Some(Piece::Tag { length, name, closes, .. }) if name.rsplit(':').next() == Some("nonXMLBody") => {
                in_place = !closes;
                length
            }
            Some(Piece::Tag { length, name, closes: false, empty: false })
                if in_place
                    && name.rsplit(':').next() == Some("text")
                    && attribute(&rest[..length], "representation") == Some("B64") =>
            {
                let media_type = attribute(&rest[..length], "mediaType").unwrap_or_default();
                let inside = &rest[length..];
                let verbatim = inside.trim_start().strip_prefix("<![CDATA[").and_then(|data| data.split_once("]]>"));
                let (data, _) = verbatim.or_else(|| inside.split_once('<'))?;
                return (!data.trim().is_empty()).then_some((media_type, data));
            }
            Some(Piece::Skipped(length) | Piece::Verbatim { length, .. } | Piece::Tag { length, .. }) => length,
            None => 1,
        };
        rest = &rest[length..];
    }
    None
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let stands_alone = tag[..at].ends_with(|c: char| c.is_ascii_whitespace());
        let value = tag[at + name.len()..].trim_start().strip_prefix('=').filter(|_| stands_alone)?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split_once(quote).map(|(value, _)| value)
    })
}

#[derive(Default)]
struct Written {
    text: String,
    space: bool,
    preformatted: usize,
    /// Whether what comes next stands above the line: 10⁹ is not 109.
    raised: bool,
}

impl Written {
    fn push(&mut self, raw: &str) {
        self.literal(&entities(raw));
    }

    fn literal(&mut self, words: &str) {
        for c in words.chars() {
            if self.preformatted > 0 {
                self.raise(c);
                self.text.push(c);
            } else if c.is_ascii_whitespace() {
                self.space = true;
            } else {
                if self.space && !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
                    self.text.push(' ');
                }
                self.space = false;
                self.raise(c);
                self.text.push(c);
            }
        }
    }

    fn raise(&mut self, c: char) {
        if std::mem::take(&mut self.raised) && (c.is_ascii_digit() || matches!(c, '+' | '-' | '\u{2212}')) {
            self.text.push('^');
        }
    }

    fn line(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn tag(&mut self, name: &str, closes: bool) {
        match name {
            "pre" => {
                self.line();
                self.preformatted = if closes { self.preformatted.saturating_sub(1) } else { self.preformatted + 1 };
            }
            "td" | "th" if !closes => {
                if !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push_str(" | ");
                }
                self.space = false;
            }
            "sup" => self.raised = !closes,
            "li" | "item" if !closes => {
                self.line();
                self.text.push_str("- ");
            }
            "br" | "p" | "div" | "tr" | "table" | "ul" | "ol" | "list" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "paragraph" | "caption" | "section" | "article" | "blockquote" | "hr" | "dt" | "dd" | "thead"
            | "tbody" | "item" | "li" | "body" | "title" => self.line(),
            _ => {}
        }
    }

    fn finish(self) -> String {
        self.text.trim_matches('\n').trim_end().to_owned()
    }
}

fn entities(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let named = rest.as_bytes().iter().take(12).position(|byte| *byte == b';');
        match named.and_then(|end| Some((entity(&rest[..end])?, end))) {
            Some((c, end)) => {
                text.push(c);
                rest = &rest[end + 1..];
            }
            None => text.push('&'),
        }
    }
    text.push_str(rest);
    text
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_words_of_html_are_left() {
        let html = "<html><head><title>x</title></head><body onload='go(\">\")'><h1>Visit</h1><p>Pain &lt; 3 &amp; \
                    falling,\n x < 5</p><script>alert('1')</script><table><tr><th>Drug</th><th>Dose</th></tr><tr>\
                    <td>Aspirin</td><td>81&#160;mg</td></tr></table><ul><li>rest</ul><pre>a\n  b</pre></body></html>";
        assert_eq!(text(html), "Visit\nPain < 3 & falling, x < 5\nDrug | Dose\nAspirin | 81\u{a0}mg\n- rest\na\n  b");
    }

    #[test]
    fn a_clinical_document_is_read_by_its_titles_and_narrative() {
        let xml = "<ClinicalDocument><id root=\"1\"/><title>Summary</title><code code=\"2\">hidden</code><section>\
                   <title>Allergies</title><text><table><tr><td>Bees</td><td>Hives</td></tr></table></text>\
                   <entry>hidden</entry></section></ClinicalDocument>";
        assert_eq!(narrative(xml).as_deref(), Some("Summary\nAllergies\nBees | Hives"));
        assert_eq!(narrative("<a><b>no narrative</b></a>"), None);
    }

    #[test]
    fn a_number_above_the_line_is_told_from_the_one_before() {
        assert_eq!(text("<p>250 × 10<sup>9</sup>/L, 10 <SUP>-3</SUP></p>"), "250 × 10^9/L, 10 ^-3");
        assert_eq!(text("the 1<sup>st</sup> visit, H<sub>2</sub>O"), "the 1st visit, H2O");
        assert_eq!(narrative("<text>10<sup>9</sup></text>").as_deref(), Some("10^9"));
    }

    #[test]
    fn a_head_that_is_not_closed_hides_no_words() {
        assert_eq!(text("<html><head><title>x</title><body><p>Rest.</p></body></html>"), "Rest.");
        assert_eq!(text("<head><meta charset='x'><header>Clinic</header><p>Rest.</p>"), "Clinic\nRest.");
        assert_eq!(text("<head><title>x</title></head><p>Rest.</p>"), "Rest.");
        assert_eq!(text("<p>Rest.</p><script>go()"), "Rest.\ngo()");
    }

    #[test]
    fn a_clinical_document_without_sections_carries_a_file() {
        let xml = "<ClinicalDocument><title>Scan</title><component><nonXMLBody><text mediaType=\"application/pdf\"\n \
                   representation='B64'>JVBERi0x</text></nonXMLBody></component></ClinicalDocument>";
        assert_eq!(carried(xml), Some(("application/pdf", "JVBERi0x")));
        let within = |body: &str| format!("<component><nonXMLBody>{body}</nonXMLBody></component>");
        assert_eq!(carried(&within("<text mediaType=\"text/plain\">Words</text>")), None);
        assert_eq!(carried(&within("<text representation=\"B64\"> </text>")), None);
        assert_eq!(carried("<nonXMLBody><text representation=\"B64\">never ends"), None);
        let verbatim = within("<text mediaType='application/pdf' representation='B64'>\n<![CDATA[JVBERi0x]]></text>");
        assert_eq!(carried(&verbatim), Some(("application/pdf", "JVBERi0x")));
        assert_eq!(carried(&within("<text representation='B64'><![CDATA[ ]]></text>")), None);
        let noted =
            "<section><text>Allergies: none</text><entry><text representation=\"B64\">e1xy</text></entry></section>";
        assert_eq!(carried(noted), None, "a note in a section is not the whole document");
    }

    #[test]
    fn markup_that_never_ends_loses_no_words() {
        assert_eq!(text("before <b unclosed"), "before <b unclosed");
        assert_eq!(text("before <!-- never closed"), "before <!-- never closed");
    }

    proptest! {
        #[test]
        fn no_markup_breaks_the_reading(markup in "([<>&;/!a-z\"' é-]|<script|</|<!--|-->|&#x){0,60}") {
            let _ = (text(&markup), narrative(&markup), carried(&markup));
        }

        #[test]
        fn plain_words_stay_as_they_are(words in "[a-zé0-9.,]{1,12}( [a-zé0-9.,]{1,12}){0,6}") {
            prop_assert_eq!(text(&words), words);
        }
    }
}
