//! The host's traits over web interfaces: `Date`, timers, `Math.random`, `fetch`, and the worker's vault.

use std::rc::Rc;

use futures::FutureExt;
use futures::future::{Either, LocalBoxFuture, select};
use tsify::Ts;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::CoreHost;
use crate::export::resume::ResumeContent;
use crate::host::{
    Chance, Clock, FormContent, FormPart, Host, HttpBody, HttpReply, HttpRequest, ResumeMaker, ResumeNotMade,
    SecretError, SecretStore, Sleeper, Transport, TransportError,
};
use crate::text::Millis;

/// The worker's host.
pub fn host(page: CoreHost) -> Host {
    Host {
        clock: Rc::new(WebClock),
        sleeper: Rc::new(WebSleeper),
        chance: Rc::new(WebChance),
        secrets: Rc::new(Vault(page.clone().unchecked_into())),
        transport: Rc::new(Fetch),
        resumes: Rc::new(Desk(page)),
    }
}

struct WebClock;

impl Clock for WebClock {
    fn now(&self) -> Millis {
        Millis(js_sys::Date::now() as i64)
    }

    fn running(&self) -> Millis {
        let performance = js_sys::global()
            .dyn_into::<web_sys::WorkerGlobalScope>()
            .ok()
            .and_then(|worker| worker.performance());
        performance.map_or_else(|| self.now(), |performance| Millis(performance.now() as i64))
    }
}

struct WebSleeper;

impl Sleeper for WebSleeper {
    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        gloo_timers::future::TimeoutFuture::new(milliseconds).boxed_local()
    }

    /// By a message to oneself, which stands in line behind the messages that are there: a timer of 0 ms is made 4 ms long
    /// after a few in a row.
    fn breathe(&self) -> LocalBoxFuture<'static, ()> {
        async {
            let Ok(channel) = web_sys::MessageChannel::new() else {
                return;
            };
            let heard = js_sys::Promise::new(&mut |resolve, _| {
                channel.port1().set_onmessage(Some(&resolve));
            });
            if channel.port2().post_message(&JsValue::NULL).is_ok() {
                // It never rejects.
                let _ = JsFuture::from(heard).await;
            }
            channel.port1().close();
        }
        .boxed_local()
    }
}

struct WebChance;

impl Chance for WebChance {
    fn draw(&self) -> f64 {
        js_sys::Math::random()
    }
}

struct Vault(CoreHost);

impl SecretStore for Vault {
    fn load(&self) -> LocalBoxFuture<'_, Result<Option<String>, SecretError>> {
        async {
            let text = self.0.load_secret().await.map_err(|_| SecretError)?;
            Ok(text.as_string())
        }
        .boxed_local()
    }

    fn save(&self, secret: String) -> LocalBoxFuture<'_, Result<(), SecretError>> {
        async {
            self.0.save_secret(secret).await.map_err(|_| SecretError)?;
            Ok(())
        }
        .boxed_local()
    }

    fn erase(&self) -> LocalBoxFuture<'_, Result<(), SecretError>> {
        async {
            self.0.erase_secret().await.map_err(|_| SecretError)?;
            Ok(())
        }
        .boxed_local()
    }
}

struct Desk(CoreHost);

impl ResumeMaker for Desk {
    fn make(&self, content: ResumeContent) -> LocalBoxFuture<'_, Result<Vec<u8>, ResumeNotMade>> {
        async move {
            let content = Ts::from_rust(&content).map_err(|_| ResumeNotMade)?;
            let bytes = self.0.make_resume(content.into()).await.map_err(|_| ResumeNotMade)?;
            let bytes = bytes.dyn_into::<js_sys::Uint8Array>().map_err(|_| ResumeNotMade)?;
            Ok(bytes.to_vec())
        }
        .boxed_local()
    }
}

struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: HttpRequest) -> LocalBoxFuture<'_, Result<HttpReply, TransportError>> {
        async move {
            // Too late or no longer wanted: the request is taken back, not left running.
            let controller = web_sys::AbortController::new().map_err(|_| TransportError::Unreachable)?;
            let mut aborter = AbortOnDrop(Some(controller.clone()));
            let timeout = gloo_timers::future::TimeoutFuture::new(request.timeout);
            let sending = fetch(request, controller.signal()).boxed_local();
            match select(sending, timeout).await {
                Either::Left((reply, _)) => {
                    aborter.0 = None;
                    reply
                }
                Either::Right(((), _)) => Err(TransportError::TimedOut),
            }
        }
        .boxed_local()
    }
}

/// A request that has ended has nothing to abort.
struct AbortOnDrop(Option<web_sys::AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// `fetch` tells no more than that it failed, so a request without a reply always counts as possibly received, unless the
/// machine itself knows that it is offline.
async fn fetch(request: HttpRequest, signal: web_sys::AbortSignal) -> Result<HttpReply, TransportError> {
    let worker: web_sys::WorkerGlobalScope = js_sys::global().dyn_into().map_err(|_| TransportError::Unreachable)?;
    if !worker.navigator().on_line() {
        return Err(TransportError::Unreachable);
    }
    let init = web_sys::RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_signal(Some(&signal));
    init.set_cache(web_sys::RequestCache::NoStore);
    init.set_credentials(web_sys::RequestCredentials::Omit);
    init.set_redirect(web_sys::RequestRedirect::Manual);
    (|| {
        let headers = web_sys::Headers::new()?;
        headers.set("accept", "application/json")?;
        if let Some(authorization) = &request.authorization {
            headers.set("authorization", authorization)?;
        }
        match &request.body {
            None => {}
            Some(HttpBody::Json(text)) => {
                headers.set("content-type", "application/json")?;
                init.set_body(&JsValue::from_str(text));
            }
            Some(HttpBody::Form(text)) => {
                headers.set("content-type", "application/x-www-form-urlencoded")?;
                init.set_body(&JsValue::from_str(text));
            }
            Some(HttpBody::Multipart(parts)) => init.set_body(&JsValue::from(form(parts)?)),
        }
        init.set_headers(&headers);
        Ok::<_, JsValue>(())
    })()
    .map_err(|_| TransportError::Unreachable)?;
    let reply: web_sys::Response = JsFuture::from(worker.fetch_with_str_and_init(&request.url, &init))
        .await
        .and_then(JsCast::dyn_into)
        .map_err(|_| TransportError::Broken)?;
    let header = |name: &str| reply.headers().get(name).ok().flatten();
    let date = header("date")
        .map(|text| js_sys::Date::parse(&text))
        .filter(|milliseconds| milliseconds.is_finite())
        .map(|milliseconds| Millis(milliseconds as i64));
    let retry_after = header("retry-after").and_then(|text| text.trim().parse().ok());
    let media_type = header("content-type");
    // The browser hides where a redirect would have gone, and its status.
    let status = if reply.type_() == web_sys::ResponseType::Opaqueredirect {
        FOUND
    } else {
        reply.status()
    };
    let bytes = reply.array_buffer().map_err(|_| TransportError::Broken)?;
    let bytes = JsFuture::from(bytes).await.map_err(|_| TransportError::Broken)?;
    let body = js_sys::Uint8Array::new(&bytes).to_vec();
    Ok(HttpReply {
        status,
        body,
        media_type,
        date,
        retry_after,
    })
}

/// Stands for every redirect's status.
const FOUND: u16 = 302;

fn form(parts: &[FormPart]) -> Result<web_sys::FormData, JsValue> {
    let form = web_sys::FormData::new()?;
    for part in parts {
        match &part.content {
            FormContent::Text(text) => form.append_with_str(&part.name, text)?,
            FormContent::File {
                file_name,
                media_type,
                bytes,
            } => {
                let kind = web_sys::BlobPropertyBag::new();
                kind.set_type(media_type);
                let pieces = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes.as_ref()));
                let file = web_sys::Blob::new_with_u8_array_sequence_and_options(&pieces, &kind)?;
                form.append_with_blob_and_filename(&part.name, &file, file_name)?;
            }
        }
    }
    Ok(form)
}
