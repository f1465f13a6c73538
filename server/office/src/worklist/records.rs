//! A clerk looks at what the matched chart holds, beside the parts that were asked for.

use domain::{
    caller::{Caller, Level, Side},
    ids::RequestId,
    package::Package,
    shown::worklist::{DocumentShown, RecordsPage},
};
use jiff::civil::Date;
use sqlx::PgConnection;

use super::{
    head::{self, Read},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        items, packages,
        records::{self, After, Listed},
    },
};

const PAGE: usize = 50;

pub struct LookAtRecords {
    request: RequestId,
    after: Option<After>,
}

impl LookAtRecords {
    /// `after`: the cursor that a page before gave.
    ///
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str, after: &str) -> Result<Self> {
        let after = parse::after(after).map(|(dated, id)| After { dated, id });
        Ok(Self { request: parse::request(request)?, after })
    }
}

impl Act for LookAtRecords {
    const NAME: &'static str = "look_at_records";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = RecordsPage;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<RecordsPage> {
        let chart = read.chart(db, desk).await?;
        let head = read.head(db, desk, chart.as_ref()).await?;
        let asked_for = items::of(db, self.request).await?;
        let (mut outline, mut listed) = (None, Vec::new());
        // what a chart holds is shown to who works the case, and listed by its documents' ids
        if let (Some(patient), true) = (read.patient(), head.may.work) {
            outline = Some(records::outline(db, self.request, patient).await?);
            let one_more = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            listed = records::page(db, self.request, patient, self.after, one_more).await?;
        }
        let more = listed.len() > PAGE;
        listed.truncate(PAGE);
        desk.showed_documents(listed.iter().map(|document| document.id));
        let after = listed.last().filter(|_| more).map(cursor);
        let documents = listed
            .into_iter()
            .map(|document| DocumentShown {
                asked_for: asked_for.iter().any(|item| item.covers(document.category, document.care)),
                withheld: asked_for.iter().any(|item| item.withholds(&asked_for, document.category, document.care)),
                left_out: document.left_out,
                id: document.id,
                category: document.category,
                title: document.title,
                care: document.care,
                author: document.author,
                site: document.site,
                pages: document.pages,
            })
            .collect();
        Ok(RecordsPage {
            missing: read.verification.verified().err(),
            items: head::items_shown(db, &read.facility, &asked_for, &asked_for, outline.as_deref()).await?,
            documents,
            after,
            under_way: packages::standing(db, self.request).await?.as_ref().is_some_and(Package::is_under_way),
            head,
        })
    }
}

/// What has no date stands last, as if it were from the first day there is.
fn cursor(document: &Listed) -> String {
    format!("{}.{}", document.care.first.unwrap_or(Date::constant(1, 1, 1)), document.id)
}
