//! A scene for tests: one facility, one patient who asks, clerks Anna, Ben and Cleo, and a request at every stage,
//! each reached through the rules themselves.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::date};
use uuid::Uuid;

use crate::{
    ask::{DeliveryMethod, Draft, Scope, Signature},
    caller::{Asker, Caller, Clerk, FrontDesk, Level, Role, Side, Supervisor},
    document::Category,
    form::{BirthDate, Contact, DateRange, EmailAddress, PersonName},
    ids::{DeliveryId, DocumentId, FacilityId, ItemId, PackageId, PatientId, PersonId, QuestionId, RequestId},
    item::{HeldBy, Item, OffSite, SearchFacts, SearchLog},
    language::Language,
    package::{AtRelease, AtStart, Included, Package, SinceBuilt},
    question::{Question, QuestionReason, WayToAnswer},
    request::{Holder, Request},
    verification::{Evidence, EvidenceKind, Identifier, Verification, VerificationMethod, Verified},
    version::Version,
};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

macro_rules! numbered {
    ($($function:ident: $id:ident),* $(,)?) => {$(
        pub(crate) fn $function(n: u128) -> $id {
            $id(Uuid::from_u128(n))
        }
    )*};
}

numbered! {
    item_id: ItemId,
    document_id: DocumentId,
    package_id: PackageId,
    patient_id: PatientId,
    delivery_id: DeliveryId,
    question_id: QuestionId,
    person_id: PersonId,
}

pub(crate) struct Scene {
    pub(crate) request_id: RequestId,
    pub(crate) other_facility: FacilityId,
    pub(crate) patient: Asker,
    pub(crate) stranger: Asker,
    pub(crate) anna: Clerk,
    pub(crate) ben: Clerk,
    pub(crate) cleo: Clerk,
    pub(crate) desk: FrontDesk,
    pub(crate) supervisor: Supervisor,
}

#[expect(clippy::unused_self, reason = "everything of a scene is asked of the scene")]
impl Scene {
    pub(crate) fn new() -> Self {
        let facility = FacilityId(Uuid::from_u128(1000));
        let caller = |n, side, role: Option<Role>| Caller {
            person: person_id(n),
            side,
            level: Level::TwoFactors,
            roles: role.map(|role| (facility, role)).into_iter().collect(),
        };
        let clerk = |n| caller(n, Side::Staff, Some(Role::Clerk)).clerk_at(facility).unwrap();
        Self {
            request_id: RequestId { facility, id: Uuid::from_u128(1) },
            other_facility: FacilityId(Uuid::from_u128(2000)),
            patient: caller(1, Side::Patient, None).patient().unwrap(),
            stranger: caller(2, Side::Patient, None).patient().unwrap(),
            anna: clerk(11),
            ben: clerk(12),
            cleo: clerk(13),
            desk: caller(14, Side::Staff, Some(Role::FrontDesk)).front_desk_at(facility).unwrap(),
            supervisor: caller(15, Side::Staff, Some(Role::Supervisor)).supervisor_at(facility).unwrap(),
        }
    }

    pub(crate) fn name(&self) -> PersonName {
        PersonName::parse("Ana Ruiz").unwrap()
    }

    pub(crate) fn draft(&self) -> Draft {
        Draft {
            scope: Some(Scope::Everything),
            dates: Some(DateRange::EVERYTHING),
            delivery: Some(DeliveryMethod::Portal),
            name: Some(self.name()),
            birth_date: Some(BirthDate(date(1980, 5, 6))),
            contact: Contact::new(EmailAddress::parse("ana@example.org").ok(), None, None).ok(),
            ..Draft::default()
        }
    }

    pub(crate) fn signature(&self, at: Timestamp) -> Signature {
        Signature::sign("ana ruiz", &self.name(), at).unwrap()
    }

    pub(crate) fn sent(&self) -> Request {
        let now = at("2026-03-03T15:00:00Z");
        let request = Request::begin(self.request_id, &self.patient, now);
        request.send(&self.patient, self.draft(), Language::English, &self.signature(now), now).unwrap().request
    }

