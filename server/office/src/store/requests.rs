//! Requests: what is asked, by whom, and how far it is.

use domain::{
    ask::{Applicant, Ask, DeliveryMethod, Format, Scope, Signature, Sites},
    caller::Caller,
    document::Category,
    form::{BirthDate, Contact, DateRange, EmailAddress, PersonName, Phone, PostalAddress, RecordNumber},
    ids::{FacilityId, PatientId, PersonId, RequestId},
    language::Language,
    number::RequestNumber,
    refusal::Refusal,
    request::{Channel, Closed, Ending, Open, Outcome, Progress, Request},
    version::Version,
};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result, charts::spelling::folded, store::one};

/// A request with what was asked, once it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) request: Request,
    pub(crate) number: RequestNumber,
    pub(crate) patient: Option<PatientId>,
    pub(crate) language: Language,
    pub(crate) sent: Option<(Ask, Applicant)>,
    pub(crate) signature: Option<Signature>,
    pub(crate) late_entry_reason: Option<String>,
}

impl Stored {
    /// What was asked, of a request that was sent.
    pub(crate) fn sent(&self) -> Result<&(Ask, Applicant)> {
        self.sent.as_ref().ok_or_else(|| Refusal::NotSent.into())
    }
}

struct Row {
    id: Uuid,
    facility_id: Uuid,
    requester_id: Uuid,
    patient_id: Option<Uuid>,
    number: String,
    status: String,
    outcome: Option<String>,
    channel: String,
    language: String,
    version: i32,
    created_at: jiff_sqlx::Timestamp,
    received_at: Option<jiff_sqlx::Timestamp>,
    entered_at: Option<jiff_sqlx::Timestamp>,
    late_entry_reason: Option<String>,
    undo_until: Option<jiff_sqlx::Timestamp>,
    closed_at: Option<jiff_sqlx::Timestamp>,
    patient_name: Option<String>,
    former_names: Vec<String>,
    birth_date: Option<jiff_sqlx::Date>,
    record_number: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    postal: Option<serde_json::Value>,
    scope: Option<String>,
    categories: Vec<String>,
    from_date: Option<jiff_sqlx::Date>,
    to_date: Option<jiff_sqlx::Date>,
    delivery: Option<String>,
    help: Option<String>,
    signed_name: Option<String>,
    signed_statement: Option<String>,
    signed_at: Option<jiff_sqlx::Timestamp>,
    assignee: Option<Uuid>,
    first_touch_at: Option<jiff_sqlx::Timestamp>,
}

/// The request, as far as row-level security lets this person have it.
pub(crate) async fn load(db: &mut PgConnection, id: RequestId) -> Result<Stored> {
    let row = sqlx::query_as!(
        Row,
        r#"select r.id, r.facility_id, r.requester_id, r.patient_id, r.number, r.status, r.outcome, r.channel, r.language, r.version,
             r.created_at as "created_at: jiff_sqlx::Timestamp", r.received_at as "received_at: jiff_sqlx::Timestamp",
             r.entered_at as "entered_at: jiff_sqlx::Timestamp", r.late_entry_reason,
             r.undo_until as "undo_until: jiff_sqlx::Timestamp", r.closed_at as "closed_at: jiff_sqlx::Timestamp",
             r.patient_name, r.former_names, r.birth_date as "birth_date: jiff_sqlx::Date", r.record_number, r.email, r.phone, r.postal,
             r.scope, r.categories, r.from_date as "from_date: jiff_sqlx::Date", r.to_date as "to_date: jiff_sqlx::Date",
             r.delivery, r.help, r.signed_name, r.signed_statement, r.signed_at as "signed_at: jiff_sqlx::Timestamp",
             q.assignee as "assignee?", q.first_touch_at as "first_touch_at?: jiff_sqlx::Timestamp"
           from app.request r left join app.queue_entry q on q.facility_id = r.facility_id and q.request_id = r.id
           where r.facility_id = $1 and r.id = $2"#,
        id.facility.0,
        id.id
    )
    .fetch_optional(db)
    .await?
    .ok_or(Refusal::NotFound)?;
    Stored::try_from(row)
}

