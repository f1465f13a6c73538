//! A hospital's first people, made the way they come: by the command line's acts, with a session each.

use domain::{
    caller::{Role, Side},
    ids::{FacilityId, PersonId},
    language::{Language, Translated},
};
use office::{
    Desk, Seat,
    operator::{NewAccount, NewFacility, NewPerson},
    sign_in::{Opening, Passwords},
};
use uuid::Uuid;

use crate::cluster::Database;

pub(crate) const PASSWORD: &str = "harbor wren velvet 42 sundial";

pub(crate) struct Hospital {
    pub(crate) at: Database,
    pub(crate) passwords: Passwords,
    pub(crate) facility: FacilityId,
}

/// Someone with a session.
pub(crate) struct Seated {
    pub(crate) person: PersonId,
    pub(crate) seat: Seat,
}

fn facility(slug: &str) -> NewFacility {
    NewFacility {
        slug: slug.into(),
        name: format!("{slug} Hospital"),
        zone: "America/Chicago".into(),
        phone: "(312) 555-0100".into(),
        hours: Translated { en: "Monday to Friday, 8 am to 5 pm".into(), es: "de lunes a viernes, de 8 a 17 h".into() },
        relay: "711".into(),
        postal: "1 River Street, Chicago, IL 60601".into(),
        complaints: "Privacy Officer, (312) 555-0101".into(),
        mail_from: "records@riverside.example".into(),
        demo: false,
    }
}

impl Hospital {
    pub(crate) async fn new() -> Self {
        let at = Database::new().await;
        let passwords = at.desk.passwords();
        let facility = at.desk.add_facility(facility("riverside")).await.unwrap();
        Self { at, passwords, facility }
    }

    pub(crate) fn desk(&self) -> &std::sync::Arc<Desk> {
        &self.at.desk
    }

    pub(crate) async fn another_facility(&self) -> FacilityId {
        self.desk().add_facility(facility("lakeside")).await.unwrap()
    }

    pub(crate) async fn staff_at(&self, facility: FacilityId, name: &str, role: Role) -> Seated {
        let email = format!("{}@riverside.example", name.to_lowercase().replace(' ', "."));
        let new = NewPerson { name: name.into(), email: email.clone(), password: PASSWORD.into(), facility, role };
        let person = self.desk().add_person(&self.passwords, new).await.unwrap();
        Seated { person, seat: self.sign_in(&email, Side::Staff).await }
    }

    pub(crate) async fn staff(&self, name: &str, role: Role) -> Seated {
        self.staff_at(self.facility, name, role).await
    }

    pub(crate) async fn patient(&self, name: &str) -> Seated {
        let email = format!("{}@mail.example", name.to_lowercase().replace(' ', "."));
        let new = NewAccount {
            name: name.into(),
            email: email.clone(),
            password: PASSWORD.into(),
            language: Language::English,
        };
        let person = self.desk().add_account(&self.passwords, new).await.unwrap();
        Seated { person, seat: self.sign_in(&email, Side::Patient).await }
    }

    /// As the mailed link's page does.
    pub(crate) async fn open_account(&self, attempt: Uuid, password: &str) -> Opening {
        let code = self.desk().link_code(attempt);
        self.desk().open_account(&self.passwords, attempt, &code, password).await.unwrap()
    }

    /// The attempt that the mailed link names.
    pub(crate) async fn attempt_of(&self, email: &str) -> Uuid {
        let rows = self
            .at
            .says(
                "postgres",
                &format!(
                    "select id from auth.attempt where what = 'register' and email = '{email}' order by at desc limit 1"
                ),
            )
            .await;
        rows.unwrap()[0].parse().unwrap()
    }

    /// A session as it opens once the password was looked at, which takes as long as all the rest of a test.
    pub(crate) async fn sign_in(&self, email: &str, side: Side) -> Seat {
        let attempt: Uuid = self.at.says("web_auth", "select gen_random_uuid()").await.unwrap()[0].parse().unwrap();
        let verified = format!(
            "select auth.sign_in_begin('{attempt}', '{email}', '10.0.0.0/24');
             select auth.sign_in_verified('{attempt}', true, null)"
        );
        self.at.says("web_auth", &verified).await.unwrap();
        let seat = Seat::of_cookie(&format!("{email} {attempt}"));
        self.desk().open_session(attempt, side, &seat).await.unwrap();
        seat
    }
}
