//! A bundle being read: its entries, where references lead, whose each resource is, and what was remarked.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet, HashMap},
};

use jiff::tz::TimeZone;

use super::{
    Limits,
    bundle::Entries,
    chart::Span,
    element::{self, Period, Reference},
    entry::Entry,
    owner,
    reference::{self, Index},
    refused::{About, Reason, Refused, Remark},
    time::Moment,
};

pub(super) struct Reading<'a> {
    /// The resources of the bundle and, behind them, those that stand inside others.
    pub entries: Vec<Entry<'a>>,
    pub owners: Vec<Option<usize>>,
    pub limits: &'a Limits,
    index: Index,
    /// For each entry the one that it stands in: itself, where it is a resource of its own.
    containers: Vec<usize>,
    /// By container and id; `None` where the id is given twice: it then leads nowhere.
    contained: HashMap<(usize, String), Option<usize>>,
    zone: &'a TimeZone,
    remarks: RefCell<BTreeMap<(About, String), u32>>,
    /// The references of each entry that lead nowhere: they may be asked for several times, and are remarked once.
    nowhere: RefCell<BTreeSet<(usize, String)>>,
    /// For each entry those whose names its documents print.
    drawn: RefCell<BTreeMap<usize, BTreeSet<usize>>>,
    /// For each entry what it names and the bundle does not have.
    missed: RefCell<BTreeMap<usize, BTreeSet<String>>>,
    /// Whose the visits are that observations name, by id: they need not be in the bundle.
    visits: RefCell<BTreeMap<String, Option<usize>>>,
    rows: Cell<usize>,
    attachments: Cell<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(read: Entries<'a>, zone: &'a TimeZone, limits: &'a Limits) -> Result<Self, Refused> {
        let index = Index::new(&read)?;
        let mut owners = owner::owners(&read.kept, &index)?;
        let of_contained = owner::of_contained(&read, &owners, &index)?;
        owners.extend(of_contained);
        let mut entries = read.kept;
        let mut containers: Vec<_> = (0..entries.len()).collect();
        let mut contained = HashMap::with_capacity(read.contained.len());
        for (container, entry) in read.contained {
            let at = Some(entries.len());
            contained.entry((container, entry.id.clone())).and_modify(|known| *known = None).or_insert(at);
            containers.push(container);
            entries.push(entry);
        }
        let reading = Self {
            entries,
            owners,
            limits,
            index,
            containers,
            contained,
            zone,
            remarks: RefCell::default(),
            nowhere: RefCell::default(),
            drawn: RefCell::default(),
            missed: RefCell::default(),
            visits: RefCell::default(),
            rows: Cell::new(0),
            attachments: Cell::new(0),
        };
        for type_name in &read.repeated {
            reading.remark(About::Repeated, type_name);
        }
        for _ in 0..read.outcomes {
            reading.remark(About::OutcomeLeftOut, "OperationOutcome");
        }
        Ok(reading)
    }

    pub(super) fn remark(&self, about: About, kind: &str) {
        let mut remarks = self.remarks.borrow_mut();
        let times = remarks.entry((about, kind.to_owned())).or_default();
        *times = times.saturating_add(1);
    }

    pub(super) fn remarks(&self) -> Vec<Remark> {
        let remarks = self.remarks.borrow();
        remarks
            .iter()
            .map(|((about, kind), times)| Remark { about: *about, kind: kind.clone(), times: *times })
            .collect()
    }

    fn draw(&self, from: usize, on: usize) {
        let (from, on) = (self.container(from), self.container(on));
        if from != on {
            self.drawn.borrow_mut().entry(from).or_default().insert(on);
        }
    }

    /// Those whose names the documents of an entry print.
    pub(super) fn drawn_on(&self, at: usize) -> Vec<usize> {
        self.drawn.borrow().get(&at).into_iter().flatten().copied().collect()
    }

    /// Notes what an entry names, or should hold, and what is not in the bundle.
    pub(super) fn miss(&self, from: usize, part: String) {
        self.missed.borrow_mut().entry(self.container(from)).or_default().insert(part);
    }

    pub(super) fn missed_by(&self, at: usize) -> Vec<String> {
        self.missed.borrow().get(&at).into_iter().flatten().cloned().collect()
    }

    /// Takes a visit for the patient whose this entry is.
    ///
    /// # Errors
    /// It was taken for another.
    pub(super) fn take_visit(&self, from: usize, id: &str) -> Result<(), Refused> {
        let mine = self.owners[from];
        let known = *self.visits.borrow_mut().entry(id.to_owned()).or_insert(mine);
        if known == mine { Ok(()) } else { Err(self.entries[from].refuse(Reason::SeveralPatients)) }
    }

    /// The entry of the resource that this one stands in: itself, where it is a resource of its own.
    pub(super) fn container(&self, at: usize) -> usize {
        self.containers[at]
    }

    /// Whether it stands inside another resource and is none of its own.
    pub(super) fn is_contained(&self, at: usize) -> bool {
        self.containers[at] != at
    }

    /// The moment that a text of `entry` states.
    pub(super) fn moment(&self, entry: &Entry, text: Option<&str>) -> Result<Option<Moment>, Refused> {
        text.map(|text| Moment::parse(text, self.zone).ok_or_else(|| entry.refuse(Reason::BadDate))).transpose()
    }

    pub(super) fn span(&self, entry: &Entry, period: Option<&Period>) -> Result<Span, Refused> {
        let Some(period) = period else { return Ok(Span::default()) };
        Ok(Span { from: self.moment(entry, period.start.as_deref())?, to: self.moment(entry, period.end.as_deref())? })
    }

    /// The entry that a reference leads to; remarked where it leads to nothing.
    ///
    /// # Errors
    /// It leads into another patient's record.
    pub(super) fn linked(&self, from: usize, reference: &Reference) -> Result<Option<usize>, Refused> {
        let Some(text) = &reference.reference else { return Ok(None) };
        let found = if text.starts_with('#') { self.inside(from, text) } else { self.index.find(text) };
        let Some(found) = found else {
            if self.nowhere.borrow_mut().insert((from, text.clone())) {
                self.remark(About::ReferenceKeptAsText, reference::type_named(text).unwrap_or("Resource"));
            }
            // what stands inside comes and goes with the resource
            if !text.starts_with('#') {
                self.miss(from, reference::part_named(text));
            }
            return Ok(None);
        };
        match (self.owners[from], self.owners[found]) {
            (Some(mine), Some(theirs)) if mine != theirs => Err(self.entries[from].refuse(Reason::SeveralPatients)),
            _ => Ok(Some(found)),
        }
    }

    /// Where a `#id` leads: to a resource inside the same one; a `#` alone to that one itself.
    fn inside(&self, from: usize, text: &str) -> Option<usize> {
        let container = self.container(from);
        if text == "#" {
            return Some(container);
        }
        let id = format!("{}{text}", self.entries[container].id);
        *self.contained.get(&(container, id))?
    }

    /// What a reference says in words: its own, those of what it leads to, or the reference itself.
    pub(super) fn words(&self, from: usize, reference: &Reference) -> Result<Option<String>, Refused> {
        let found = self.linked(from, reference)?;
        if let Some(display) = reference.displayed() {
            return Ok(Some(display.to_owned()));
        }
        match found {
            Some(found) => {
                self.draw(from, found);
                self.called(found)
            }
            None => Ok(reference.reference.as_deref().and_then(reference::as_text)),
        }
    }

    /// What an entry is called. Somebody in a role is called by who fills it, else by where or as what.
    fn called(&self, at: usize) -> Result<Option<String>, Refused> {
        const ROLE: &str = "PractitionerRole";
        let entry = &self.entries[at];
        if entry.type_name != ROLE {
            return reference::called(entry);
        }
        let role: reference::Role = entry.parse()?;
        for filled in role.practitioner.iter().chain(&role.organization) {
            let found = self.linked(at, filled)?.filter(|found| self.entries[*found].type_name != ROLE);
            let words = match (filled.displayed(), found) {
                (Some(display), _) => Some(display.to_owned()),
                (None, Some(found)) => {
                    self.draw(at, found);
                    reference::called(&self.entries[found])?
                }
                (None, None) => filled.reference.as_deref().and_then(reference::as_text),
            };
            if words.is_some() {
                return Ok(words);
            }
        }
        Ok(element::words(&role.code))
    }

    /// The words of several references, in one line.
    pub(super) fn all_words<'r>(
        &self,
        from: usize,
        references: impl IntoIterator<Item = &'r Reference>,
    ) -> Result<Option<String>, Refused> {
        let mut all = Vec::new();
        for reference in references {
            if let Some(words) = self.words(from, reference)?.filter(|words| !all.contains(words)) {
                all.push(words);
            }
        }
        Ok((!all.is_empty()).then(|| all.join("; ")))
    }

    /// Takes rows from what the bundle may have.
    pub(super) fn take_rows(&self, entry: &Entry, rows: usize) -> Result<(), Refused> {
        self.rows.set(self.rows.get().saturating_add(rows));
        if self.rows.get() > self.limits.rows { Err(entry.refuse(Reason::TooMuch)) } else { Ok(()) }
    }

    /// Takes decoded bytes from what the bundle may have.
    pub(super) fn take_bytes(&self, entry: &Entry, bytes: usize) -> Result<(), Refused> {
        self.attachments.set(self.attachments.get().saturating_add(bytes));
        if self.attachments.get() > self.limits.attachments { Err(entry.refuse(Reason::TooMuch)) } else { Ok(()) }
    }
}
