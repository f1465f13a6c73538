//! The office's plan as the press takes it: the letter in the requester's language, the documents in their order, and
//! whom every page must be about. The same plan always gives the same.

use std::collections::BTreeMap;

use domain::{
    document::{Category, DatesOfService},
    language::Language as Spoken,
};
use office::packages::{Letterhead, NotGiven, Plan, Planned, Visit, WhyNot};
use press::{
    language::Language,
    package,
    page_check::Expected,
    typeset::{self, Contact, Facility, Included, Letter, NotIncluded},
};

use super::words;

/// What the press is to make.
pub fn plan(of: &Plan) -> package::Plan {
    let language = match of.language {
        Spoken::English => Language::English,
        Spoken::Spanish => Language::Spanish,
    };
    let letter = Letter {
        language,
        facility: facility(&of.facility),
        request_number: of.number.to_string(),
        recipient: of.recipient.clone(),
        patient: of.patient.clone(),
        date: of.date,
        included: included(&of.documents),
        not_included: of.not_given.iter().map(|part| not_included(part, of.language)).collect(),
    };
    package::Plan { letter, documents: of.documents.iter().map(|document| planned(document, language)).collect() }
}

/// Whom the pages must be about.
pub fn expected(of: &Plan) -> Expected {
    Expected {
        patient: of.patient.clone(),
        former_names: of.former_names.clone(),
        other_record_numbers: of.other_record_numbers.clone(),
    }
}

fn facility(of: &Letterhead) -> Facility {
    let (title, phone) = complaints(&of.complaints).unwrap_or((&of.complaints, &of.phone));
    Facility {
        name: of.name.clone(),
        address: of.postal.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect(),
        phone: of.phone.clone(),
        email: Some(of.email.clone()).filter(|email| !email.is_empty()),
        complaints: Contact { title: title.to_owned(), phone: phone.to_owned() },
    }
}

/// "Privacy Officer, (312) 555-0101": a name or title, and behind the last comma a telephone number.
fn complaints(written: &str) -> Option<(&str, &str)> {
    let (title, phone) = written.rsplit_once(',').map(|(title, phone)| (title.trim(), phone.trim()))?;
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 7 && !phone.chars().any(|c| c == '@') && !title.is_empty()).then_some((title, phone))
}

/// A line for each kind, in the order in which kinds are listed everywhere.
fn included(documents: &[Planned]) -> Vec<Included> {
    let mut kinds: BTreeMap<Category, Vec<DatesOfService>> = BTreeMap::new();
    for document in documents {
        kinds.entry(document.category).or_default().push(document.care);
    }
    kinds
        .into_iter()
        .map(|(category, all)| Included {
            category,
            count: u32::try_from(all.len()).unwrap_or(u32::MAX),
            care: together(&all),
        })
        .collect()
}

/// From the first day of all to the last, open where one of them is. One without any date says nothing of the others.
fn together(all: &[DatesOfService]) -> DatesOfService {
    let dated = || all.iter().filter(|care| **care != DatesOfService::default());
    let first: Option<Vec<_>> = dated().map(|care| care.first).collect();
    let last: Option<Vec<_>> = dated().map(|care| care.last).collect();
    DatesOfService {
        first: first.and_then(|days| days.into_iter().min()),
        last: last.and_then(|days| days.into_iter().max()),
    }
}

fn not_included(part: &NotGiven, language: Spoken) -> NotIncluded {
    let why = match &part.why {
        WhyNot::NotFound(log) => typeset::WhyNot::NotFound { searched: words::searched(log, language) },
        WhyNot::HeldElsewhere(held) => {
            typeset::WhyNot::HeldElsewhere { ask: vec![held.name.clone(), held.how_to_reach.clone()] }
        }
    };
    NotIncluded { what: words::asked(part.category, part.dates, language), why }
}

fn planned(document: &Planned, language: Language) -> package::Planned {
    package::Planned {
        title: document.title.clone(),
        care: document.care,
        category: document.category,
        standing: document.standing,
        visit: document.visit.as_ref().map(|visit| visit_label(visit, language)),
        media_type: document.media_type.clone(),
    }
}

