//! Words of a person's own account: factors, devices, people and roles.

#[derive(Debug)]
pub struct Account {
    /// The place as the header names it.
    pub place: &'static str,
}

pub(super) const ENGLISH: Account = Account { place: "Your account" };

pub(super) const SPANISH: Account = Account { place: "Su cuenta" };
