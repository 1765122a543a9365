//! OAuth: a Super Admin consents once, and tokens are renewed without anybody noticing. Lever changes the refresh token at
//! each use, so a pair that is used before it is stored is a connection lost at the next crash.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use fulcrum::command::{
    Command, ConnectionCheck, ConnectionState, Consent, ConsentRequest, Failure, FailureCode, Reply, Status,
};
use fulcrum::export::plan::ExportChoices;
use fulcrum::host::{SecretError, SecretStore};
use fulcrum::lever::environment::Environment;
use fulcrum::lever::oauth::OAuthApplication;
use fulcrum::native::MemorySecrets;
use fulcrum::service::Service;
use fulcrum::text::UserId;
use futures::FutureExt;
use futures::future::{Either, LocalBoxFuture, join, select};

use crate::fixture::edge::Sent;
use crate::fixture::machine::{export, export_as, plan, status};
use crate::fixture::{Fate, Lever, Machine, people};

const BACK: &str = "https://abcdefgh.chromiumapp.org/lever";
const HOUR: i64 = 3_600_000;

fn environment(lever: &Lever) -> Environment {
    Environment::Custom {
        base_url: lever.base_url(),
    }
}

async fn consent_address(service: &Service, lever: &Lever) -> String {
    let command = Command::ConsentAddress {
        environment: environment(lever),
        consent: ConsentRequest {
            client_id: lever.application().client_id,
            redirect_uri: BACK.to_owned(),
            state: "state-1".to_owned(),
        },
    };
    match service.dispatch(command).await {
        Reply::ConsentAddress { address } => address,
        other => panic!("{other:?}"),
    }
}

async fn finish(
    service: &Service,
    lever: &Lever,
    application: OAuthApplication,
    redirected_to: String,
) -> Result<(ConnectionCheck, Status), Failure> {
    let command = Command::ConnectWithConsent {
        environment: environment(lever),
        consent: Consent {
            application,
            redirect_uri: BACK.to_owned(),
            state: "state-1".to_owned(),
            redirected_to,
        },
    };
    match service.dispatch(command).await {
        Reply::Check { check, status } => Ok((check, status)),
        Reply::Failed { failure } => Err(failure),
        other => panic!("{other:?}"),
    }
}

/// Signed in, as Maya Okafor.
async fn signed_in(machine: &Machine, lever: &Lever) -> Service {
    let service = machine.open().await;
    let address = consent_address(&service, lever).await;
    let back = lever.consent(&address).await;
    let (check, _) = finish(&service, lever, lever.application(), back).await.unwrap();
    assert!(check.accepted && check.failure.is_none(), "{check:?}");
    let maya = UserId(lever.user("Maya Okafor").await);
    service.dispatch(Command::ChooseUser { user: maya }).await;
    service
}

async fn checked(service: &Service) -> ConnectionCheck {
    match service.dispatch(Command::CheckConnection).await {
        Reply::Check { check, .. } => check,
        other => panic!("{other:?}"),
    }
}

fn is_for_tokens(sent: &Sent) -> bool {
    sent.url.ends_with("/oauth/token")
}

fn token_requests(machine: &Machine) -> usize {
    machine.edge.sent().iter().filter(|sent| is_for_tokens(sent)).count()
}

/// A store that can be full, and remembers what it was given.
#[derive(Default)]
struct Vault {
    kept: MemorySecrets,
    saved: RefCell<Vec<String>>,
    is_full: Cell<bool>,
}

impl SecretStore for Vault {
    fn load(&self) -> LocalBoxFuture<'_, Result<Option<String>, SecretError>> {
        self.kept.load()
    }

    fn save(&self, secret: String) -> LocalBoxFuture<'_, Result<(), SecretError>> {
        if self.is_full.get() {
            return async { Err(SecretError) }.boxed_local();
        }
        self.saved.borrow_mut().push(secret.clone());
        self.kept.save(secret)
    }

    fn erase(&self) -> LocalBoxFuture<'_, Result<(), SecretError>> {
        self.kept.erase()
    }
}

fn machine_with_vault(lever: &Lever) -> (Machine, Rc<Vault>) {
    let mut machine = Machine::beside(lever);
    let vault = Rc::new(Vault::default());
    machine.secrets = Rc::clone(&vault) as Rc<dyn SecretStore>;
    (machine, vault)
}

#[tokio::test]
async fn a_super_admin_consents_and_the_whole_job_is_done_with_tokens() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = signed_in(&machine, &lever).await;
    service.round().await.unwrap();
    let outcome = export(&service, &people::newcomer(1), &ExportChoices::default()).await;
    assert_eq!(outcome.unwrap().failure, None);
    assert_eq!(lever.creates().len(), 1);
    // Everything but the token request went with a token.
    for sent in machine.edge.sent().iter().filter(|sent| !is_for_tokens(sent)) {
        assert!(
            sent.authorization.as_ref().unwrap().starts_with("Bearer "),
            "{}",
            sent.url
        );
    }
    // A new process needs nobody's consent.
    drop(service);
    let service = machine.open().await;
    assert!(checked(&service).await.accepted);
    assert_eq!(token_requests(&machine), 1);
}

