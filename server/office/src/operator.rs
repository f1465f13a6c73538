//! The command line's acts: facilities and the first people. The operator's login reaches nothing else.

use domain::{
    caller::Role,
    form::{FieldCode, FieldProblem},
    ids::{FacilityId, PersonId},
    language::{Language, Translated},
};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Desk, Login, Result, sign_in::Passwords};

/// A facility to add.
pub struct NewFacility {
    pub slug: String,
    pub name: String,
    /// IANA; by its calendar the law's days are counted.
    pub zone: String,
    pub phone: String,
    /// When the phone is answered, in one line.
    pub hours: Translated,
    pub relay: String,
    pub postal: String,
    pub complaints: String,
    pub mail_from: String,
    pub demo: bool,
}

/// A member of staff to add.
pub struct NewPerson {
    pub name: String,
    /// Lower case.
    pub email: String,
    pub password: String,
    pub facility: FacilityId,
    pub role: Role,
}

/// Somebody with an account and no role, as the demo needs them: who registers proves their address by a mailed link.
pub struct NewAccount {
    pub name: String,
    /// Lower case.
    pub email: String,
    pub password: String,
    pub language: Language,
}

/// Whose password is void now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voided {
    pub person: PersonId,
    /// Has a role, so that no mailed link binds another password.
    pub staff: bool,
}

#[expect(clippy::disallowed_methods, reason = "the command line has no desk's time; the id means nothing")]
fn new_id() -> Uuid {
    Uuid::now_v7()
}

impl Desk {
    /// # Errors
    /// A short name that is taken, a zone that is none.
    pub async fn add_facility(&self, new: NewFacility) -> Result<FacilityId> {
        if jiff::tz::TimeZone::get(&new.zone).is_err() {
            return Err(vec![FieldProblem { field: "zone".to_owned(), code: FieldCode::NotAChoice }].into());
        }
        let id = new_id();
        self.unseated(Login::Operator, async |db| {
            sqlx::query!(
                "insert into app.facility (id, slug, name, zone, phone, hours_en, hours_es, relay, postal, complaints, mail_from, demo)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                id,
                new.slug,
                new.name,
                new.zone,
                new.phone,
                new.hours.en,
                new.hours.es,
                new.relay,
                new.postal,
                new.complaints,
                new.mail_from,
                new.demo
            )
            .execute(&mut *db)
            .await?;
            entry(db, id, "add_facility").await
        })
        .await?;
        Ok(FacilityId(id))
    }

    /// # Errors
    /// The database is away.
    pub async fn facility_by_slug(&self, slug: &str) -> Result<Option<FacilityId>> {
        self.unseated(Login::Operator, async |db| {
            Ok(sqlx::query_scalar!("select id from app.facility where slug = $1", slug)
                .fetch_optional(db)
                .await?
                .map(FacilityId))
        })
        .await
    }

    /// Adds a person with an account and a role. Who has the address already keeps name and password, unless
    /// the password failed so often that it is void.
    ///
    /// # Errors
    /// A password that is too short or stands on a list.
    pub async fn add_person(&self, passwords: &Passwords, new: NewPerson) -> Result<PersonId> {
        let phc = passwords.set(new.password, &[&new.email, &new.name]).await?;
        let id = new_id();
        self.unseated(Login::Operator, async |db| {
            let person =
                sqlx::query_scalar!(r#"select auth.staff_account($1, $2, $3) as "person!""#, id, new.email, phc)
                    .fetch_one(&mut *db)
                    .await?;
            if person == id {
                sqlx::query!(
                    "insert into app.person (id, name, email) values ($1, $2, $3)",
                    person,
                    new.name,
                    new.email
                )
                .execute(&mut *db)
                .await?;
            }
            sqlx::query!("select auth.grant_role($1, $2, $3)", person, new.facility.0, new.role.code())
                .execute(&mut *db)
                .await?;
            entry(db, new.facility.0, "add_person").await?;
            Ok(PersonId(person))
        })
        .await
    }
}

impl Desk {
    /// Adds a hospital, clinic or department inside a facility.
    ///
    /// # Errors
    /// The database is away.
    pub async fn add_site(&self, facility: FacilityId, name: &str) -> Result<()> {
        let id = new_id();
        self.unseated(Login::Operator, async |db| {
            sqlx::query!("insert into app.site (facility_id, id, name) values ($1, $2, $3)", facility.0, id, name)
                .execute(&mut *db)
                .await?;
            entry(db, facility.0, "add_site").await
        })
        .await
    }

    /// # Errors
    /// A password that is too short or stands on a list.
    pub async fn add_account(&self, passwords: &Passwords, new: NewAccount) -> Result<PersonId> {
        let phc = passwords.set(new.password, &[&new.email, &new.name]).await?;
        let id = new_id();
        self.unseated(Login::Operator, async |db| {
            let person =
                sqlx::query_scalar!(r#"select auth.staff_account($1, $2, $3) as "person!""#, id, new.email, phc)
                    .fetch_one(&mut *db)
                    .await?;
            if person == id {
                sqlx::query!(
                    "insert into app.person (id, name, language, email) values ($1, $2, $3, $4)",
                    person,
                    new.name,
                    new.language.code(),
                    new.email
                )
                .execute(&mut *db)
                .await?;
            }
            entry(db, Uuid::nil(), "add_account").await?;
            Ok(PersonId(person))
        })
        .await
    }

    /// Makes a password void that was forgotten, and ends what it opened: the account gets another as one does whose
    /// password failed too often. None where no account has the address (lower case).
    ///
    /// # Errors
    /// The database is away.
    pub async fn void_password(&self, email: &str) -> Result<Option<Voided>> {
        self.unseated(Login::Operator, async |db| {
            let row =
                sqlx::query!(r#"select person as "person!", staff as "staff!" from auth.void_password($1)"#, email)
                    .fetch_optional(&mut *db)
                    .await?;
            let Some(row) = row else { return Ok(None) };
            sqlx::query!(
                "select audit.append($1, 'void_password', 'done', shown => array[$2::uuid])",
                Uuid::nil(),
                row.person
            )
            .execute(db)
            .await?;
            Ok(Some(Voided { person: PersonId(row.person), staff: row.staff }))
        })
        .await
    }

    /// Marks a demo hospital as loaded to its end.
    ///
    /// # Errors
    /// The database is away.
    pub async fn complete_demo(&self, facility: FacilityId) -> Result<()> {
        self.unseated(Login::Operator, async |db| {
            sqlx::query!("update app.facility set demo_complete = true where id = $1", facility.0)
                .execute(&mut *db)
                .await?;
            entry(db, facility.0, "complete_demo").await
        })
        .await
    }

    /// The database's time: the command line has no other.
    ///
    /// # Errors
    /// The database is away.
    pub async fn time(&self) -> Result<Timestamp> {
        self.unseated(Login::Operator, async |db| crate::store::trail::now(db).await).await
    }
}

async fn entry(db: &mut PgConnection, facility: Uuid, act: &str) -> Result<()> {
    sqlx::query!("select audit.append($1, $2, 'done')", facility, act).execute(db).await?;
    Ok(())
}
