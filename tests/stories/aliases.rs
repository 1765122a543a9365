//! A page that shows a LinkedIn address and a member number teaches that they are one person's: the next page may show the
//! number alone (matching.md §4.4).

use fulcrum::matching::verdict::VerdictWord;
use fulcrum::profile::Profile;

use crate::fixture::machine::look_up;
use crate::fixture::{Lever, Machine, people};

const NUMBER: &str = "li:member:555000123";

fn recruiter_page() -> Profile {
    people::page(NUMBER, "https://www.linkedin.com/talent/profile/x", "Ines Kowalczyk")
}

#[tokio::test]
async fn somebody_known_by_address_is_recognised_by_number_once_a_page_has_shown_both() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let word = async |page: &Profile| look_up(&service, page).await.verdict.verdict;
    assert_ne!(word(&recruiter_page()).await, VerdictWord::Same);

    // A list, or a page that proves nothing, teaches nothing; nor does one with two numbers.
    let both = Profile {
        ids: vec![NUMBER.to_owned()],
        proof: Some("message-link".to_owned()),
        ..people::ines()
    };
    for unsure in [
        Profile {
            proof: None,
            ..both.clone()
        },
        Profile {
            ids: vec![NUMBER.to_owned(), "li:member:555000124".to_owned()],
            ..both.clone()
        },
    ] {
        word(&unsure).await;
        assert_ne!(word(&recruiter_page()).await, VerdictWord::Same);
    }

    assert_eq!(word(&both).await, VerdictWord::Same);
    assert_eq!(word(&recruiter_page()).await, VerdictWord::Same);
    drop(service);

    // It survives the loss of the mirror.
    std::fs::remove_file(machine.mirror_file()).unwrap();
    let service = machine.open().await;
    service.round().await.unwrap();
    assert_eq!(
        look_up(&service, &recruiter_page()).await.verdict.verdict,
        VerdictWord::Same
    );
}
