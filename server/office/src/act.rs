//! What an act is. A new one does not compile until it says who is admitted, how strongly they must have signed in, and
//! what it is about.

use std::{
    fmt::{self, Write as _},
    future::Future,
    sync::{Arc, Mutex},
};

use domain::{
    caller::{Caller, Level, Side},
    ids::{DocumentId, FacilityId, PatientId, PersonId, RequestId},
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::{ContextV7, Uuid};

use crate::Result;

/// Where a person sits: a hash of the session's cookie. The cookie's own value never reaches PostgreSQL.
#[derive(Clone, PartialEq, Eq)]
pub struct Seat(String);

impl Seat {
    pub fn of_cookie(value: &str) -> Self {
        Self(Sha256::digest(value.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        }))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seat(…)")
    }
}

/// The key of a form: the same form sent twice is carried out once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(pub Uuid);

impl Ticket {
    /// The ticket of a form with what it says, by name and in the order in which it was posted. The same key with other
    /// words is another form: whoever goes back to a page that the browser kept, and corrects it, is not answered with
    /// the receipt of what was there before.
    pub fn of<'a>(key: Uuid, said: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut hash = Sha256::new();
        hash.update(key.as_bytes());
        for (name, value) in said {
            // each with its length, so that no two forms run together into the same bytes
            for part in [name.as_bytes(), value] {
                hash.update(part.len().to_be_bytes());
                hash.update(part);
            }
        }
        let digest: [u8; 32] = hash.finalize().into();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        Self(Uuid::from_bytes(id))
    }
}

/// What an act is about, for the trail; known even when the act is refused.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    /// None: no facility's own (a patient's list over all of them, signing in).
    pub facility: Option<FacilityId>,
    pub request: Option<RequestId>,
    pub patient: Option<PatientId>,
}

impl About {
    pub fn request(request: RequestId) -> Self {
        Self { facility: Some(request.facility), request: Some(request), patient: None }
    }

    pub fn facility(facility: FacilityId) -> Self {
        Self { facility: Some(facility), ..Self::default() }
    }
}

/// One thing that a person can do at the office, reads included: one page is one act.
pub trait Act: Send + Sized + 'static {
    /// As the trail holds it.
    const NAME: &'static str;
    /// Whose login it runs on. `Side::Staff` acts that read the trail say so by `TRAIL`.
    const SIDE: Side;
    const NEEDS: Level;
    /// It changes nothing: it takes no ticket, and a patient's own look does not wait for the disk.
    const LOOK: bool;
    /// It reads the trail, under the login that may.
    const TRAIL: bool = false;
    /// What admission established: usually the rows themselves, locked, so that doing the work never reads them again.
    type Admitted: Send;
    /// What the page shows or, of a change, the receipt: a form that comes twice gets the first one's.
    type Output: Serialize + DeserializeOwned + Send + 'static;

    fn about(&self) -> About;
    fn admit(&self, caller: &Caller, db: &mut PgConnection) -> impl Future<Output = Result<Self::Admitted>> + Send;
    /// `desk` gives the time, ids and the vault, and takes what the entry on the trail should add.
    fn carry_out(
        self,
        admitted: Self::Admitted,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// Work of the system itself: timers, builds, mail, import. Its actor is the worker's login.
pub trait SystemAct: Send + Sized + 'static {
    const NAME: &'static str;
    type Output: Send + 'static;

    fn about(&self) -> About;
    fn carry_out(self, desk: &mut AtDesk, db: &mut PgConnection) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// What lies on the desk while an act is carried out.
pub struct AtDesk {
    now: Timestamp,
    as_of: i64,
    caller: Option<Caller>,
    pub(crate) vault: Arc<crate::desk::Vault>,
    pub(crate) entry: Entry,
    /// Ids made in one act sort in the order in which they were made.
    ids: Mutex<ContextV7>,
}

/// What an act adds to its entry on the trail: ids and names of fields, never values.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    pub(crate) request: Option<RequestId>,
    pub(crate) patient: Option<PatientId>,
    pub(crate) facility: Option<FacilityId>,
    pub(crate) shown: Vec<Uuid>,
    pub(crate) fields: Vec<&'static str>,
    pub(crate) purpose: Option<String>,
}