#[tokio::test]
async fn an_hour_later_tokens_are_renewed_once_for_all_who_wait_and_stored_before_they_are_used() {
    let lever = Lever::of(12).await;
    let (machine, vault) = machine_with_vault(&lever);
    let service = signed_in(&machine, &lever).await;
    let seen = Rc::clone(&vault);
    // No request carries a token that is not in the store.
    machine.edge.rule(1, Fate::Unreachable, move |sent| {
        if let Some(token) = sent
            .authorization
            .as_deref()
            .and_then(|header| header.strip_prefix("Bearer "))
        {
            assert!(
                seen.saved.borrow().iter().any(|saved| saved.contains(token)),
                "{}",
                sent.url
            );
        }
        false
    });
    for hours in 1..=3 {
        machine.edge.pass(HOUR);
        let (first, second) = join(checked(&service), service.round()).await;
        assert!(first.accepted, "{first:?}");
        second.unwrap();
        assert_eq!(token_requests(&machine), 1 + hours, "one renewal an hour");
    }
    // Each pair was another one, and the last is what is kept.
    let saved = vault.saved.borrow().clone();
    assert_eq!(saved.len(), 4);
    assert!(saved.windows(2).all(|pair| pair[0] != pair[1]));
    assert_eq!(vault.load().await.unwrap().as_ref(), saved.last());
}

#[tokio::test]
async fn a_token_that_dies_early_is_renewed_and_the_write_under_it_happens_once() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = signed_in(&machine, &lever).await;
    service.round().await.unwrap();
    let profile = people::newcomer(1);
    // The tokens die just before the create is sent.
    let shown = plan(&service, &profile, &ExportChoices::default()).await;
    lever.expire_tokens().await;
    machine.edge.forget_sent();
    let outcome = export_as(&service, &profile, &ExportChoices::default(), &shown.fingerprint).await;
    assert_eq!(outcome.unwrap().failure, None);
    assert_eq!(token_requests(&machine), 1);
    assert_eq!(lever.creates().len(), 1);
}

#[tokio::test]
async fn tokens_that_cannot_be_stored_are_not_used_and_not_lost() {
    let lever = Lever::of(12).await;
    let (machine, vault) = machine_with_vault(&lever);
    let service = signed_in(&machine, &lever).await;
    machine.edge.pass(HOUR);
    machine.edge.forget_sent();
    vault.is_full.set(true);
    let check = checked(&service).await;
    assert_eq!(check.failure.unwrap().code, FailureCode::Storage);
    assert!(
        machine.edge.sent().iter().all(is_for_tokens),
        "nothing went with tokens that are not kept"
    );
    vault.is_full.set(false);
    assert!(checked(&service).await.accepted);
    assert_eq!(token_requests(&machine), 1, "the pair of before was stored and used");
}

#[tokio::test]
async fn a_sign_in_that_lever_ends_says_so_and_keeps_what_was_read() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = signed_in(&machine, &lever).await;
    service.round().await.unwrap();
    let before = status(&service).await.mirror.opportunities;
    machine.edge.pass(HOUR);
    machine.edge.rule(9, Fate::DoneButAnswers(403), is_for_tokens);
    let check = checked(&service).await;
    assert_eq!(check.failure.as_ref().unwrap().code, FailureCode::SignInRefused);
    let status = status(&service).await;
    assert!(
        matches!(&status.connection, ConnectionState::Troubled { failure } if failure.code == FailureCode::SignInRefused)
    );
    assert_eq!(status.mirror.opportunities, before);
    // Signing in again mends it, and nothing has to be read anew.
    machine.edge.heal();
    let back = lever.consent(&consent_address(&service, &lever).await).await;
    let (_, status) = finish(&service, &lever, lever.application(), back).await.unwrap();
    assert_eq!(status.connection, ConnectionState::Connected);
    assert_eq!(status.mirror.opportunities, before);
}

#[tokio::test]
async fn what_comes_back_for_another_question_or_with_another_secret_is_refused() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.open().await;
    let back = lever.consent(&consent_address(&service, &lever).await).await;
    let foreign = back.replace("state-1", "state-2");
    let wrong = OAuthApplication {
        client_secret: "guessed".to_owned(),
        ..lever.application()
    };
    for (application, redirected_to) in [
        (lever.application(), foreign),
        (lever.application(), format!("{BACK}?error=access_denied&state=state-1")),
        (wrong, back),
    ] {
        let failure = finish(&service, &lever, application, redirected_to).await.unwrap_err();
        assert_eq!(failure.code, FailureCode::SignInRefused);
    }
    assert_eq!(status(&service).await.connection, ConnectionState::NotConnected);
    assert_eq!(machine.secrets.load().await.unwrap(), None);
}

#[tokio::test]
async fn whoever_disconnects_while_tokens_are_renewed_leaves_no_tokens_behind() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = signed_in(&machine, &lever).await;
    machine.edge.pass(HOUR);
    // The first moment is the request for tokens about to leave.
    machine.edge.hold_at_moment(1);
    let checking = Box::pin(service.dispatch(Command::CheckConnection));
    let checking = match select(checking, Box::pin(machine.edge.held())).await {
        Either::Right(((), checking)) => checking,
        Either::Left((reply, _)) => panic!("{reply:?}"),
    };
    service.dispatch(Command::Disconnect).await;
    machine.edge.go_on();
    checking.await;
    assert_eq!(machine.secrets.load().await.unwrap(), None);
    assert_eq!(status(&service).await.connection, ConnectionState::NotConnected);
}
