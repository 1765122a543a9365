//! Bindings for the browser's worker: the host's traits over web interfaces, and one object with `open`, `dispatch` and `run`.
//! No logic: what is decided here could not be tested natively.

pub mod files;
pub mod host;

use std::rc::Rc;

use js_sys::{Function, Uint8Array};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use self::files::{DatabaseKey, OpenError};
use crate::command::{Command, Failure, FailureCode, Reply};
use crate::service::{Pace, Service};

#[wasm_bindgen(typescript_custom_section)]
const HOST_INTERFACE: &'static str = r"
/** What the worker provides to the core. */
export interface CoreHost {
  /** The stored API key, decrypted; undefined where there is none. */
  loadSecret(): Promise<string | undefined>;
  /** Encrypts and stores the API key. */
  saveSecret(text: string): Promise<void>;
  /** Erases the stored key and the means to read it. */
  eraseSecret(): Promise<void>;
  /** The key that the database is encrypted with: 32 bytes, made at the first call and always the same. */
  databaseKey(): Promise<Uint8Array>;
  /** The resume as a PDF. Rejects where none can be made. */
  makeResume(content: ResumeContent): Promise<Uint8Array>;
  /** Called when status or mirror have changed. */
  changed(): void;
}
";

#[wasm_bindgen]
extern "C" {
    /// What the worker provides to the core.
    #[wasm_bindgen(typescript_type = "CoreHost")]
    pub type CoreHost;

    #[wasm_bindgen(method, catch, js_name = loadSecret)]
    async fn load_secret(this: &CoreHost) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = saveSecret)]
    async fn save_secret(this: &CoreHost, text: String) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = eraseSecret)]
    async fn erase_secret(this: &CoreHost) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = databaseKey)]
    async fn database_key(this: &CoreHost) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = makeResume)]
    async fn make_resume(this: &CoreHost, content: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = changed)]
    fn changed(this: &CoreHost) -> Function;
}

/// The database's key, from the worker.
async fn database_key(host: &CoreHost) -> Result<DatabaseKey, OpenError> {
    let value = host.database_key().await.map_err(|_| OpenError::Key)?;
    let bytes = value.dyn_into::<Uint8Array>().map_err(|_| OpenError::Key)?;
    DatabaseKey::new(&bytes.to_vec()).ok_or(OpenError::Key)
}

/// The core, as the worker holds it.
#[wasm_bindgen]
pub struct Core {
    service: Rc<Service>,
}

#[wasm_bindgen]
impl Core {
    /// Opens the mirror and the records in the origin-private file system, and goes on where it was. `tables` is the file that
    /// was built with this module.
    ///
    /// # Errors
    /// When the tables are another module's, the files stay locked by another worker, or the records cannot be read.
    pub async fn open(host: CoreHost, tables: Vec<u8>) -> Result<Core, JsValue> {
        console_error_panic_hook::set_once();
        #[cfg(not(feature = "tables-inside"))]
        crate::identity::tables::install(tables).map_err(|error| JsValue::from_str(&error.to_string()))?;
        #[cfg(feature = "tables-inside")]
        drop(tables);
        let changed = host.changed();
        let this = JsValue::from(host).unchecked_into::<CoreHost>();
        let (mirror, records) = files::open(database_key(&this))
            .await
            .map_err(|error| JsValue::from_str(&error.to_string()))?;
        let notify = {
            let target = this.clone();
            Rc::new(move || {
                // A listener that throws is the worker's concern, not the core's.
                let _ = changed.call0(&target);
            })
        };
        let service = Service::open(host::host(this), mirror, records, Pace::default(), notify)
            .await
            .map_err(|error| JsValue::from_str(&error.to_string()))?;
        Ok(Core {
            service: Rc::new(service),
        })
    }

    /// Answers one command. Commands may overlap.
    ///
    /// # Errors
    /// When the reply cannot be made into a JavaScript value.
    pub async fn dispatch(&self, command: Ts<Command>) -> Result<Ts<Reply>, JsValue> {
        let json = js_sys::JSON::stringify(&command.js_value())?;
        let reply = match Command::from_json(&String::from(json)) {
            Ok(command) => self.service.dispatch(command).await,
            Err(_) => Reply::Failed {
                failure: Failure::of(FailureCode::BadCommand),
            },
        };
        Ts::from_rust(&reply).map_err(|error| JsValue::from_str(&error.to_string()))
    }

    /// [`Command::KeepFile`] with the file's bytes: as text inside a command they would take several times the memory, which a
    /// core never gives back.
    ///
    /// # Errors
    /// When the reply cannot be made into a JavaScript value.
    #[wasm_bindgen(js_name = keepFile)]
    pub fn keep_file(&self, name: &str, bytes: Vec<u8>) -> Result<Ts<Reply>, JsValue> {
        let reply = self.service.keep_file(name, &bytes);
        Ts::from_rust(&reply).map_err(|error| JsValue::from_str(&error.to_string()))
    }

    /// Works in the background for ever: interrupted exports, the first read, changes.
    pub async fn run(&self) {
        self.service.run().await;
    }
}
