//! The one door. Nothing outside this file begins a transaction.

use std::sync::Arc;

use base64ct::{Base64UrlUnpadded, Encoding};
use domain::caller::{Caller, Role, Side};
use jiff::SignedDuration;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::{
    Act, AtDesk, Error, Login, Pools, Result, Seat, SystemAct, Ticket,
    store::{
        tickets,
        trail::{self, Taken},
    },
};

/// The keys, as acts need them.
pub struct Vault {
    pub(crate) ring: vault::KeyRing,
    pub(crate) server: vault::ServerSecret,
}

impl Vault {
    pub fn new(ring: vault::KeyRing, server: vault::ServerSecret) -> Self {
        Self { ring, server }
    }
}

/// The only public way to the database.
pub struct Desk {
    pools: Pools,
    vault: Arc<Vault>,
    /// Moves the acts' time, in tests only.
    shift: SignedDuration,
}

impl Desk {
    pub fn new(pools: Pools, vault: Vault) -> Arc<Self> {
        Arc::new(Self { pools, vault: Arc::new(vault), shift: SignedDuration::ZERO })
    }

    /// The same desk at another time of the acts, for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn shifted(self: Arc<Self>, by: SignedDuration) -> Arc<Self> {
        match Arc::try_unwrap(self) {
            Ok(desk) => Arc::new(Self { shift: by, ..desk }),
            Err(desk) => desk,
        }
    }

    /// Takes the seat, admits, carries out, writes the trail's entry, commits. A refusal undoes everything but its own
    /// entry. The work goes on in a task of its own: a client that leaves cancels no transaction.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Form`] and [`Error::SignInAgain`] are for people; everything else is a fault.
    pub async fn perform<A: Act>(self: &Arc<Self>, seat: Seat, ticket: Option<Ticket>, act: A) -> Result<A::Output> {
        let desk = Arc::clone(self);
        tokio::spawn(async move { desk.perform_here(seat, ticket, act, true).await }).await.map_err(|_| Error::Ended)?
    }

    /// As [`Self::perform`], for a look that a page takes by itself: it is recorded, but it is nobody's activity and
    /// keeps no session alive.
    ///
    /// # Errors
    /// As [`Self::perform`].
    pub async fn look_again<A: Act>(self: &Arc<Self>, seat: Seat, act: A) -> Result<A::Output> {
        let desk = Arc::clone(self);
        tokio::spawn(async move { desk.perform_here(seat, None, act, !A::LOOK).await })
            .await
            .map_err(|_| Error::Ended)?
    }

    #[tracing::instrument(skip_all, fields(act = A::NAME))]
    async fn perform_here<A: Act>(&self, seat: Seat, ticket: Option<Ticket>, act: A, touch: bool) -> Result<A::Output> {
        let about = act.about();
        let login = match (A::SIDE, A::TRAIL) {
            (Side::Patient, _) => Login::WebPatient,
            (Side::Staff, false) => Login::WebStaff,
            (Side::Staff, true) => Login::AuditReader,
        };
        let pool = self.pools.of(login)?;
        let waits = !(A::LOOK && A::SIDE == Side::Patient);
        let mut tx = begin(pool).await?;
        let Taken { caller, at, as_of } =
            trail::take_seat(&mut tx, &seat, touch, waits).await?.ok_or(Error::SignInAgain)?;
        let ticket = ticket.filter(|_| !A::LOOK);
        let entered = match ticket {
            Some(ticket) => tickets::enter(&mut tx, caller.person, ticket, A::NAME).await,
            None => Ok(None),
        };
        let now = at.checked_add(self.shift).unwrap_or(at);
        let mut desk = AtDesk::new(now, Some(caller.clone()), as_of, Arc::clone(&self.vault));
        let done = match entered {
            Ok(Some(receipt)) => return Ok(serde_json::from_value(receipt)?),
            Ok(None) => sit(&caller, act, &mut desk, &mut tx).await,
            Err(refused) => Err(refused),
        };
        match done {
            Ok(output) => {
                if let Some(ticket) = ticket {
                    tickets::keep_receipt(&mut tx, caller.person, ticket, &serde_json::to_value(&output)?).await?;
                }
                trail::append(&mut tx, A::NAME, about, &desk.entry, "done").await?;
                tx.commit().await?;
                Ok(output)
            }
            Err(Error::Refused(why)) => {
                tx.rollback().await?;
                let mut tx = begin(pool).await?;
                trail::take_seat(&mut tx, &seat, touch, true).await?.ok_or(Error::SignInAgain)?;
                trail::append(&mut tx, A::NAME, about, &desk.entry, why.code()).await?;
                tx.commit().await?;
                Err(why.into())
            }
            Err(broken) => Err(broken),
        }
    }

    /// The system's own door: no seat, the worker's login, an entry all the same.
    ///
    /// # Errors
    /// Whatever the work meets; nothing of it is kept then.
    pub async fn work<A: SystemAct>(self: &Arc<Self>, act: A) -> Result<A::Output> {
        let desk = Arc::clone(self);
        tokio::spawn(async move {
            let about = act.about();
            let mut tx = begin(desk.pools.of(Login::Worker)?).await?;
            let now = trail::now(&mut tx).await?;
            let now = now.checked_add(desk.shift).unwrap_or(now);
            let mut at = AtDesk::new(now, None, 0, Arc::clone(&desk.vault));
            let output = act.carry_out(&mut at, &mut tx).await?;
            trail::append(&mut tx, A::NAME, about, &at.entry, "done").await?;
            tx.commit().await?;
            Ok(output)
        })
        .await
        .map_err(|_| Error::Ended)?
    }

    pub(crate) fn pool(&self, login: Login) -> Result<&PgPool> {
        self.pools.of(login)
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.pools
    }

    pub(crate) fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }
}

