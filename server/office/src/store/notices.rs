//! Notices and how their sending went. An act adds one; the jobs take it, send it outside of any transaction, and record
//! the result.

use domain::{
    ask::DeliveryMethod,
    form::PostalAddress,
    ids::{FacilityId, NoticeId, RequestId},
    language::{Language, Translated},
    notice::{Answering, Message, Notice, NoticeFailure, NoticeFrame, NoticeKind},
    number::RequestNumber,
    refusal::Refusal,
    request::Channel,
    shown::front_desk,
    timeline::Entry,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    AtDesk, Error, Result,
    store::{
        facilities::{Facility, help},
        outbox::{self, Task},
        timeline,
    },
};

/// Adds a notice and sees to its sending. Without an e-mail address it is one to print, and the timeline says so at once.
pub(crate) async fn add(
    db: &mut PgConnection,
    desk: &AtDesk,
    request: RequestId,
    kind: NoticeKind,
    language: Language,
    email: Option<&str>,
) -> Result<NoticeId> {
    let id = NoticeId(desk.id());
    sqlx::query!(
        "insert into app.notice (facility_id, id, request_id, kind, language, email, status) values ($1, $2, $3, $4, $5, $6, $7)",
        request.facility.0,
        id.0,
        request.id,
        kind.code(),
        language.code(),
        email,
        if email.is_some() { "waiting" } else { "printable" }
    )
    .execute(&mut *db)
    .await?;
    if email.is_some() {
        outbox::put(db, desk, Task::SendNotice, request, id.0, None).await?;
    } else {
        timeline::add(db, desk, request, &Entry::NoticePrintable { kind, notice: id }).await?;
    }
    Ok(id)
}

/// Whether a request has a notice of this kind since a moment.
pub(crate) async fn has_since(
    db: &mut PgConnection,
    request: RequestId,
    kind: NoticeKind,
    since: Timestamp,
) -> Result<bool> {
    use jiff_sqlx::ToSqlx as _;
    Ok(sqlx::query_scalar!(
        r#"select exists (select from app.notice where facility_id = $1 and request_id = $2 and kind = $3 and at >= $4) as "has!""#,
        request.facility.0,
        request.id,
        kind.code(),
        since.to_sqlx() as _
    )
    .fetch_one(db)
    .await?)
}

/// A notice that waits to be sent, with what its text needs.
pub(crate) struct Waiting {
    pub(crate) notice: Notice,
    pub(crate) language: Language,
    pub(crate) email: String,
    /// From whom.
    pub(crate) facility: String,
    pub(crate) mail_from: String,
    pub(crate) number: RequestNumber,
    pub(crate) channel: Channel,
    pub(crate) help: String,
}

impl Waiting {
    pub(crate) fn frame(&self, sign_in: &str) -> NoticeFrame {
        NoticeFrame {
            facility: self.facility.clone(),
            number: self.number,
            answering: Answering::of(self.channel, sign_in),
            help: self.help.clone(),
        }
    }
}

/// Lets go of a notice that asks for what is not wanted any more: the question was answered, whether or not another was
/// asked since, or the request is withdrawn for good. Whether there was one.
async fn drop_unwanted(db: &mut PgConnection, request: RequestId, id: NoticeId) -> Result<bool> {
    let dropped = sqlx::query!(
        "update app.notice n set status = 'dropped' from app.request r
         where n.facility_id = $1 and n.id = $2 and n.request_id = $3 and n.status = 'waiting' and n.kind = 'n2'
           and r.facility_id = n.facility_id and r.id = n.request_id
           and (r.status = 'closed' and (r.undo_until is null or r.undo_until < now())
             or not exists (select from app.question q
               where q.facility_id = n.facility_id and q.request_id = n.request_id and q.status = 'open' and q.asked_at <= n.at))",
        request.facility.0,
        id.0,
        request.id
    )
    .execute(db)
    .await?
    .rows_affected();
    Ok(dropped > 0)
}

