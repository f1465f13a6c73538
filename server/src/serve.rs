//! Serves: the listener, the relay, the jobs, the streams of open pages, and an orderly end.

use std::{net::SocketAddr, time::Duration};

use axum_server::{Handle, accept::NoDelayAcceptor};
use hyper_util::rt::TokioTimer;
use office::Login;
use tokio::sync::watch;

use crate::{
    checkpoints::Checkpoints,
    command::Failure,
    config::{Base, Serving},
    facilities::Facilities,
    jobs,
    live::Live,
    mail::Mailer,
    relay,
    router::router,
    sandbox::Sandbox,
    secrets::Secrets,
};

/// How long a request may take to send its head: a slow client holds a socket and nothing else.
const HEAD: Duration = Duration::from_secs(20);
/// How long running requests have when the program is told to stop.
const ENDING: Duration = Duration::from_secs(20);

/// # Errors
/// Why the program will not serve.
pub async fn serve(base: &Base, serving: &Serving) -> Result<(), Failure> {
    serving.check()?;
    // found out now, not by the first person who sends a picture
    Sandbox::new(1).probe().await?;
    let desk = Secrets::desk(
        base,
        &[Login::WebAuth, Login::WebPatient, Login::WebStaff, Login::Worker, Login::Relay, Login::AuditReader],
    )?;
    let unfit = desk.fitness().await?;
    if !unfit.is_empty() {
        for why in &unfit {
            tracing::error!("{why}");
        }
        return Err("the database is not fit to serve records".into());
    }
    let facilities = Facilities::default();
    facilities.read(&desk).await?;
    let checkpoints = Checkpoints::open(&serving.checkpoints, &Secrets::checkpoint_key(&base.secrets)?)?;
    let heads = desk.chains().await?;
    let handlers = jobs::handlers(&serving.origin, &Mailer::new(&serving.mail)?);
    let (closing, closed) = watch::channel(false);
    let live = Live::new(closed);
    let app = router(std::sync::Arc::clone(&desk), facilities.clone(), live.clone(), serving)?;

    let (ending, stop) = watch::channel(false);
    let (relay_ending, relay_stop) = watch::channel(false);
    let relay = tokio::spawn(relay::run(std::sync::Arc::clone(&desk), checkpoints, heads, relay_stop));
    let refresh = tokio::spawn(refresh(std::sync::Arc::clone(&desk), facilities, stop.clone()));
    let live = tokio::spawn(live.run(std::sync::Arc::clone(&desk), stop.clone()));
    let jobs = tokio::spawn(async move { desk.run_jobs(&handlers, stop).await });

    let handle = Handle::new();
    tokio::spawn(end_when_told(handle.clone(), closing));
    tracing::info!("serving on {} as {}", serving.address, serving.origin);
    let mut server = axum_server::bind(serving.address).acceptor(NoDelayAcceptor::new()).handle(handle);
    // not HTTP/2, which the proxy speaks to browsers: telling the two apart would wait for a silent line without end
    *server.http_builder() = server.http_builder().clone().http1_only();
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    server.serve(app.into_make_service_with_connect_info::<SocketAddr>()).await?;

    // the jobs first: what they leave on the trail and in the outbox, the relay still takes
    let _ = ending.send(true);
    let _ = tokio::join!(jobs, live, refresh);
    let _ = relay_ending.send(true);
    let _ = relay.await;
    Ok(())
}

async fn refresh(desk: std::sync::Arc<office::Desk>, facilities: Facilities, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_mins(1)) => {
                if let Err(error) = facilities.read(&desk).await {
                    tracing::warn!(?error, "the facilities stay as they were read last");
                }
            }
            _ = stop.changed() => return,
        }
    }
}

async fn end_when_told(handle: Handle<SocketAddr>, closing: watch::Sender<bool>) {
    let interrupted = tokio::signal::ctrl_c();
    let told = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! { _ = interrupted => {}, () = told => {} }
    tracing::info!("ending: requests under way have {ENDING:?}");
    // the streams of open pages would not end by themselves
    let _ = closing.send(true);
    handle.graceful_shutdown(Some(ENDING));
}
