//! A clerk looks for the chart: candidates with what agrees and what differs, the likeliest first, none chosen. Only who
//! holds the request may look, and the trail holds whose charts were shown.

use std::collections::BTreeSet;

use domain::{
    caller::{Caller, Level, Side},
    form::{RecordNumber, date_from_fields, optional_text},
    ids::RequestId,
    matching::{self, Described, Lookalike, agreeing, compare, lookalike, swapped},
    package::Package,
    shown::worklist::{Candidate, ChartPage, Searched},
    verification::Match,
};
use jiff::civil::Date;
use sqlx::PgConnection;

use super::{
    head::{self, Read, chart_shown},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    charts::spelling,
    store::{
        candidates::{self, Blocks, Chart},
        packages,
    },
};

const SHOWN: usize = 10;
const LOOKED_AT: i64 = 300;

/// Another name, date of birth or record number to look by, where what was asked is off; as it was typed.
#[derive(Debug, Default)]
pub struct SearchTyped<'a> {
    pub name: &'a str,
    pub born: [&'a str; 3],
    pub record_number: &'a str,
}

pub struct LookAtCharts {
    request: RequestId,
    searched: Searched,
}

impl LookAtCharts {
    /// What cannot be read is not looked by, and the page says so.
    ///
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str, typed: &SearchTyped<'_>) -> Result<Self> {
        let [month, day, year] = typed.born;
        let born = date_from_fields("born", month, day, year);
        let searched = Searched {
            name: optional_text(typed.name, 200).ok().flatten().unwrap_or_default(),
            unread: born.is_err(),
            born: born.ok().flatten(),
            record_number: RecordNumber::parse(typed.record_number)
                .ok()
                .flatten()
                .map(|number| number.as_str().to_owned())
                .unwrap_or_default(),
        };
        Ok(Self { request: parse::request(request)?, searched })
    }
}

impl Act for LookAtCharts {
    const NAME: &'static str = "look_at_charts";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = ChartPage;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<ChartPage> {
        let chart = read.chart(db, desk).await?;
        let head = read.head(db, desk, chart.as_ref()).await?;
        let (_, applicant) = read.stored.sent()?;
        let asked = head::described(applicant);
        let mut candidates = Vec::new();
        if head.may.work && read.verification.chart == Match::None {
            candidates = find(db, &read, &asked, &self.searched).await?;
        }
        let more = candidates.len() > SHOWN;
        candidates.truncate(SHOWN);
        desk.showed(candidates.iter().map(|candidate| candidate.patient.0));
        let package = packages::standing(db, self.request).await?;
        let stands = package.as_ref().is_some_and(Package::is_under_way);
        Ok(ChartPage {
            version: read.verification.version,
            asked: read.asked()?,
            matched: read.matched(db, chart.as_ref()).await?,
            may_unmatch: head.may.work && !stands && read.verification.chart != Match::None,
            searched: self.searched,
            candidates,
            more,
            head,
        })
    }
}

async fn find(db: &mut PgConnection, read: &Read, asked: &Described, searched: &Searched) -> Result<Vec<Candidate>> {
    let sought = sought(asked, searched);
    let ids = candidates::in_blocks(db, read.facility.id, &blocks(&sought), LOOKED_AT).await?;
    let mut charts = candidates::load(db, read.facility.id, &ids).await?;
    charts.sort_by_key(|chart| chart.id);
    let alike: Vec<Option<Lookalike>> = charts.iter().map(|chart| alike(chart, &charts)).collect();
    let mut found: Vec<_> = charts
        .into_iter()
        .zip(alike)
        .map(|(chart, alike)| (compare(&sought, &chart.described), chart, alike))
        .collect();
    matching::by_weight(&mut found, |(fields, ..)| fields);
    Ok(found
        .into_iter()
        .take(SHOWN + 1)
        .map(|(_, chart, lookalike)| {
            let fields = compare(asked, &chart.described);
            Candidate {
                patient: chart.id,
                enough: agreeing(&fields).len() >= 2,
                chart: chart_shown(&chart),
                fields,
                lookalike,
            }
        })
        .collect())
}

/// What was asked, with what the clerk typed in its place.
fn sought(asked: &Described, searched: &Searched) -> Described {
    let mut sought = asked.clone();
    if !searched.name.is_empty() {
        sought.names = vec![spelling::folded(&searched.name)];
    }
    if searched.born.is_some() {
        sought.birth_date = searched.born;
    }
    if !searched.record_number.is_empty() {
        sought.record_numbers = vec![searched.record_number.clone()];
    }
    sought
}

fn blocks(sought: &Described) -> Blocks {
    let sounds: BTreeSet<_> = sought.names.iter().flat_map(|name| sounds(name)).collect();
    Blocks {
        birth_dates: sought.birth_date.into_iter().chain(sought.birth_date.and_then(swapped)).collect(),
        sounds: sounds.into_iter().collect(),
        birth_year: sought.birth_date.map(Date::year),
        record_numbers: sought.record_numbers.iter().flat_map(|number| written(number)).collect(),
    }
}

/// A record number as charts may hold it: as it was typed, and without what is printed between its digits.
fn written(number: &str) -> BTreeSet<String> {
    let plain: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
    [number.to_owned(), plain.trim_start_matches('0').to_owned(), plain].into()
}

/// Family and given name by their sound, for every place where the one could end and the other begin, in both orders.
fn sounds(name: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let sound = |words: &[&str]| spelling::sound(&words.join(" "));
    let mut pairs = Vec::new();
    if let [only] = words.as_slice() {
        pairs.push((spelling::sound(only), String::new()));
    }
    for split in 1..words.len() {
        let (front, back) = words.split_at(split);
        pairs.push((sound(back), sound(&front[..1])));
        pairs.push((sound(&back[..1]), sound(&front[..1])));
        pairs.push((sound(front), sound(&back[..1])));
    }
    pairs
}

fn alike(chart: &Chart, all: &[Chart]) -> Option<Lookalike> {
    let others = all.iter().filter(|other| other.id != chart.id);
    let found: Vec<_> = others.filter_map(|other| lookalike(&chart.described, &other.described)).collect();
    found.iter().copied().find(|how| *how == Lookalike::SameNameAndBirthDate).or_else(|| found.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_for_wherever_the_family_name_may_begin() {
        let found = sounds("ana maria ruiz");
        let pair = |family: &str, given: &str| (spelling::sound(family), spelling::sound(given));
        assert!(found.contains(&pair("ruiz", "ana")));
        assert!(found.contains(&pair("maria ruiz", "ana")));
        assert!(found.contains(&pair("ana", "maria")), "family name first");
        assert_eq!(sounds("cher"), [(spelling::sound("cher"), String::new())]);
        assert!(sounds("").is_empty());
    }

    #[test]
    fn a_record_number_is_looked_for_as_it_may_be_written() {
        assert!(written("00-4177").is_superset(&["00-4177", "4177", "004177"].map(str::to_owned).into()));
    }
}
