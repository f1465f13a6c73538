//! What clerks do with a request, from the queue to the last decision.

mod charts;
mod check;
mod claims;
mod copy;
mod decisions;
mod identity;
mod questions;
mod release;

use domain::{
    caller::Role,
    document::Category,
    form::FieldCode,
    ids::{ItemId, RequestId},
    refusal::Refusal,
    shown::worklist::{ChartPage, ItemShown, RecordsPage},
};
use jiff::civil::date;
use office::{
    Error,
    charts::{Document, Patient},
    worklist::{
        ClaimRequest, IdentityTyped, LookAtCharts, LookAtIdentity, LookAtRecords, MatchChart, SearchTyped,
        VerifyIdentity,
    },
};

use crate::{
    cases::{ANA, Asks, chart, document},
    people::{Hospital, Seated},
};

/// A case that a clerk holds, and the chart that is hers.
struct Scene {
    hospital: Hospital,
    patient: Seated,
    clerk: Seated,
    request: RequestId,
    /// As forms post it.
    id: String,
}

impl Scene {
    async fn of(asks: &Asks) -> Self {
        let hospital = Hospital::new().await;
        let patient = hospital.patient("Ana Ruiz").await;
        let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
        let request = hospital.was_sent(&patient, asks).await;
        let scene = Self { hospital, patient, clerk, request, id: request.to_string() };
        scene.hospital.performs(&scene.clerk, ClaimRequest::parse(&scene.id)).await.unwrap();
        scene
    }

    /// With her chart: two lab reports, one of them without a date, and a note.
    async fn with_chart(asks: &Asks) -> Self {
        let scene = Self::of(asks).await;
        scene.hospital.import(vec![(her_chart(), her_documents())]).await;
        scene
    }

    /// All three facts known.
    async fn verified(asks: &Asks) -> Self {
        let scene = Self::with_chart(asks).await;
        scene.verify().await.unwrap();
        scene.match_first().await.unwrap();
        scene
    }

    async fn verify(&self) -> office::Result<()> {
        let page = self.hospital.performs(&self.clerk, LookAtIdentity::parse(&self.id)).await?;
        let matched = ["name", "birth_date"].map(str::to_owned);
        let typed =
            IdentityTyped { method: "seen_in_person", evidence: "passport", evidence_name: "", matched: &matched };
        let act = VerifyIdentity::parse(&self.id, &page.version.0.to_string(), &typed);
        self.hospital.performs(&self.clerk, act).await
    }

    async fn charts(&self, typed: SearchTyped<'_>) -> ChartPage {
        self.hospital.performs(&self.clerk, LookAtCharts::parse(&self.id, &typed)).await.unwrap()
    }

    async fn match_first(&self) -> office::Result<()> {
        let page = self.charts(SearchTyped::default()).await;
        let patient = page.candidates[0].patient.to_string();
        let act = MatchChart::parse(&self.id, &page.version.0.to_string(), &patient);
        self.hospital.performs(&self.clerk, act).await
    }

    async fn records(&self) -> RecordsPage {
        self.hospital.performs(&self.clerk, LookAtRecords::parse(&self.id, "")).await.unwrap()
    }

    async fn item(&self, category: Option<Category>) -> ItemShown {
        self.records().await.items.into_iter().find(|item| item.category == category).unwrap()
    }

    /// Her chart comes again, with another status of the documents that are named.
    async fn comes_again(&self, changed: &[(&str, &str)]) {
        let mut documents = her_documents();
        for document in &mut documents {
            let status = changed.iter().find(|(title, _)| *title == document.title);
            document.status = status.map_or("final", |(_, status)| *status).into();
        }
        self.hospital.import(vec![(her_chart(), documents)]).await;
    }

    async fn count(&self, what: &str) -> String {
        self.hospital.at.says("postgres", &format!("select count(*)::text from {what}")).await.unwrap().remove(0)
    }

    /// How the request's timeline reads, oldest first.
    async fn told(&self) -> Vec<String> {
        let sql = format!(
            "select entry ->> 'entry' from app.timeline where request_id = '{}' order by at, id",
            self.request.id
        );
        self.hospital.at.says("postgres", &sql).await.unwrap()
    }

    async fn headline(&self) -> String {
        let sql = format!("select headline from app.queue_entry where request_id = '{}'", self.request.id);
        self.hospital.at.says("postgres", &sql).await.unwrap().remove(0)
    }
}

fn her_chart() -> Patient {
    chart("1", "Ana", "Ruiz", Some(date(1957, 3, 27)))
}

fn her_documents() -> Vec<Document> {
    vec![
        document(Category::Lab, "Blood count", Some(date(2024, 5, 2))),
        document(Category::Lab, "Culture", None),
        document(Category::VisitNote, "Visit", Some(date(2023, 1, 9))),
    ]
}

/// As a form posts an item: with the version that was seen.
fn posted(item: &ItemShown) -> String {
    seen(item.id, item.version.0)
}

fn seen(id: ItemId, version: i32) -> String {
    format!("{id}:{version}")
}

fn refusal<T>(result: office::Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(why)) => why,
        Err(other) => panic!("not refused but {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

fn problems<T>(result: office::Result<T>) -> Vec<(String, FieldCode)> {
    match result {
        Err(Error::Form(problems)) => problems.into_iter().map(|problem| (problem.field, problem.code)).collect(),
        Err(other) => panic!("no form's problems but {other:?}"),
        Ok(_) => panic!("no problems"),
    }
}

fn everything() -> Asks {
    Asks { categories: &[], ..ANA }
}
