//! The three facts without which nothing is gathered: who the requester is, that they may ask, and whose chart it is.
//! Each has its evidence, its method, who found it and when. Nothing here ever happens by itself: 45 CFR 164.514(h)
//! wants reasonable steps, and a person takes them.

mod evidence;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use evidence::{Evidence, EvidenceKind, KnownEvidence};

use crate::{
    code::coded,
    ids::{PatientId, PersonId},
    item::Item,
    package::Package,
    question::{Question, WayToAnswer},
    refusal::Refusal,
    request::Holder,
    version::Version,
};

coded! {
    /// What can be compared between a person, their evidence and a chart.
    pub enum Identifier {
        Name = "name",
        BirthDate = "birth_date",
        Address = "address",
        Phone = "phone",
        Email = "email",
        RecordNumber = "record_number",
    }
}

coded! {
    pub enum VerificationMethod {
        /// A photo of the document, sent in, compared by a clerk.
        PhotoCompared = "photo_compared",
        SeenInPerson = "seen_in_person",
    }
}

/// At least two identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeSet<Identifier>", into = "BTreeSet<Identifier>")]
pub struct AtLeastTwo(BTreeSet<Identifier>);

impl AtLeastTwo {
    pub const fn all(&self) -> &BTreeSet<Identifier> {
        &self.0
    }
}

impl TryFrom<BTreeSet<Identifier>> for AtLeastTwo {
    type Error = Refusal;
    fn try_from(identifiers: BTreeSet<Identifier>) -> Result<Self, Refusal> {
        if identifiers.len() < 2 { Err(Refusal::TooFewIdentifiers) } else { Ok(Self(identifiers)) }
    }
}

impl From<AtLeastTwo> for BTreeSet<Identifier> {
    fn from(identifiers: AtLeastTwo) -> Self {
        identifiers.0
    }
}

/// Whether it is known that the requester is who they say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "identity", rename_all = "snake_case")]
pub enum Identity {
    NotYet,
    Verified { method: VerificationMethod, evidence: Evidence, matched: AtLeastTwo, by: PersonId, at: Timestamp },
}

coded! {
    /// Whether somebody who asks about another may. Patients ask for their own records and need none.
    pub enum Authority {
        NotNeeded = "not_needed",
    }
}

/// Whether it is known whose chart answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "match", rename_all = "snake_case")]
pub enum Match {
    None,
    /// `agreeing`: what the request and the chart have in common.
    Chart {
        patient: PatientId,
        agreeing: AtLeastTwo,
        by: PersonId,
        at: Timestamp,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    pub identity: Identity,
    pub authority: Authority,
    pub chart: Match,
    pub version: Version,
}

/// Witness: at this instant all three facts are known, and this is the one chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    patient: PatientId,
}

impl Verified {
    pub const fn patient(&self) -> PatientId {
        self.patient
    }
}

impl Verification {
    pub const BEGUN: Self = Self {
        identity: Identity::NotYet,
        authority: Authority::NotNeeded,
        chart: Match::None,
        version: Version::FIRST,
    };

    /// More than anybody's identity documents have sides.
    pub const MOST_PICTURES: u32 = 40;

    /// All three, or the first that is missing.
    pub const fn verified(&self) -> Result<Verified, Refusal> {
        match (&self.identity, self.authority, &self.chart) {
            (Identity::NotYet, ..) => Err(Refusal::IdentityNotVerified),
            (Identity::Verified { .. }, Authority::NotNeeded, Match::None) => Err(Refusal::NoMatch),
            (Identity::Verified { .. }, Authority::NotNeeded, Match::Chart { patient, .. }) => {
                Ok(Verified { patient: *patient })
            }
        }
    }

    /// Whether pictures of an identity document are of use: the identity is not known yet, or the office asked for one.
    /// `pictures`: how many there would be then.
    pub fn takes_pictures(&self, question: Option<&Question>, pictures: u32) -> Result<(), Refusal> {
        let asked = question
            .is_some_and(|question| question.is_open() && question.ways.all().contains(&WayToAnswer::SendPhoto));
        if self.identity != Identity::NotYet && !asked {
            Err(Refusal::AlreadyVerified)
        } else if pictures > Self::MOST_PICTURES {
            Err(Refusal::EnoughPictures)
        } else {
            Ok(())
        }
    }

