//! A source's pages, in order, with what they inherit from the tree above them.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{MOST_PAGES, Reason};

/// One page and the attributes that it or its ancestors state (ISO 32000-1, 7.7.3.4).
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) id: ObjectId,
    pub(super) resources: Option<Object>,
    /// Left, bottom, right, top, in the page's own units.
    pub(super) media: [f32; 4],
    pub(super) crop: Option<[f32; 4]>,
    /// A quarter turn clockwise is 90. One of 0, 90, 180, 270.
    pub(super) rotate: i64,
}

/// US Letter: what stands in for a page that states no size, or none that can be shown.
const LETTER: [f32; 4] = [0.0, 0.0, 612.0, 792.0];
/// A tree deeper than this is made to exhaust its reader.
const DEEPEST: usize = 256;

#[derive(Clone, Default)]
struct Inherited {
    resources: Option<Object>,
    media: Option<[f32; 4]>,
    crop: Option<[f32; 4]>,
    rotate: i64,
    depth: usize,
}

/// Walks the page tree, each node once, so that one that contains itself ends.
pub(super) fn pages(doc: &Document) -> Result<Vec<Page>, Reason> {
    let root = doc
        .catalog()
        .and_then(|catalog| catalog.get(b"Pages"))
        .and_then(Object::as_reference)
        .map_err(|_| Reason::Broken)?;
    let declared = doc.get_dictionary(root).and_then(|root| root.get_deref(b"Count", doc)?.as_i64()).unwrap_or(0);
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut ahead = vec![(root, Inherited::default())];
    while let Some((id, above)) = ahead.pop() {
        let Ok(node) = doc.get_dictionary(id) else { continue };
        if above.depth > DEEPEST || !seen.insert(id) {
            continue;
        }
        let here = inherit(doc, node, &above);
        let kids = node.get_deref(b"Kids", doc).and_then(Object::as_array);
        if let Ok(kids) = kids
            && !node.has_type(b"Page")
        {
            ahead.extend(kids.iter().rev().filter_map(|kid| Some((kid.as_reference().ok()?, here.clone()))));
            continue;
        }
        if found.len() == MOST_PAGES {
            return Err(Reason::TooManyPages);
        }
        found.push(Page {
            id,
            resources: here.resources,
            media: here.media.unwrap_or(LETTER),
            crop: here.crop,
            rotate: here.rotate,
        });
    }
    if found.is_empty() {
        return Err(if declared > 0 { Reason::Broken } else { Reason::NoPages });
    }
    Ok(found)
}

fn inherit(doc: &Document, node: &Dictionary, above: &Inherited) -> Inherited {
    Inherited {
        resources: node.get(b"Resources").ok().cloned().or_else(|| above.resources.clone()),
        media: rectangle(doc, node, b"MediaBox").or(above.media),
        crop: rectangle(doc, node, b"CropBox").or(above.crop),
        rotate: node.get_deref(b"Rotate", doc).and_then(Object::as_float).map_or(above.rotate, quarter_turns),
        depth: above.depth + 1,
    }
}

/// A stated turn in degrees, to the nearest quarter.
fn quarter_turns(degrees: f32) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "saturates, and any number is some quarter")]
    let quarters = (degrees / 90.0).round() as i64;
    quarters.rem_euclid(4) * 90
}

/// A rectangle with its corners put in order; `None` when it is none, or is too small or large to be shown.
fn rectangle(doc: &Document, node: &Dictionary, key: &[u8]) -> Option<[f32; 4]> {
    let array = node.get_deref(key, doc).ok()?.as_array().ok()?;
    let mut sides = [0.0; 4];
    if array.len() < 4 {
        return None;
    }
    for (side, stated) in sides.iter_mut().zip(array) {
        *side = doc.dereference(stated).ok()?.1.as_float().ok()?;
    }
    let [a, b, c, d] = sides;
    let ordered = [a.min(c), b.min(d), a.max(c), b.max(d)];
    let fits = |side: f32| (1.0..=200_000.0).contains(&side);
    let here = ordered.iter().all(|side| side.abs() <= 1_000_000.0);
    (here && fits(ordered[2] - ordered[0]) && fits(ordered[3] - ordered[1])).then_some(ordered)
}

impl Page {
    /// What is seen of the page: the crop box as far as it lies on the page.
    pub(super) fn seen(&self) -> [f32; 4] {
        let [l, b, r, t] = self.media;
        let Some([cl, cb, cr, ct]) = self.crop else { return self.media };
        let both = [l.max(cl), b.max(cb), r.min(cr), t.min(ct)];
        if both[2] - both[0] >= 1.0 && both[3] - both[1] >= 1.0 { both } else { self.media }
    }
}
