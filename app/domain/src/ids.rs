//! Ids: one type for each thing, so that one cannot be taken for another. They are made by the office
//! (UUID version 7), never taken from a form, and knowing one gives no right to anything.

use std::{fmt, str::FromStr};

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub Uuid);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    )*};
}

id! {
    /// An organization whose records department answers.
    FacilityId,
    /// Someone the office knows: a requester or a member of staff.
    PersonId,
    /// A chart: everything held about one patient.
    PatientId,
    /// A visit or a stay, as the source system knows it.
    EncounterId,
    /// One version of one document in a chart.
    DocumentId,
    /// One part of a request.
    ItemId,
    /// One ask to the requester that the request waits on.
    QuestionId,
    /// What a person sent to show who they are.
    EvidenceId,
    /// A frozen, ordered list of document versions made for one recipient.
    PackageId,
    /// One package's way to one recipient.
    DeliveryId,
    /// A message without health information.
    NoticeId,
    /// Sealed bytes.
    BlobId,
}

/// A request at the facility that answers it. In an address it is written as 43 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RequestId {
    pub facility: FacilityId,
    pub id: Uuid,
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut both = [0; 32];
        both[..16].copy_from_slice(self.facility.0.as_bytes());
        both[16..].copy_from_slice(self.id.as_bytes());
        f.write_str(&Base64UrlUnpadded::encode_string(&both))
    }
}

impl FromStr for RequestId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut both = [0; 32];
        let read = Base64UrlUnpadded::decode(text, &mut both).map_err(|_| NotAnId)?;
        let (facility, id) = read.split_at_checked(16).ok_or(NotAnId)?;
        Ok(Self {
            facility: FacilityId(Uuid::from_slice(facility).map_err(|_| NotAnId)?),
            id: Uuid::from_slice(id).map_err(|_| NotAnId)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_request_id_survives_the_address_bar(facility: u128, id: u128) {
            let request = RequestId { facility: FacilityId(Uuid::from_u128(facility)), id: Uuid::from_u128(id) };
            prop_assert_eq!(request.to_string().parse(), Ok(request));
        }

        #[test]
        fn no_text_breaks_the_reading(text: String) {
            let _ = text.parse::<RequestId>();
        }
    }
}
