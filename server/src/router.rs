//! Every address there is: the pages and server functions that leptos lists, the few routes that set cookies or carry
//! bytes, and the browser's files under the hash of what they are.

use std::{path::Path, sync::Arc};

use app::{
    App,
    around::{Around, Place, Side as AroundSide, SignedIn},
    desk::Visit,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler as _,
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version, header, request::Parts},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};
use office::{Desk, sign_in::Passwords};
use sha2::{Digest, Sha256};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::CsrfLayer,
    services::ServeDir,
    set_header::SetResponseHeaderLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    config::{ConfigError, Serving},
    downloads, evidence,
    facilities::Facilities,
    front_door::{self, Door, Names},
    live::{self, Live},
    page_images::{self, Pictures},
    sandbox::Sandbox,
    sessions::Store,
    sign_in, uploads,
};

/// Of a session whose cookie does not say: no session ends sooner.
const IDLE_SECONDS: u32 = 10 * 60;
/// An act lengthens a session no oftener than once a minute, so it may end this much sooner after the last one.
const LENGTHENED_AFTER: u32 = 60;

/// What the routes share.
#[derive(Clone)]
pub struct Served {
    pub desk: Arc<Desk>,
    pub passwords: Arc<Passwords>,
    pub names: Names,
    pub facilities: Facilities,
    pub live: Live,
    /// Patients' pictures, staff's scans and the pages of a check: nobody waits for whoever does another of these.
    pub picture_sandbox: Arc<Sandbox>,
    pub scan_sandbox: Arc<Sandbox>,
    pub page_sandbox: Arc<Sandbox>,
    pub(crate) pictures: Arc<Pictures>,
    site: app::desk::Site,
    options: LeptosOptions,
}

impl axum::extract::FromRef<Served> for LeptosOptions {
    fn from_ref(served: &Served) -> Self {
        served.options.clone()
    }
}

/// Why there is nothing to serve.
#[derive(Debug, thiserror::Error)]
pub enum RouterError {
    #[error("the site's folder has no pkg/frontend_bg.wasm: {0}")]
    Site(#[from] std::io::Error),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("the origin is no origin")]
    Origin,
}

/// Registers the routes that are not leptos' own and lists them, so that a test can ask who may use each.
macro_rules! own_routes {
    ($($method:ident $path:literal => $handler:expr;)*) => {
        /// Method and path of every route beside the pages and server functions that leptos lists itself.
        pub const OWN_ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),*];

        fn own_routes() -> Router<Served> {
            Router::new()$(.route($path, $method($handler)))*
        }
    };
}

own_routes! {
    post "/sign-in" => sign_in::sign_in;
    post "/sign-out" => sign_in::sign_out;
    post "/register" => sign_in::register;
    post "/account/open" => sign_in::open_account;
    post "/language" => sign_in::language;
    post "/stay" => sign_in::stay;
    post "/requests/{request}/evidence" => uploads::send_evidence.layer(DefaultBodyLimit::max(uploads::BODY));
    post "/front-desk/forms" => uploads::send_form.layer(DefaultBodyLimit::max(uploads::BODY));
    get "/live/{request}" => live::live;
    get "/evidence/{facility}/{opening}" => evidence::evidence;
    get "/copies/{facility}/{opening}" => downloads::copy;
    get "/page-images/{facility}/{copy}/{index}/{page}" => page_images::page_image;
    get "/health" => health;
}