/// "Office visit, May 4, 2025, Main campus", as far as it is known.
fn visit_label(visit: &Visit, language: Language) -> String {
    let parts = [Some(visit.kind.clone()), visit.on.map(|day| language.date(day)), visit.site.clone()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use domain::{
        document::Whose,
        form::DateRange,
        ids::{BlobId, FacilityId},
        item::HeldBy,
        number::RequestNumber,
    };
    use jiff::civil::{Date, date};
    use uuid::Uuid;

    use super::*;

    fn document(category: Category, dated: Option<Date>) -> Planned {
        Planned {
            title: "A record".to_owned(),
            care: DatesOfService::on(dated),
            category,
            standing: None,
            visit: Some(Visit { kind: "Office visit".to_owned(), on: dated, site: None }),
            media_type: "application/pdf".to_owned(),
            blob: BlobId(Uuid::nil()),
            bytes: 9,
        }
    }

    fn office_plan() -> Plan {
        Plan {
            facility: Letterhead {
                id: FacilityId(Uuid::nil()),
                name: "Riverside Hospital".to_owned(),
                postal: "1 River Street\nChicago, IL 60601".to_owned(),
                phone: "(312) 555-0100".to_owned(),
                email: String::new(),
                complaints: "Privacy Officer, (312) 555-0101".to_owned(),
            },
            number: RequestNumber::from_payload(1).unwrap(),
            language: Spoken::Spanish,
            recipient: vec!["Ana Ruiz".to_owned()],
            patient: Whose { name: "Ana Ruiz".to_owned(), born: Some(date(1980, 3, 7)), record_number: None },
            date: date(2026, 3, 2),
            documents: vec![
                document(Category::Lab, Some(date(2025, 5, 4))),
                document(Category::VisitNote, None),
                document(Category::Lab, Some(date(2024, 5, 4))),
                document(Category::Lab, None),
            ],
            not_given: vec![NotGiven {
                category: Some(Category::Billing),
                dates: DateRange::EVERYTHING,
                why: WhyNot::HeldElsewhere(HeldBy {
                    name: "County Clinic".to_owned(),
                    how_to_reach: "555 010 4477".to_owned(),
                }),
            }],
            former_names: vec!["Ana Lopez".to_owned()],
            other_record_numbers: Vec::new(),
        }
    }

    #[test]
    fn a_letter_counts_kinds_and_says_from_when_to_when() {
        let letter = plan(&office_plan()).letter;
        let lines: Vec<_> = letter.included.iter().map(|line| (line.category, line.count, line.care)).collect();
        let labs = DatesOfService { first: Some(date(2024, 5, 4)), last: Some(date(2025, 5, 4)) };
        assert_eq!(lines, [(Category::VisitNote, 1, DatesOfService::default()), (Category::Lab, 3, labs)]);
        assert_eq!(letter.facility.email, None);
        assert_eq!(letter.facility.address, ["1 River Street", "Chicago, IL 60601"]);
        let ask = vec!["County Clinic".to_owned(), "555 010 4477".to_owned()];
        assert_eq!(letter.not_included[0].why, typeset::WhyNot::HeldElsewhere { ask });
    }

    #[test]
    fn what_lasted_counts_with_its_last_day_and_what_goes_on_has_none() {
        let mut of = office_plan();
        let (first, last) = (Some(date(1950, 7, 27)), Some(date(2026, 1, 9)));
        of.documents[0].care = DatesOfService { first, last };
        assert_eq!(plan(&of).letter.included[1].care, DatesOfService { first, last });
        assert_eq!(plan(&of).documents[0].care.last, last, "the list of documents says so too");
        of.documents[0].care = DatesOfService { first, last: None };
        assert_eq!(plan(&of).letter.included[1].care, DatesOfService { first, last: None });
    }

    #[test]
    fn documents_keep_their_order_and_are_listed_under_their_visit() {
        let planned = plan(&office_plan()).documents;
        let visits: Vec<_> = planned.iter().map(|document| document.visit.as_deref().unwrap()).collect();
        let (first, third) = ("Office visit, 4 de mayo de 2025", "Office visit, 4 de mayo de 2024");
        assert_eq!(visits, [first, "Office visit", third, "Office visit"]);
    }

    #[test]
    fn who_takes_complaints_is_told_from_how_they_are_reached() {
        assert_eq!(complaints("Privacy Officer, (312) 555-0101"), Some(("Privacy Officer", "(312) 555-0101")));
        assert_eq!(complaints("Ana Ruiz, Privacy Officer, 312 555 0101").unwrap().0, "Ana Ruiz, Privacy Officer");
        for written in
            ["Privacy Officer", "Privacy Officer, room 12", ", 312 555 0101", "Office, p1234567@mail.example"]
        {
            assert_eq!(complaints(written), None, "{written}");
        }
    }
}
