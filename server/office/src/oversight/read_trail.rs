//! Somebody reads the trail: newest first, narrowed by what stands in the address. Nobody's name stands there: a person
//! is narrowed to by their id.

use domain::{
    caller::{Caller, Level, Side, TrailReader},
    form::date_from_fields,
    ids::PersonId,
    number::RequestNumber,
    refusal::Refusal,
    shown::oversight::Trail,
};
use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use uuid::Uuid;

use super::reader;
use crate::{
    About, Act, AtDesk, Result,
    store::{
        audit_page::{self, After, Narrowed},
        facilities::{self, Facility},
    },
};

const PAGE: usize = 50;

/// The filters as the address has them; what cannot be read narrows nothing, and is named.
#[derive(Debug, Clone, Default)]
pub struct TrailAsked {
    pub from: String,
    pub to: String,
    pub act: String,
    pub outcome: String,
    pub person: String,
    pub number: String,
    pub after: String,
}

pub struct ReadTrail {
    pub asked: TrailAsked,
}

impl Act for ReadTrail {
    const NAME: &'static str = "read_trail";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    const TRAIL: bool = true;
    type Admitted = TrailReader;
    type Output = Trail;

    fn about(&self) -> About {
        About::default()
    }

    async fn admit(&self, caller: &Caller, _: &mut PgConnection) -> Result<TrailReader> {
        reader(caller)
    }

    async fn carry_out(self, reader: TrailReader, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Trail> {
        desk.about_facility(reader.facility());
        let facility = facilities::load(db, reader.facility()).await?;
        let mut unread = Vec::new();
        let narrowed = self.asked.read(&facility, &mut unread);
        let after = self.asked.after();
        if after.is_none() && !self.asked.after.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        let one_more = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut lines = audit_page::lines(db, &facility, &narrowed, after, one_more).await?;
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let person = match narrowed.person {
            Some(person) => audit_page::name(db, person).await?,
            None => None,
        };
        Ok(Trail {
            facility: facility.name,
            older: lines.last().filter(|_| more).map(|(_, place)| format!("{}_{}", place.at, place.id)),
            lines: lines.into_iter().map(|(line, _)| line).collect(),
            person,
            unread,
        })
    }
}

impl TrailAsked {
    fn read(&self, facility: &Facility, unread: &mut Vec<String>) -> Narrowed {
        let mut narrow = |name: &str, read: bool, typed: &str| {
            if !read && !typed.trim().is_empty() {
                unread.push(name.to_owned());
            }
        };
        let (from, to) = (day(&self.from), day(&self.to));
        let person = self.person.parse::<PersonId>().ok();
        let number = RequestNumber::parse(&self.number).ok();
        narrow("from", from.is_some(), &self.from);
        narrow("to", to.is_some(), &self.to);
        narrow("person", person.is_some(), &self.person);
        narrow("number", number.is_some(), &self.number);
        let begins = |on: Date| on.to_zoned(facility.zone.clone()).ok().map(|start| start.timestamp());
        let code = |typed: &str| Some(typed.trim().to_owned()).filter(|code| !code.is_empty());
        Narrowed {
            from: from.and_then(begins),
            until: to.and_then(|on| on.tomorrow().ok()).and_then(begins),
            act: code(&self.act),
            outcome: code(&self.outcome),
            person,
            number,
        }
    }

    fn after(&self) -> Option<After> {
        let (at, id) = self.after.split_once('_')?;
        Some(After { at: at.parse::<Timestamp>().ok()?, id: Uuid::try_parse(id).ok()? })
    }
}

fn day(typed: &str) -> Option<Date> {
    date_from_fields("day", typed, "", "").ok().flatten()
}