/// Takes a notice for a try to send it; None where it does not wait (any more).
pub(crate) async fn take(
    db: &mut PgConnection,
    desk: &mut AtDesk,
    request: RequestId,
    id: NoticeId,
) -> Result<Option<Waiting>> {
    if drop_unwanted(&mut *db, request, id).await? {
        desk.because("dropped");
        return Ok(None);
    }
    let taken = sqlx::query!(
        "update app.notice set tries = tries + 1 where facility_id = $1 and id = $2 and request_id = $3 and status = 'waiting'",
        request.facility.0,
        id.0,
        request.id
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    if taken == 0 {
        return Ok(None);
    }
    let row = sqlx::query!(
        r#"select n.kind, n.language, n.email as "email!", r.number, r.status, r.channel, r.delivery,
             r.received_at as "received_at: jiff_sqlx::Timestamp", r.closed_at as "closed_at: jiff_sqlx::Timestamp",
             (select min(d.due_on) from app.deadline d where d.facility_id = r.facility_id and d.request_id = r.id)
               as "due_on: jiff_sqlx::Date",
             f.name, f.zone, f.phone, f.hours_en, f.hours_es, f.mail_from
           from app.notice n join app.request r on r.facility_id = n.facility_id and r.id = n.request_id
             join app.facility f on f.id = n.facility_id
           where n.facility_id = $1 and n.id = $2"#,
        request.facility.0,
        id.0
    )
    .fetch_one(db)
    .await?;
    let corrupt = || Error::Corrupt { table: "app.notice", id: id.0 };
    let zone = TimeZone::get(&row.zone).map_err(|_| corrupt())?;
    let facts = Facts {
        received_on: row.received_at.map(|at| zone.to_datetime(at.to_jiff()).date()),
        closed_on: row.closed_at.map(|at| zone.to_datetime(at.to_jiff()).date()),
        due_on: row.due_on.map(jiff_sqlx::Date::to_jiff),
        delivery: row.delivery.as_deref().and_then(DeliveryMethod::from_code),
    };
    let kind = NoticeKind::from_code(&row.kind).ok_or_else(corrupt)?;
    // withdrawn, and it can be undone still: a later try finds out whether the question stands
    if kind == NoticeKind::ActionNeeded && row.status != "open" {
        return Err(Refusal::RequestClosed.into());
    }
    let language = Language::from_code(&row.language).ok_or_else(corrupt)?;
    let hours = Translated { en: row.hours_en, es: row.hours_es };
    Ok(Some(Waiting {
        notice: facts.of(kind).ok_or_else(corrupt)?,
        language,
        email: row.email,
        facility: row.name,
        mail_from: row.mail_from,
        number: RequestNumber::parse(&row.number).map_err(|_| corrupt())?,
        channel: Channel::from_code(&row.channel).ok_or_else(corrupt)?,
        help: help(&row.phone, &hours).to(language).to_owned(),
    }))
}

/// What a notice may have to say of its request.
struct Facts {
    received_on: Option<Date>,
    closed_on: Option<Date>,
    due_on: Option<Date>,
    delivery: Option<DeliveryMethod>,
}

impl Facts {
    /// None where the request lacks what a notice of this kind says.
    fn of(&self, kind: NoticeKind) -> Option<Notice> {
        Some(match kind {
            NoticeKind::Received => Notice::Received { received_on: self.received_on?, due_on: self.due_on? },
            NoticeKind::ActionNeeded => Notice::ActionNeeded { due_on: self.due_on? },
            NoticeKind::Continuing => Notice::Continuing { due_on: self.due_on? },
            NoticeKind::Ready => Notice::Ready { delivery: self.delivery? },
            NoticeKind::Withdrawn => Notice::Withdrawn { withdrawn_on: self.closed_on? },
        })
    }
}

/// How a try ended for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    Sent,
    Failed(NoticeFailure),
}

