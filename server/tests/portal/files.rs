//! Files in parts. A browser hears an answer only once it has sent everything, so that whatever the answer is, all is read.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::caller::Side;
use futures::{StreamExt as _, stream};

use crate::{
    people::Hospital,
    visitor::{Visitor, portal},
};

/// 43 characters that name no request.
const NONE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A photo as it comes over a line, part by part, and whether its end was asked for.
fn photo() -> (Body, Arc<AtomicBool>) {
    let part = |name: &str| format!("\r\n--x\r\nContent-Disposition: form-data; name=\"{name}\"");
    let token = format!("{}\r\n\r\n{}", part("token"), "0".repeat(128));
    let picture = format!("{}; filename=\"card.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n", part("picture"));
    let sent = [token.into_bytes(), picture.into_bytes(), vec![0xff; 1 << 20], b"\r\n--x--\r\n".to_vec()];
    let asked = Arc::new(AtomicBool::new(false));
    let all = Arc::clone(&asked);
    let line = stream::iter(sent).then(move |part| {
        let all = Arc::clone(&all);
        async move {
            tokio::task::yield_now().await;
            if part.starts_with(b"\r\n--x--") {
                all.store(true, Ordering::Relaxed);
            }
            Ok::<_, std::io::Error>(part)
        }
    });
    (Body::from_stream(line), asked)
}

/// Where a photo leads that is sent here, once all of it was read.
async fn sends(visitor: &mut Visitor, path: &str) -> Option<String> {
    let (photo, all) = photo();
    let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    let answer = visitor.ask(request, photo).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
    assert!(all.load(Ordering::Relaxed), "{path}: answered while the browser still sends");
    answer.location
}

#[tokio::test]
async fn a_photo_is_read_to_its_end_though_it_is_not_taken() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let evidence = format!("/requests/{NONE}/evidence");
    let sign_in = |page: &str| format!("/sign-in?next={page}");

    let mut nobody = Visitor::new(&portal).await;
    assert_eq!(sends(&mut nobody, &evidence).await, Some(sign_in(&evidence)));
    assert_eq!(sends(&mut nobody, "/requests/none/evidence").await.as_deref(), Some("/requests"));
    assert!(sends(&mut nobody, "/front-desk/forms").await.unwrap().starts_with("/staff/sign-in"));

    let mut ana = Visitor::signed_in(&portal, "ana.ruiz@mail.example", Side::Patient).await;
    assert_eq!(sends(&mut ana, &evidence).await, Some(evidence.clone()), "what is not hers does not exist");
    let over = "update auth.session set idle_until = now() - interval '1 minute'";
    hospital.at.says("postgres", over).await.unwrap();
    let to = sends(&mut ana, &evidence).await.unwrap();
    assert!(to.starts_with(&sign_in(&evidence)), "{to}");
}
