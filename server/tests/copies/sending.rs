//! How a released copy goes out, and how a checker sees its pages: over the program's own routes.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::caller::{Role, Side};
use futures::StreamExt as _;
use office::{Seat, requests::OpenCopy, worklist::LookAtCheck};
use tower::ServiceExt as _;

use crate::{
    bundles::{attached, bundle, chart},
    case::Case,
    files::sha256,
    made::{Made, said},
    runner::{self, Test},
    visitor::portal,
};

pub(crate) fn tests() -> Vec<Test> {
    runner::tests![
        a_released_copy_is_downloaded_whole_in_parts_and_from_any_place,
        a_sign_out_or_an_ended_opening_stops_a_download_under_way,
        a_checker_sees_pages_as_pictures_and_only_while_the_openings_hold,
    ]
}

const PATIENT: &str = "ana.ruiz@mail.example";

/// A scan of about a megabyte, so that a download takes several steps.
fn scan() -> Vec<u8> {
    let mut made = Made::new();
    let noise: Vec<u8> = (0..1_u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0]).collect();
    let image = lopdf::dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1024, "Height" => 1024,
    "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
    let image = made.doc.add_object(lopdf::Stream::new(image, noise));
    let resources = lopdf::dictionary! { "XObject" => lopdf::dictionary! { "P" => image } };
    made.page("q 612 0 0 792 0 0 cm /P Do Q", lopdf::dictionary! { "Resources" => resources });
    made.page(&said(&["the back of it"]), lopdf::Dictionary::new());
    made.bytes()
}

async fn built() -> Case {
    let mut resources = chart("ana", "Feels well.");
    resources.push(attached("scan", "ana", "visit-ana", "application/pdf", &scan()));
    let case = Case::asked(&[bundle(resources)]).await;
    assert_eq!(case.build().await, "built");
    case
}