/// Records the result, once; None where another try has recorded one already.
pub(crate) async fn record(
    db: &mut PgConnection,
    request: RequestId,
    id: NoticeId,
    result: Sending,
) -> Result<Option<NoticeKind>> {
    let (status, failure) = match result {
        Sending::Sent => ("sent", None),
        Sending::Failed(why) => ("failed", Some(why.code())),
    };
    let kind = sqlx::query_scalar!(
        "update app.notice set status = $4, failure = $5, sent_at = case when $4 = 'sent' then now() end
         where facility_id = $1 and id = $2 and request_id = $3 and status = 'waiting' returning kind",
        request.facility.0,
        id.0,
        request.id,
        status,
        failure
    )
    .fetch_optional(db)
    .await?;
    kind.map(|code| NoticeKind::from_code(&code).ok_or(Error::Corrupt { table: "app.notice", id: id.0 })).transpose()
}

/// Who asked for an account, from whom the answer comes.
pub(crate) struct Applicant {
    pub(crate) email: String,
    pub(crate) language: Language,
    pub(crate) has_account: bool,
    pub(crate) facility: FacilityId,
    pub(crate) facility_name: String,
    pub(crate) mail_from: String,
    pub(crate) help: String,
}

/// None where the link was used or is over, or where nobody is there to write. With several facilities, the first by
/// name writes: an account belongs to none of them.
pub(crate) async fn applicant(db: &mut PgConnection, attempt: Uuid) -> Result<Option<Applicant>> {
    let row = sqlx::query!(
        r#"select m.email as "email!", m.language as "language!", m.has_account as "has_account!", f.id, f.name, f.mail_from, f.phone,
             f.hours_en, f.hours_es
           from auth.attempt_mail($1) m, (select id, name, mail_from, phone, hours_en, hours_es from app.facility order by name limit 1) f"#,
        attempt
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let language =
            Language::from_code(&row.language).ok_or(Error::Corrupt { table: "auth.attempt", id: attempt })?;
        let hours = Translated { en: row.hours_en, es: row.hours_es };
        Ok(Applicant {
            email: row.email,
            language,
            has_account: row.has_account,
            facility: FacilityId(row.id),
            facility_name: row.name,
            mail_from: row.mail_from,
            help: help(&row.phone, &hours).to(language).to_owned(),
        })
    })
    .transpose()
}

/// A notice to print, written out.
pub(crate) struct Printable {
    pub(crate) message: Message,
    pub(crate) language: Language,
    /// Of the facility's calendar.
    pub(crate) on: Date,
    pub(crate) to: String,
    pub(crate) postal: Option<PostalAddress>,
    pub(crate) printed_on: Option<Date>,
}

