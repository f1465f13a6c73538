//! An item: one part of a request (a category of records and a range of dates). Decisions are made per item.
//! Nothing found is a decision too, and says how it was searched.

mod search;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use search::{HeldBy, OffSite, SearchFacts, SearchForm, SearchLog};

use crate::{
    document::{Category, DatesOfService},
    form::DateRange,
    ids::{ItemId, PersonId},
    package::Package,
    refusal::Refusal,
    request::Holder,
    verification::Verified,
    version::Version,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: ItemId,
    /// None for everything that is held; when it is located it becomes one item for each category that has documents.
    pub category: Option<Category>,
    pub dates: DateRange,
    pub state: ItemState,
    pub version: Version,
}

/// Where an item stands. The last three are decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ItemState {
    Pending,
    Located { by: PersonId, at: Timestamp },
    Approved { by: PersonId, at: Timestamp },
    NotFound { log: SearchLog, by: PersonId, at: Timestamp },
    HeldElsewhere { place: HeldBy, by: PersonId, at: Timestamp },
}

impl ItemState {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Located { .. } => "located",
            Self::Approved { .. } => "approved",
            Self::NotFound { .. } => "not_found",
            Self::HeldElsewhere { .. } => "held_elsewhere",
        }
    }
}

impl Item {
    pub const fn asked(id: ItemId, category: Option<Category>, dates: DateRange) -> Self {
        Self { id, category, dates, state: ItemState::Pending, version: Version::FIRST }
    }

    pub const fn is_decided(&self) -> bool {
        match self.state {
            ItemState::Pending | ItemState::Located { .. } => false,
            ItemState::Approved { .. } | ItemState::NotFound { .. } | ItemState::HeldElsewhere { .. } => true,
        }
    }

    pub const fn is_approved(&self) -> bool {
        matches!(self.state, ItemState::Approved { .. })
    }

    /// Whether a document belongs to it: of its kind (any, for everything), and not known to be from outside its dates.
    pub fn covers(&self, category: Category, care: DatesOfService) -> bool {
        self.category.is_none_or(|own| own == category) && self.dates.meets(care)
    }

    /// Its kind of records and no other; the rest of an expanded "everything" covers what no other part is about.
    pub fn covers_alone(&self, items: &[Self], category: Category, care: DatesOfService) -> bool {
        let elsewhere = |item: &Self| item.id != self.id && item.category == Some(category);
        self.covers(category, care) && (self.category.is_some() || !items.iter().any(elsewhere))
    }

    /// Its decision keeps a document back that it is about: it came to the chart, or into the copy, after that.
    pub fn withholds(&self, items: &[Self], category: Category, care: DatesOfService) -> bool {
        self.is_decided() && !self.is_approved() && self.covers_alone(items, category, care)
    }

