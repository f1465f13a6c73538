//! What is asked and who asks: the content of a request, as the person wrote it. It does not change once sent;
//! what becomes of it lives in [`crate::request`] and the aggregates around it.

mod answer;
mod draft;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use answer::{Answer, AskStep};
pub use draft::{DatesForm, Draft, Part};

use crate::{
    code::coded,
    document::Category,
    form::{BirthDate, Contact, DateRange, FieldCode, PersonName, RecordNumber, choice, signed_name},
    language::Language,
};

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub scope: Scope,
    pub dates: DateRange,
    pub sites: Sites,
    pub language: Language,
    pub format: Format,
    pub delivery: DeliveryMethod,
    /// What would help: large print, an interpreter, a call before pick-up. At most [`Ask::LONGEST_HELP`] code points.
    pub help: Option<String>,
}

impl Ask {
    pub const LONGEST_HELP: usize = 500;
}

/// Which records: 45 CFR 164.524(a)(1) gives a right to the whole designated record set, so "everything" always exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Everything,
    Chosen(Chosen),
}

impl Scope {
    /// `scope` is `everything` or `chosen`; `categories` are codes, of which a patient can pick some.
    pub fn parse(scope: &str, categories: &[String]) -> Result<Self, FieldCode> {
        match scope.trim() {
            "" => Err(FieldCode::NothingChosen),
            "everything" => Ok(Self::Everything),
            "chosen" => {
                let picked = categories
                    .iter()
                    .map(|code| choice(code, Category::from_code).and_then(Self::pickable))
                    .collect::<Result<BTreeSet<_>, _>>()?;
                Chosen::try_from(picked).map(Self::Chosen)
            }
            _ => Err(FieldCode::NotAChoice),
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Chosen(_) => "chosen",
        }
    }

    /// The items a request begins with: one for everything, or one for each chosen category.
    pub fn items(&self) -> Vec<Option<Category>> {
        match self {
            Self::Everything => vec![None],
            Self::Chosen(chosen) => chosen.categories().iter().copied().map(Some).collect(),
        }
    }

    fn pickable(category: Category) -> Result<Category, FieldCode> {
        if category.patient_can_pick() { Ok(category) } else { Err(FieldCode::NotAChoice) }
    }
}

/// At least one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeSet<Category>", into = "BTreeSet<Category>")]
pub struct Chosen(BTreeSet<Category>);

impl Chosen {
    pub const fn categories(&self) -> &BTreeSet<Category> {
        &self.0
    }
}

impl TryFrom<BTreeSet<Category>> for Chosen {
    type Error = FieldCode;
    fn try_from(categories: BTreeSet<Category>) -> Result<Self, FieldCode> {
        if categories.is_empty() { Err(FieldCode::NothingChosen) } else { Ok(Self(categories)) }
    }
}

impl From<Chosen> for BTreeSet<Category> {
    fn from(chosen: Chosen) -> Self {
        chosen.0
    }
}

coded! {
    /// Which hospitals, clinics or departments of the facility.
    pub enum Sites {
        All = "all",
    }
}

coded! {
    pub enum Format {
        /// One PDF, tagged where the press made it, to download and print.
        Pdf = "pdf",
    }
}

coded! {
    pub enum DeliveryMethod {
        Portal = "portal",
        PickUp = "pick_up",
    }
}

/// Who asks, as they wrote it: nothing here has been checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    pub name: PersonName,
    pub former_names: Vec<PersonName>,
    pub birth_date: BirthDate,
    pub contact: Contact,
    pub record_number: Option<RecordNumber>,
}

/// The text a person signs has a version: which one somebody signed stays known.
pub const STATEMENT_IN_USE: &str = "access_2026_1";

/// A typed signature under a statement.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub typed_name: String,
    pub statement_id: String,
    pub at: Timestamp,
}

impl Signature {
    /// The signer's own full name under the statement in use.
    pub fn sign(typed: &str, signer: &PersonName, at: Timestamp) -> Result<Self, FieldCode> {
        let typed_name = signed_name(typed, signer)?;
        Ok(Self { typed_name, statement_id: STATEMENT_IN_USE.to_owned(), at })
    }
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signature")
            .field("statement_id", &self.statement_id)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_everything_or_at_least_one_category_a_patient_can_pick() {
        assert_eq!(Scope::parse("everything", &[]).unwrap().items(), [None]);
        assert_eq!(Scope::parse("chosen", &[]), Err(FieldCode::NothingChosen));
        assert_eq!(Scope::parse("chosen", &["other".to_owned()]), Err(FieldCode::NotAChoice));
        assert_eq!(Scope::parse("half", &[]), Err(FieldCode::NotAChoice));
        let scope = Scope::parse("chosen", &["vaccine".to_owned(), "lab".to_owned(), "lab".to_owned()]).unwrap();
        assert_eq!(scope.items(), [Some(Category::Lab), Some(Category::Vaccine)]);
        let wire = serde_json::to_string(&scope).unwrap();
        assert_eq!(serde_json::from_str::<Scope>(&wire).unwrap(), scope);
        assert!(serde_json::from_str::<Scope>(r#"{"chosen":[]}"#).is_err());
    }
}
