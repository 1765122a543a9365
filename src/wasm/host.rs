//! The host's traits over web interfaces: `Date`, timers, `Math.random`, `fetch`, and the worker's vault.

use std::rc::Rc;

use futures::FutureExt;
use futures::future::{Either, LocalBoxFuture, select};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::CoreHost;
use crate::host::{
    Chance, Clock, Host, HttpReply, HttpRequest, SecretError, SecretStore, Sleeper, Transport, TransportError,
};
use crate::text::Millis;

/// The worker's host.
pub fn host(page: CoreHost) -> Host {
    Host {
        clock: Rc::new(WebClock),
        sleeper: Rc::new(WebSleeper),
        chance: Rc::new(WebChance),
        secrets: Rc::new(Vault(page)),
        transport: Rc::new(Fetch),
    }
}

struct WebClock;

impl Clock for WebClock {
    fn now(&self) -> Millis {
        Millis(js_sys::Date::now() as i64)
    }
}

struct WebSleeper;

impl Sleeper for WebSleeper {
    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        gloo_timers::future::TimeoutFuture::new(milliseconds).boxed_local()
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

struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: HttpRequest) -> LocalBoxFuture<'_, Result<HttpReply, TransportError>> {
        async move {
            let controller = web_sys::AbortController::new().map_err(|_| TransportError::Unreachable)?;
            let timeout = gloo_timers::future::TimeoutFuture::new(request.timeout);
            let sending = fetch(request, controller.signal()).boxed_local();
            match select(sending, timeout).await {
                Either::Left((reply, _)) => reply,
                Either::Right(((), _)) => {
                    controller.abort();
                    Err(TransportError::TimedOut)
                }
            }
        }
        .boxed_local()
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
    init.set_redirect(web_sys::RequestRedirect::Error);
    let prepared = (|| {
        let headers = web_sys::Headers::new()?;
        headers.set("authorization", &request.authorization)?;
        headers.set("accept", "application/json")?;
        if let Some(body) = &request.body {
            headers.set("content-type", "application/json")?;
            init.set_body(&JsValue::from_str(body));
        }
        init.set_headers(&headers);
        web_sys::Request::new_with_str_and_init(&request.url, &init)
    })()
    .map_err(|_| TransportError::Unreachable)?;
    let reply: web_sys::Response = JsFuture::from(worker.fetch_with_request(&prepared))
        .await
        .and_then(JsCast::dyn_into)
        .map_err(|_| TransportError::Broken)?;
    let header = |name: &str| reply.headers().get(name).ok().flatten();
    let date = header("date")
        .map(|text| js_sys::Date::parse(&text))
        .filter(|milliseconds| milliseconds.is_finite())
        .map(|milliseconds| Millis(milliseconds as i64));
    let retry_after = header("retry-after").and_then(|text| text.trim().parse().ok());
    let status = reply.status();
    let text = reply.text().map_err(|_| TransportError::Broken)?;
    let body = JsFuture::from(text)
        .await
        .map_err(|_| TransportError::Broken)?
        .as_string()
        .unwrap_or_default();
    Ok(HttpReply {
        status,
        body,
        date,
        retry_after,
    })
}
