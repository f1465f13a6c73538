//! Signing in, registering, and sessions: the one thing that happens before anybody is seated. It has its own login,
//! which reaches functions and no table, and holds no connection while a password is hashed.

mod passwords;

use domain::{caller::Side, ids::PersonId, language::Language};
use uuid::Uuid;

use passwords::Line;
pub use passwords::Passwords;

use crate::{Desk, Error, Login, Result, Seat};

/// A password that was right: the attempt that a session can be made of, once, within five minutes.
#[derive(Debug, Clone, Copy)]
pub struct Verified {
    pub attempt: Uuid,
}

/// Why somebody is not signed in. The page says the same for an address without an account as for a wrong password.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("wrong address or password")]
    Wrong,
    /// Too many wrong passwords for this address or from this network; it passes in a quarter of an hour.
    #[error("too many attempts")]
    Limited,
    #[error("no role on that side")]
    NoRole,
    /// Too many passwords are being looked at now; the attempt counts for nothing.
    #[error("no turn in time")]
    Busy,
    #[error(transparent)]
    Office(#[from] Error),
}

/// What came of a mailed link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    Opened,
    /// Not the password that was chosen with the account; nothing was opened, and it may be tried again.
    WrongPassword,
    /// The link is wrong, was used, was tried too often, or is older than a day.
    LinkOver,
}

/// Someone who asks for an account, as the form was read.
pub struct Registration {
    pub name: String,
    /// Lower case throughout: one account per address, however it is typed.
    pub email: String,
    pub password: String,
    pub language: Language,
}

impl Desk {
    /// The first two steps: the attempt is written, then the password is looked at, with no connection held.
    ///
    /// # Errors
    /// [`SignInError::Wrong`] for an unknown address too, in the same time.
    pub async fn verify_password(
        &self,
        passwords: &Passwords,
        email: &str,
        password: &str,
        origin: &str,
    ) -> Result<Verified, SignInError> {
        let attempt = new_id();
        let row = self
            .unseated(Login::WebAuth, async |db| {
                Ok(sqlx::query!(
                    r#"select limited as "limited!", phc from auth.sign_in_begin($1, $2, $3)"#,
                    attempt,
                    email,
                    origin
                )
                .fetch_one(db)
                .await?)
            })
            .await?;
        if row.limited {
            return Err(SignInError::Limited);
        }
        let known = row.phc.is_some();
        let turn = match passwords.turn(Line::SigningIn).await {
            Ok(turn) => turn,
            Err(busy) => {
                self.drop_attempt(attempt).await?;
                return Err(busy);
            }
        };
        let verdict = passwords.verify(turn, password, row.phc).await?;
        let right = known && verdict.right;
        self.unseated(Login::WebAuth, async |db| {
            sqlx::query!("select auth.sign_in_verified($1, $2, $3)", attempt, right, verdict.renewed.filter(|_| right))
                .execute(db)
                .await?;
            Ok(())
        })
        .await?;
        if right { Ok(Verified { attempt }) } else { Err(SignInError::Wrong) }
    }

    /// Nobody looked at the attempt's password: it counts against nobody.
    async fn drop_attempt(&self, attempt: Uuid) -> Result<()> {
        self.unseated(Login::WebAuth, async |db| {
            sqlx::query!("select auth.attempt_dropped($1)", attempt).execute(db).await?;
            Ok(())
        })
        .await
    }

