//! What several pages say in the same words.

use domain::{
    clock::ClockState,
    document::DatesOfService,
    form::DateRange,
    matching::{self, Compared as Field},
    shown::worklist::{Asked, ChartShown, Happened, ItemShown},
    status::Headline,
    timeline::Entry,
    verification::Identifier,
    words,
};
use jiff::civil::Date;

use super::tried::Tried;
use crate::ui::{self, Agreement, Compared, Tone};

impl Tried {
    pub(super) fn date(&self, day: Date) -> String {
        words::date(day, self.language)
    }

    /// The day of the law, with the days that are left.
    pub(super) fn due(&self, due: Date, clock: Option<ClockState>) -> String {
        let (day, words) = (self.date(due), self.words);
        let days = |count: i32| words::days(count, self.language);
        match clock {
            Some(ClockState::OnTrack { days_left } | ClockState::DueSoon { days_left }) => {
                format!("{day} ({} {})", days(days_left), words.days_left)
            }
            Some(ClockState::DueToday) => format!("{day} ({})", words.due_today),
            Some(ClockState::Overdue { days_late }) => format!("{day} ({} {})", days(days_late), words.days_late),
            Some(ClockState::Met | ClockState::MetLate { .. }) | None => format!("{day} ({})", words.answered),
        }
    }

    pub(super) fn dates(&self, dates: DateRange) -> String {
        match (dates.from(), dates.to()) {
            (None, None) => self.words.all_dates.to_owned(),
            (Some(from), None) => format!("{} {}", self.words.from, self.date(from)),
            (None, Some(to)) => format!("{} {}", self.words.until, self.date(to)),
            (Some(from), Some(to)) => format!("{} – {}", self.date(from), self.date(to)),
        }
    }

    /// From when to when a document is about.
    pub(super) fn care(&self, care: DatesOfService) -> String {
        words::care(care, self.language).unwrap_or_else(|| self.words.no_date.to_owned())
    }

    /// What a part of a request is called.
    pub(super) fn part(&self, item: &ItemShown) -> String {
        let all = if item.is_rest { self.words.everything_else } else { self.words.everything };
        item.category.map_or(all, |category| words::category(category).clerk.to(self.language)).to_owned()
    }

    /// What happened, day by day, with the time and who did it.
    pub(super) fn days_of(&self, entries: Vec<Happened>) -> Vec<ui::Day> {
        let mut days: Vec<ui::Day> = Vec::new();
        for entry in entries {
            let date = self.date(entry.on);
            let by = entry.by.unwrap_or_else(|| self.words.the_system.to_owned());
            let mut beside = format!("{} · {by}", words::time_of_day(entry.at, self.language));
            if entry.entry.for_patient() {
                beside = format!("{beside} · {}", self.words.patient_reads);
            }
            let happening = ui::Happening {
                sentence: words::entry(&entry.entry, self.language),
                beside: Some(beside),
                note: entry.note,
                link: self.letter(&entry.entry),
            };
            match days.last_mut().filter(|day| day.date == date) {
                Some(day) => day.happenings.push(happening),
                None => days.push(ui::Day { date, happenings: vec![happening] }),
            }
        }
        days
    }

    /// The page to print a letter from.
    fn letter(&self, entry: &Entry) -> Option<(String, String)> {
        let Entry::NoticePrintable { notice, .. } = entry else { return None };
        let text = crate::words::words(self.language).front_desk.print_link;
        Some((text.to_owned(), format!("/front-desk/notices/{notice}")))
    }

    /// Request and chart side by side, field by field.
    pub(super) fn compared(&self, asked: &Asked, chart: Option<&ChartShown>, fields: &[Field]) -> Vec<Compared> {
        Identifier::ALL
            .iter()
            .map(|identifier| {
                let field = fields.iter().find(|field| field.identifier == *identifier);
                Compared {
                    what: words::identifier(*identifier).to(self.language).to_owned(),
                    stated: vec![
                        self.of_request(asked, *identifier),
                        chart.map_or_else(
                            || self.words.not_matched.to_owned(),
                            |chart| self.of_chart(chart, *identifier),
                        ),
                    ],
                    agreement: field.map_or(Agreement::CannotTell, |field| self.agreement(field.agreement)),
                }
            })
            .collect()
    }

    fn agreement(&self, agreement: matching::Agreement) -> Agreement {
        match agreement {
            matching::Agreement::Same => Agreement::Same,
            matching::Agreement::Close(how) => Agreement::Close(words::closeness(how).to(self.language).to_owned()),
            matching::Agreement::Different => Agreement::Different,
            matching::Agreement::CannotTell => Agreement::CannotTell,
        }
    }

    pub(super) fn of_request(&self, asked: &Asked, identifier: Identifier) -> String {
        match identifier {
            Identifier::Name => with_others(&asked.name, &asked.former_names, self.words.formerly),
            Identifier::BirthDate => self.date(asked.born),
            Identifier::Address => asked.address.clone().unwrap_or_default(),
            Identifier::Phone => asked.phone.clone().unwrap_or_default(),
            Identifier::Email => asked.email.clone().unwrap_or_default(),
            Identifier::RecordNumber => asked.record_number.clone().unwrap_or_default(),
        }
    }

    pub(super) fn of_chart(&self, chart: &ChartShown, identifier: Identifier) -> String {
        match identifier {
            Identifier::Name => with_others(&chart.name, &chart.other_names, self.words.also),
            Identifier::BirthDate => chart.born.map(|born| self.date(born)).unwrap_or_default(),
            Identifier::Address => chart.address.clone().unwrap_or_default(),
            Identifier::Phone => chart.phone.clone().unwrap_or_default(),
            Identifier::Email => chart.email.clone().unwrap_or_default(),
            Identifier::RecordNumber => chart.record_number.clone().unwrap_or_default(),
        }
    }
}

fn with_others(name: &str, others: &[String], word: &str) -> String {
    if others.is_empty() { name.to_owned() } else { format!("{name} ({word} {})", others.join(", ")) }
}

pub(super) const fn is_late(clock: Option<ClockState>) -> bool {
    matches!(clock, Some(ClockState::Overdue { .. }))
}

pub(super) const fn tone(headline: Headline) -> Tone {
    match headline {
        Headline::ActionNeeded => Tone::ActionNeeded,
        Headline::Ready | Headline::Delivered | Headline::Closed => Tone::Done,
        _ => Tone::Information,
    }
}
