//! Takes a bundle into its charts: whole, in one transaction with one entry on the trail, or not at all. What is there
//! already and says the same is left alone, so the same bundle a second time changes nothing.

use std::collections::{HashMap, HashSet};

use domain::{
    ids::{BlobId, DocumentId, EncounterId, FacilityId, PatientId},
    refusal::Refusal,
};
use sqlx::PgConnection;
use tokio::sync::{mpsc, oneshot};
use vault::{DigestKey, OwnerKey};

use super::{
    incoming::{Chart, Document, Imported, Key, Outline, Part, Patient, Place, Wanted, WantedOfChart},
    sealing::{Begun, Held, Open, OpenResource, Whose},
};
use crate::{
    About, AtDesk, Error, Result, SystemAct,
    store::{
        blobs, charts,
        charts::{Encounters, Source},
        documents, resources,
    },
};

/// The outline says what there is; `wanted` hears which contents are new; those then come by `parts`, until
/// [`Part::End`].
pub struct ImportBundle {
    pub facility: FacilityId,
    /// The system that the bundle came from; its ids are unique in it.
    pub source: String,
    pub outline: Outline,
    pub wanted: oneshot::Sender<Wanted>,
    pub parts: mpsc::Receiver<Part>,
}

impl SystemAct for ImportBundle {
    const NAME: &'static str = "import_bundle";
    type Output = Imported;

    fn about(&self) -> About {
        About::facility(self.facility)
    }

    async fn carry_out(mut self, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Imported> {
        let source = Source { facility: self.facility, name: &self.source };
        let mut import = Import::new(desk, source);
        let mut wanted = Wanted::default();
        for chart in &self.outline.charts {
            wanted.charts.push(import.open_chart(desk, db, chart, &self.outline.supporting).await?);
        }
        wanted.supporting = import.look_at_supporting(db, &self.outline.supporting).await?;
        // Nobody listens where the reading was given up; then no part comes either.
        let _ = self.wanted.send(wanted);
        let mut open = None;
        loop {
            match self.parts.recv().await.ok_or(Error::Ended)? {
                Part::End if open.is_none() => break,
                Part::End => return Err(Error::Ended),
                Part::Resource { .. } | Part::Document { .. } if open.is_some() => return Err(Error::Ended),
                Part::Resource { at, length } => {
                    open = import.begin_resource(desk, db, &self.outline, at, length).await?;
                }
                Part::Document { at, document, length } => {
                    open = Some(import.begin_document(desk, &self.outline, at, *document, length)?);
                }
                Part::Bytes(bytes) => match &mut open {
                    Some(open) => import.held.take(open, &bytes)?,
                    // of something that turned out to be here
                    None if import.skipping => {}
                    None => return Err(Error::Ended),
                },
            }
            if let Some(whole) = open.take_if(|open| open.is_whole()) {
                import.close(whole)?;
            }
            if import.held.is_enough() {
                import.write(db).await?;
            }
        }
        import.write(db).await?;
        import.tell(desk);
        Ok(import.imported)
    }
}

/// What a document stood on comes with its next version, unless that one no longer counts it in. What the source took
/// back comes too, and says so; what merely stays away would be lost.
fn nothing_is_lost(stood_on: &[String], keeps: &[String], held: &HashSet<(&str, &str)>) -> Result<()> {
    for part in stood_on {
        let (kind, source_id) = part.split_once('/').unwrap_or((part.as_str(), ""));
        let is_resource = !kind.starts_with("content:");
        let is_kept = || keeps.iter().any(|kept| kept == part || kept == kind || (kept == "*" && is_resource));
        if !held.contains(&(kind, source_id)) && is_kept() {
            return Err(Error::PartMissing { kind: kind.to_owned(), source_id: source_id.to_owned() });
        }
    }
    Ok(())
}

/// A chart of the bundle, as far as it is here.
struct Opened {
    patient: PatientId,
    owner: OwnerKey,
    encounters: Encounters,
    /// By their places in the outline: version of a resource; id and version of a document.
    resources: HashMap<usize, i32>,
    documents: HashMap<usize, (DocumentId, i32)>,
}

struct Import<'a> {
    source: Source<'a>,
    vault: std::sync::Arc<crate::desk::Vault>,
    digests: DigestKey,
    charts: Vec<Opened>,
    /// The facility's own key and what stands of the supporting resources, once their turn has come.
    supporting: Option<(OwnerKey, HashMap<usize, resources::Standing>)>,
    held: Held,
    skipping: bool,
    imported: Imported,
}

