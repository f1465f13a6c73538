//! Whether a JPEG is whole. Decoders fill what is missing with grey and say nothing.

/// Follows the segments to the picture's data and looks for its end mark behind it. A thumbnail's end mark stands in
/// a segment before.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        let Some([0xff, marker]) = bytes.get(at..at + 2) else { return false };
        match marker {
            0xff => at += 1,
            // Start of scan: what follows is the picture.
            0xda => return bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]),
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let Some([high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
            }
        }
    }
}
