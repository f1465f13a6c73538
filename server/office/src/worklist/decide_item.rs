//! What was located is to be given, nothing was found and how it was searched, or somebody else holds it.

use domain::{
    caller::{Caller, Level, Side},
    form::DateRange,
    ids::{ItemId, RequestId},
    item::{HeldBy, Item, SearchForm, SearchLog},
    refusal::Refusal,
    timeline::Entry,
    verification::Verified,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork},
    head::documents_of,
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{items, records},
};

/// A search log as it was typed: it is read beside its item, whose dates are those that were searched.
#[derive(Default)]
pub struct SearchTyped {
    pub systems: String,
    pub names: String,
    pub birth_dates: String,
    pub off_site: String,
    pub note: String,
}

impl SearchTyped {
    pub(super) fn read(&self, dates: DateRange) -> Result<SearchLog> {
        let form = SearchForm {
            systems: &self.systems,
            names: &self.names,
            birth_dates: &self.birth_dates,
            off_site: &self.off_site,
            note: &self.note,
        };
        Ok(form.parse(dates)?)
    }
}

/// One part, or all that are located at once.
pub struct ApproveItems {
    request: RequestId,
    items: Vec<(ItemId, Version)>,
}

impl ApproveItems {
    /// # Errors
    /// What is no id or no version; nothing at all.
    pub fn parse(request: &str, items: &[String]) -> Result<Self> {
        let items = parse::items(items)?;
        if items.is_empty() {
            return Err(Refusal::NotLocated.into());
        }
        Ok(Self { request: parse::request(request)?, items })
    }
}

impl Act for ApproveItems {
    const NAME: &'static str = "approve_items";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = AtWork;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtWork> {
        at_work::held(caller, db, self.request).await
    }

    async fn carry_out(self, at: AtWork, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let verified = at.verified(db, desk).await?;
        let mut entries = Vec::new();
        for (id, seen) in self.items {
            let item = at.item(db, id).await?.approve(&at.holder, &verified, seen, desk.now())?;
            items::record(db, self.request, &item).await?;
            entries.extend(item.category.map(|category| Entry::ItemApproved { item: id, category }));
        }
        at.tell_decisions(db, desk, entries).await?;
        desk.changed(&["items"]);
        Ok(())
    }
}

pub struct ItemNotFound {
    request: RequestId,
    item: (ItemId, Version),
    log: SearchTyped,
}

impl ItemNotFound {
    /// # Errors
    /// What is no id or no version.
    pub fn parse(request: &str, item: &str, log: SearchTyped) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, item: parse::item(item)?, log })
    }
}

impl Act for ItemNotFound {
    const NAME: &'static str = "item_not_found";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = AtWork;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtWork> {
        at_work::held(caller, db, self.request).await
    }

    async fn carry_out(self, at: AtWork, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let verified = at.verified(db, desk).await?;
        let (id, seen) = self.item;
        let (item, documents) = item_in_chart(db, self.request, &verified, id).await?;
        let log = self.log.read(item.dates)?;
        let item = item.not_found(&at.holder, &verified, seen, documents, log, desk.now())?;
        items::record(db, self.request, &item).await?;
        at.tell_decisions(db, desk, vec![Entry::ItemNotFound { item: id, category: item.category }]).await?;
        desk.changed(&["items"]);
        Ok(())
    }
}

pub struct ItemHeldElsewhere {
    request: RequestId,
    item: (ItemId, Version),
    place: HeldBy,
}

impl ItemHeldElsewhere {
    /// # Errors
    /// Each field that is not answered.
    pub fn parse(request: &str, item: &str, held_by: &str, how_to_reach: &str) -> Result<Self> {
        let (request, item) = (parse::request(request)?, parse::item(item)?);
        Ok(Self { request, item, place: HeldBy::parse(held_by, how_to_reach)? })
    }
}

impl Act for ItemHeldElsewhere {
    const NAME: &'static str = "item_held_elsewhere";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = AtWork;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtWork> {
        at_work::held(caller, db, self.request).await
    }

    async fn carry_out(self, at: AtWork, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let verified = at.verified(db, desk).await?;
        let (id, seen) = self.item;
        let (item, documents) = item_in_chart(db, self.request, &verified, id).await?;
        let item = item.held_elsewhere(&at.holder, &verified, seen, documents, self.place, desk.now())?;
        items::record(db, self.request, &item).await?;
        at.tell_decisions(db, desk, vec![Entry::ItemHeldElsewhere { item: id, category: item.category }]).await?;
        desk.changed(&["items"]);
        Ok(())
    }
}

/// A part, and how many documents the matched chart has for it.
async fn item_in_chart(
    db: &mut PgConnection,
    request: RequestId,
    verified: &Verified,
    id: ItemId,
) -> Result<(Item, usize)> {
    let all = items::of(db, request).await?;
    let item = all.iter().find(|item| item.id == id).ok_or(Refusal::NotFound)?;
    let outline = records::outline(db, request, verified.patient()).await?;
    Ok((item.clone(), documents_of(item, &all, &outline).count()))
}