    /// The third step: a session of a verified attempt.
    ///
    /// # Errors
    /// [`SignInError::NoRole`]: no member of staff. An attempt that was used, or is older than five minutes.
    pub async fn open_session(&self, attempt: Uuid, side: Side, seat: &Seat) -> Result<PersonId, SignInError> {
        let opened = self
            .unseated(Login::WebAuth, async |db| {
                Ok(sqlx::query_scalar!(
                    r#"select auth.session_open($1, $2, $3) as "person?""#,
                    attempt,
                    side.code(),
                    seat.as_str()
                )
                .fetch_one(db)
                .await?)
            })
            .await;
        match opened {
            Ok(Some(person)) => Ok(PersonId(person)),
            Ok(None) => Err(SignInError::NoRole),
            Err(Error::Database(error)) if said(&error, "PT004") => Err(SignInError::Wrong),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends a session; one that has ended already stays as it is.
    ///
    /// # Errors
    /// The database is away.
    pub async fn end_session(&self, seat: &Seat) -> Result<()> {
        self.unseated(Login::WebAuth, async |db| {
            sqlx::query!("select auth.session_end($1)", seat.as_str()).execute(db).await?;
            Ok(())
        })
        .await
    }

    /// Whether somebody sits there still. Asking is no activity.
    ///
    /// # Errors
    /// The database is away.
    pub async fn session_lives(&self, seat: &Seat) -> Result<bool> {
        self.unseated(Login::WebAuth, async |db| {
            Ok(sqlx::query_scalar!(r#"select auth.session_lives($1) as "lives!""#, seat.as_str()).fetch_one(db).await?)
        })
        .await
    }

    /// After how many seconds without an act the session at this seat ends; None where there is none.
    ///
    /// # Errors
    /// The database is away.
    pub async fn idle_seconds(&self, seat: &Seat) -> Result<Option<u32>> {
        let seconds = self
            .unseated(Login::WebAuth, async |db| {
                Ok(sqlx::query_scalar!("select auth.session_idle($1)", seat.as_str()).fetch_one(db).await?)
            })
            .await?;
        Ok(seconds.and_then(|seconds| u32::try_from(seconds).ok()))
    }

    /// Takes a registration. Nothing tells whether the address has an account: the mail does, to whoever reads it.
    ///
    /// # Errors
    /// [`Error::Form`] with the password's problem. [`SignInError::Limited`] where too many came: that is asked before
    /// anything is hashed.
    pub async fn register(&self, passwords: &Passwords, new: Registration, origin: &str) -> Result<(), SignInError> {
        let (attempt, person) = (new_id(), new_id());
        let taken = self
            .unseated(Login::WebAuth, async |db| {
                Ok(sqlx::query_scalar!(
                    r#"select auth.register_begin($1, $2, $3) as "taken!""#,
                    attempt,
                    new.email,
                    origin
                )
                .fetch_one(db)
                .await?)
            })
            .await?;
        if !taken {
            return Err(SignInError::Limited);
        }
        let turn = match passwords.turn(Line::Registering).await {
            Ok(turn) => turn,
            Err(busy) => {
                self.drop_attempt(attempt).await?;
                return Err(busy);
            }
        };
        let phc = passwords.hash(turn, new.password, &[&new.email, &new.name]).await?;
        self.unseated(Login::WebAuth, async |db| {
            sqlx::query!(
                "select auth.register($1, $2, $3, $4, $5)",
                attempt,
                person,
                new.name,
                new.language.code(),
                phc
            )
            .execute(db)
            .await?;
            Ok(())
        })
        .await?;
        Ok(())
    }

    /// Opens the account of a registration by its mailed link, for whoever knows the password that was chosen with it:
    /// somebody else may have typed this address, and a password of theirs.
    ///
    /// # Errors
    /// [`SignInError::Busy`], or the database is away.
    pub async fn open_account(
        &self,
        passwords: &Passwords,
        attempt: Uuid,
        code: &str,
        password: &str,
    ) -> Result<Opening, SignInError> {
        if !self.link_is_right(attempt, code) {
            return Ok(Opening::LinkOver);
        }
        let turn = passwords.turn(Line::Registering).await?;
        let chosen = self
            .unseated(Login::WebAuth, async |db| {
                Ok(sqlx::query_scalar!("select auth.account_open_begin($1)", attempt).fetch_one(db).await?)
            })
            .await?;
        if chosen.is_none() {
            return Ok(Opening::LinkOver);
        }
        let right = passwords.verify(turn, password, chosen).await?.right;
        let opened = self
            .unseated(Login::WebAuth, async |db| {
                Ok(sqlx::query_scalar!(r#"select auth.account_open($1, $2) as "opened!""#, attempt, right)
                    .fetch_one(db)
                    .await?)
            })
            .await?;
        Ok(match (right, opened) {
            (false, _) => Opening::WrongPassword,
            (true, true) => Opening::Opened,
            (true, false) => Opening::LinkOver,
        })
    }

    /// The code of a mailed link, derived from the attempt with a key that the database does not hold.
    pub fn link_code(&self, attempt: Uuid) -> String {
        let mac = self.digest(vault::DigestPurpose::LinkToken, attempt.as_bytes());
        mac.iter().take(16).fold(String::new(), |code, byte| code + &format!("{byte:02x}"))
    }

    fn link_is_right(&self, attempt: Uuid, code: &str) -> bool {
        vault::same(self.link_code(attempt).as_bytes(), code.as_bytes())
    }
}

/// Before anybody is seated there is no desk's time: these ids order nothing and mean nothing.
#[expect(clippy::disallowed_methods, reason = "no act, no desk: an attempt's id is made before its transaction")]
fn new_id() -> Uuid {
    Uuid::now_v7()
}

fn said(error: &sqlx::Error, code: &str) -> bool {
    matches!(error, sqlx::Error::Database(said) if said.code().as_deref() == Some(code))
}
