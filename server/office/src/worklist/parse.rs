//! What forms and addresses of the worklist post, read.

use domain::{
    ids::{ItemId, RequestId},
    refusal::Refusal,
    version::Version,
};

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

pub(super) fn items(typed: &[String]) -> Result<Vec<(ItemId, Version)>> {
    typed.iter().map(|typed| item(typed)).collect()
}