impl AtDesk {
    pub(crate) fn new(now: Timestamp, caller: Option<Caller>, as_of: i64, vault: Arc<crate::desk::Vault>) -> Self {
        Self { now, as_of, caller, vault, entry: Entry::default(), ids: Mutex::new(ContextV7::new()) }
    }

    /// The act's one time: the database's, at the start of its transaction.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// What a page carries that is kept up to date: a change by this transaction or a later one is one that it may have
    /// missed.
    pub fn as_of(&self) -> i64 {
        self.as_of
    }

    /// Who sits there; None where the system works.
    pub fn caller(&self) -> Option<&Caller> {
        self.caller.as_ref()
    }

    pub fn person(&self) -> Option<PersonId> {
        self.caller.as_ref().map(|caller| caller.person)
    }

    /// A new id; sorts by time.
    pub fn id(&self) -> Uuid {
        let seconds = u64::try_from(self.now.as_second()).unwrap_or_default();
        let nanos = u32::try_from(self.now.subsec_nanosecond()).unwrap_or_default();
        Uuid::new_v7(uuid::Timestamp::from_unix(&self.ids, seconds, nanos))
    }

    /// The request that the act turned out to be about, where it was not known before (it is made by the act).
    pub fn about_request(&mut self, request: RequestId) {
        self.entry.request = Some(request);
        self.entry.facility = Some(request.facility);
    }

    pub fn about_facility(&mut self, facility: FacilityId) {
        self.entry.facility = Some(facility);
    }

    /// Whose chart was looked at or worked on.
    pub fn about_patient(&mut self, patient: PatientId) {
        self.entry.patient = Some(patient);
    }

    /// The ids that a list showed.
    pub fn showed(&mut self, ids: impl IntoIterator<Item = Uuid>) {
        self.entry.shown.extend(ids);
    }

    pub fn showed_documents(&mut self, ids: impl IntoIterator<Item = DocumentId>) {
        self.showed(ids.into_iter().map(|id| id.0));
    }

    /// The names of the fields that changed. An entry with fields wakes the open pages of its request.
    pub fn changed(&mut self, fields: &[&'static str]) {
        self.entry.fields.extend_from_slice(fields);
    }

    /// Why: a code.
    pub fn because(&mut self, purpose: &str) {
        self.entry.purpose = Some(purpose.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(key: u128, said: &[(&str, &str)]) -> Ticket {
        Ticket::of(Uuid::from_u128(key), said.iter().map(|(name, value)| (*name, value.as_bytes())))
    }

    #[test]
    fn the_same_form_has_the_same_ticket_however_often_it_comes() {
        let said = [("words", "Ana Ruiz"), ("reason", "caller")];
        assert_eq!(ticket(7, &said), ticket(7, &said));
        assert_eq!(ticket(7, &[]), ticket(7, &[]));
    }

    #[test]
    fn another_key_another_word_and_another_field_are_other_forms() {
        let forms = [
            ticket(7, &[("name", "Ana"), ("email", "")]),
            ticket(8, &[("name", "Ana"), ("email", "")]),
            ticket(7, &[("name", "Ben"), ("email", "")]),
            ticket(7, &[("name", "Ana"), ("phone", "")]),
            ticket(7, &[("name", "Ana")]),
            ticket(7, &[("name", "An"), ("aemail", "")]),
            ticket(7, &[("nam", "eAna"), ("email", "")]),
            ticket(7, &[("name", ""), ("email", "Ana")]),
        ];
        for (n, one) in forms.iter().enumerate() {
            assert!(!forms[n + 1..].contains(one), "{n}");
        }
    }
}