/// The whole program behind one address.
///
/// # Errors
/// A site folder without the browser's files, an origin that is none.
pub fn router(desk: Arc<Desk>, facilities: Facilities, live: Live, serving: &Serving) -> Result<Router, RouterError> {
    let options =
        LeptosOptions::builder().output_name("frontend").site_root(serving.site.display().to_string()).build();
    let root = version(&serving.site)?;
    let names = Names::new(serving.secure());
    let served = Served {
        passwords: Arc::new(desk.passwords()),
        names,
        facilities,
        live,
        // one of each at once: it may take a gigabyte or two. Packages are built beside them, by the jobs, one at a time
        picture_sandbox: Arc::new(Sandbox::new(1)),
        scan_sandbox: Arc::new(Sandbox::new(1)),
        page_sandbox: Arc::new(Sandbox::new(1)),
        pictures: Arc::default(),
        site: app::desk::Site { origin: serving.origin.as_str().into() },
        options: options.clone(),
        desk: Arc::clone(&desk),
    };

    let files = Router::new()
        .fallback_service(ServeDir::new(&serving.site).precompressed_br().precompressed_gzip())
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, |file: &Response| {
            (file.status().is_success() || file.status() == StatusCode::NOT_MODIFIED)
                .then_some(HeaderValue::from_static("public, max-age=31536000, immutable"))
        }));
    let sessions = SessionManagerLayer::new(Store::new(Arc::clone(&desk)))
        .with_name(names.session())
        .with_secure(serving.secure())
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnSessionEnd);
    let csrf = CsrfLayer::new().add_trusted_origin(&serving.origin).map_err(|_| RouterError::Origin)?;

    let context = {
        let served = served.clone();
        move || provide(&served)
    };
    let pages = Router::new()
        .leptos_routes_with_context(&served, generate_route_list(App), context, {
            let options = options.clone();
            move || app::shell(options.clone(), root)
        })
        .merge(own_routes())
        .fallback(leptos_axum::file_and_error_handler_with_context::<Served, _>(
            {
                let served = served.clone();
                move || provide(&served)
            },
            {
                let options = options.clone();
                move |_| app::shell(options.clone(), root)
            },
        ))
        .with_state(served)
        .layer(middleware::from_fn_with_state(Door { desk, names, proxies: serving.proxies }, front_door::front_door))
        .layer(sessions)
        .layer(csrf)
        .layer(CatchPanicLayer::new())
        .layer(compression());
    // outside of everything, since what a layer answers itself is an answer too
    let secure = serving.secure();
    let sealed = middleware::map_response(move |mut response: Response| {
        front_door::seal(response.headers_mut(), secure);
        std::future::ready(response)
    });
    Ok(Router::new().nest(root, files).merge(pages).layer(sealed))
}

/// Pages are compressed as they go out, lightly: the form token in them is masked anew each time (BREACH). Bytes that
/// are compressed already, and streams that must not wait, are left alone; so are files, whatever their kind: their
/// length is said before, and a part of one must fit the rest.
fn compression() -> CompressionLayer<impl Predicate> {
    let sorts = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("text/event-stream"))
        .and(|_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
            !headers.contains_key(header::CONTENT_DISPOSITION)
        });
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(sorts)
}

/// What a page finds around it.
fn provide(served: &Served) {
    provide_context(Arc::clone(&served.desk));
    provide_context(served.site.clone());
    if let Some(nonce) = leptos::nonce::use_nonce()
        && let Some(response) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(&front_door::policy(&nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, value);
    }
    let Some(visit) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visit>().cloned()) else { return };
    provide_context(visit.said.clone().unwrap_or_default());
    provide_context(Around {
        language: visit.language,
        facility: served.facilities.around(visit.language),
        demo: served.facilities.demo(),
        signed_in: signed_in(&visit),
        token: visit.token,
        address: app::desk::address(),
    });
}

/// How the header speaks to whoever has a session; whether it still lives is asked in the page's own act.
fn signed_in(visit: &Visit) -> Option<SignedIn> {
    visit.seat.as_ref()?;
    let at = visit.places.iter().copied().find(|place| visit.path.starts_with(place.address()));
    let side = if visit.places.iter().any(|place| *place != Place::Requests) {
        AroundSide::Staff
    } else {
        AroundSide::Patient
    };
    let seconds_left = visit.idle_seconds.unwrap_or(IDLE_SECONDS).saturating_sub(LENGTHENED_AFTER);
    Some(SignedIn { side, seconds_left, places: visit.places.clone(), at })
}

/// The address under which the browser's files never change: a hash of all of them.
fn version(site: &Path) -> std::io::Result<&'static str> {
    let mut hash = Sha256::new();
    for file in ["pkg/frontend_bg.wasm", "pkg/frontend.js", "pkg/frontend.css"] {
        hash.update(std::fs::read(site.join(file))?);
    }
    let version = hash.finalize().iter().take(8).fold(String::from("/v/"), |text, byte| text + &format!("{byte:02x}"));
    Ok(Box::leak(version.into_boxed_str()))
}

/// The balancer's question: this server answers, and so does its database.
async fn health(axum::extract::State(served): axum::extract::State<Served>) -> impl IntoResponse {
    match served.desk.serves_pages().await {
        Ok(true) => (StatusCode::OK, "ok"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "away"),
    }
}