    /// The clerk who holds the request has compared evidence and person: at least two identifiers agree. `pictures`: how
    /// many of an identity document were sent.
    #[expect(clippy::too_many_arguments, reason = "each is a fact of its own, and none has a default")]
    pub fn verify_identity(
        self,
        holder: &Holder,
        seen: Version,
        method: VerificationMethod,
        pictures: u32,
        evidence: Evidence,
        matched: BTreeSet<Identifier>,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        if self.identity != Identity::NotYet {
            return Err(Refusal::AlreadyVerified);
        }
        if method == VerificationMethod::PhotoCompared && pictures == 0 {
            return Err(Refusal::NoPicture);
        }
        let matched = AtLeastTwo::try_from(matched)?;
        let identity = Identity::Verified { method, evidence, matched, by: holder.person(), at };
        Ok(Self { identity, version: self.version.next(), ..self })
    }

    /// The identity turned out not to be known after all; as long as nothing is under way.
    pub fn withdraw_identity(
        self,
        _holder: &Holder,
        seen: Version,
        package: Option<&Package>,
    ) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        not_under_way(package)?;
        if self.identity == Identity::NotYet {
            return Err(Refusal::IdentityNotVerified);
        }
        Ok(Self { identity: Identity::NotYet, version: self.version.next(), ..self })
    }

    /// The clerk says which chart it is. Never the first hit, never by one thing that agrees.
    pub fn match_chart(
        self,
        holder: &Holder,
        seen: Version,
        patient: PatientId,
        agreeing: BTreeSet<Identifier>,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        if self.chart != Match::None {
            return Err(Refusal::AlreadyMatched);
        }
        let agreeing = AtLeastTwo::try_from(agreeing).map_err(|_| Refusal::TooLittleAgrees)?;
        let chart = Match::Chart { patient, agreeing, by: holder.person(), at };
        Ok(Self { chart, version: self.version.next(), ..self })
    }

    /// It was the wrong chart; as long as no package carries anything of it. With it goes what was found there, and not
    /// found: the items that are thereby undecided again come with it.
    pub fn unmatch(
        self,
        _holder: &Holder,
        seen: Version,
        package: Option<&Package>,
        items: Vec<Item>,
    ) -> Result<(Self, Vec<Item>), Refusal> {
        self.version.seen(seen)?;
        not_under_way(package)?;
        if self.chart == Match::None {
            return Err(Refusal::NoMatch);
        }
        let reopened = items.into_iter().filter_map(|item| {
            let before = item.version;
            Some(item.forget_chart()).filter(|item| item.version != before)
        });
        Ok((Self { chart: Match::None, version: self.version.next(), ..self }, reopened.collect()))
    }
}

