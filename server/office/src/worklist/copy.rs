//! A clerk looks at the copy: what goes in, what the press made of it, what came back from the check.

use std::fmt::Write as _;

use domain::{
    caller::{Caller, Level, Side},
    ids::{BlobId, PersonId, RequestId},
    item::Item,
    package::{FileRole, Included, Package, PackageStage, PackageState, SinceBuilt},
    question::none_open,
    refusal::Refusal,
    shown::worklist::{
        CopyDocument, CopyPage, ErrorShown, FileShown, FindingShown, LeftOutShown, OverrideShown, PackageShown,
        ReturnShown,
    },
};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{
    head::{self, Read},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        blobs, items,
        packages::{self, Covered, File, Finding},
        persons, questions, records,
    },
};

pub struct LookAtCopy {
    request: RequestId,
}

impl LookAtCopy {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)? })
    }
}

impl Act for LookAtCopy {
    const NAME: &'static str = "look_at_copy";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Read;
    type Output = CopyPage;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Read> {
        head::read(caller, db, self.request).await
    }

    async fn carry_out(self, read: Read, desk: &mut AtDesk, db: &mut PgConnection) -> Result<CopyPage> {
        let chart = read.chart(db, desk).await?;
        let head = read.head(db, desk, chart.as_ref()).await?;
        let items = items::of(db, self.request).await?;
        let package = packages::latest(db, self.request, None).await?;
        let all = match read.patient() {
            Some(patient) => packages::covered(db, self.request, patient).await?,
            None => Vec::new(),
        };
        let withheld = (withheld(&items, &all) > 0).then_some(Refusal::RecordsFound);
        let none_given = !items.is_empty() && items.iter().all(|item| item.is_decided() && !item.is_approved());
        let chosen = chosen(&items, all);
        let missing = missing(db, &read, &items, package.as_ref(), &chosen).await?.or(withheld);
        let seen = seen(&chosen);
        let (documents, letter_alone) = match &package {
            Some(package) if package.is_under_way() => {
                (packages::contained(db, package).await?, package.contents.is_empty())
            }
            _ => (chosen.into_iter().map(|(document, _)| document).collect(), none_given && withheld.is_none()),
        };
        desk.showed_documents(documents.iter().map(|document| document.id));
        Ok(CopyPage {
            as_of: desk.as_of(),
            may_build: head.may.work && missing.is_none(),
            missing: missing.filter(|why| *why != Refusal::PackageUnderWay),
            seen,
            pages: documents.iter().filter_map(|document| document.pages).sum(),
            bytes: documents.iter().map(|document| document.bytes).sum(),
            letter_alone,
            documents: documents.into_iter().map(shown).collect(),
            left_out: left_out(db, &read).await?,
            package: match package {
                Some(package) => Some(package_shown(db, desk, &read, head.may.work, package).await?),
                None => None,
            },
            head,
        })
    }
}

/// How many documents a decision keeps back: documents come with every import, and what was left out is taken in again.
pub(super) fn withheld(items: &[Item], all: &[Covered]) -> u32 {
    let is_withheld =
        |document: &&Covered| items.iter().any(|item| item.withholds(items, document.category, document.care));
    u32::try_from(all.iter().filter(is_withheld).count()).unwrap_or(u32::MAX)
}

/// What imports have changed of a package since it was built.
pub(super) async fn since_built(db: &mut PgConnection, package: &Package, items: &[Item]) -> Result<SinceBuilt> {
    let all = packages::covered(db, package.request, package.patient).await?;
    Ok(SinceBuilt { taken_back: packages::taken_back(db, package).await?, withheld: withheld(items, &all) })
}

/// The documents that go in, each with the part under which it was approved.
pub(super) fn chosen(items: &[Item], all: Vec<Covered>) -> Vec<(Covered, Included)> {
    all.into_iter()
        .filter_map(|document| {
            let included = Package::include(items, document.id, document.category, document.care)?;
            Some((document, included))
        })
        .collect()
}

