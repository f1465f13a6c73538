//! What there is to measure: a hospital in use, people who have signed in, the programs.

use std::sync::Arc;

use domain::{
    ask::Answer,
    ids::{FacilityId, RequestId},
    language::Language,
};
use office::{
    Act, Desk, Login, Seat, Ticket,
    operator::NewAccount,
    requests::{SaveAnswer, StartRequest},
};
use server::{command::Failure, secrets::Secrets};
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

use crate::{
    Places, data,
    load::CONNECTIONS,
    measure::SENDS,
    running::{self, Person, Serving},
};

/// The demo's, for everybody.
const PASSWORD: &str = "copper lantern 58 meadow tide";
pub(crate) const NAME: &str = "Robin Alder";
pub(crate) const BORN: &str = "1961-05-09";
const CLERK: &str = "carla@riverside.example";

pub(crate) struct World {
    pub(crate) facility: Uuid,
    /// A request with a long timeline, by the number that its page shows, and whose it is.
    pub(crate) request: Uuid,
    pub(crate) number: String,
    pub(crate) reader: Person,
    pub(crate) clerk: (Uuid, Person),
    /// Each with drafts that are answered and not sent, and the version that they would sign.
    pub(crate) owners: Vec<(Uuid, Person, Vec<Uuid>)>,
    pub(crate) version: i32,
    pub(crate) portal: Serving,
    /// The bare program with a desk at everything, at a database without the trail, and at one without the policies too.
    pub(crate) beside: Vec<Serving>,
    /// How often each draft's like is sent.
    pub(crate) sends: usize,
}

impl World {
    pub(crate) async fn make(places: &Places, admin: &PgPool) -> Result<Self, Failure> {
        running::portal(&["setup", "--admin-url", &places.admin])?;
        running::portal(&["migrate"])?;
        running::portal(&["demo"])?;
        let desk = Secrets::desk(&places.base, &[Login::Operator, Login::WebPatient])?;
        let passwords = desk.passwords();
        let row = sqlx::query(
            "select r.facility_id, r.id, r.number, p.email from app.request r join app.person p on p.id = r.requester_id
               join app.timeline t on t.facility_id = r.facility_id and t.request_id = r.id
             where r.status = 'open' and r.channel = 'portal' and t.for_patient
             group by 1, 2, 3, 4 order by count(*) desc, r.id limit 1",
        )
        .fetch_one(admin)
        .await?;
        let facility: Uuid = row.try_get("facility_id")?;

        let portal = Serving::portal(&places.origin).await?;
        let sign_in =
            async |email: &str, side| Person::sign_in(&places.origin, portal.port, email, PASSWORD, side).await;
        let reader = sign_in(row.try_get("email")?, "patient").await?;
        let clerk = sign_in(CLERK, "staff").await?;
        let (mut ids, mut people) = (Vec::new(), Vec::new());
        for n in 0..CONNECTIONS {
            let email = format!("robin-{n}@mail.example");
            let (name, password) = (NAME.to_owned(), PASSWORD.to_owned());
            let new = NewAccount { name, email: email.clone(), password, language: Language::English };
            ids.push(desk.add_account(&passwords, new).await?.0);
            people.push(sign_in(&email, "patient").await?);
        }
        let first = people.first().ok_or("nobody has signed in")?;
        let pattern = answered_draft(&desk, &Seat::of_cookie(first.session()), FacilityId(facility)).await?;
        // nobody may be connected to what is copied
        drop(portal);
        drop(desk);
        nobody_is_connected(admin).await?;

        let sends = (places.rounds + 1) * SENDS;
        let secret = places.base.secrets.join("server_secret");
        let pattern = data::Pattern { facility, draft: pattern.id, secret: &secret };
        // once for the portal, once for the desk at the same database; and what is watched, and tried first
        let drafts = data::grow(admin, &pattern, &ids, u32::try_from(2 * sends + 2 * SENDS)?).await?;
        let version = sqlx::query("select version from app.draft where request_id = $1")
            .bind(pattern.draft)
            .fetch_one(admin)
            .await?
            .try_get(0)?;
        let clerk_id =
            sqlx::query("select person_id from auth.account where email = $1").bind(CLERK).fetch_one(admin).await?;
        let maintenance = PgPool::connect(&Places::beside(&places.admin, "postgres")).await?;
        nobody_else_is_connected(admin, &maintenance).await?;
        data::take_away(&maintenance, |name| Places::beside(&places.admin, name)).await?;

        let mut beside = vec![Serving::bare(&places.base.database).await?];
        for (name, _) in data::WITHOUT {
            beside.push(Serving::bare(&Places::beside(&places.base.database, name)).await?);
        }
        Ok(Self {
            facility,
            request: row.try_get("id")?,
            number: row.try_get("number")?,
            reader,
            clerk: (clerk_id.try_get(0)?, clerk),
            owners: ids.into_iter().zip(people).zip(drafts).map(|((id, person), its)| (id, person, its)).collect(),
            version,
            portal: Serving::portal(&places.origin).await?,
            beside,
            sends,
        })
    }

    /// A run may take longer than somebody who does nothing stays signed in.
    pub(crate) async fn keep_seats(&self, admin: &PgPool, places: &Places) -> Result<(), Failure> {
        let stay = "update auth.session set idle_until = now() + idle_for where ended_at is null";
        sqlx::query(stay).execute(admin).await?;
        for (name, _) in data::WITHOUT {
            let copy = PgPool::connect(&Places::beside(&places.admin, name)).await?;
            sqlx::query(stay).execute(&copy).await?;
            copy.close().await;
        }
        Ok(())
    }
}

/// The pattern of all drafts, answered question by question.
async fn answered_draft(desk: &Arc<Desk>, seat: &Seat, facility: FacilityId) -> Result<RequestId, Failure> {
    let request = does(desk, seat, StartRequest::parse(&facility.to_string(), Language::English)).await?;
    let none = || ["", "", ""].map(str::to_owned);
    for answer in [
        Answer::Name { name: NAME.to_owned(), former_names: String::new() },
        Answer::BirthDate(["5", "9", "1961"].map(str::to_owned)),
        Answer::Contact {
            email: "robin-0@mail.example".to_owned(),
            phone: "312 555 0188".to_owned(),
            postal: ["2 Prairie Lane", "", "Chicago", "IL", "60601"].map(str::to_owned),
        },
        Answer::Records { scope: "everything".to_owned(), categories: Vec::new() },
        Answer::Dates { preset: "all".to_owned(), from: none(), to: none() },
        Answer::Delivery("portal".to_owned()),
        Answer::Help(String::new()),
    ] {
        does(desk, seat, SaveAnswer::parse(&request.to_string(), answer)).await?;
    }
    Ok(request)
}

async fn does<A: Act>(desk: &Arc<Desk>, seat: &Seat, act: office::Result<A>) -> Result<A::Output, Failure> {
    Ok(desk.perform(seat.clone(), Some(Ticket(random()?)), act?).await?)
}

pub(crate) fn random() -> Result<Uuid, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| "no randomness")?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// Ends what programs that are gone have left.
async fn nobody_is_connected(admin: &PgPool) -> Result<(), Failure> {
    sqlx::query(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity
         where datname = current_database() and usename <> 'postgres'",
    )
    .execute(admin)
    .await?;
    Ok(())
}

async fn nobody_else_is_connected(admin: &PgPool, maintenance: &PgPool) -> Result<(), Failure> {
    let name: String = sqlx::query("select current_database()::text").fetch_one(admin).await?.try_get(0)?;
    sqlx::query("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1")
        .bind(name)
        .execute(maintenance)
        .await?;
    Ok(())
}