/// Somebody's browser.
struct Browser {
    portal: Router,
    cookie: String,
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Got {
    fn says(&self, name: header::HeaderName) -> &str {
        self.headers.get(&name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

impl Browser {
    async fn begins(
        &self,
        method: Method,
        path: &str,
        more: &[(header::HeaderName, &str)],
    ) -> axum::response::Response {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::COOKIE, format!("sid={}", self.cookie))
            .header(header::ACCEPT, "text/html");
        for (name, value) in more {
            request = request.header(name, *value);
        }
        self.portal.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    async fn gets(&self, path: &str, more: &[(header::HeaderName, &str)]) -> Got {
        let (parts, body) = self.begins(Method::GET, path, more).await.into_parts();
        let body = axum::body::to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Got { status: parts.status, headers: parts.headers, body }
    }
}

/// The patient's browser, and the address of a file of the copy that they opened.
async fn opened(case: &Case, role: &str) -> (Browser, Seat, String) {
    let portal = portal(&case.hospital).await;
    let (seat, cookie) = case.browser(PATIENT, Side::Patient).await;
    let position = case.files().await.into_iter().find(|file| file.role == role).unwrap().position;
    let act = OpenCopy::parse(&case.id, &position).unwrap();
    let opening = case.hospital.desk().perform(seat.clone(), None, act).await.unwrap();
    (Browser { portal, cookie }, seat, format!("/copies/{}/{}", opening.facility, opening.opening))
}

/// As a recall does; without the trail's entry, which only its act can write.
async fn end_openings(case: &Case) {
    let end = "set session_replication_role = replica; update app.opening set ended_at = now() returning 'ended'";
    assert!(!case.says(end).await.is_empty());
}

async fn a_released_copy_is_downloaded_whole_in_parts_and_from_any_place() {
    let case = built().await;
    case.release().await;
    let (browser, _, address) = opened(&case, "copy").await;
    let kept = case.bytes("copy").await;
    assert!(kept.len() > 1 << 20);

    let whole = browser.gets(&address, &[(header::ACCEPT_ENCODING, "br, gzip")]).await;
    assert_eq!((whole.status, sha256(&whole.body)), (StatusCode::OK, sha256(&kept)));
    assert_eq!(whole.says(header::CONTENT_TYPE), "application/pdf");
    assert!(whole.says(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"copy.pdf\""));
    assert_eq!(whole.says(header::CONTENT_LENGTH), kept.len().to_string());
    assert_eq!(whole.says(header::ACCEPT_RANGES), "bytes");
    assert_eq!(whole.says(header::CACHE_CONTROL), "no-store");
    assert_eq!(whole.says(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(whole.says(header::CONTENT_ENCODING), "", "as it is kept");
    assert!(whole.says(header::CONTENT_SECURITY_POLICY).starts_with("sandbox; default-src 'none'"));

    let head = browser.begins(Method::HEAD, &address, &[]).await;
    assert_eq!(head.headers()[header::CONTENT_LENGTH], kept.len().to_string());
    assert_eq!(axum::body::to_bytes(head.into_body(), 1).await.unwrap().len(), 0);

    let tag = whole.says(header::ETAG).to_owned();
    let (from, to) = (300_000, 700_123);
    let asked = format!("bytes={from}-{to}");
    let part = browser.gets(&address, &[(header::RANGE, &asked), (header::IF_RANGE, &tag)]).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.says(header::CONTENT_RANGE), format!("bytes {from}-{to}/{}", kept.len()));
    assert_eq!(part.says(header::CONTENT_LENGTH), (to - from + 1).to_string());
    assert!(part.body == kept[from..=to], "the very bytes");
    let end = browser.gets(&address, &[(header::RANGE, "bytes=-77")]).await;
    assert!(end.body == kept[kept.len() - 77..]);
    let changed = browser.gets(&address, &[(header::RANGE, &asked), (header::IF_RANGE, "\"another\"")]).await;
    assert_eq!((changed.status, changed.body.len()), (StatusCode::OK, kept.len()));
    let beyond = browser.gets(&address, &[(header::RANGE, &format!("bytes={}-", kept.len()))]).await;
    assert_eq!((beyond.status, beyond.body.len()), (StatusCode::RANGE_NOT_SATISFIABLE, 0));
    assert_eq!(beyond.says(header::CONTENT_RANGE), format!("bytes */{}", kept.len()));

    // a later opening, and the half that was missing fits the half that was there
    let (later, _, again) = opened(&case, "copy").await;
    assert_ne!(again, address);
    let half = kept.len() / 2;
    let rest = later.gets(&again, &[(header::RANGE, &format!("bytes={half}-")), (header::IF_RANGE, &tag)]).await;
    assert!([&whole.body[..half], &rest.body].concat() == kept);

    // nobody else's
    case.hospital.patient("Ben Smith").await;
    let (_, cookie) = case.browser("ben.smith@mail.example", Side::Patient).await;
    let stranger = Browser { portal: browser.portal.clone(), cookie };
    let refused = stranger.gets(&address, &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(String::from_utf8(refused.body).unwrap().contains("We cannot find that page"));
}

async fn a_sign_out_or_an_ended_opening_stops_a_download_under_way() {
    let case = built().await;
    case.release().await;
    let kept = u64::try_from(case.bytes("copy").await.len()).unwrap();
    let endings: [&str; 2] = ["sign out", "end the opening"];
    for ending in endings {
        let (browser, seat, address) = opened(&case, "copy").await;
        let mut body = browser.begins(Method::GET, &address, &[]).await.into_body().into_data_stream();
        let mut arrived = body.next().await.unwrap().unwrap().len() as u64;
        assert!(arrived < kept / 2, "the first step is not the whole");
        if ending == "sign out" {
            case.hospital.desk().end_session(&seat).await.unwrap();
        } else {
            end_openings(&case).await;
        }
        let stopped = loop {
            match body.next().await {
                Some(Ok(bytes)) => arrived += bytes.len() as u64,
                Some(Err(_)) => break true,
                None => break false,
            }
        };
        assert!(stopped && arrived < kept, "{ending}: {arrived} of {kept} bytes came");
        let after = browser.gets(&address, &[]).await;
        if ending == "sign out" {
            assert_eq!(after.status, StatusCode::SEE_OTHER);
            assert_eq!(after.says(header::LOCATION), "/sign-in?next=/requests");
        } else {
            assert_eq!(after.status, StatusCode::NOT_FOUND);
        }
    }
}

async fn a_checker_sees_pages_as_pictures_and_only_while_the_openings_hold() {
    let case = built().await;
    let portal = portal(&case.hospital).await;
    let (seat, cookie) = case.browser("marcus.clerk@riverside.example", Side::Staff).await;
    let browser = Browser { portal, cookie };
    let look = LookAtCheck::parse(&case.id, "1").unwrap();
    let page = case.hospital.desk().perform(seat, None, look).await.unwrap();
    let picture = page.page.picture;
    for n in 1..=page.pages {
        let got = browser.gets(&picture.address(n), &[]).await;
        assert_eq!((got.status, got.says(header::CONTENT_TYPE)), (StatusCode::OK, "image/png"), "page {n}");
        assert_eq!(got.says(header::CACHE_CONTROL), "private, no-store");
        assert_eq!(got.body[16..20], 1200_u32.to_be_bytes());
    }
    let first = browser.gets(&picture.address(1), &[]).await;
    assert_eq!(browser.gets(&picture.address(1), &[]).await.body, first.body, "back shows the same");
    for nothing in ["0", "9999", "-1", "x"] {
        let address = picture.address(1);
        let address = format!("{}/{nothing}", address.rsplit_once('/').unwrap().0);
        assert_eq!(browser.gets(&address, &[]).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    case.hospital.staff("Priya Clerk", Role::Clerk).await;
    let (_, cookie) = case.browser("priya.clerk@riverside.example", Side::Staff).await;
    let colleague = Browser { portal: browser.portal.clone(), cookie };
    let refused = colleague.gets(&picture.address(1), &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "an opening is one session's");
    end_openings(&case).await;
    let ended = browser.gets(&picture.address(1), &[]).await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND, "a picture that is kept is not shown either");
}
