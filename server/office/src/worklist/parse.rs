//! What forms and addresses of the worklist post, read.

use domain::{
    ids::{ItemId, RequestId},
    refusal::Refusal,
    version::Version,
};
use jiff::civil::Date;
use uuid::Uuid;

use crate::Result;

/// What is no id is nobody's request.
pub(super) fn request(typed: &str) -> Result<RequestId> {
    typed.parse().map_err(|_| Refusal::NotFound.into())
}

/// A version that cannot be read was not seen by anybody.
pub(super) fn version(typed: &str) -> Result<Version> {
    typed.trim().parse().map(Version).map_err(|_| Refusal::MovedOn.into())
}

/// An item with the version that was seen: `id:version`.
pub(super) fn item(typed: &str) -> Result<(ItemId, Version)> {
    let (id, seen) = typed.split_once(':').ok_or(Refusal::NotFound)?;
    Ok((id.parse().map_err(|_| Refusal::NotFound)?, version(seen)?))
}

/// Where a page of a list ended: `2026-04-02.ID`. What cannot be read begins at the beginning, and so does a day that the
/// database has no date for.
pub(super) fn after(typed: &str) -> Option<(Date, Uuid)> {
    let (day, id) = typed.split_once('.')?;
    let day = day.parse::<Date>().ok().filter(|day| day.year() >= 1)?;
    Some((day, Uuid::try_parse(id).ok()?))
}

pub(super) fn items(typed: &[String]) -> Result<Vec<(ItemId, Version)>> {
    typed.iter().map(|typed| item(typed)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_page_begins_after_a_day_that_the_database_knows_or_at_the_beginning() {
        let id = Uuid::from_u128(7);
        assert_eq!(after(&format!("2026-04-02.{id}")), Some((date(2026, 4, 2), id)));
        assert_eq!(after(&format!("0001-01-01.{id}")), Some((date(1, 1, 1), id)), "what has no date");
        for typed in [format!("-009999-01-01.{id}"), format!("today.{id}"), "2026-04-02.x".to_owned(), String::new()] {
            assert_eq!(after(&typed), None, "{typed}");
        }
    }
}
