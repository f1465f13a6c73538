//! `portal verify-audit`: every chain whole, against the checkpoints that were signed outside the database.

use std::{collections::HashMap, fs, path::Path};

use base64ct::{Base64, Encoding};
use office::Login;
use uuid::Uuid;

use super::Failure;
use crate::{checkpoints, config::Base, secrets::Secrets};

pub(crate) async fn run(base: &Base, path: &Path) -> Result<(), Failure> {
    let desk = Secrets::desk(base, &[Login::AuditReader])?;
    let public = checkpoints::public_key(&fs::read(checkpoints::key_path(&base.secrets))?)?;
    let signed = checkpoints::read(path, &public)?;
    let mut problems = Vec::new();
    let mut entries = 0;
    let heads: HashMap<Uuid, i64> = desk.chains().await?.into_iter().map(|head| (head.facility, head.seq)).collect();
    for (facility, head) in &heads {
        entries += head;
        for broken in desk.verify_chain(*facility).await? {
            problems.push(format!("facility {facility}, entry {}: {}", broken.seq, broken.problem));
        }
    }
    for checkpoint in &signed {
        let head = heads.get(&checkpoint.facility).copied().unwrap_or_default();
        if head < checkpoint.seq {
            problems.push(format!(
                "facility {}: the trail ends at entry {head}, but entry {} was signed on {}: its tail was cut",
                checkpoint.facility, checkpoint.seq, checkpoint.at
            ));
        } else if desk
            .link_at(checkpoint.facility, checkpoint.seq)
            .await?
            .is_none_or(|hash| Base64::encode_string(&hash) != checkpoint.hash)
        {
            problems.push(format!(
                "facility {}, entry {}: not what was signed on {}",
                checkpoint.facility, checkpoint.seq, checkpoint.at
            ));
        }
    }
    problems.sort();
    problems.dedup();
    for problem in &problems {
        tracing::error!("{problem}");
    }
    if problems.is_empty() {
        tracing::info!("{entries} entries in {} chains hold, and so do {} checkpoints", heads.len(), signed.len());
        Ok(())
    } else {
        Err(format!("the trail does not hold: {} problems", problems.len()).into())
    }
}