/// As [`load`], locked for a change: nobody else changes it before this transaction ends.
pub(crate) async fn load_for_update(db: &mut PgConnection, id: RequestId) -> Result<Stored> {
    sqlx::query!(
        "select version from app.request where facility_id = $1 and id = $2 for no key update",
        id.facility.0,
        id.id
    )
    .fetch_optional(&mut *db)
    .await?
    .ok_or(Refusal::NotFound)?;
    load(db, id).await
}

/// As [`load_for_update`], for the person who asked.
pub(crate) async fn own_for_update(db: &mut PgConnection, caller: &Caller, id: RequestId) -> Result<Stored> {
    let asker = caller.patient()?;
    let stored = load_for_update(db, id).await?;
    stored.request.asked_by(&asker)?;
    Ok(stored)
}

/// Begins a draft under a number that is free; a number that is taken is drawn again.
pub(crate) async fn insert_draft(
    db: &mut PgConnection,
    request: &Request,
    language: Language,
) -> Result<RequestNumber> {
    insert(db, request, Channel::Portal, "draft", language).await
}

async fn insert(
    db: &mut PgConnection,
    request: &Request,
    channel: Channel,
    status: &str,
    language: Language,
) -> Result<RequestNumber> {
    for _ in 0..8 {
        let number = draw()?;
        // no savepoint: a conflict leaves the transaction whole
        let inserted = sqlx::query!(
            "insert into app.request (facility_id, id, requester_id, number, status, channel, language)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict on constraint request_number_once do nothing",
            request.id.facility.0,
            request.id.id,
            request.requester.0,
            number.digits(),
            status,
            channel.code(),
            language.code()
        )
        .execute(&mut *db)
        .await?
        .rows_affected();
        if inserted == 1 {
            return Ok(number);
        }
    }
    Err(Error::Ended)
}

/// A number that nobody can guess from another.
pub(crate) fn draw() -> Result<RequestNumber> {
    loop {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).map_err(|_| Error::Ended)?;
        // of 30 bits some are no payload: those are drawn again, so that all are equally likely
        if let Some(number) = RequestNumber::from_payload(u32::from_be_bytes(bytes) >> 2) {
            return Ok(number);
        }
    }
}

