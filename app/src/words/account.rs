//! Words of a person's own account: its place in the header.

#[derive(Debug)]
pub struct Account {
    /// The place as the header names it.
    pub place: &'static str,
}

pub(super) const ENGLISH: Account = Account { place: "Your account" };

pub(super) const SPANISH: Account = Account { place: "Su cuenta" };