fn not_under_way(package: Option<&Package>) -> Result<(), Refusal> {
    if package.is_some_and(Package::is_under_way) { Err(Refusal::PackageUnderWay) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, at, item_id, patient_id};

    fn passport() -> Evidence {
        Evidence::restore(EvidenceKind::Passport, None).unwrap()
    }

    fn two() -> BTreeSet<Identifier> {
        [Identifier::Name, Identifier::BirthDate].into()
    }

    #[test]
    fn nothing_is_verified_with_one_identifier() {
        let scene = Scene::new();
        let (holder, now) = (scene.holder(), at("2026-03-04T15:00:00Z"));
        let verify = |matched| {
            Verification::BEGUN.verify_identity(
                &holder,
                Version::FIRST,
                VerificationMethod::SeenInPerson,
                0,
                passport(),
                matched,
                now,
            )
        };
        assert_eq!(verify([Identifier::Name].into()), Err(Refusal::TooFewIdentifiers));
        assert_eq!(verify(two()).unwrap().verified(), Err(Refusal::NoMatch));
        let matching =
            |agreeing| Verification::BEGUN.match_chart(&holder, Version::FIRST, patient_id(1), agreeing, now);
        assert_eq!(matching([Identifier::Phone].into()), Err(Refusal::TooLittleAgrees));
        assert_eq!(matching(two()).unwrap().verified(), Err(Refusal::IdentityNotVerified));
        assert!(serde_json::from_str::<AtLeastTwo>(r#"["name"]"#).is_err());
    }

    #[test]
    fn a_request_is_matched_to_one_chart_at_a_time() {
        let scene = Scene::new();
        let (holder, now) = (scene.holder(), at("2026-03-04T15:00:00Z"));
        let matched = Verification::BEGUN.match_chart(&holder, Version(1), patient_id(1), two(), now).unwrap();
        assert_eq!(
            matched.clone().match_chart(&holder, Version(2), patient_id(2), two(), now),
            Err(Refusal::AlreadyMatched)
        );
        assert_eq!(matched.clone().unmatch(&holder, Version(1), None, vec![]), Err(Refusal::MovedOn));
        let (free, _) = matched.unmatch(&holder, Version(2), None, vec![]).unwrap();
        assert!(free.match_chart(&holder, Version(3), patient_id(2), two(), now).is_ok());
    }

    #[test]
    fn what_was_decided_on_a_wrong_chart_is_undecided_again() {
        let scene = Scene::new();
        let items = vec![scene.approved(1), scene.without_records(2), scene.elsewhere(3), scene.pending(4)];
        let (_, reopened) = scene.verification().unmatch(&scene.holder(), Version(3), None, items).unwrap();
        let states: Vec<_> = reopened.iter().map(|item| (item.id, item.state.code())).collect();
        assert_eq!(states, [(item_id(1), "pending"), (item_id(2), "pending")]);
        let package = scene.checking(1);
        let under_way = scene.verification().unmatch(&scene.holder(), Version(3), Some(&package), vec![]);
        assert_eq!(under_way, Err(Refusal::PackageUnderWay));
    }

    #[test]
    fn a_photo_that_nobody_sent_is_not_compared() {
        let scene = Scene::new();
        let (holder, now) = (scene.holder(), at("2026-03-04T15:00:00Z"));
        let compare = |pictures| {
            let method = VerificationMethod::PhotoCompared;
            Verification::BEGUN.verify_identity(&holder, Version::FIRST, method, pictures, passport(), two(), now)
        };
        assert_eq!(compare(0), Err(Refusal::NoPicture));
        assert!(compare(1).is_ok());
    }

    #[test]
    fn pictures_are_taken_while_they_are_of_use_and_until_there_are_enough() {
        let scene = Scene::new();
        let (known, asked) = (scene.verification(), scene.question());
        assert_eq!(Verification::BEGUN.takes_pictures(None, 40), Ok(()));
        assert_eq!(Verification::BEGUN.takes_pictures(None, 41), Err(Refusal::EnoughPictures));
        assert_eq!(known.takes_pictures(None, 1), Err(Refusal::AlreadyVerified));
        assert_eq!(known.takes_pictures(Some(&asked), 1), Ok(()));
        assert_eq!(known.takes_pictures(Some(&asked), 41), Err(Refusal::EnoughPictures));
    }

    #[test]
    fn another_kind_of_evidence_is_named_and_a_known_one_is_not() {
        assert_eq!(Evidence::restore(EvidenceKind::Other, None), None);
        assert_eq!(Evidence::restore(EvidenceKind::Other, Some("  ".to_owned())), None);
        assert_eq!(Evidence::restore(EvidenceKind::Passport, Some("Passport".to_owned())), None);
        let evidence = Evidence::restore(EvidenceKind::Other, Some("Library card with photo".to_owned())).unwrap();
        assert_eq!(evidence.kind(), EvidenceKind::Other);
        let wire = serde_json::to_string(&passport()).unwrap();
        assert_eq!(serde_json::from_str::<Evidence>(&wire).unwrap(), passport());
    }
}