/// What stands for a list of documents in a form.
pub(super) fn seen(chosen: &[(Covered, Included)]) -> String {
    let mut digest = Sha256::new();
    for (document, _) in chosen {
        digest.update(document.id.0.as_bytes());
    }
    digest.finalize().iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Why no package of these documents can be begun now: the first guard that refuses.
async fn missing(
    db: &mut PgConnection,
    read: &Read,
    items: &[Item],
    package: Option<&Package>,
    chosen: &[(Covered, Included)],
) -> Result<Option<Refusal>> {
    if let Err(why) = read.stored.request.open() {
        return Ok(Some(why));
    }
    if let Err(why) = read.verification.verified() {
        return Ok(Some(why));
    }
    if package.is_some_and(Package::is_under_way) {
        return Ok(Some(Refusal::PackageUnderWay));
    }
    let question = questions::open_of(db, read.id()).await?.map(|stored| stored.question);
    if let Err(why) = none_open(question.as_ref()) {
        return Ok(Some(why));
    }
    let contents: Vec<Included> = chosen.iter().map(|(_, included)| *included).collect();
    Ok(Package::contents_allowed(items, &contents).err())
}

/// What of the matched chart is left out of the copy.
pub(super) async fn left_out(db: &mut PgConnection, read: &Read) -> Result<Vec<LeftOutShown>> {
    let Some(patient) = read.patient() else { return Ok(Vec::new()) };
    let all = records::left_out(db, read.id(), patient).await?;
    let names = persons::names(db, all.iter().map(|one| one.by).collect::<Vec<_>>()).await?;
    Ok(all
        .into_iter()
        .map(|one| LeftOutShown {
            by: names.get(&one.by).cloned().unwrap_or_default(),
            on: read.facility.day(one.at),
            id: one.document,
            title: one.title,
            care: one.care,
            reason: one.reason,
        })
        .collect())
}

fn shown(document: Covered) -> CopyDocument {
    CopyDocument {
        id: document.id,
        category: document.category,
        title: document.title,
        care: document.care,
        pages: document.pages,
    }
}

async fn package_shown(
    db: &mut PgConnection,
    desk: &AtDesk,
    read: &Read,
    works: bool,
    package: Package,
) -> Result<PackageShown> {
    let found = packages::findings(db, &package).await?;
    let findings = findings_shown(db, desk, read, found).await?;
    let files = packages::files(db, read.id().facility, package.id).await?;
    let builder = name(db, package.builder).await?;
    let is_builder = desk.person() == Some(package.builder);
    Ok(PackageShown {
        id: package.id,
        version: package.version,
        stage: package.stage(),
        builder,
        begun_on: read.facility.day(package.begun_at),
        pages: package.built().map(|built| built.pages),
        files: files_shown(files),
        failure: match package.state {
            PackageState::Failed { reason, .. } => Some(reason),
            _ => None,
        },
        returned: returned(db, desk, read, &package).await?,
        may_hand_over: works && is_builder && package.stage() == PackageStage::Built,
        may_set_aside: works && package.stage() == PackageStage::Built,
        findings,
    })
}

/// What people get; the index is the office's own.
pub(super) fn files_shown(files: Vec<File>) -> Vec<FileShown> {
    files
        .into_iter()
        .filter(|file| file.role != FileRole::Index)
        .map(|file| FileShown {
            position: file.position,
            role: file.role,
            name: file.name,
            media_type: file.media_type,
            bytes: file.bytes,
            pages: file.pages,
        })
        .collect()
}

pub(super) async fn findings_shown(
    db: &mut PgConnection,
    desk: &AtDesk,
    read: &Read,
    found: Vec<Finding>,
) -> Result<Vec<FindingShown>> {
    let answered = found.iter().filter_map(|found| found.of.overridden.as_ref());
    let names = persons::names(db, answered.map(|answer| answer.by).collect::<Vec<_>>()).await?;
    let mut shown = Vec::with_capacity(found.len());
    for Finding { n, of: finding, reason, document } in found {
        let overridden = match finding.overridden {
            Some(answer) => Some(OverrideShown {
                by: names.get(&answer.by).cloned().unwrap_or_default(),
                on: read.facility.day(answer.at),
                reason: words(db, desk, read, reason).await?.unwrap_or_default(),
            }),
            None => None,
        };
        shown.push(FindingShown { n, page: finding.page, check: finding.check, document, overridden });
    }
    Ok(shown)
}

async fn returned(db: &mut PgConnection, desk: &AtDesk, read: &Read, package: &Package) -> Result<Option<ReturnShown>> {
    if package.stage() != PackageStage::Returned {
        return Ok(None);
    }
    let all = packages::returns(db, package).await?;
    let Some((by, at)) = all.first().map(|first| (first.by, first.at)) else { return Ok(None) };
    let mut errors = Vec::with_capacity(all.len());
    for one in all {
        let note = words(db, desk, read, one.note).await?;
        errors.push(ErrorShown { code: one.code, page: one.page, note });
    }
    Ok(Some(ReturnShown { by: name(db, by).await?, on: read.facility.day(at), errors }))
}

pub(super) async fn name(db: &mut PgConnection, person: PersonId) -> Result<String> {
    Ok(persons::names(db, [person]).await?.remove(&person).unwrap_or_default())
}

async fn words(db: &mut PgConnection, desk: &AtDesk, read: &Read, blob: Option<BlobId>) -> Result<Option<String>> {
    match blob {
        Some(blob) => blobs::read_words(db, &desk.vault, read.id().facility, blob).await,
        None => Ok(None),
    }
}