impl<'a> Import<'a> {
    fn new(desk: &AtDesk, source: Source<'a>) -> Self {
        let vault = std::sync::Arc::clone(&desk.vault);
        let digests = vault.server.digest_key(vault::DigestPurpose::Duplicate);
        Self {
            source,
            vault,
            digests,
            charts: Vec::new(),
            supporting: None,
            held: Held::default(),
            skipping: false,
            imported: Imported::default(),
        }
    }

    fn keyed(&self, bytes: &[u8]) -> Vec<u8> {
        self.digests.digest(self.source.facility.0.as_bytes(), bytes).to_vec()
    }

    fn all_keyed(&self, keys: &[Key]) -> Vec<Vec<u8>> {
        keys.iter().map(|key| self.keyed(&key.digest)).collect()
    }

    async fn open_chart(
        &mut self,
        desk: &mut AtDesk,
        db: &mut PgConnection,
        chart: &Chart,
        supporting: &[Key],
    ) -> Result<WantedOfChart> {
        let patient = self.write_patient(desk, db, &chart.patient).await?;
        let ids: Vec<_> = chart.encounters.iter().map(|_| desk.id()).collect();
        let encounters = charts::write_encounters(db, self.source, patient, &chart.encounters, &ids).await?;
        self.imported.encounters += encounters.written;
        let mut wanted = WantedOfChart::default();
        let (mut of_resources, mut of_documents) = (HashMap::new(), HashMap::new());
        let mut same = vec![false; chart.resources.len()];
        for standing in
            resources::standing(db, self.source, &chart.resources, &self.all_keyed(&chart.resources)).await?
        {
            if standing.patient != Some(patient) {
                return Err(Refusal::AnotherChart.into());
            }
            same[standing.number] = standing.is_same;
            of_resources.insert(standing.number, standing.version);
        }
        wanted.resources.extend((0..same.len()).filter(|number| !same[*number]));
        let held = chart.resources.iter().chain(supporting);
        let held: HashSet<_> = held.map(|key| (key.kind.as_str(), key.source_id.as_str())).collect();
        let keys: Vec<_> = chart.documents.iter().map(|announced| announced.key.clone()).collect();
        let mut same = vec![false; keys.len()];
        for standing in documents::standing(db, self.source, &keys, &self.all_keyed(&keys)).await? {
            if standing.patient != patient {
                return Err(Refusal::AnotherChart.into());
            }
            let keeps = chart.documents.get(standing.number).map_or(&[][..], |announced| announced.keeps.as_slice());
            nothing_is_lost(&standing.made_of, keeps, &held)?;
            same[standing.number] = standing.is_same;
            of_documents.insert(standing.number, (standing.id, standing.version));
        }
        wanted.documents.extend((0..same.len()).filter(|number| !same[*number]));
        self.imported.documents_unchanged += same.iter().filter(|same| **same).count() as u64;
        let owner =
            blobs::owner_key(db, &self.vault, blobs::Place { facility: self.source.facility, owner: patient.0 })
                .await?;
        self.charts.push(Opened { patient, owner, encounters, resources: of_resources, documents: of_documents });
        Ok(wanted)
    }

    async fn write_patient(
        &mut self,
        desk: &mut AtDesk,
        db: &mut PgConnection,
        patient: &Patient,
    ) -> Result<PatientId> {
        let digest = self.keyed(&serde_json::to_vec(patient)?);
        match charts::standing(db, self.source, &patient.source_id).await? {
            Some(standing) if standing.digest == digest => {
                self.imported.patients_unchanged += 1;
                Ok(standing.id)
            }
            Some(standing) => {
                charts::change_patient(db, self.source, &standing, patient, &digest).await?;
                self.imported.patients_changed += 1;
                Ok(standing.id)
            }
            None => {
                let id = PatientId(desk.id());
                charts::add_patient(db, self.source, id, patient, &digest).await?;
                self.imported.patients_new += 1;
                Ok(id)
            }
        }
    }

    /// A first look, without waiting for others who bring the same ones.
    async fn look_at_supporting(&self, db: &mut PgConnection, keys: &[Key]) -> Result<Vec<usize>> {
        let standing = resources::standing(db, self.source, keys, &self.all_keyed(keys)).await?;
        let here: HashMap<_, _> = standing.iter().map(|standing| (standing.number, standing)).collect();
        if standing.iter().any(|standing| standing.patient.is_some()) {
            return Err(Refusal::AnotherChart.into());
        }
        Ok((0..keys.len()).filter(|number| here.get(number).is_none_or(|standing| !standing.was_same)).collect())
    }

