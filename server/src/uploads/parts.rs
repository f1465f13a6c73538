//! A form's parts as they arrive. The library that finds them gathers whatever it has found no part in, so here it gets
//! only so much ahead: a body in which no part comes is given up, and is not held until its end.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    BoxError,
    body::{Body, BodyDataStream},
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError, MultipartRejection},
    },
};
use bytes::Bytes;
use futures::Stream;

/// Bytes that may be held without being given on; the heads of parts count too, so that there are only so many.
const AHEAD: usize = 1 << 20;

pub(crate) struct Parts {
    parts: Multipart,
    held: Arc<Held>,
}

/// One field, to be read to its end: what is left of it would count as held.
pub(super) struct Part<'a> {
    field: Field<'a>,
    held: &'a Held,
}

#[derive(Default)]
struct Held {
    bytes: AtomicUsize,
    /// Nothing was found since more was asked for and not given.
    stuck: AtomicBool,
}

impl Held {
    fn found(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Ordering::Relaxed);
        self.stuck.store(false, Ordering::Relaxed);
    }
}

impl<S: Send + Sync> FromRequest<S> for Parts {
    type Rejection = MultipartRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, MultipartRejection> {
        let held = Arc::new(Held::default());
        let line = |body: Body| Body::from_stream(Line { body: body.into_data_stream(), held: Arc::clone(&held) });
        let parts = Multipart::from_request(request.map(line), state).await?;
        Ok(Self { parts, held })
    }
}

impl Parts {
    /// # Errors
    /// What came is no form in parts, or its line ended.
    pub(super) async fn next(&mut self) -> Result<Option<Part<'_>>, MultipartError> {
        let Some(field) = self.parts.next_field().await? else { return Ok(None) };
        self.held.found(0);
        Ok(Some(Part { field, held: &self.held }))
    }

    /// Reads what is left and keeps nothing: a browser that still sends hears no answer.
    pub(super) async fn let_go(&mut self) {
        while let Ok(Some(part)) = self.next().await {
            part.let_go().await;
        }
    }
}

impl Part<'_> {
    pub(super) fn name(&self) -> &str {
        self.field.name().unwrap_or_default()
    }

    /// # Errors
    /// As [`Parts::next`].
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, MultipartError> {
        let chunk = self.field.chunk().await?;
        self.held.found(chunk.as_ref().map_or(0, Bytes::len));
        Ok(chunk)
    }

    pub(super) async fn let_go(mut self) {
        while let Ok(Some(_)) = self.chunk().await {}
    }
}

struct Line {
    body: BodyDataStream,
    held: Arc<Held>,
}

impl Stream for Line {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.held.bytes.load(Ordering::Relaxed) > AHEAD {
            if self.held.stuck.swap(true, Ordering::Relaxed) {
                return Poll::Ready(Some(Err("no part is found in what came".into())));
            }
            // what is held is looked through first, then more is asked for again
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let came = Pin::new(&mut self.body).poll_next(cx);
        if let Poll::Ready(Some(Ok(bytes))) = &came {
            self.held.bytes.fetch_add(bytes.len(), Ordering::Relaxed);
        }
        came.map_err(Into::into)
    }
}

#[cfg(test)]
mod tests {
    use axum::{extract::DefaultBodyLimit, http::header};
    use futures::{StreamExt as _, stream};

    use super::*;

    const CHUNK: usize = 64 << 10;
    const HEAD: &str = "--x\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a\"\r\n\r\n";

    /// A body that never lets its reader wait, and how much of it was asked for.
    async fn sent(start: &str, then: &str, times: usize) -> (Parts, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let end = std::iter::once("\r\n--x--\r\n".to_owned());
        let chunks = std::iter::once(start.to_owned()).chain(std::iter::repeat_n(then.to_owned(), times)).chain(end);
        let body = stream::iter(chunks.collect::<Vec<_>>()).map(move |chunk| {
            count.fetch_add(chunk.len(), Ordering::Relaxed);
            Ok::<_, BoxError>(chunk)
        });
        let request = Request::post("/").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        let mut request = request.body(Body::from_stream(body)).unwrap();
        DefaultBodyLimit::disable().apply(&mut request);
        (Parts::from_request(request, &()).await.unwrap(), asked)
    }

    #[tokio::test]
    async fn a_body_in_which_no_part_comes_is_given_up() {
        for start in ["", "--x\r\nContent-Disposition: form-data"] {
            let (mut parts, asked) = sent(start, &"0".repeat(CHUNK), 1000).await;
            assert!(parts.next().await.is_err(), "{start}");
            let asked = asked.load(Ordering::Relaxed);
            assert!(asked <= AHEAD + 2 * CHUNK, "{start}: {asked} bytes were taken");
        }
    }

    #[tokio::test]
    async fn parts_without_end_are_given_up() {
        let (mut parts, asked) = sent("", &format!("{HEAD}\r\n"), 1_000_000).await;
        while let Ok(Some(part)) = parts.next().await {
            part.let_go().await;
        }
        assert!(asked.load(Ordering::Relaxed) <= 2 * AHEAD);
    }

    #[tokio::test]
    async fn a_long_file_on_a_quick_line_comes_to_its_end_and_is_never_held_whole() {
        const TIMES: usize = 200;
        let (mut parts, asked) = sent(HEAD, &"0".repeat(CHUNK), TIMES).await;
        let mut part = parts.next().await.unwrap().unwrap();
        let mut given = 0;
        while let Some(chunk) = part.chunk().await.unwrap() {
            given += chunk.len();
            assert!(asked.load(Ordering::Relaxed) - given <= AHEAD + 2 * CHUNK);
        }
        assert_eq!(given, TIMES * CHUNK);
    }
}