/// None where there is no such notice, or it goes by mail.
pub(crate) async fn printable(
    db: &mut PgConnection,
    facility: FacilityId,
    id: NoticeId,
    sign_in: &str,
) -> Result<Option<Printable>> {
    let row = sqlx::query!(
        r#"select n.kind, n.language, n.at as "at!: jiff_sqlx::Timestamp",
             n.printed_at as "printed_at: jiff_sqlx::Timestamp", r.number, r.channel, r.delivery, r.patient_name, r.postal,
             r.received_at as "received_at: jiff_sqlx::Timestamp", r.closed_at as "closed_at: jiff_sqlx::Timestamp",
             (select min(d.due_on) from app.deadline d where d.facility_id = r.facility_id and d.request_id = r.id)
               as "due_on: jiff_sqlx::Date",
             f.name, f.zone, f.phone, f.hours_en, f.hours_es
           from app.notice n join app.request r on r.facility_id = n.facility_id and r.id = n.request_id
             join app.facility f on f.id = n.facility_id
           where n.facility_id = $1 and n.id = $2 and n.status = 'printable'"#,
        facility.0,
        id.0
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || Error::Corrupt { table: "app.notice", id: id.0 };
    let zone = TimeZone::get(&row.zone).map_err(|_| corrupt())?;
    let day = |at: jiff_sqlx::Timestamp| zone.to_datetime(at.to_jiff()).date();
    let facts = Facts {
        received_on: row.received_at.map(day),
        closed_on: row.closed_at.map(day),
        due_on: row.due_on.map(jiff_sqlx::Date::to_jiff),
        delivery: row.delivery.as_deref().and_then(DeliveryMethod::from_code),
    };
    let notice = facts.of(NoticeKind::from_code(&row.kind).ok_or_else(corrupt)?).ok_or_else(corrupt)?;
    let language = Language::from_code(&row.language).ok_or_else(corrupt)?;
    let hours = Translated { en: row.hours_en, es: row.hours_es };
    let frame = NoticeFrame {
        facility: row.name,
        number: RequestNumber::parse(&row.number).map_err(|_| corrupt())?,
        answering: Answering::of(Channel::from_code(&row.channel).ok_or_else(corrupt)?, sign_in),
        help: help(&row.phone, &hours).to(language).to_owned(),
    };
    Ok(Some(Printable {
        message: domain::words::message(&notice, &frame, language),
        language,
        on: day(row.at),
        to: row.patient_name.ok_or_else(corrupt)?,
        postal: row.postal.map(serde_json::from_value).transpose().map_err(|_| corrupt())?,
        printed_on: row.printed_at.map(day),
    }))
}

/// The request that a letter belongs to; None where there is no such letter at any place where the reader works.
pub(crate) async fn of_letter(db: &mut PgConnection, id: NoticeId) -> Result<Option<RequestId>> {
    let row =
        sqlx::query!("select facility_id, request_id from app.notice where id = $1 and status = 'printable'", id.0)
            .fetch_optional(db)
            .await?;
    Ok(row.map(|row| RequestId { facility: FacilityId(row.facility_id), id: row.request_id }))
}

/// Letters that wait to be printed, newest first: of one request, or of all. One that asks for something waits as long
/// as that is wanted; the front desk reads no question, but knows whether one is open and since when: a question asked
/// after a letter has a letter of its own.
pub(crate) async fn to_print(
    db: &mut PgConnection,
    facility: &Facility,
    request: Option<RequestId>,
    limit: usize,
) -> Result<Vec<front_desk::Waiting>> {
    let rows = sqlx::query!(
        r#"select n.id, n.kind, n.at as "at!: jiff_sqlx::Timestamp", r.number
           from app.notice n join app.request r on r.facility_id = n.facility_id and r.id = n.request_id
           where n.facility_id = $1 and n.status = 'printable' and n.printed_at is null and ($2::uuid is null or n.request_id = $2)
             and (n.kind <> 'n2' or r.status = 'open'
               and exists (select from app.standing(n.facility_id, n.request_id) s where s.reason is not null and s.asked_at <= n.at))
           order by n.at desc, n.id desc limit $3"#,
        facility.id.0,
        request.map(|request| request.id),
        i64::try_from(limit).unwrap_or(i64::MAX)
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = || Error::Corrupt { table: "app.notice", id: row.id };
            Ok(front_desk::Waiting {
                notice: NoticeId(row.id),
                number: RequestNumber::parse(&row.number).map_err(|_| corrupt())?,
                kind: NoticeKind::from_code(&row.kind).ok_or_else(corrupt)?,
                on: facility.day(row.at.to_jiff()),
            })
        })
        .collect()
}

/// Records that a letter is printed and mailed, once; None where somebody has recorded it already.
pub(crate) async fn record_printed(
    db: &mut PgConnection,
    request: RequestId,
    id: NoticeId,
) -> Result<Option<NoticeKind>> {
    let kind = sqlx::query_scalar!(
        "update app.notice set printed_at = now()
         where facility_id = $1 and id = $2 and request_id = $3 and status = 'printable' and printed_at is null returning kind",
        request.facility.0,
        id.0,
        request.id
    )
    .fetch_optional(db)
    .await?;
    kind.map(|code| NoticeKind::from_code(&code).ok_or(Error::Corrupt { table: "app.notice", id: id.0 })).transpose()
}
