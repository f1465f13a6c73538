//! One page: what it states and inherits, its resources, its content between what keeps it to itself and the stamp, and
//! the annotations that stay.

use std::io::{self, Write};

use lopdf::{Dictionary, Object, ObjectId};

use super::{
    super::{
        Removed,
        content::Balance,
        inert::{inert, kept},
        pages::Page,
        source::contents,
        stamp::Names,
    },
    Carry,
};

/// The attributes of a page that are copied as they are. The boxes, the resources and the content are set anew.
const OF_A_PAGE: [&[u8]; 6] = [b"BleedBox", b"TrimBox", b"ArtBox", b"Group", b"UserUnit", b"Type"];

impl<W: Write> Carry<'_, W> {
    pub(super) fn page(&mut self, at: usize, page: &Page) -> io::Result<()> {
        let stated = self.source.doc.get_dictionary(page.id).cloned().unwrap_or_default();
        let mut dict = kept(&stated, &[&OF_A_PAGE]);
        self.removed.scripts += u32::from(stated.has(b"AA"));
        let content = contents(&self.source.doc, &stated);
        let shown: Vec<_> = self.shown(page.id);
        let mut balance = Balance::default();
        for id in &content {
            balance = balance.then(self.source.balances.get(id).copied().unwrap_or_default());
        }
        let unit = stated.get_deref(b"UserUnit", &self.source.doc).and_then(Object::as_float).unwrap_or(1.0);
        let mut resources = self.own(page.resources.as_ref());
        let mut fonts = self.own(resources.get(b"Font").ok());
        let mut forms = self.own(resources.get(b"XObject").ok());
        for part in [&mut dict, &mut resources, &mut fonts, &mut forms] {
            let mut taken = Object::Dictionary(std::mem::take(part));
            self.rewrite(&mut taken, 0);
            if let Object::Dictionary(rewritten) = taken {
                *part = rewritten;
            }
        }
        let names = Names::enter(self.stamp, &mut fonts, &mut forms);
        resources.set("Font", fonts);
        resources.set("XObject", forms);

        let stamp = self.stamp.content(page, unit.clamp(0.1, 100.0), balance, self.before + at + 1, &names);
        let stamp_id = self.out.reserve();
        let mut streams = vec![Object::Reference((self.stamp.ahead, 0)); balance.saves()];
        streams.extend(content.iter().map(|id| Object::Reference((self.number(*id), 0))));
        streams.push(Object::Reference((stamp_id, 0)));

        let sides = |[l, b, r, t]: [f32; 4]| Object::Array(vec![l.into(), b.into(), r.into(), t.into()]);
        dict.set("Type", "Page");
        dict.set("Parent", Object::Reference((self.tree, 0)));
        dict.set("MediaBox", sides(page.media));
        if page.crop.is_some() {
            dict.set("CropBox", sides(page.seen()));
        }
        if page.rotate != 0 {
            dict.set("Rotate", page.rotate);
        }
        dict.set("Resources", resources);
        dict.set("Contents", streams);
        if !shown.is_empty() {
            dict.set("Annots", shown);
        }
        self.out.object(self.numbers[&page.id], &Object::Dictionary(dict))?;
        self.out.object(stamp_id, &Object::Stream(stamp))
    }

    /// The page's annotations that stay.
    fn shown(&mut self, page: ObjectId) -> Vec<Object> {
        let doc = &self.source.doc;
        let Ok(listed) = doc.get_dictionary(page).and_then(|page| page.get_deref(b"Annots", doc)) else {
            return Vec::new();
        };
        let listed = listed.as_array().cloned().unwrap_or_default();
        let mut shown = Vec::new();
        for entry in listed {
            // Asked of a throw-away count: one that is written as an object of its own is counted there.
            let stays = |carry: &Self| {
                let (_, annotation) = carry.source.doc.dereference(&entry).ok()?;
                annotation.as_dict().ok().filter(|dict| dict.has(b"Rect"))?;
                let mut uncounted = Removed::default();
                Some(inert(&carry.source.doc, annotation.clone(), &mut uncounted)).filter(|kept| !kept.is_null())
            };
            match (&entry, stays(self)) {
                (Object::Reference(id), Some(_)) => shown.push(Object::Reference((self.number(*id), 0))),
                (_, Some(_)) => {
                    let mut kept = inert(&self.source.doc, entry.clone(), &mut self.removed);
                    self.rewrite(&mut kept, 0);
                    shown.push(kept);
                }
                (_, None) => {
                    if let Ok((_, gone)) = self.source.doc.dereference(&entry) {
                        inert(&self.source.doc, gone.clone(), &mut self.removed);
                    }
                }
            }
        }
        shown
    }

    /// A dictionary of the page's own, so that the stamp can be entered without changing what pages share.
    fn own(&self, stated: Option<&Object>) -> Dictionary {
        stated
            .and_then(|stated| self.source.doc.dereference(stated).ok()?.1.as_dict().ok().cloned())
            .unwrap_or_default()
    }
}