    /// There are documents for it. Needs all three facts about the requester first.
    pub fn locate(self, holder: &Holder, _verified: &Verified, seen: Version, at: Timestamp) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        match (&self.state, self.category) {
            (ItemState::Pending, Some(_)) => Ok(self.moved(ItemState::Located { by: holder.person(), at })),
            (ItemState::Pending, None) => Err(Refusal::NotExpanded),
            (ItemState::Located { .. }, _) => Ok(self),
            _ => Err(Refusal::AlreadyDecided),
        }
    }

    /// "Everything", located: one located item for each category that has documents and no item yet (ids from the
    /// office), and this item, under one search log, for all the categories in which nothing was found.
    pub fn expand(
        self,
        holder: &Holder,
        _verified: &Verified,
        seen: Version,
        found: &[(ItemId, Category)],
        rest: SearchLog,
        at: Timestamp,
    ) -> Result<Vec<Self>, Refusal> {
        self.version.seen(seen)?;
        match (&self.state, self.category) {
            (ItemState::Pending, None) if found.is_empty() => return Err(Refusal::NothingLocated),
            (ItemState::Pending, None) => {}
            _ => return Err(Refusal::AlreadyDecided),
        }
        let by = holder.person();
        let mut once = BTreeSet::new();
        let mut items: Vec<_> = found
            .iter()
            .filter(|(_, category)| once.insert(*category))
            .map(|(id, category)| Self {
                id: *id,
                category: Some(*category),
                dates: self.dates,
                state: ItemState::Located { by, at },
                version: Version::FIRST,
            })
            .collect();
        items.push(self.moved(ItemState::NotFound { log: rest, by, at }));
        Ok(items)
    }

    /// What was located is to be given.
    pub fn approve(self, holder: &Holder, _verified: &Verified, seen: Version, at: Timestamp) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        match (&self.state, self.category) {
            (ItemState::Located { .. }, Some(_)) => Ok(self.moved(ItemState::Approved { by: holder.person(), at })),
            (ItemState::Located { .. }, None) => Err(Refusal::NotExpanded),
            (ItemState::Pending, _) => Err(Refusal::NotLocated),
            _ => Err(Refusal::AlreadyDecided),
        }
    }

    /// Nothing was found, and this is how it was searched. `documents`: how many the chart has for it; where there is
    /// one, saying that nothing was found would withhold it.
    pub fn not_found(
        self,
        holder: &Holder,
        _verified: &Verified,
        seen: Version,
        documents: usize,
        log: SearchLog,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        self.undecided(seen)?;
        if documents > 0 {
            return Err(Refusal::RecordsFound);
        }
        Ok(self.moved(ItemState::NotFound { log, by: holder.person(), at }))
    }

    /// Somebody else holds it; people must be told where to ask (45 CFR 164.524(d)(3)). `documents`: as for what was
    /// not found.
    pub fn held_elsewhere(
        self,
        holder: &Holder,
        _verified: &Verified,
        seen: Version,
        documents: usize,
        place: HeldBy,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        self.undecided(seen)?;
        if documents > 0 {
            return Err(Refusal::RecordsFound);
        }
        Ok(self.moved(ItemState::HeldElsewhere { place, by: holder.person(), at }))
    }

    /// Takes a decision back, as long as no package carries it.
    pub fn reopen(self, _holder: &Holder, seen: Version, package: Option<&Package>) -> Result<Self, Refusal> {
        self.version.seen(seen)?;
        if package.is_some_and(Package::is_under_way) {
            return Err(Refusal::PackageUnderWay);
        }
        match self.state {
            ItemState::Approved { by, at } => Ok(self.moved(ItemState::Located { by, at })),
            ItemState::NotFound { .. } | ItemState::HeldElsewhere { .. } => Ok(self.moved(ItemState::Pending)),
            ItemState::Pending | ItemState::Located { .. } => Err(Refusal::NotDecided),
        }
    }

    /// What was found, or not, in a chart that turned out to be the wrong one says nothing of the right one.
    pub(crate) fn forget_chart(self) -> Self {
        match self.state {
            ItemState::Pending | ItemState::HeldElsewhere { .. } => self,
            ItemState::Located { .. } | ItemState::Approved { .. } | ItemState::NotFound { .. } => {
                self.moved(ItemState::Pending)
            }
        }
    }

    fn undecided(&self, seen: Version) -> Result<(), Refusal> {
        self.version.seen(seen)?;
        if self.is_decided() { Err(Refusal::AlreadyDecided) } else { Ok(()) }
    }

    fn moved(self, state: ItemState) -> Self {
        Self { state, version: self.version.next(), ..self }
    }
}

