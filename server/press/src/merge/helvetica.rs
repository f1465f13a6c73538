//! Helvetica's widths, for the two places that set a line of text without Typst.

/// Widths of the characters from space to tilde, in thousandths of the font's size (Adobe Core 14 metrics).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// How wide a line is at size one. Accented letters count as wide as the widest common one.
pub(super) fn width(text: &str) -> f32 {
    text.chars()
        .map(|c| {
            let at = (c as usize).wrapping_sub(32);
            f32::from(WIDTHS.get(at).copied().unwrap_or(722)) / 1000.0
        })
        .sum()
}

/// A line in the font's encoding (`WinAnsiEncoding`), as a PDF hexadecimal string. What the font lacks becomes a question mark.
pub(super) fn encoded(text: &str) -> String {
    let mut hex = String::from("<");
    for c in text.chars() {
        let byte = match c {
            ' '..='~' => c as u8,
            '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
            '–' => 0x96,
            '—' => 0x97,
            '‘' => 0x91,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '•' => 0x95,
            '€' => 0x80,
            _ => b'?',
        };
        hex.extend([byte >> 4, byte & 15].map(|nibble| char::from(b"0123456789ABCDEF"[usize::from(nibble)])));
    }
    hex.push('>');
    hex
}
