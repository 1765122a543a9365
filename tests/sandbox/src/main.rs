//! The sandbox's command line (design §8). Prints one line when it answers; says on standard error what it could not
//! understand, and ends with 2.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandbox::access::{ApiKey, KeyEntry};
use sandbox::choices::Choices;
use sandbox::clock::Timestamp;
use sandbox::config::Config;
use sandbox::faults::Spec;
use sandbox::oauth::Client;
use sandbox::pace::Limit;
use sandbox::seed::company::Pipeline;

/// A simulated Lever on 127.0.0.1 with seeded, invented people.
#[derive(Debug, Parser)]
#[command(name = "sandbox", version)]
struct Arguments {
    /// Port for HTTP; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port for HTTPS with a throw-away certificate; 0 takes a free one.
    #[arg(long)]
    tls_port: Option<u16>,
    /// File to write the throw-away authority's certificate to (PEM).
    #[arg(long, requires = "tls_port")]
    tls_ca: Option<PathBuf>,
    /// Seeded contacts [default: 1000, or 0 with --data].
    #[arg(long)]
    contacts: Option<u32>,
    /// Everything drawn follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Stages of the account: custom or built-in.
    #[arg(long, default_value = "custom", value_parser = stages)]
    stages: Pipeline,
    /// Requests a second and key; 0 for no limit.
    #[arg(long, default_value_t = 10.0, value_parser = not_negative)]
    rate: f64,
    /// Requests a key may send at once.
    #[arg(long, default_value_t = 20.0, value_parser = one_or_more)]
    burst: f64,
    /// Milliseconds before each reply.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// kind:share[,kind:share…]; the kinds are told in src/faults.rs and in the message about an unknown one.
    #[arg(long, default_value = "", value_parser = spec, hide_default_value = true)]
    faults: Spec,
    /// name=word[,name=word…] for what nobody knows for certain; names and words are told in src/choices.rs.
    #[arg(long, default_value = "", value_parser = choices, hide_default_value = true)]
    choices: Choices,
    /// Each so many-th request for the opportunity list moves some rows before it is answered; 0 for none.
    #[arg(long, default_value_t = 0)]
    moving: u32,
    /// Milliseconds by which Lever's clock is ahead; negative: behind.
    #[arg(long, default_value_t = 0, allow_hyphen_values = true)]
    clock_skew_ms: i64,
    /// Nothing seeded happened at or after this moment, in milliseconds since 1970; not said: the start of the month.
    #[arg(long)]
    until_ms: Option<i64>,
    /// The API key that may do everything.
    #[arg(long, value_parser = key)]
    key: Option<ApiKey>,
    /// File with [{"key", "permissions": ["POST /opportunities", …], "confidential": bool}].
    #[arg(long)]
    keys: Option<PathBuf>,
    /// The registered OAuth application.
    #[arg(long, value_name = "ID:SECRET", value_parser = client)]
    oauth_client: Option<Client>,
    /// File with one opportunity a line, as GET /opportunities returns it; added to the seeded ones.
    #[arg(long)]
    data: Option<PathBuf>,
}

fn not_negative(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|number| number.is_finite() && *number >= 0.0)
        .ok_or_else(|| "not a number of 0 or more".to_owned())
}

fn one_or_more(text: &str) -> Result<f64, String> {
    not_negative(text)
        .ok()
        .filter(|number| *number >= 1.0)
        .ok_or_else(|| "not a number of 1 or more".to_owned())
}

fn spec(text: &str) -> Result<Spec, String> {
    text.parse::<Spec>().map_err(|error| error.to_string())
}

fn stages(text: &str) -> Result<Pipeline, String> {
    Pipeline::parse(text).ok_or_else(|| "write custom or built-in".to_owned())
}

fn choices(text: &str) -> Result<Choices, String> {
    text.parse::<Choices>().map_err(|error| error.to_string())
}

fn key(text: &str) -> Result<ApiKey, String> {
    if text.is_empty() || text.contains(':') {
        return Err("a key is not empty and has no colon".to_owned());
    }
    Ok(ApiKey::new(text))
}

fn client(text: &str) -> Result<Client, String> {
    Client::parse(text).ok_or_else(|| "write ID:SECRET".to_owned())
}

fn keys_in(path: &PathBuf) -> Result<Vec<KeyEntry>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nothing can be done when standard error is gone.
            let _ = writeln!(std::io::stderr(), "sandbox: {message}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let keys = arguments.keys.as_ref().map(keys_in).transpose()?.unwrap_or_default();
    let running = sandbox::start(Config {
        port: arguments.port,
        tls_port: arguments.tls_port,
        tls_ca: arguments.tls_ca,
        contacts: arguments.contacts,
        seed: arguments.seed,
        stages: arguments.stages,
        limit: Limit {
            rate: arguments.rate,
            burst: arguments.burst,
        },
        latency_ms: arguments.latency_ms,
        faults: arguments.faults,
        choices: arguments.choices,
        moving: arguments.moving,
        clock_skew_ms: arguments.clock_skew_ms,
        key: arguments.key,
        keys,
        oauth_client: arguments.oauth_client,
        data: arguments.data,
        anchor: arguments.until_ms.map(Timestamp::from_millis),
    })
    .await
    .map_err(|error| error.to_string())?;
    let mut out = std::io::stdout();
    writeln!(out, "sandbox ready {} key={}", running.base_url(), running.key())
        .and_then(|()| out.flush())
        .map_err(|error| format!("standard output: {error}"))?;
    if let Some(port) = running.tls_port() {
        let _ = writeln!(std::io::stderr(), "sandbox: TLS on https://127.0.0.1:{port}/v1");
    }
    tokio::signal::ctrl_c().await.map_err(|error| error.to_string())?;
    running.stop();
    Ok(())
}
