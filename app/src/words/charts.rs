//! Words of records coming in. Staff read English in both languages.

#[derive(Debug)]
pub struct Charts {
    /// The place as the header names it.
    pub place: &'static str,
}

pub(super) const ENGLISH: Charts = Charts { place: "Charts" };

pub(super) const SPANISH: Charts = Charts { place: "Charts" };
