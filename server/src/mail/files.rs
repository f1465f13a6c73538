//! Mails as files, for a demo and for a hospital that collects them with a tool of its own.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use domain::notice::NoticeFailure;
use uuid::Uuid;

use super::NotSent;

#[derive(Clone)]
pub struct Files(PathBuf);

impl Files {
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        if !folder.is_dir() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        Ok(Self(folder.to_owned()))
    }

    /// One file a mail, whole or not there: a mail that is sent again takes the place of its first try.
    pub(super) async fn keep(&self, id: Uuid, mail: &[u8]) -> Result<(), NotSent> {
        let (folder, mail) = (self.0.clone(), mail.to_vec());
        tokio::task::spawn_blocking(move || write(&folder, id, &mail))
            .await
            .map_err(io::Error::other)
            .and_then(|written| written)
            .map_err(|error| {
                tracing::warn!(%error, "a mail's file");
                NotSent::yet(NoticeFailure::ServerUnreachable)
            })
    }
}

fn write(folder: &Path, id: Uuid, mail: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(format!("{id}.writing"));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(mail)?;
    file.sync_all()?;
    fs::rename(unfinished, folder.join(format!("{id}.eml")))
}