/// For an expanded "everything": the categories in which nothing was found, which its letter lists once.
pub fn categories_without_documents(items: &[Item]) -> Vec<Category> {
    let listed = |category: Category| items.iter().any(|item| item.category == Some(category));
    if items.iter().any(|item| item.category.is_none() && matches!(item.state, ItemState::NotFound { .. })) {
        Category::ALL.into_iter().filter(|category| category.patient_can_pick() && !listed(*category)).collect()
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, at, item_id};

    #[test]
    fn everything_becomes_one_item_a_category_and_the_rest_is_listed_once() {
        let scene = Scene::new();
        let (holder, verified, now) = (scene.holder(), scene.verified(), at("2026-03-05T15:00:00Z"));
        let whole = Item::asked(item_id(1), None, DateRange::EVERYTHING);
        assert_eq!(whole.clone().locate(&holder, &verified, Version::FIRST, now), Err(Refusal::NotExpanded));
        assert_eq!(
            whole.clone().expand(&holder, &verified, Version::FIRST, &[], scene.search_log(), now),
            Err(Refusal::NothingLocated)
        );
        let found = [(item_id(2), Category::Lab), (item_id(3), Category::Vaccine), (item_id(4), Category::Lab)];
        let items = whole.expand(&holder, &verified, Version::FIRST, &found, scene.search_log(), now).unwrap();
        let states: Vec<_> = items.iter().map(|item| (item.id, item.state.code())).collect();
        assert_eq!(states, [(item_id(2), "located"), (item_id(3), "located"), (item_id(1), "not_found")]);
        let without = categories_without_documents(&items);
        assert!(without.contains(&Category::Billing) && !without.contains(&Category::Lab));
        assert_eq!(categories_without_documents(&items[..2]), []);
        let again = items[2].clone().expand(&holder, &verified, Version(2), &found, scene.search_log(), now);
        assert_eq!(again, Err(Refusal::AlreadyDecided));
    }

    #[test]
    fn a_decision_made_on_what_has_changed_meanwhile_is_not_made() {
        let scene = Scene::new();
        let (holder, verified, now) = (scene.holder(), scene.verified(), at("2026-03-05T15:00:00Z"));
        let item = Item::asked(item_id(1), Some(Category::Lab), DateRange::EVERYTHING);
        assert_eq!(item.clone().approve(&holder, &verified, Version::FIRST, now), Err(Refusal::NotLocated));
        let located = item.locate(&holder, &verified, Version::FIRST, now).unwrap();
        assert_eq!(located.clone().approve(&holder, &verified, Version::FIRST, now), Err(Refusal::MovedOn));
        let approved = located.approve(&holder, &verified, Version(2), now).unwrap();
        let decide_again = approved.clone().not_found(&holder, &verified, Version(3), 0, scene.search_log(), now);
        assert_eq!(decide_again, Err(Refusal::AlreadyDecided));
        assert_eq!(approved.reopen(&holder, Version(3), None).unwrap().state.code(), "located");
    }

    #[test]
    fn nothing_is_said_not_to_be_here_that_the_chart_has() {
        let scene = Scene::new();
        let (holder, verified, now) = (scene.holder(), scene.verified(), at("2026-03-05T15:00:00Z"));
        let not_found =
            |documents| scene.pending(1).not_found(&holder, &verified, Version(1), documents, scene.search_log(), now);
        assert_eq!(not_found(1), Err(Refusal::RecordsFound));
        assert_eq!(not_found(0).unwrap().state.code(), "not_found");
        let elsewhere = |item: Item, documents| {
            let place = HeldBy::parse("County Clinic", "555 010 4477").unwrap();
            item.held_elsewhere(&holder, &verified, Version(1), documents, place, now)
        };
        assert_eq!(elsewhere(scene.pending(1), 1), Err(Refusal::RecordsFound));
        let everything = Item::asked(item_id(1), None, DateRange::EVERYTHING);
        assert_eq!(elsewhere(everything, 3), Err(Refusal::RecordsFound));
        assert_eq!(elsewhere(scene.pending(1), 0).unwrap().state.code(), "held_elsewhere");
    }

    #[test]
    fn what_is_decided_and_not_given_withholds_the_documents_it_is_about() {
        let scene = Scene::new();
        let (nothing, elsewhere, care) = (scene.without_records(1), scene.elsewhere(2), DatesOfService::default());
        for item in [&nothing, &elsewhere] {
            assert!(item.withholds(std::slice::from_ref(item), Category::Lab, care));
            assert!(!item.withholds(std::slice::from_ref(item), Category::Vaccine, care), "it is not about that");
        }
        for item in [scene.pending(1), scene.approved(1)] {
            assert!(!item.withholds(std::slice::from_ref(&item), Category::Lab, care), "{}", item.state.code());
        }
        let rest = Item { category: None, ..nothing };
        let expanded = [rest, scene.approved(3)];
        assert!(!expanded[0].withholds(&expanded, Category::Lab, care), "another part gives them");
        assert!(expanded[0].withholds(&expanded, Category::Vaccine, care), "and no part gives these");
    }

    #[test]
    fn the_rest_of_everything_is_what_no_other_part_is_about() {
        let whole = Item::asked(item_id(1), None, DateRange::EVERYTHING);
        let lab = Item::asked(item_id(2), Some(Category::Lab), DateRange::EVERYTHING);
        let care = DatesOfService::default();
        assert!(whole.covers_alone(std::slice::from_ref(&whole), Category::Lab, care));
        let both = [whole, lab];
        assert!(!both[0].covers_alone(&both, Category::Lab, care) && both[1].covers_alone(&both, Category::Lab, care));
        assert!(both[0].covers_alone(&both, Category::Vaccine, care));
    }

    #[test]
    fn a_document_belongs_to_a_part_by_its_kind_and_its_date() {
        let (first, last) = (jiff::civil::date(2024, 1, 1), jiff::civil::date(2024, 12, 31));
        let year = DateRange::new(Some(first), Some(last)).unwrap();
        let item = Item::asked(item_id(1), Some(Category::Lab), year);
        let on = |day| DatesOfService::on(Some(day));
        assert!(item.covers(Category::Lab, on(last)));
        assert!(!item.covers(Category::Vaccine, on(last)));
        assert!(!item.covers(Category::Lab, on(jiff::civil::date(2025, 1, 1))));
        assert!(item.covers(Category::Lab, DatesOfService::default()), "what has no date is not held back");
        assert!(Item::asked(item_id(1), None, year).covers(Category::Vaccine, on(first)));
    }

    #[test]
    fn a_state_survives_its_row() {
        let scene = Scene::new();
        let state =
            ItemState::NotFound { log: scene.search_log(), by: scene.anna.person(), at: at("2026-03-05T15:00:00Z") };
        let wire = serde_json::to_string(&state).unwrap();
        assert_eq!(serde_json::from_str::<ItemState>(&wire).unwrap(), state);
    }
}