/// Records a draft as sent: what was asked, by whom, signed, and the clock's start.
pub(crate) async fn record_sent(
    db: &mut PgConnection,
    request: &Request,
    ask: &Ask,
    applicant: &Applicant,
    signature: &Signature,
) -> Result<()> {
    let open = request.open()?;
    let categories: Vec<String> =
        ask.scope.items().into_iter().flatten().map(|category| category.code().to_owned()).collect();
    let former: Vec<String> = applicant.former_names.iter().map(|name| name.as_str().to_owned()).collect();
    let updated = sqlx::query!(
        "update app.request set status = 'open', received_at = $4, entered_at = $5, patient_name = $6, name_folded = $7, former_names = $8,
           birth_date = $9, record_number = $10, email = $11, phone = $12, postal = $13, scope = $14, categories = $15, from_date = $16,
           to_date = $17, delivery = $18, help = $19, signed_name = $20, signed_statement = $21, signed_at = $22, language = $23
         where facility_id = $1 and id = $2 and version = $3 and status = 'draft'",
        request.id.facility.0,
        request.id.id,
        before(request.version),
        open.received_at.to_sqlx() as _,
        open.entered_at.to_sqlx() as _,
        applicant.name.as_str(),
        folded(applicant.name.as_str()),
        &former,
        applicant.birth_date.0.to_sqlx() as _,
        applicant.record_number.as_ref().map(RecordNumber::as_str),
        applicant.contact.email().map(EmailAddress::as_str),
        applicant.contact.phone().map(Phone::as_str),
        applicant.contact.postal().map(serde_json::to_value).transpose()?,
        ask.scope.code(),
        &categories,
        ask.dates.from().map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        ask.dates.to().map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        ask.delivery.code(),
        ask.help.as_deref(),
        signature.typed_name,
        signature.statement_id,
        signature.at.to_sqlx() as _,
        ask.language.code()
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}

/// Records that a request closed, or that a withdrawal was undone.
pub(crate) async fn record_progress(db: &mut PgConnection, request: &Request) -> Result<()> {
    let (outcome, undo_until, closed_at) = match &request.progress {
        Progress::Closed(closed) => (
            Some(closed.ending.outcome().code()),
            match closed.ending {
                Ending::Withdrawn { undo_until } => Some(undo_until),
                _ => None,
            },
            Some(closed.at),
        ),
        Progress::Open(_) | Progress::Draft { .. } => (None, None, None),
    };
    let updated = sqlx::query!(
        "update app.request set status = $4, outcome = $5, undo_until = $6, closed_at = $7 where facility_id = $1 and id = $2 and version = $3",
        request.id.facility.0,
        request.id.id,
        before(request.version),
        request.status().code(),
        outcome,
        undo_until.map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        closed_at.map(jiff_sqlx::ToSqlx::to_sqlx) as _
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}

/// What the desk enters for somebody, as it was asked.
pub(crate) struct Entry<'a> {
    pub(crate) request: &'a Request,
    pub(crate) ask: &'a Ask,
    pub(crate) applicant: &'a Applicant,
    pub(crate) late_reason: Option<&'a str>,
}

/// A request that came by another way than the portal: open from the start, under a number that is free.
pub(crate) async fn insert_entered(db: &mut PgConnection, entry: &Entry<'_>) -> Result<()> {
    let Entry { request, ask, applicant, late_reason } = entry;
    let open = request.open()?;
    let categories: Vec<String> =
        ask.scope.items().into_iter().flatten().map(|category| category.code().to_owned()).collect();
    let former: Vec<String> = applicant.former_names.iter().map(|name| name.as_str().to_owned()).collect();
    for _ in 0..8 {
        let number = draw()?;
        let inserted = sqlx::query!(
            "insert into app.request (facility_id, id, requester_id, number, status, channel, language, received_at, entered_at,
               late_entry_reason, patient_name, name_folded, former_names, birth_date, record_number, email, phone, postal, scope,
               categories, from_date, to_date, delivery, help)
             values ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
             on conflict on constraint request_number_once do nothing",
            request.id.facility.0,
            request.id.id,
            request.requester.0,
            number.digits(),
            open.channel.code(),
            ask.language.code(),
            open.received_at.to_sqlx() as _,
            open.entered_at.to_sqlx() as _,
            *late_reason,
            applicant.name.as_str(),
            folded(applicant.name.as_str()),
            &former,
            applicant.birth_date.0.to_sqlx() as _,
            applicant.record_number.as_ref().map(RecordNumber::as_str),
            applicant.contact.email().map(EmailAddress::as_str),
            applicant.contact.phone().map(Phone::as_str),
            applicant.contact.postal().map(serde_json::to_value).transpose()?,
            ask.scope.code(),
            &categories,
            ask.dates.from().map(jiff_sqlx::ToSqlx::to_sqlx) as _,
            ask.dates.to().map(jiff_sqlx::ToSqlx::to_sqlx) as _,
            ask.delivery.code(),
            ask.help.as_deref()
        )
        .execute(&mut *db)
        .await?
        .rows_affected();
        if inserted == 1 {
            return Ok(());
        }
    }
    Err(Error::Ended)
}

/// The version that stood before a transition.
pub(crate) const fn before(version: Version) -> i32 {
    version.0 - 1
}

