//! Who can sign in to the demo. Everybody is invented, and so is the password: it is printed, so it guards nothing.

use std::io::{self, Write as _};

use domain::{caller::Role, language::Language};
use jiff::civil::{Date, date};

use super::cast;

pub(super) const PASSWORD: &str = "copper lantern 58 meadow tide";

pub(super) struct Staff {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) role: Role,
    does: &'static str,
}

pub(super) const STAFF: &[Staff] = &[
    Staff { name: "Fern Delgado", email: "desk@riverside.example", role: Role::FrontDesk, does: "front desk" },
    Staff { name: "Carla Nguyen", email: "carla@riverside.example", role: Role::Clerk, does: "clerk" },
    Staff { name: "Marcus Bell", email: "marcus@riverside.example", role: Role::Clerk, does: "clerk" },
    Staff { name: "Priya Raman", email: "priya@riverside.example", role: Role::Clerk, does: "clerk" },
    Staff { name: "Susan Okafor", email: "susan@riverside.example", role: Role::Supervisor, does: "supervisor" },
    Staff {
        name: "Paul Whitfield",
        email: "paul@riverside.example",
        role: Role::PrivacyOfficer,
        does: "privacy officer",
    },
    Staff { name: "Ada Lindqvist", email: "ada@riverside.example", role: Role::Auditor, does: "auditor" },
];

pub(super) struct Patient {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) language: Language,
    /// In the cast.
    pub(super) chart: &'static str,
    about: &'static str,
}

const EN: Language = Language::English;

pub(super) const PATIENTS: &[Patient] = &[
    Patient {
        name: "Georgia Hart",
        email: "georgia@mail.example",
        language: EN,
        chart: "georgia-hart",
        about: "patient; the chart still knows her maiden name O'Keefe",
    },
    Patient {
        name: "María del Carmen Núñez Ortega",
        email: "maria@mail.example",
        language: Language::Spanish,
        chart: "maria-nunez",
        about: "patient, Spanish",
    },
    Patient {
        name: "James Carter Jr.",
        email: "james@mail.example",
        language: EN,
        chart: "james-carter-jr",
        about: "patient; his father has the same name",
    },
    Patient {
        name: "John Smith",
        email: "john@mail.example",
        language: EN,
        chart: "john-smith-oak",
        about: "patient; another John Smith was born on the same day",
    },
    Patient {
        name: "Dorothy Abernathy",
        email: "dorothy@mail.example",
        language: EN,
        chart: "dorothy-abernathy",
        about: "patient, long record",
    },
    Patient { name: "Amina Yusuf", email: "amina@mail.example", language: EN, chart: "amina-yusuf", about: "patient" },
    Patient {
        name: "Sukarno",
        email: "sukarno@mail.example",
        language: EN,
        chart: "sukarno",
        about: "patient with a one-word name",
    },
    Patient { name: "Wei Li", email: "wei@mail.example", language: EN, chart: "wei-li", about: "patient" },
    Patient {
        name: "Łukasz Groß",
        email: "lukasz@mail.example",
        language: EN,
        chart: "lukasz-gross",
        about: "patient",
    },
    Patient {
        name: "Bridget Fallon",
        email: "bridget@mail.example",
        language: EN,
        chart: "",
        about: "no chart here: her records are elsewhere",
    },
];

pub(super) fn patient(email: &str) -> Option<&'static Patient> {
    PATIENTS.iter().find(|patient| patient.email == email)
}

impl Patient {
    fn of_cast(&self) -> Option<&'static cast::Patient> {
        cast::by_id(self.chart)
    }

    /// As they would write it; who has no chart here was born too.
    pub(super) fn born(&self) -> Date {
        self.of_cast().and_then(cast::Patient::born_on).unwrap_or(date(1970, 2, 19))
    }

    pub(super) fn street(&self) -> &'static str {
        self.of_cast().map_or("2 Prairie Lane", |patient| patient.street)
    }

    pub(super) fn former_names(&self) -> String {
        let also = self.of_cast().map_or(&[][..], |patient| patient.also);
        also.iter().map(|(_, given, family)| format!("{given} {family}")).collect::<Vec<_>>().join("; ")
    }
}

/// Prints the sign-ins as a table, and nothing else: what is printed may be kept in a file.
///
/// # Errors
/// Nobody reads.
pub fn print() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "The demo hospital's sign-ins. The password of all: {PASSWORD}\n")?;
    writeln!(out, "{:<26}{:<32}Who that is", "Sign in as", "Name")?;
    let staff = STAFF.iter().map(|staff| (staff.email, staff.name, format!("staff: {}", staff.does)));
    let patients = PATIENTS.iter().map(|patient| (patient.email, patient.name, patient.about.to_owned()));
    for (email, name, who) in staff.chain(patients) {
        writeln!(out, "{email:<26}{name:<32}{who}")?;
    }
    out.flush()
}
