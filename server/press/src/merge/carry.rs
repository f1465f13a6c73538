//! Carries one source's pages into the copy: every object that a page leads to, once, under a new number.
//!
//! What a page does not lead to is not carried. Objects leave in the order in which pages need them, so a page's own
//! lie beside it.

mod page;

use std::{
    collections::{HashMap, VecDeque},
    io::{self, Write},
};

use lopdf::{Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::{
    Removed, form,
    inert::{beside_the_pages, inert, may_stay},
    layers::layers,
    source::Source,
    stamp::Stamp,
    writer::{PAGE_TREE, Writer},
};
use crate::section::Section;

/// Objects nested deeper than this in one another are cut off.
const DEEPEST: usize = 128;

pub(super) struct Carry<'a, W: Write> {
    source: Source,
    out: &'a mut Writer<W>,
    stamp: &'a Stamp,
    index: usize,
    /// How many pages of the copy come before.
    before: usize,
    numbers: HashMap<ObjectId, u32>,
    ahead: VecDeque<(ObjectId, u32)>,
    removed: Removed,
    /// The fields without one above, and the number of the field that is put above them.
    tops: Vec<ObjectId>,
    above: Option<u32>,
    start: u64,
    tree: u32,
}

impl<'a, W: Write> Carry<'a, W> {
    pub(super) fn new(source: Source, out: &'a mut Writer<W>, stamp: &'a Stamp, index: usize, before: usize) -> Self {
        let start = out.at();
        let tree = out.reserve();
        let numbers = source.pages.iter().map(|page| (page.id, out.reserve())).collect();
        let ahead = VecDeque::new();
        let removed = Removed::default();
        let (tops, above) = (Vec::new(), None);
        Self { source, out, stamp, index, before, numbers, ahead, removed, tops, above, start, tree }
    }

    /// Writes the section: the source's own page tree and everything below it.
    pub(super) fn section(mut self) -> io::Result<(Section, Removed)> {
        beside_the_pages(&self.source.doc, &mut self.removed);
        let widgets: Vec<_> =
            self.source.pages.iter().flat_map(|page| annotations(&self.source.doc, page.id)).collect();
        self.tops = form::tops(&self.source.doc, &widgets);
        self.tops.sort_unstable();
        if !self.tops.is_empty() {
            self.above = Some(self.out.reserve());
        }
        let found = layers(&self.source.doc);
        let numbers = |carry: &mut Self, ids: &[ObjectId]| ids.iter().map(|id| carry.number(*id)).collect::<Vec<_>>();
        let (all, hidden) = (numbers(&mut self, &found.all), numbers(&mut self, &found.hidden));
        let pages = std::mem::take(&mut self.source.pages);
        let kids: Vec<u32> = pages.iter().map(|page| self.numbers[&page.id]).collect();
        for (at, page) in pages.iter().enumerate() {
            self.page(at, page)?;
            self.drain()?;
        }
        if let Some(above) = self.above {
            let tops = self.tops.clone();
            let fields = numbers(&mut self, &tops);
            self.drain()?;
            let field = form::above(&self.source.doc, self.index, &fields);
            self.out.object(above, &Object::Dictionary(field))?;
        }
        let tree = dictionary! {
            "Type" => "Pages", "Parent" => Object::Reference((PAGE_TREE, 0)),
            "Count" => i64::try_from(kids.len()).unwrap_or(i64::MAX),
            "Kids" => kids.iter().map(|id| Object::Reference((*id, 0))).collect::<Vec<_>>(),
        };
        self.out.object(self.tree, &Object::Dictionary(tree))?;
        let range = self.tree..self.out.next();
        let offsets = self.out.offsets(range).iter().map(|at| at.saturating_sub(self.start)).collect();
        let section = Section {
            bytes: self.start..self.out.at(),
            tree: self.tree,
            offsets,
            pages: kids,
            layers: all,
            hidden,
            fields: self.above,
        };
        Ok((section, self.removed))
    }

    fn number(&mut self, id: ObjectId) -> u32 {
        if let Some(number) = self.numbers.get(&id) {
            return *number;
        }
        let number = self.out.reserve();
        self.numbers.insert(id, number);
        self.ahead.push_back((id, number));
        number
    }

    fn drain(&mut self) -> io::Result<()> {
        while let Some((id, number)) = self.ahead.pop_front() {
            let taken = self.take(id);
            let mut object = inert(&self.source.doc, taken, &mut self.removed);
            let drawn = match &object {
                Object::Dictionary(dict) if dict.has(b"Rect") && dict.has_type(b"Annot") | dict.has(b"FT") => {
                    form::drawn(&self.source.doc, dict, self.stamp.font)
                }
                _ => None,
            };
            self.rewrite(&mut object, 0);
            if let Object::Dictionary(dict) = &mut object {
                if let Some(above) = self.above.filter(|_| self.tops.binary_search(&id).is_ok()) {
                    dict.set("Parent", Object::Reference((above, 0)));
                }
                if let Some(look) = drawn {
                    let look_id = self.out.reserve();
                    self.out.object(look_id, &Object::Stream(look))?;
                    dict.set("AP", dictionary! { "N" => Object::Reference((look_id, 0)) });
                }
            }
            self.out.object(number, &object)?;
        }
        Ok(())
    }

    /// An object out of the source. A stream's bytes are moved, not copied: each is written once.
    fn take(&mut self, id: ObjectId) -> Object {
        match self.source.doc.objects.get_mut(&id) {
            Some(Object::Stream(stream)) => {
                Object::Stream(Stream::new(stream.dict.clone(), std::mem::take(&mut stream.content)))
            }
            Some(other) => other.clone(),
            None => Object::Null,
        }
    }

    /// Gives every reference its new number, and makes inert what stands inside.
    fn rewrite(&mut self, object: &mut Object, depth: usize) {
        if depth > DEEPEST {
            *object = Object::Null;
            return;
        }
        match object {
            Object::Reference(id) => {
                // A reference to what the file lacks means null (ISO 32000-1, 7.3.10).
                *object = if self.source.doc.objects.contains_key(id) {
                    Object::Reference((self.number(*id), 0))
                } else {
                    Object::Null
                };
            }
            Object::Array(array) => array.iter_mut().for_each(|entry| self.rewrite(entry, depth + 1)),
            Object::Dictionary(dict) => {
                if depth > 0 && !may_stay(&self.source.doc, dict, &mut self.removed) {
                    *object = Object::Null;
                    return;
                }
                dict.iter_mut().for_each(|(_, value)| self.rewrite(value, depth + 1));
            }
            Object::Stream(stream) => {
                stream.dict.remove(b"Length");
                stream.dict.iter_mut().for_each(|(_, value)| self.rewrite(value, depth + 1));
            }
            // Escaping a long literal takes time that grows with its square.
            Object::String(text, format) if text.len() > 256 => *format = StringFormat::Hexadecimal,
            _ => {}
        }
    }
}

fn annotations(doc: &Document, page: ObjectId) -> Vec<ObjectId> {
    doc.get_dictionary(page)
        .and_then(|page| page.get_deref(b"Annots", doc))
        .and_then(Object::as_array)
        .map(|listed| listed.iter().filter_map(|entry| entry.as_reference().ok()).collect())
        .unwrap_or_default()
}