impl TryFrom<Row> for Stored {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let id = RequestId { facility: FacilityId(row.facility_id), id: row.id };
        let corrupt = || Error::Corrupt { table: "app.request", id: row.id };
        let language = Language::from_code(&row.language).ok_or_else(corrupt)?;
        let created_at = row.created_at.to_jiff();
        let progress = match row.received_at {
            None => Progress::Draft { started_at: created_at },
            Some(received_at) => {
                let open = Open {
                    channel: Channel::from_code(&row.channel).ok_or_else(corrupt)?,
                    received_at: received_at.to_jiff(),
                    entered_at: row.entered_at.as_ref().map_or(received_at.to_jiff(), |at| at.to_jiff()),
                    assignee: row.assignee.map(PersonId),
                    first_touch_at: row.first_touch_at.as_ref().map(|at| at.to_jiff()),
                };
                match (row.status.as_str(), &row.outcome, &row.closed_at) {
                    ("open", None, None) => Progress::Open(open),
                    ("closed", Some(outcome), Some(at)) => {
                        let outcome = Outcome::from_code(outcome).ok_or_else(corrupt)?;
                        let undo_until = row.undo_until.as_ref().map(|at| at.to_jiff());
                        let ending = Ending::restore(outcome, undo_until).ok_or_else(corrupt)?;
                        Progress::Closed(Closed { was: open, at: at.to_jiff(), ending })
                    }
                    _ => return Err(corrupt()),
                }
            }
        };
        let signature = match (&row.signed_name, &row.signed_statement, &row.signed_at) {
            (Some(typed_name), Some(statement_id), Some(at)) => {
                Some(Signature { typed_name: typed_name.clone(), statement_id: statement_id.clone(), at: at.to_jiff() })
            }
            _ => None,
        };
        let sent = if matches!(progress, Progress::Draft { .. }) {
            None
        } else {
            Some((row.ask(language)?, row.applicant()?))
        };
        Ok(Self {
            request: Request { id, requester: PersonId(row.requester_id), progress, version: Version(row.version) },
            number: RequestNumber::parse(&row.number).map_err(|_| corrupt())?,
            patient: row.patient_id.map(PatientId),
            language,
            sent,
            signature,
            late_entry_reason: row.late_entry_reason,
        })
    }
}

impl Row {
    fn corrupt(&self) -> Error {
        Error::Corrupt { table: "app.request", id: self.id }
    }

    fn ask(&self, language: Language) -> Result<Ask> {
        let scope = match self.scope.as_deref() {
            Some("everything") => Scope::Everything,
            Some("chosen") => {
                let categories = self
                    .categories
                    .iter()
                    .map(|code| Category::from_code(code))
                    .collect::<Option<std::collections::BTreeSet<_>>>();
                Scope::Chosen(categories.and_then(|all| all.try_into().ok()).ok_or_else(|| self.corrupt())?)
            }
            _ => return Err(self.corrupt()),
        };
        let day = |date: &Option<jiff_sqlx::Date>| -> Option<Date> { date.as_ref().map(|date| date.to_jiff()) };
        Ok(Ask {
            scope,
            dates: DateRange::new(day(&self.from_date), day(&self.to_date)).map_err(|_| self.corrupt())?,
            sites: Sites::All,
            language,
            format: Format::Pdf,
            delivery: self.delivery.as_deref().and_then(DeliveryMethod::from_code).ok_or_else(|| self.corrupt())?,
            help: self.help.clone(),
        })
    }

    fn applicant(&self) -> Result<Applicant> {
        let name = |text: &str| PersonName::parse(text).map_err(|_| self.corrupt());
        let email = self.email.as_deref().map(EmailAddress::parse).transpose().map_err(|_| self.corrupt())?;
        let phone = self.phone.as_deref().map(Phone::parse).transpose().map_err(|_| self.corrupt())?;
        let postal: Option<PostalAddress> =
            self.postal.clone().map(serde_json::from_value).transpose().map_err(|_| self.corrupt())?;
        Ok(Applicant {
            name: name(self.patient_name.as_deref().unwrap_or_default())?,
            former_names: self.former_names.iter().map(|text| name(text)).collect::<Result<_>>()?,
            birth_date: BirthDate(self.birth_date.as_ref().ok_or_else(|| self.corrupt())?.to_jiff()),
            contact: Contact::new(email, phone, postal).map_err(|_| self.corrupt())?,
            record_number: self
                .record_number
                .as_deref()
                .map(RecordNumber::parse)
                .transpose()
                .map_err(|_| self.corrupt())?
                .flatten(),
        })
    }
}
