//! `portal verify-audit`: every chain whole, against the checkpoints that were signed outside the database.

use std::{collections::HashMap, path::PathBuf, time::Duration};

use base64ct::{Base64, Encoding};
use office::{Desk, Login};
use uuid::Uuid;

use super::Failure;
use crate::{
    checkpoints::{self, Checkpoint, Signed},
    config::Base,
    secrets::Secrets,
};

/// How many checkpoints are compared at once.
const BATCH: usize = 1000;
/// After so long a server has signed what it linked.
const SIGNED_BY: Duration = Duration::from_secs(5);

pub(crate) async fn run(base: &Base, files: &[PathBuf]) -> Result<(), Failure> {
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
    let mut compared = Compared::read(&desk, files, &public, &heads).await?;
    if !compared.unsigned(&heads).is_empty() {
        tokio::time::sleep(SIGNED_BY).await;
        compared = Compared::read(&desk, files, &public, &heads).await?;
    }
    problems.extend(compared.unsigned(&heads));
    problems.extend(compared.problems);
    problems.sort();
    problems.dedup();
    for problem in &problems {
        tracing::error!("{problem}");
    }
    if problems.is_empty() {
        let (chains, checkpoints) = (heads.len(), compared.checkpoints);
        tracing::info!("{entries} entries in {chains} chains hold, and so do {checkpoints} checkpoints");
        Ok(())
    } else {
        Err(format!("the trail does not hold: {} problems", problems.len()).into())
    }
}

/// What the checkpoints say of the chains.
#[derive(Default)]
struct Compared {
    checkpoints: usize,
    problems: Vec<String>,
    /// The last entry of each chain that was signed.
    newest: HashMap<Uuid, i64>,
}

impl Compared {
    async fn read(desk: &Desk, files: &[PathBuf], public: &[u8], heads: &HashMap<Uuid, i64>) -> Result<Self, Failure> {
        let mut compared = Self::default();
        for file in files {
            let mut signed = Signed::open(file, public).map_err(|error| format!("{}: {error}", file.display()))?;
            loop {
                let batch = signed.by_ref().take(BATCH).collect::<Result<Vec<_>, _>>();
                let batch = batch.map_err(|error| format!("{}: {error}", file.display()))?;
                if batch.is_empty() {
                    break;
                }
                let entries: Vec<_> = batch.iter().map(|checkpoint| (checkpoint.facility, checkpoint.seq)).collect();
                let links = desk.links_at(&entries).await?;
                compared.take(&batch, links, heads);
            }
        }
        Ok(compared)
    }

    fn take(&mut self, batch: &[Checkpoint], links: Vec<Option<Vec<u8>>>, heads: &HashMap<Uuid, i64>) {
        self.checkpoints += batch.len();
        self.problems.extend(batch.iter().zip(links).filter_map(|(checkpoint, link)| unlike(checkpoint, link, heads)));
        for checkpoint in batch {
            let newest = self.newest.entry(checkpoint.facility).or_default();
            *newest = (*newest).max(checkpoint.seq);
        }
    }

    /// What stands behind a chain's last checkpoint: whoever owns the database could have made it anew.
    fn unsigned(&self, heads: &HashMap<Uuid, i64>) -> Vec<String> {
        heads
            .iter()
            .filter_map(|(facility, head)| {
                let signed = self.newest.get(facility).copied().unwrap_or_default();
                (signed < *head)
                    .then(|| format!("facility {facility}: entries {}..={head} were never signed", signed + 1))
            })
            .collect()
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn what_no_checkpoint_covers_is_named_chain_by_chain() {
        let [bare, behind, whole] = [1, 2, 3].map(Uuid::from_u128);
        let heads = HashMap::from([(bare, 3), (behind, 9), (whole, 4)]);
        let checkpoint = |facility, seq| Checkpoint {
            facility,
            seq,
            hash: Base64::encode_string(&[7]),
            at: Timestamp::UNIX_EPOCH,
            signature: String::new(),
        };
        let mut compared = Compared::default();
        let batch = [checkpoint(behind, 6), checkpoint(behind, 2), checkpoint(whole, 5)];
        compared.take(&batch, vec![Some(vec![7]); 3], &heads);
        assert_eq!(compared.problems, Vec::<String>::new());

        let mut unsigned = compared.unsigned(&heads);
        unsigned.sort();
        let expected = [
            format!("facility {bare}: entries 1..=3 were never signed"),
            format!("facility {behind}: entries 7..=9 were never signed"),
        ];
        assert_eq!(unsigned, expected);
    }
}
