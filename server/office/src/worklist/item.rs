//! A clerk looks at one part of a request, to decide that nothing was found or that somebody else holds it.

use domain::{
    caller::{Caller, Level, Side},
    ids::{ItemId, RequestId},
    refusal::Refusal,
    shown::worklist::ItemPage,
};
use sqlx::PgConnection;

use super::{
    head::{self, Read},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{items, records},
};

pub struct LookAtItem {
    request: RequestId,
    item: ItemId,
}

impl LookAtItem {
    /// # Errors
    /// What is no id.
    pub fn parse(request: &str, item: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, item: item.parse().map_err(|_| Refusal::NotFound)? })
    }
}

impl Act for LookAtItem {
    const NAME: &'static str = "look_at_item";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = ItemPage;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<ItemPage> {
        let all = items::of(db, self.request).await?;
        let item = all.iter().find(|item| item.id == self.item).ok_or(Refusal::NotFound)?;
        let chart = read.chart(db, desk).await?;
        let outline = match read.patient() {
            Some(patient) => Some(records::outline(db, self.request, patient).await?),
            None => None,
        };
        let (_, applicant) = read.stored.sent()?;
        let asked = std::iter::once(&applicant.name).chain(&applicant.former_names).map(ToString::to_string);
        let known = chart.iter().flat_map(|chart| std::iter::once(&chart.name).chain(&chart.other_names)).cloned();
        let mut names: Vec<String> = Vec::new();
        for name in asked.chain(known) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut birth_dates = vec![applicant.birth_date.0];
        birth_dates.extend(chart.as_ref().and_then(|chart| chart.birth_date));
        birth_dates.dedup();
        let item = std::slice::from_ref(item);
        let mut shown = head::items_shown(db, &read.facility, item, &all, outline.as_deref()).await?;
        Ok(ItemPage {
            missing: read.verification.verified().err(),
            item: shown.pop().ok_or(Refusal::NotFound)?,
            head: read.head(db, desk, chart.as_ref()).await?,
            names,
            birth_dates,
        })
    }
}
