//! Whose charts there are: people of every age, and the mix-ups that a records department meets. Two of one name and
//! birth date, father and son, twins, names that changed, names that a form trips over.

use jiff::civil::Date;

/// Where in life somebody is; it decides what their record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    /// Born weeks ago.
    Newborn,
    Child,
    Teenager,
    Adult,
    /// Diabetes, blood pressure, and what comes with them.
    Chronic,
    /// A stay in the hospital, with its discharge packet.
    Stay,
    /// Many years, many visits, papers from elsewhere.
    Old,
}

pub(super) struct Patient {
    /// The source's id; everything of the chart is called after it.
    pub(super) id: &'static str,
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) suffix: &'static str,
    /// As FHIR has it.
    pub(super) sex: &'static str,
    /// Years, months and days: fixed for who has a sign-in, for those must be typed.
    pub(super) born: Born,
    /// Former or other names: use, given, family.
    pub(super) also: &'static [(&'static str, &'static str, &'static str)],
    pub(super) language: &'static str,
    pub(super) street: &'static str,
    /// Years ago, where they died.
    pub(super) died: Option<i32>,
    pub(super) story: Story,
}

impl Patient {
    /// As the record's pages name them.
    pub(super) fn name(&self) -> String {
        let parts = [self.given, self.family, self.suffix];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// None for who was born so many days ago.
    pub(super) fn born_on(&self) -> Option<Date> {
        match self.born {
            Born::On(year, month, day) => Date::new(year, month, day).ok(),
            Born::DaysAgo(_) => None,
        }
    }
}

pub(super) fn by_id(id: &str) -> Option<&'static Patient> {
    PATIENTS.iter().find(|patient| patient.id == id)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Born {
    On(i16, i8, i8),
    DaysAgo(i32),
}

const PLAIN: Patient = Patient {
    id: "",
    given: "",
    family: "",
    suffix: "",
    sex: "female",
    born: Born::DaysAgo(0),
    also: &[],
    language: "en",
    street: "12 Harbor Street",
    died: None,
    story: Story::Adult,
};

#[rustfmt::skip] // one a line, to be read as the table that it is
pub(super) const PATIENTS: &[Patient] = &[
    Patient { id: "georgia-hart", given: "Georgia", family: "Hart", born: Born::On(1979, 4, 9), also: &[("maiden", "Georgia", "O'Keefe")], street: "7 Lake Street", story: Story::Stay, ..PLAIN },
    Patient { id: "maria-nunez", given: "María del Carmen", family: "Núñez Ortega", born: Born::On(1957, 3, 27), also: &[("nickname", "Mari Carmen", "Núñez")], language: "es", street: "410 Ashland Avenue", story: Story::Chronic, ..PLAIN },
    Patient { id: "maria-nunez-2", given: "Maria", family: "Nunez", born: Born::On(1957, 3, 27), language: "es", street: "88 Halsted Street", ..PLAIN },
    Patient { id: "james-carter-sr", given: "James Edward", family: "Carter", suffix: "Sr.", sex: "male", born: Born::On(1948, 11, 2), street: "31 Elm Court", story: Story::Old, ..PLAIN },
    Patient { id: "james-carter-jr", given: "James Edward", family: "Carter", suffix: "Jr.", sex: "male", born: Born::On(1975, 11, 2), street: "31 Elm Court", story: Story::Chronic, ..PLAIN },
    Patient { id: "john-smith-oak", given: "John", family: "Smith", sex: "male", born: Born::On(1961, 7, 14), street: "5 Oak Street", story: Story::Stay, ..PLAIN },
    Patient { id: "john-smith-pine", given: "John", family: "Smith", sex: "male", born: Born::On(1961, 7, 14), street: "1920 Pine Avenue", story: Story::Chronic, ..PLAIN },
    Patient { id: "ella-brooks", given: "Ella", family: "Brooks", born: Born::On(2016, 5, 20), street: "64 Willow Way", story: Story::Child, ..PLAIN },
    Patient { id: "emma-brooks", given: "Emma", family: "Brooks", born: Born::On(2016, 5, 20), street: "64 Willow Way", story: Story::Child, ..PLAIN },
    Patient { id: "catherine-meyer", given: "Catherine", family: "Meyer", born: Born::On(1988, 1, 30), street: "2 Mill Lane", ..PLAIN },
    Patient { id: "kathryn-maier", given: "Kathryn", family: "Maier", born: Born::On(1988, 1, 3), street: "77 Mill Lane", ..PLAIN },
    Patient { id: "dorothy-abernathy", given: "Dorothy Mae", family: "Abernathy", born: Born::On(1929, 9, 18), also: &[("maiden", "Dorothy Mae", "Pruitt")], street: "Rosewood Home, 3 Garden Path", story: Story::Old, ..PLAIN },
    Patient { id: "walter-lindgren", given: "Walter", family: "Lindgren", sex: "male", born: Born::On(1938, 2, 11), died: Some(1), street: "19 Station Road", story: Story::Stay, ..PLAIN },
    Patient { id: "sukarno", given: "", family: "Sukarno", sex: "male", born: Born::On(1969, 8, 17), street: "240 Monroe Street", ..PLAIN },
    Patient { id: "amina-yusuf", given: "Amina", family: "Yusuf", born: Born::On(1994, 12, 1), street: "903 Devon Avenue", ..PLAIN },
    Patient { id: "wei-li", given: "Wei", family: "Li", sex: "male", born: Born::On(1985, 2, 20), also: &[("usual", "伟", "李")], street: "15 Cermak Road", story: Story::Chronic, ..PLAIN },
    Patient { id: "lukasz-gross", given: "Łukasz", family: "Groß", sex: "male", born: Born::On(1991, 6, 6), street: "55 Milwaukee Avenue", ..PLAIN },
    Patient { id: "minh-khai-nguyen", given: "Thị Minh Khai", family: "Nguyễn", born: Born::On(1972, 10, 10), street: "1133 Argyle Street", story: Story::Chronic, ..PLAIN },
    Patient { id: "sean-o-brien", given: "Seán", family: "Ó Briain", sex: "male", born: Born::On(1955, 5, 5), also: &[("usual", "Sean", "O'Brien")], street: "8 Western Avenue", story: Story::Stay, ..PLAIN },
    Patient { id: "alex-petrov", given: "Alex", family: "Petrov", sex: "other", born: Born::On(1999, 3, 8), also: &[("old", "Alexandra", "Petrova")], street: "600 Clark Street", ..PLAIN },
    Patient { id: "zoe-martin", given: "Zoë", family: "Martin-Delacroix", born: Born::DaysAgo(16 * 365 + 41), street: "27 Park View", story: Story::Teenager, ..PLAIN },
    Patient { id: "noah-kim", given: "Noah", family: "Kim", sex: "male", born: Born::DaysAgo(52), street: "310 Foster Avenue", story: Story::Newborn, ..PLAIN },
    Patient { id: "hubert-w", given: "Hubert Blaine", family: "Wolfeschlegelsteinhausenbergerdorff", sex: "male", born: Born::On(1966, 8, 4), street: "1 Michigan Avenue, Apartment 2107", ..PLAIN },
    Patient { id: "ruth-null", given: "Ruth", family: "Null", born: Born::On(1983, 1, 1), street: "404 Wabash Avenue", ..PLAIN },
];
