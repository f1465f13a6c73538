//! A bundle being read: its entries, where references lead, whose each resource is, and what was remarked.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use jiff::tz::TimeZone;

use super::{
    Limits,
    bundle::Entries,
    chart::Span,
    element::{Period, Reference},
    entry::Entry,
    owner,
    reference::{self, Index},
    refused::{About, Reason, Refused, Remark},
    time::Moment,
};

pub(super) struct Reading<'a> {
    pub entries: Vec<Entry<'a>>,
    pub owners: Vec<Option<usize>>,
    pub limits: &'a Limits,
    index: Index,
    zone: &'a TimeZone,
    remarks: RefCell<BTreeMap<(About, String), u32>>,
    rows: Cell<usize>,
    attachments: Cell<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(read: Entries<'a>, zone: &'a TimeZone, limits: &'a Limits) -> Result<Self, Refused> {
        let index = Index::new(&read)?;
        let owners = owner::owners(&read.kept, &index)?;
        let reading = Self {
            entries: read.kept,
            owners,
            limits,
            index,
            zone,
            remarks: RefCell::default(),
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
        if text.starts_with('#') {
            return Ok(None);
        }
        let Some(found) = self.index.find(text) else {
            self.remark(About::ReferenceKeptAsText, reference::type_named(text).unwrap_or("Resource"));
            return Ok(None);
        };
        match (self.owners[from], self.owners[found]) {
            (Some(mine), Some(theirs)) if mine != theirs => Err(self.entries[from].refuse(Reason::SeveralPatients)),
            _ => Ok(Some(found)),
        }
    }

    /// What a reference says in words: its own, those of what it leads to, or the reference itself.
    pub(super) fn words(&self, from: usize, reference: &Reference) -> Result<Option<String>, Refused> {
        let found = self.linked(from, reference)?;
        if let Some(display) = reference.display.as_deref().map(str::trim).filter(|display| !display.is_empty()) {
            return Ok(Some(display.to_owned()));
        }
        match found {
            Some(found) => reference::called(&self.entries[found]),
            None => Ok(reference.reference.as_deref().and_then(reference::as_text)),
        }
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
