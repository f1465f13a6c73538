//! A clerk opens a case: its overview, and all that happened to it.

use domain::{
    ask::Scope,
    caller::{Caller, Level, Side},
    ids::{BlobId, RequestId},
    shown::worklist::{Case, Fact, Happened, History, QuestionShown},
    timeline::Entry,
};
use sqlx::PgConnection;

use super::{
    head::{self, Read},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{blobs, facilities::Facility, items, questions, records, timeline},
};

const LATEST: usize = 8;

pub struct LookAtCase {
    request: RequestId,
}

impl LookAtCase {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)? })
    }
}

impl Act for LookAtCase {
    const NAME: &'static str = "look_at_case";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = Case;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Case> {
        let chart = read.chart(db, desk).await?;
        let outline = match read.patient() {
            Some(patient) => Some(records::outline(db, self.request, patient).await?),
            None => None,
        };
        let question = match questions::open_of(db, self.request).await? {
            Some(stored) => Some(question_shown(db, desk, &read.facility, stored).await?),
            None => None,
        };
        let items = items::of(db, self.request).await?;
        Ok(Case {
            head: read.head(db, desk, chart.as_ref()).await?,
            fact: fact(&read)?,
            identity: read.identity(db).await?,
            chart: read.matched(db, chart.as_ref()).await?,
            items: head::items_shown(db, &read.facility, &items, &items, outline.as_deref()).await?,
            question,
            latest: happened(db, desk, &read.facility, self.request, LATEST).await?,
        })
    }
}

pub struct LookAtHistory {
    request: RequestId,
}

impl LookAtHistory {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)? })
    }
}

impl Act for LookAtHistory {
    const NAME: &'static str = "look_at_history";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = History;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<History> {
        let chart = read.chart(db, desk).await?;
        Ok(History {
            head: read.head(db, desk, chart.as_ref()).await?,
            entries: happened(db, desk, &read.facility, self.request, usize::MAX).await?,
        })
    }
}

fn fact(read: &Read) -> Result<Fact> {
    let (ask, _) = read.stored.sent()?;
    let open = match &read.stored.request.progress {
        domain::request::Progress::Open(open) => Some(open),
        domain::request::Progress::Closed(closed) => Some(&closed.was),
        domain::request::Progress::Draft { .. } => None,
    };
    Ok(Fact {
        categories: match &ask.scope {
            Scope::Everything => Vec::new(),
            Scope::Chosen(chosen) => chosen.categories().iter().copied().collect(),
        },
        dates: ask.dates,
        delivery: ask.delivery,
        help: ask.help.clone(),
        language: read.stored.language,
        channel: open.map_or(domain::request::Channel::Portal, |open| open.channel),
        received_on: open.map(|open| read.facility.day(open.received_at)),
        late_entry_reason: read.stored.late_entry_reason.clone(),
    })
}

pub(super) async fn question_shown(
    db: &mut PgConnection,
    desk: &AtDesk,
    facility: &Facility,
    stored: questions::Stored,
) -> Result<QuestionShown> {
    Ok(QuestionShown {
        id: stored.question.id,
        version: stored.question.version,
        reason: stored.question.reason,
        ways: stored.question.ways.all().iter().copied().collect(),
        message: words(db, desk, facility, stored.message).await?,
        asked_on: facility.day(stored.question.asked_at),
    })
}

async fn words(
    db: &mut PgConnection,
    desk: &AtDesk,
    facility: &Facility,
    blob: Option<BlobId>,
) -> Result<Option<String>> {
    match blob {
        Some(blob) => blobs::read_words(db, &desk.vault, facility.id, blob).await,
        None => Ok(None),
    }
}

async fn happened(
    db: &mut PgConnection,
    desk: &AtDesk,
    facility: &Facility,
    request: RequestId,
    most: usize,
) -> Result<Vec<Happened>> {
    let mut all = Vec::new();
    for stood in timeline::of(db, request).await?.into_iter().take(most) {
        let blob = match &stood.entry {
            Entry::TakenOver { reason } => Some(*reason),
            Entry::Unclaimed { reason } => *reason,
            Entry::QuestionAsked { message, .. } => Some(*message),
            Entry::QuestionAnswered { answer, .. } => *answer,
            Entry::Note { text } => Some(*text),
            _ => None,
        };
        let moment = facility.zone.to_datetime(stood.at);
        all.push(Happened {
            on: moment.date(),
            at: moment.time(),
            by: stood.by_name,
            note: words(db, desk, facility, blob).await?,
            entry: stood.entry,
        });
    }
    Ok(all)
}
