//! The front desk's one box: what somebody typed to find a request, why they look, and what a caller can be offered.
//! A look-up finds; what is told afterwards waits for two things that the caller said rightly.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    code::coded,
    form::{FieldCode, PersonName, date_from_fields},
    number::RequestNumber,
    request::{Channel, RequestStatus},
    status::{Headline, Status},
};

coded! {
    /// Why somebody looks. It stands on the trail beside every look.
    pub enum LookupReason {
        Caller = "caller",
        Visitor = "visitor",
        Letter = "letter",
        StaffQuestion = "staff_question",
        OfficeWork = "office_work",
    }
}

/// What the one box held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Search {
    Number { number: RequestNumber },
    Born { born: Date },
    Name { name: PersonName, born: Option<Date> },
}

impl Search {
    /// A request number, a date, a name, or a name and a date; nobody has to say which.
    pub fn parse(typed: &str) -> Result<Self, FieldCode> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(FieldCode::Missing);
        }
        if let Some(born) = whole_date(typed) {
            return Ok(Self::Born { born });
        }
        match RequestNumber::parse(typed) {
            Ok(number) => return Ok(Self::Number { number }),
            Err(problem) if !typed.chars().any(char::is_alphabetic) => return Err(problem),
            Err(_) => {}
        }
        let (name, born) = name_and_date(typed).map_or((typed, None), |(name, born)| (name, Some(born)));
        Ok(Self::Name { name: PersonName::parse(name)?, born })
    }
}

fn whole_date(text: &str) -> Option<Date> {
    date_from_fields("words", text, "", "").ok().flatten()
}

/// `Ana Ruiz, 2/29/1980`, `Ana Ruiz February 29, 1980`: the longest ending that is a date.
fn name_and_date(text: &str) -> Option<(&str, Date)> {
    text.match_indices([',', ' ']).find_map(|(at, parting)| {
        let (name, date) = (text.get(..at)?.trim(), text.get(at + parting.len()..)?.trim());
        whole_date(date).filter(|_| !name.is_empty()).map(|born| (name, born))
    })
}

coded! {
    /// What a caller can do, as the desk may offer it.
    pub enum Offer {
        /// They have an account: the whole history is there.
        SeeOnline = "see_online",
        AnswerOnline = "answer_online",
        AnswerByClerk = "answer_by_clerk",
        PickUpWithId = "pick_up_with_id",
        TakeBackOnline = "take_back_online",
        AskAgain = "ask_again",
    }
}

/// Only what can happen: somebody who came by another way than the portal is offered nothing of the portal's.
pub fn offers(status: &Status, channel: Channel, state: RequestStatus) -> Vec<Offer> {
    let online = channel == Channel::Portal;
    let released = matches!(status.headline, Headline::Ready | Headline::Delivered);
    let mut offers = Vec::new();
    if status.headline == Headline::ActionNeeded {
        offers.push(if online { Offer::AnswerOnline } else { Offer::AnswerByClerk });
    }
    if status.next == crate::status::Next::YouPickUp {
        offers.push(Offer::PickUpWithId);
    }
    if online {
        offers.push(Offer::SeeOnline);
        if state == RequestStatus::Open && !released {
            offers.push(Offer::TakeBackOnline);
        }
    }
    if state == RequestStatus::Closed {
        offers.push(Offer::AskAgain);
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[expect(clippy::unnecessary_wraps, reason = "it is compared with what parsing returns")]
    fn name(text: &str, born: Option<Date>) -> Result<Search, FieldCode> {
        Ok(Search::Name { name: PersonName::parse(text).unwrap(), born })
    }

    #[test]
    fn one_box_reads_a_number_a_date_a_name_or_a_name_with_a_date() {
        let number = RequestNumber::from_payload(482_173_905).unwrap();
        for typed in [number.to_string(), number.digits(), format!("#{number} ")] {
            assert_eq!(Search::parse(&typed), Ok(Search::Number { number }), "{typed}");
        }
        let born = date(1980, 2, 29);
        for typed in ["2/29/1980", "1980-02-29", "February 29, 1980", " 02-29-1980 "] {
            assert_eq!(Search::parse(typed), Ok(Search::Born { born }), "{typed}");
        }
        for typed in ["Ana Ruiz, 2/29/1980", "Ana Ruiz 2/29/1980", "Ana Ruiz, February 29, 1980", "Ana Ruiz,1980-02-29"]
        {
            assert_eq!(Search::parse(typed), name("Ana Ruiz", Some(born)), "{typed}");
        }
        for typed in ["Ana Ruiz", "O\u{2019}Keefe", "Ruiz, Ana", "李", "May Day"] {
            assert_eq!(Search::parse(typed), name(typed, None), "{typed}");
        }
    }

    #[test]
    fn what_finds_nothing_says_what_to_mend() {
        assert_eq!(Search::parse("  "), Err(FieldCode::Missing));
        assert_eq!(Search::parse("482 173"), Err(FieldCode::NumberLength));
        assert_eq!(Search::parse("4821739057"), Err(FieldCode::NumberMistyped));
        assert_eq!(Search::parse("?!"), Err(FieldCode::NumberNotDigits));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_box(typed: String) {
            let _ = Search::parse(&typed);
        }
    }
}
