//! What the program is told: addresses, folders and where its secrets lie. Defaults that would be unsafe in a hospital
//! are refused, not assumed.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

/// Where the database is and where the secrets lie; every command needs these.
#[derive(Debug, Clone, Args)]
pub struct Base {
    /// The database, without a user: `postgres:///portal?host=/run/postgresql`
    #[arg(long, env = "PORTAL_DATABASE")]
    pub database: String,
    /// The folder with one file for each login, the key-encryption keys (`kek`) and the server's secret
    #[arg(long, env = "PORTAL_SECRETS")]
    pub secrets: PathBuf,
}

/// How the program serves.
#[derive(Debug, Clone, Args)]
pub struct Serving {
    /// Where to listen
    #[arg(long, env = "PORTAL_ADDRESS", default_value = "127.0.0.1:3000")]
    pub address: SocketAddr,
    /// The address that people type, as in a mail: `https://records.example.org`
    // nothing is assumed: `check` refuses an empty one by the name of its variable
    #[arg(long, env = "PORTAL_ORIGIN", default_value = "", hide_default_value = true)]
    pub origin: String,
    /// How many reverse proxies stand before the program; each must append to X-Forwarded-For
    #[arg(long, env = "PORTAL_PROXIES", default_value_t = 0)]
    pub proxies: usize,
    /// The folder with the browser's files
    #[arg(long, env = "PORTAL_SITE")]
    pub site: PathBuf,
    /// Where the trail's signed checkpoints are appended: a file that the database's login cannot reach
    #[arg(long, env = "PORTAL_CHECKPOINTS")]
    pub checkpoints: PathBuf,
    #[command(flatten)]
    pub mail: Mail,
}

/// How mail leaves: by SMTP, or into a folder.
#[derive(Debug, Clone, Args)]
pub struct Mail {
    /// `smtps://user:password@host` or `smtp://host:25?tls=required`
    #[arg(long, env = "PORTAL_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Where mail is written as files when there is no SMTP
    #[arg(long, env = "PORTAL_MAIL_DIR")]
    pub mail_dir: Option<PathBuf>,
}

/// Why the program will not start with what it was told.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("PORTAL_ORIGIN is not set: links in mail and the cookies' protection hang on the address that people type")]
    OriginMissing,
    #[error("the origin must be https://…; plain http is served on this machine only (127.0.0.1, localhost)")]
    PlainHttp,
    #[error("the origin must be a scheme and a host, nothing behind it")]
    NoOrigin,
    #[error("neither PORTAL_SMTP nor PORTAL_MAIL_DIR is set: notices would have nowhere to go")]
    NoMail,
}

impl Serving {
    /// # Errors
    /// What would be unsafe or could not work.
    pub fn check(&self) -> Result<(), ConfigError> {
        if self.origin.is_empty() {
            return Err(ConfigError::OriginMissing);
        }
        let (scheme, rest) = self.origin.split_once("://").ok_or(ConfigError::NoOrigin)?;
        if rest.is_empty() || rest.contains(['/', '?', '#', '@']) {
            return Err(ConfigError::NoOrigin);
        }
        let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host);
        match scheme {
            "https" => {}
            "http" if matches!(host, "127.0.0.1" | "localhost" | "[::1]") => {}
            _ => return Err(ConfigError::PlainHttp),
        }
        if self.mail.smtp.is_none() && self.mail.mail_dir.is_none() {
            return Err(ConfigError::NoMail);
        }
        Ok(())
    }

    /// Cookies are bound to the host and to TLS wherever there is TLS.
    pub fn secure(&self) -> bool {
        self.origin.starts_with("https://")
    }

    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(origin: &str) -> Result<(), ConfigError> {
        Serving {
            address: SocketAddr::from(([127, 0, 0, 1], 3000)),
            origin: origin.to_owned(),
            proxies: 0,
            site: PathBuf::new(),
            checkpoints: PathBuf::new(),
            mail: Mail { smtp: None, mail_dir: Some(PathBuf::new()) },
        }
        .check()
    }

    #[test]
    fn an_address_is_never_assumed_and_goes_without_tls_on_this_machine_only() {
        assert!(matches!(checked(""), Err(ConfigError::OriginMissing)));
        assert!(matches!(checked("records.example.org"), Err(ConfigError::NoOrigin)));
        assert!(matches!(checked("https://records.example.org/portal"), Err(ConfigError::NoOrigin)));
        assert!(matches!(checked("http://records.example.org"), Err(ConfigError::PlainHttp)));
        assert!(checked("http://127.0.0.1:3000").is_ok());
        assert!(checked("https://records.example.org").is_ok());
    }
}