async fn sit<A: Act>(caller: &Caller, act: A, desk: &mut AtDesk, db: &mut PgConnection) -> Result<A::Output> {
    caller.needs(A::NEEDS)?;
    let admitted = act.admit(caller, db).await?;
    act.carry_out(admitted, desk, db).await
}

/// Begins a transaction. A pooled connection may have died with the server it led to: as nothing was sent yet, another
/// is tried, so that the first people after a restart do not meet the dead ones.
#[expect(clippy::disallowed_methods, reason = "the one place where a transaction begins")]
pub(crate) async fn begin(pool: &PgPool) -> Result<Transaction<'static, Postgres>> {
    let mut tries = 0;
    loop {
        match pool.begin().await {
            Ok(tx) => return Ok(tx),
            Err(sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::Protocol(_)) if tries < 20 => tries += 1,
            Err(sqlx::Error::Database(said)) if said.code().as_deref() == Some("57P01") && tries < 20 => tries += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

impl Desk {
    /// A short transaction of a login that has no seat: signing in, the relay, the command line.
    pub(crate) async fn unseated<T, F>(&self, login: Login, work: F) -> Result<T>
    where
        F: AsyncFnOnce(&mut PgConnection) -> Result<T>,
    {
        let mut tx = begin(self.pools.of(login)?).await?;
        let done = work(&mut tx).await?;
        tx.commit().await?;
        Ok(done)
    }
}

/// What pages and the front door ask of the desk beside acts: failed forms that wait, and the server's own keys.
impl Desk {
    /// Keeps a failed form, sealed, for the person at the seat.
    ///
    /// # Errors
    /// [`Error::SignInAgain`] where nobody sits there.
    pub async fn keep_form(&self, seat: &Seat, text: &[u8]) -> Result<Uuid> {
        let id = random_id()?;
        let sealed = self.vault.server.seal_small(vault::SealPurpose::Flash, id.as_bytes(), text)?;
        self.at_seat(seat, async |db| {
            sqlx::query!("select auth.flash_put($1, $2)", id, sealed).execute(db).await?;
            Ok(())
        })
        .await?;
        Ok(id)
    }

    /// Keeps a form that was posted after its session ran out, for the same person; None where the session was ended
    /// on purpose or is more than a day old.
    ///
    /// # Errors
    /// The database is away.
    pub async fn keep_form_late(&self, seat: &Seat, text: &[u8]) -> Result<Option<Uuid>> {
        let id = random_id()?;
        let sealed = self.vault.server.seal_small(vault::SealPurpose::Flash, id.as_bytes(), text)?;
        let kept = self
            .unseated(Login::WebAuth, async |db| {
                Ok(sqlx::query_scalar!(
                    r#"select auth.flash_put_late($1, $2, $3) as "kept!""#,
                    seat.as_str(),
                    id,
                    sealed
                )
                .fetch_one(db)
                .await?)
            })
            .await?;
        Ok(kept.then_some(id))
    }

    /// What waits under an id, if it is this person's.
    ///
    /// # Errors
    /// Nobody sits there; what was kept does not open.
    pub async fn kept_form(&self, seat: &Seat, id: Uuid) -> Result<Option<Vec<u8>>> {
        let sealed = self
            .at_seat(seat, async |db| Ok(sqlx::query_scalar!("select auth.flash_take($1)", id).fetch_one(db).await?))
            .await?;
        Ok(match sealed {
            Some(sealed) => {
                Some(self.vault.server.open_small(vault::SealPurpose::Flash, id.as_bytes(), &sealed)?.to_vec())
            }
            None => None,
        })
    }

    /// # Errors
    /// The database is away.
    pub async fn drop_form(&self, seat: &Seat, id: Uuid) -> Result<()> {
        self.at_seat(seat, async |db| {
            sqlx::query!("select auth.flash_done($1)", id).execute(db).await?;
            Ok(())
        })
        .await
    }

    /// A short transaction at a seat of either side: what it does belongs to the person alone and shows no record.
    async fn at_seat<T, F>(&self, seat: &Seat, work: F) -> Result<T>
    where
        F: AsyncFnOnce(&mut PgConnection) -> Result<T>,
    {
        self.seated(seat, false, async |_, db| work(db).await).await
    }

    async fn seated<T, F>(&self, seat: &Seat, touch: bool, work: F) -> Result<T>
    where
        F: AsyncFnOnce(&Caller, &mut PgConnection) -> Result<T>,
    {
        for login in [Login::WebPatient, Login::WebStaff] {
            let mut tx = begin(self.pools.of(login)?).await?;
            if let Some(Taken { caller, .. }) = trail::take_seat(&mut tx, seat, touch, false).await? {
                let done = work(&caller, &mut tx).await?;
                tx.commit().await?;
                return Ok(done);
            }
        }
        Err(Error::SignInAgain)
    }

    /// Whether somebody sits there on this side. What they sent could not be read, and who may not act at all is told
    /// that first.
    ///
    /// # Errors
    /// [`Error::SignInAgain`] where nobody of this side does.
    pub async fn sits(&self, seat: &Seat, side: Side) -> Result<()> {
        match self.seated(seat, true, async |caller, _| Ok(caller.side)).await? {
            there if there == side => Ok(()),
            _ => Err(Error::SignInAgain),
        }
    }

    /// A person is still there, though they sent nothing.
    ///
    /// # Errors
    /// [`Error::SignInAgain`] where nobody is.
    pub async fn stay(&self, seat: &Seat) -> Result<()> {
        self.seated(seat, true, async |_, _| Ok(())).await
    }

    /// The roles of whoever sits there, for the header alone: what they may do is asked in each act.
    ///
    /// # Errors
    /// [`Error::SignInAgain`] where nobody is.
    pub async fn roles(&self, seat: &Seat) -> Result<Vec<Role>> {
        self.seated(seat, false, async |caller, _| Ok(caller.roles.iter().map(|(_, role)| *role).collect())).await
    }

    pub fn digest(&self, purpose: vault::DigestPurpose, bytes: &[u8]) -> vault::Digest {
        self.vault.server.digest_key(purpose).digest(&[], bytes)
    }

    /// Seals a short text for a cookie; None where the machine has no randomness.
    pub fn seal_text(&self, purpose: vault::SealPurpose, context: &[u8], text: &[u8]) -> Option<String> {
        self.vault
            .server
            .seal_small(purpose, context, text)
            .ok()
            .map(|sealed| Base64UrlUnpadded::encode_string(&sealed))
    }

    /// Opens what [`Self::seal_text`] made; None for anything else.
    pub fn open_text(&self, purpose: vault::SealPurpose, context: &[u8], sealed: &str) -> Option<Vec<u8>> {
        let sealed = Base64UrlUnpadded::decode_vec(sealed).ok()?;
        self.vault.server.open_small(purpose, context, &sealed).ok().map(|text| text.to_vec())
    }

    pub fn passwords(&self) -> crate::sign_in::Passwords {
        crate::sign_in::Passwords::new(Arc::clone(&self.vault))
    }
}

/// An id that stands in an address and is no authority, but should not be guessed either.
pub(crate) fn random_id() -> Result<Uuid> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::Ended)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// The reference of a fault: what the log and the person have in common.
pub fn reference() -> String {
    random_id().map_or_else(|_| "none".to_owned(), |id| id.simple().to_string().get(..8).unwrap_or_default().to_owned())
}
