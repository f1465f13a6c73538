//! For which parts the chart has documents. "Everything" becomes one part for each kind that is there,
//! under a search log for the rest.

use domain::{
    caller::{Caller, Level, Side},
    document::Category,
    ids::{ItemId, RequestId},
    refusal::Refusal,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork},
    decide_item::SearchTyped,
    head::kinds_covered,
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{items, records},
};

/// Those parts that have documents; the others stay as they are, to be decided one by one.
pub struct LocateItems {
    request: RequestId,
    items: Vec<(ItemId, Version)>,
}

impl LocateItems {
    /// # Errors
    /// What is no id or no version.
    pub fn parse(request: &str, items: &[String]) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, items: parse::items(items)? })
    }
}

impl Act for LocateItems {
    const NAME: &'static str = "locate_items";
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
        let outline = records::outline(db, self.request, verified.patient()).await?;
        let all = items::of(db, self.request).await?;
        let mut entries = Vec::new();
        for (id, seen) in self.items {
            let item = all.iter().find(|item| item.id == id).cloned().ok_or(Refusal::NotFound)?;
            let before = item.version;
            let Some(category) = item.category else { return Err(Refusal::NotExpanded.into()) };
            if kinds_covered(&item, &all, &outline).is_empty() {
                before.seen(seen)?;
                continue;
            }
            let located = item.locate(&at.holder, &verified, seen, desk.now())?;
            if located.version != before {
                items::record(db, self.request, &located).await?;
                entries.push(Entry::ItemLocated { item: id, category });
            }
        }
        if entries.is_empty() {
            return Err(Refusal::NothingLocated.into());
        }
        at.tell(db, desk, &entries).await?;
        desk.changed(&["items"]);
        Ok(())
    }
}

pub struct ExpandItem {
    request: RequestId,
    item: (ItemId, Version),
    log: SearchTyped,
}

impl ExpandItem {
    /// # Errors
    /// What is no id or no version.
    pub fn parse(request: &str, item: &str, log: SearchTyped) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, item: parse::item(item)?, log })
    }
}

impl Act for ExpandItem {
    const NAME: &'static str = "expand_item";
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
        let all = items::of(db, self.request).await?;
        let whole = all.iter().find(|item| item.id == id).cloned().ok_or(Refusal::NotFound)?;
        let rest = self.log.read(whole.dates)?;
        let outline = records::outline(db, self.request, verified.patient()).await?;
        let found: Vec<(ItemId, Category)> =
            kinds_covered(&whole, &all, &outline).into_iter().map(|category| (ItemId(desk.id()), category)).collect();
        let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let expanded = whole.expand(&at.holder, &verified, seen, &found, rest, desk.now())?;
        // after those that stand there already
        let first = i32::try_from(all.len()).unwrap_or(i32::MAX);
        for (position, item) in (first..).zip(&expanded) {
            if item.id == id {
                items::record(db, self.request, item).await?;
            } else {
                items::insert(db, self.request, position, item).await?;
            }
        }
        at.tell(db, desk, &[Entry::ItemsExpanded { found: count }]).await?;
        desk.changed(&["items"]);
        Ok(())
    }
}