    pub(crate) fn claimed(&self) -> Request {
        self.sent().claim(&self.anna, at("2026-03-03T16:00:00Z")).unwrap()
    }

    /// Anna holds the request.
    pub(crate) fn holder(&self) -> Holder {
        self.claimed().held_by(&self.anna).unwrap()
    }

    pub(crate) fn verification(&self) -> Verification {
        let now = at("2026-03-04T15:00:00Z");
        let two: BTreeSet<_> = [Identifier::Name, Identifier::BirthDate].into();
        let evidence = Evidence::restore(EvidenceKind::DriverLicense, None).unwrap();
        Verification::BEGUN
            .verify_identity(
                &self.holder(),
                Version(1),
                VerificationMethod::SeenInPerson,
                0,
                evidence,
                two.clone(),
                now,
            )
            .and_then(|known| known.match_chart(&self.holder(), Version(2), patient_id(1), two, now))
            .unwrap()
    }

    pub(crate) fn verified(&self) -> Verified {
        self.verification().verified().unwrap()
    }

    pub(crate) fn search_log(&self) -> SearchLog {
        SearchLog::try_from(SearchFacts {
            systems: vec!["Main record".to_owned()],
            names: vec!["Ana Ruiz".to_owned()],
            birth_dates: vec![date(1980, 5, 6)],
            dates: DateRange::EVERYTHING,
            off_site: OffSite::Searched,
            note: None,
        })
        .unwrap()
    }

    pub(crate) fn pending(&self, n: u128) -> Item {
        Item::asked(item_id(n), Some(Category::Lab), DateRange::EVERYTHING)
    }

    pub(crate) fn approved(&self, n: u128) -> Item {
        let now = at("2026-03-05T15:00:00Z");
        let located = self.pending(n).locate(&self.holder(), &self.verified(), Version(1), now).unwrap();
        located.approve(&self.holder(), &self.verified(), Version(2), now).unwrap()
    }

    pub(crate) fn without_records(&self, n: u128) -> Item {
        let now = at("2026-03-05T15:00:00Z");
        self.pending(n).not_found(&self.holder(), &self.verified(), Version(1), 0, self.search_log(), now).unwrap()
    }

    pub(crate) fn elsewhere(&self, n: u128) -> Item {
        let place = HeldBy::parse("County Clinic", "555 010 4477").unwrap();
        let now = at("2026-03-05T15:00:00Z");
        self.pending(n).held_elsewhere(&self.holder(), &self.verified(), Version(1), 0, place, now).unwrap()
    }

    pub(crate) fn question(&self) -> Question {
        let ways = [WayToAnswer::SendPhoto, WayToAnswer::ComeIn].into();
        let now = at("2026-03-04T15:00:00Z");
        Question::ask(question_id(1), &self.holder(), QuestionReason::IdMismatch, ways, None, None, now).unwrap()
    }

    /// Built by Anna from one approved item, handed over.
    pub(crate) fn checking(&self, pages: u32) -> Package {
        let now = at("2026-03-06T15:00:00Z");
        let contents = vec![Included { document: document_id(1), item: item_id(1) }];
        let (holder, items) = (self.holder(), [self.approved(1)]);
        let package = Package::begin(
            package_id(1),
            &holder,
            &self.verified(),
            AtStart { items: &items, question: None, previous: None, withheld: 0 },
            contents,
            now,
        )
        .unwrap();
        package.finish(pages, vec![], now).unwrap().hand_over(&holder, Version(2), SinceBuilt::NOTHING, now).unwrap()
    }

    /// Checked and released by Ben.
    pub(crate) fn released(&self) -> Package {
        let request = self.claimed();
        let charts = [patient_id(1)].into();
        let now = AtRelease {
            request: &request,
            verification: &self.verification(),
            items: &[self.approved(1)],
            charts: &charts,
            unopened: 0,
            since: SinceBuilt::NOTHING,
            question: None,
        };
        let seen = self.checking(1).see(&self.ben, &request, 1).unwrap();
        seen.release(&self.ben, Version(3), now, at("2026-03-08T15:00:00Z")).unwrap()
    }
}
