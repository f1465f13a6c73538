//! Requests as they were sent, and charts as they were imported, for the tests of what clerks do with them.

use bytes::Bytes;
use domain::{document::Category, ids::RequestId};
use jiff::civil::{Date, date};
use office::{
    Act,
    charts::{Announced, Chart, Document, ImportBundle, Key, Name, Outline, Part, Patient, Place},
};
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::people::{Hospital, Seated};

/// What a request asks and says of its requester.
pub(crate) struct Asks {
    pub(crate) name: &'static str,
    pub(crate) born: Date,
    pub(crate) categories: &'static [Category],
    pub(crate) email: Option<&'static str>,
    pub(crate) phone: Option<&'static str>,
    /// How many days ago it came.
    pub(crate) days_ago: i64,
}

pub(crate) const ANA: Asks = Asks {
    name: "Ana Ruiz",
    born: date(1957, 3, 27),
    categories: &[Category::Lab, Category::Vaccine],
    email: Some("ana.ruiz@mail.example"),
    phone: None,
    days_ago: 3,
};

/// A document of a chart that a test makes.
pub(crate) fn document(category: Category, title: &str, dated: Option<Date>) -> Document {
    Document {
        encounter: None,
        category,
        title: title.into(),
        dated,
        until: dated,
        from_at: None,
        to_at: None,
        author: None,
        site: None,
        status: "final".into(),
        language: None,
        labels: Vec::new(),
        made_of: Vec::new(),
        media_type: "application/pdf".into(),
        pages: Some(2),
        has_text: true,
    }
}

pub(crate) fn chart(source_id: &str, given: &str, family: &str, born: Option<Date>) -> Patient {
    let name = format!("{given} {family}");
    Patient {
        source_id: source_id.into(),
        name: name.clone(),
        family: family.into(),
        given: given.into(),
        birth_date: born,
        deceased_on: None,
        sex: None,
        record_number: Some(format!("MRN-{source_id}")),
        phone: None,
        email: None,
        postal: None,
        language: None,
        names: vec![Name { used_as: "official".into(), name, family: family.into(), given: given.into() }],
        identifiers: Vec::new(),
    }
}

impl Hospital {
    pub(crate) async fn performs<A: Act>(&self, who: &Seated, act: office::Result<A>) -> office::Result<A::Output> {
        self.desk().perform(who.seat.clone(), None, act?).await
    }

    /// A request as the patient's acts leave it, written under the patient's own login.
    pub(crate) async fn was_sent(&self, patient: &Seated, asks: &Asks) -> RequestId {
        let (facility, id) = (self.facility, Uuid::from_u128(random()));
        let codes = asks.categories.iter().map(|category| category.code()).collect::<Vec<_>>();
        let scope = if codes.is_empty() { "everything" } else { "chosen" };
        let text = |value: Option<&str>| value.map_or("null".to_owned(), |value| format!("'{value}'"));
        let items: String = if codes.is_empty() {
            format!(
                "insert into app.item (facility_id, id, request_id, position, status) values ('{facility}', gen_random_uuid(), '{id}', 0, 'pending');"
            )
        } else {
            codes.iter().enumerate().fold(String::new(), |sql, (n, code)| {
                sql + &format!(
                    "insert into app.item (facility_id, id, request_id, position, category, status)
                     values ('{facility}', gen_random_uuid(), '{id}', {n}, '{code}', 'pending');"
                )
            })
        };
        let sql = format!(
            "begin; select 'seated' from auth.take_seat('{seat}', true);
             insert into app.request (facility_id, id, requester_id, number, status, channel, language)
               values ('{facility}', '{id}', '{person}', '{number}', 'draft', 'portal', 'en');
             update app.request set status = 'open',
               patient_name = '{name}', name_folded = lower('{name}'), birth_date = '{born}', email = {email}, phone = {phone},
               scope = '{scope}', categories = '{{{codes}}}', delivery = 'portal', signed_name = '{name}', signed_at = now(),
               signed_statement = 'access_2026_1' where facility_id = '{facility}' and id = '{id}';
             insert into app.deadline (facility_id, request_id, rule, due_on)
               values ('{facility}', '{id}', 'hipaa_access_30', (now() - interval '{days} days')::date + 30);
             insert into app.verification (facility_id, request_id) values ('{facility}', '{id}');
             {items}
             insert into app.queue_entry (facility_id, request_id, open, headline, waiting_on, due_on)
               values ('{facility}', '{id}', true, 'received', 'none', (now() - interval '{days} days')::date + 30);
             select audit.append('{facility}', 'try', 'done'); commit; select 'committed'",
            seat = patient.seat.as_str(),
            person = patient.person,
            number = number(id),
            days = asks.days_ago,
            name = asks.name,
            born = asks.born,
            email = text(asks.email),
            phone = text(asks.phone),
            codes = codes.join(","),
        );
        assert_eq!(self.at.says("web_patient", &sql).await.unwrap().last().unwrap(), "committed");
        // a patient's login says no other time than now
        let earlier = format!(
            "set session_replication_role = replica;
             update app.request set received_at = received_at - interval '{} days' where id = '{id}'",
            asks.days_ago
        );
        self.at.says("postgres", &earlier).await.unwrap();
        RequestId { facility, id }
    }

    /// Charts come by the import's own act, with the bytes of their documents.
    pub(crate) async fn import(&self, charts: Vec<(Patient, Vec<Document>)>) {
        let (wanted, heard) = oneshot::channel();
        let (send, parts) = mpsc::channel(8);
        let documents: Vec<Vec<Document>> = charts.iter().map(|(_, documents)| documents.clone()).collect();
        let outline = Outline {
            charts: charts
                .into_iter()
                .map(|(patient, documents)| Chart {
                    documents: (0..).zip(&documents).map(|(n, of)| announced(&patient.source_id, n, of)).collect(),
                    patient,
                    encounters: Vec::new(),
                    resources: Vec::new(),
                })
                .collect(),
            supporting: Vec::new(),
        };
        let import = ImportBundle { facility: self.facility, source: "test".into(), outline, wanted, parts };
        let feed = async move {
            let wanted = heard.await.unwrap();
            for (chart, of) in wanted.charts.iter().enumerate() {
                for number in &of.documents {
                    let document = documents[chart][*number].clone();
                    let bytes = Bytes::from(format!("%PDF-1.7 {}", document.title));
                    let at = Place { chart: Some(chart), number: *number };
                    let length = bytes.len() as u64;
                    send.send(Part::Document { at, document: Box::new(document), length }).await.unwrap();
                    send.send(Part::Bytes(bytes)).await.unwrap();
                }
            }
            send.send(Part::End).await.unwrap();
        };
        let (imported, ()) = tokio::join!(self.desk().work(import), feed);
        imported.unwrap();
    }
}

/// A document keeps its key by its place; another title or status makes it another version.
fn announced(source_id: &str, n: usize, document: &Document) -> Announced {
    let key = Key {
        kind: "DocumentReference".into(),
        source_id: format!("{source_id}-{n}"),
        digest: Sha256::digest(format!("{n} {} {}", document.title, document.status)).into(),
    };
    Announced { key, keeps: Vec::new() }
}

/// Ids that nobody orders by.
fn random() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    u128::from_be_bytes(bytes)
}

/// A number with a right check digit.
fn number(id: Uuid) -> String {
    let payload = u32::try_from(id.as_u128() % 900_000_000).unwrap();
    (payload..).find_map(domain::number::RequestNumber::from_payload).unwrap().digits()
}
