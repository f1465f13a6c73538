//! `portal verify-audit`: every chain whole, against the checkpoints that were signed outside the database.

use std::{collections::HashMap, path::Path};

use base64ct::{Base64, Encoding};
use office::Login;
use uuid::Uuid;

use super::Failure;
use crate::{
    checkpoints::{self, Checkpoint, Signed},
    config::Base,
    secrets::Secrets,
};

/// How many checkpoints are compared at once.
const BATCH: usize = 1000;

pub(crate) async fn run(base: &Base, path: &Path) -> Result<(), Failure> {
    let desk = Secrets::desk(base, &[Login::AuditReader])?;
    let public = checkpoints::public_key(&Secrets::checkpoint_key(&base.secrets)?)?;
    let mut problems = Vec::new();
    let mut entries = 0;
    let heads: HashMap<Uuid, i64> = desk.chains().await?.into_iter().map(|head| (head.facility, head.seq)).collect();
    for (facility, head) in &heads {
        entries += head;
        for broken in desk.verify_chain(*facility).await? {
            problems.push(format!("facility {facility}, entry {}: {}", broken.seq, broken.problem));
        }
    }
    let (mut signed, mut compared) = (Signed::open(path, &public)?, 0);
    loop {
        let batch = signed.by_ref().take(BATCH).collect::<Result<Vec<_>, _>>()?;
        if batch.is_empty() {
            break;
        }
        compared += batch.len();
        let entries: Vec<_> = batch.iter().map(|checkpoint| (checkpoint.facility, checkpoint.seq)).collect();
        let links = desk.links_at(&entries).await?;
        problems.extend(batch.iter().zip(links).filter_map(|(checkpoint, link)| unlike(checkpoint, link, &heads)));
    }
    problems.sort();
    problems.dedup();
    for problem in &problems {
        tracing::error!("{problem}");
    }
    if problems.is_empty() {
        tracing::info!("{entries} entries in {} chains hold, and so do {compared} checkpoints", heads.len());
        Ok(())
    } else {
        Err(format!("the trail does not hold: {} problems", problems.len()).into())
    }
}

/// What is wrong with the link that a checkpoint was signed for. One that was made after `heads` were read is no tail
/// that was cut.
fn unlike(checkpoint: &Checkpoint, link: Option<Vec<u8>>, heads: &HashMap<Uuid, i64>) -> Option<String> {
    let Checkpoint { facility, seq, hash, at, .. } = checkpoint;
    let head = heads.get(facility).copied().unwrap_or_default();
    match link {
        Some(link) if Base64::encode_string(&link) == *hash => None,
        None if head < *seq => Some(format!(
            "facility {facility}: the trail ends at entry {head}, but entry {seq} was signed on {at}: its tail was cut"
        )),
        _ => Some(format!("facility {facility}, entry {seq}: not what was signed on {at}")),
    }
}