    async fn begin_resource(
        &mut self,
        desk: &mut AtDesk,
        db: &mut PgConnection,
        outline: &Outline,
        at: Place,
        length: u64,
    ) -> Result<Option<Open>> {
        self.skipping = false;
        let facility = self.source.facility;
        let Some(number) = at.chart else { return self.begin_supporting(desk, db, outline, at.number, length).await };
        let (chart, opened) = outline.charts.get(number).zip(self.charts.get(number)).ok_or(Error::Ended)?;
        let key = chart.resources.get(at.number).ok_or(Error::Ended)?;
        let version = opened.resources.get(&at.number).copied().unwrap_or_default() + 1;
        let whose = Whose { facility, patient: Some(opened.patient), key: &opened.owner };
        let open = OpenResource::begin(&whose, desk.id(), key.clone(), version, self.keyed(&key.digest), length)?;
        self.imported.resources += 1;
        Ok(Some(Open::Resource(Box::new(open))))
    }

    /// The first one waits until no other import is writing supporting resources, and looks again.
    async fn begin_supporting(
        &mut self,
        desk: &mut AtDesk,
        db: &mut PgConnection,
        outline: &Outline,
        number: usize,
        length: u64,
    ) -> Result<Option<Open>> {
        let facility = self.source.facility;
        if self.supporting.is_none() {
            resources::take_turns(db, self.source).await?;
            let keys = &outline.supporting;
            let standing = resources::standing(db, self.source, keys, &self.all_keyed(keys)).await?;
            let standing = standing.into_iter().map(|standing| (standing.number, standing)).collect();
            let owner = blobs::owner_key(db, &self.vault, blobs::Place { facility, owner: facility.0 }).await?;
            self.supporting = Some((owner, standing));
        }
        let key = outline.supporting.get(number).ok_or(Error::Ended)?;
        let digest = self.keyed(&key.digest);
        let Some((owner, standing)) = &self.supporting else { return Err(Error::Ended) };
        let here = standing.get(&number);
        if here.is_some_and(|standing| standing.was_same) {
            self.skipping = true;
            return Ok(None);
        }
        let whose = Whose { facility, patient: None, key: owner };
        let version = here.map_or(0, |standing| standing.version) + 1;
        let open = OpenResource::begin(&whose, desk.id(), key.clone(), version, digest, length)?;
        self.imported.resources += 1;
        Ok(Some(Open::Resource(Box::new(open))))
    }

    fn begin_document(
        &mut self,
        desk: &AtDesk,
        outline: &Outline,
        at: Place,
        document: Document,
        length: u64,
    ) -> Result<Open> {
        self.skipping = false;
        let place = at.chart.ok_or(Error::Ended)?;
        let (chart, opened) = outline.charts.get(place).zip(self.charts.get(place)).ok_or(Error::Ended)?;
        let key = &chart.documents.get(at.number).ok_or(Error::Ended)?.key;
        let encounter: Option<EncounterId> =
            document.encounter.as_ref().and_then(|encounter| opened.encounters.ids.get(encounter)).copied();
        let begun = Begun {
            id: DocumentId(desk.id()),
            blob: BlobId(desk.id()),
            patient: opened.patient,
            encounter,
            key: key.clone(),
            digest: self.digests.digest(self.source.facility.0.as_bytes(), &key.digest).to_vec(),
            replaces: opened.documents.get(&at.number).copied(),
            document,
            length,
        };
        self.held.begin_document(&self.vault, self.source.facility, &opened.owner, begun)
    }

    fn close(&mut self, whole: Open) -> Result<()> {
        if let Some((category, pages)) = self.held.close(whole)? {
            let tally = self.imported.documents.entry(category).or_default();
            tally.documents += 1;
            tally.pages += pages;
        }
        Ok(())
    }

    async fn write(&mut self, db: &mut PgConnection) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        held.resources.write(db, self.source).await?;
        held.writing.write(db, self.source).await
    }

    /// What the trail's one entry says: whose charts, and what of them changed.
    fn tell(&self, desk: &mut AtDesk) {
        if let [chart] = self.charts.as_slice() {
            desk.about_patient(chart.patient);
        }
        desk.showed(self.charts.iter().map(|chart| chart.patient.0));
        for (changed, field) in [
            (self.imported.patients_new + self.imported.patients_changed > 0, "patient"),
            (self.imported.encounters > 0, "encounters"),
            (self.imported.resources > 0, "resources"),
            (!self.imported.documents.is_empty(), "documents"),
        ] {
            if changed {
                desk.changed(&[field]);
            }
        }
    }
}
