//! Connections: accepting them, serving HTTP/1.1 on them, and cutting them where a fault says so.
//!
//! Exists apart from the router because a real cut is something no status code can stand for: the client must see the
//! connection end before, within or after a reply.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body as HttpBody, Bytes};
use axum::http::header::{CONNECTION, CONTENT_LENGTH};
use axum::http::{HeaderValue, Request, Response, Uri};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::{Instant, Sleep, sleep};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::serve::{Cut, Dribble};
use crate::state::State;

/// The error that makes the HTTP library drop a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the connection is cut by a fault")]
struct Severed;

/// Accepts connections until the sandbox stops.
pub async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router, state: Arc<State>) {
    loop {
        let stream = tokio::select! {
            () = state.stop.cancelled() => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // One connection that could not be taken must not end the others.
                Err(_) => continue,
            },
        };
        // Small replies must not wait for acknowledgements; without it everything still works.
        let _ = stream.set_nodelay(true);
        let (tls, router, state) = (tls.clone(), router.clone(), Arc::clone(&state));
        tokio::spawn(async move {
            match tls {
                None => serve(stream, router, state).await,
                Some(acceptor) => {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        serve(stream, router, state).await;
                    }
                }
            }
        });
    }
}

async fn serve<S>(stream: S, router: Router, state: Arc<State>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let finished = Arc::new(Notify::new());
    let service = {
        let (state, finished) = (Arc::clone(&state), Arc::clone(&finished));
        service_fn(move |request| answer(request, router.clone(), Arc::clone(&state), Arc::clone(&finished)))
    };
    let mut recycle = state.recycle.subscribe();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = state.stop.cancelled() => return,
        () = finished.notified() => {}
        _ = recycle.changed() => {}
    }
    // The reply under way is finished, then the connection is closed.
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        _ = connection => {}
        () = state.stop.cancelled() => {}
    }
}

async fn answer(
    request: Request<Incoming>,
    router: Router,
    state: Arc<State>,
    finished: Arc<Notify>,
) -> Result<Response<ReplyBody>, Severed> {
    let request = with_clean_path(request.map(HttpBody::new));
    let response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => {
            let never: Infallible = never;
            match never {}
        }
    };
    let cut = response.extensions().get::<Cut>().copied();
    let dribble = response.extensions().get::<Dribble>().copied();
    let (mut head, body) = response.into_parts();
    let bytes = body.collect().await.map_err(|_| Severed)?.to_bytes();
    if state.faults().may_close_without_reply() {
        head.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let body = match cut {
        Some(Cut::Before) => return Err(Severed),
        Some(Cut::During) => {
            head.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
            ReplyBody::half_of(bytes)
        }
        Some(Cut::After) => ReplyBody {
            next: Some(bytes),
            end: End::Last(finished),
        },
        None => match dribble {
            Some(Dribble(time)) => ReplyBody::in_pieces(&bytes, time),
            None => ReplyBody {
                next: Some(bytes),
                end: End::Kept,
            },
        },
    };
    Ok(Response::from_parts(head, body))
}

/// Collapses double slashes and drops a last one: clients send them and get by (lever-api §4.9).
fn with_clean_path(mut request: Request<HttpBody>) -> Request<HttpBody> {
    let path = request.uri().path();
    if !path.contains("//") && (path.len() == 1 || !path.ends_with('/')) {
        return request;
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let clean = match request.uri().query() {
        None => format!("/{}", parts.join("/")),
        Some(query) => format!("/{}?{query}", parts.join("/")),
    };
    if let Ok(uri) = clean.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

/// How a reply's body ends.
enum End {
    /// Like any other.
    Kept,
    /// With the connection: the holder is told when the last byte was handed over.
    Last(Arc<Notify>),
    /// Like any other, but late: after a pause before each further piece.
    Dribbled {
        rest: VecDeque<Bytes>,
        pause: Duration,
        sleep: Pin<Box<Sleep>>,
    },
    /// Too early. Counts how often the library is still to be given time to send what it has.
    Severed(u8),
}

/// Pieces of a body that dribbles.
const PIECES: u32 = 16;

/// The body of a reply: one piece, and an end.
struct ReplyBody {
    next: Option<Bytes>,
    end: End,
}

impl ReplyBody {
    /// A body that takes this time.
    fn in_pieces(bytes: &Bytes, time: Duration) -> Self {
        let size = bytes.len().div_ceil(usize::try_from(PIECES).unwrap_or(1)).max(1);
        let mut rest: VecDeque<Bytes> = bytes.chunks(size).map(|piece| bytes.slice_ref(piece)).collect();
        let pause = time / PIECES;
        Self {
            next: rest.pop_front(),
            end: End::Dribbled {
                rest,
                pause,
                sleep: Box::pin(sleep(pause)),
            },
        }
    }

    fn half_of(bytes: Bytes) -> Self {
        let half = bytes.len() / 2;
        Self {
            next: Some(bytes.slice(..half)),
            end: End::Severed(2),
        }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = Severed;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Severed>>> {
        if let Some(bytes) = self.next.take()
            && !bytes.is_empty()
        {
            if let End::Last(finished) = &self.end {
                finished.notify_one();
            }
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match &mut self.end {
            End::Kept => Poll::Ready(None),
            End::Last(finished) => {
                finished.notify_one();
                Poll::Ready(None)
            }
            End::Dribbled { rest, .. } if rest.is_empty() => Poll::Ready(None),
            End::Dribbled { rest, pause, sleep } => {
                std::task::ready!(sleep.as_mut().poll(context));
                sleep.as_mut().reset(Instant::now() + *pause);
                Poll::Ready(rest.pop_front().map(|piece| Ok(Frame::data(piece))))
            }
            End::Severed(0) => Poll::Ready(Some(Err(Severed))),
            End::Severed(rounds) => {
                // A pending body makes the library send what it holds before it asks again.
                *rounds = rounds.saturating_sub(1);
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        let more = match &self.end {
            End::Severed(_) => true,
            End::Dribbled { rest, .. } => !rest.is_empty(),
            End::Kept | End::Last(_) => false,
        };
        self.next.as_ref().is_none_or(Bytes::is_empty) && !more
    }

    fn size_hint(&self) -> SizeHint {
        let next = self.next.as_ref().map_or(0, Bytes::len);
        let exact = |bytes: usize| SizeHint::with_exact(u64::try_from(bytes).unwrap_or(0));
        match &self.end {
            End::Severed(_) => SizeHint::default(),
            End::Dribbled { rest, .. } => exact(next + rest.iter().map(Bytes::len).sum::<usize>()),
            End::Kept | End::Last(_) => exact(next),
        }
    }
}
