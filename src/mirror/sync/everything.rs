//! Reading all candidacies once, the newest first: several windows of creation times at once, so that Lever's answers overlap
//! with the work of storing, and the changes of meanwhile every now and then.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};

use futures::channel::mpsc;
use futures::future::{Either, select, try_join_all};
use futures::{FutureExt, SinkExt, StreamExt};

use super::{OVERLAP, Sync, SyncError, WALK_RESTARTS};
use crate::command::SyncPhase;
use crate::lever::client::{OpportunityFilter, TimeRange};
use crate::lever::error::LeverError;
use crate::lever::pace::Priority;
use crate::mirror::walk::{Sweep, WalkedPage, Window};
use crate::mirror::{Mirror, MirrorError};
use crate::text::Millis;

/// Windows read at the same time.
const READERS: usize = 4;
/// Pages that may wait to be stored, beside one for each reader.
const PAGES_WAITING: usize = 8;
/// A turn of storing ends with the page during which it has become so many milliseconds long: a query waits no longer.
const TURN: i64 = 12;
/// Pages stored in one transaction at most: so many take a turn to be stored for good.
const PAGES_A_BATCH: usize = 32;
/// So few pages are stored for good in one turn; for more the indexes have a turn of their own.
const PAGES_A_TURN: usize = 8;
/// The write-ahead log is brought into the file after so many pages: what they have in common is brought once.
const PAGES_A_CHECKPOINT: usize = 3 * PAGES_A_BATCH;
/// As many pages as Lever gives any key at once (lever-api §2.5). Only where more than that come within …
const BURST: usize = 20;
/// … so many milliseconds, pages wait for those that follow: at Lever's own pace each page is stored for good as it comes.
const BURST_TIME: i64 = 1_000;
/// They wait for so many milliseconds.
const BURST_ENDS_AFTER: u32 = 250;

/// What a reader has to tell whoever stores.
enum Walked {
    Page(WalkedPage),
    /// The window's token was refused: it is read from its beginning.
    Restart(Window),
}

impl Sync<'_> {
    pub(super) async fn everything(&self) -> Result<(), SyncError> {
        self.progress.set_phase(SyncPhase::ReadingAll);
        if !self.mirror.has_begun_walk()? {
            let earliest = self.settings.earliest.unwrap_or_default();
            self.mirror
                .begin_walk(self.client.lever_now().plus(-OVERLAP), earliest)?;
        }
        let mut row = 0;
        while let Sweep::From(next) = self.mirror.learn_rows(row)? {
            row = next;
            self.breathe().await?;
        }
        let (pages, arriving) = mpsc::channel(PAGES_WAITING);
        let taken = RefCell::new(BTreeSet::new());
        let readers = (0..READERS).map(|_| self.read_windows(pages.clone(), &taken));
        let reading = try_join_all(readers).boxed_local();
        drop(pages);
        match select(reading, self.store_arriving(arriving).boxed_local()).await {
            // One that fails ends the others; what they have handed over is stored all the same.
            Either::Left((read, storing)) => storing.await.and(read.map(|_| ()))?,
            Either::Right((stored, _)) => stored?,
        }
        let mut row = 0;
        while let Sweep::From(next) = self.mirror.sweep(row)? {
            row = next;
            self.breathe().await?;
        }
        self.mirror.end_walk()?;
        (self.changed)();
        Ok(())
    }

    fn take_window(&self, taken: &RefCell<BTreeSet<Millis>>) -> Result<Option<Window>, SyncError> {
        let begun = self
            .mirror
            .open_windows()?
            .into_iter()
            .find(|window| !taken.borrow().contains(&window.newest));
        let window = match begun {
            Some(window) => Some(window),
            None => self.mirror.next_window()?,
        };
        if let Some(window) = &window {
            taken.borrow_mut().insert(window.newest);
        }
        Ok(window)
    }

    async fn read_windows(
        &self,
        mut pages: mpsc::Sender<Walked>,
        taken: &RefCell<BTreeSet<Millis>>,
    ) -> Result<(), SyncError> {
        while let Some(window) = self.take_window(taken)? {
            self.read_window(window, &mut pages).await?;
        }
        Ok(())
    }

    async fn read_window(&self, mut window: Window, pages: &mut mpsc::Sender<Walked>) -> Result<(), SyncError> {
        let filter = OpportunityFilter {
            created: TimeRange::between(window.oldest, window.newest),
            ..self.filter()
        };
        let mut restarts = 0;
        loop {
            self.go_on()?;
            let page = match self
                .client
                .opportunities(&filter, window.offset.as_deref(), restarts, Priority::Background)
                .await
            {
                Err(LeverError::OffsetRefused { .. }) if window.offset.is_some() && restarts < WALK_RESTARTS => {
                    restarts += 1;
                    window.offset = None;
                    hand_over(pages, Walked::Restart(window.clone())).await?;
                    continue;
                }
                page => page?,
            };
            self.go_on()?;
            let same = page.next.is_some() && page.next == window.offset;
            window.offset = page.next.filter(|_| !same);
            let walked = WalkedPage {
                window: window.newest,
                rows: page.rows,
                unreadable: page.unreadable,
                next: window.offset.clone(),
            };
            hand_over(pages, Walked::Page(walked)).await?;
            if window.offset.is_none() {
                return Ok(());
            }
        }
    }

    /// Stores what the readers hand over, until they have ended. Several pages share one transaction, for what each of them
    /// touches is then written once.
    async fn store_arriving(&self, mut arriving: mpsc::Receiver<Walked>) -> Result<(), SyncError> {
        let _batch = Batch(self.mirror);
        let mut batched = 0;
        let mut since_checkpoint = 0;
        let mut lately = VecDeque::with_capacity(BURST);
        let mut turn = self.host.clock.running();
        loop {
            let arrival = self.next_arrival(&mut arriving, batched, &lately).await;
            let is_long = self.host.clock.running().since(turn) >= TURN;
            // Only before a page that waited: where none did, what is stored is first stored for good.
            if batched > 0 && is_long && matches!(arrival, Arrival::Walked(_)) {
                self.breathe().await?;
                turn = self.host.clock.running();
            }
            self.go_on()?;
            if batched > 0 && !self.mirror.has_batch() {
                return Err(MirrorError::TakenBack.into());
            }
            if let Arrival::Walked(walked) = &arrival {
                self.mirror.begin_batch()?;
                batched += 1;
                lately.truncate(BURST - 1);
                lately.push_front(self.host.clock.running());
                self.store_walked(walked)?;
            }
            let changes_are_due = self.are_changes_due();
            let is_for_good = batched >= PAGES_A_BATCH || changes_are_due || !matches!(arrival, Arrival::Walked(_));
            if is_for_good && batched > 0 {
                if batched > PAGES_A_TURN {
                    self.mirror.settle_indexes()?;
                    self.breathe().await?;
                }
                self.mirror.commit_batch()?;
                (self.changed)();
                since_checkpoint += batched;
                batched = 0;
                if since_checkpoint >= PAGES_A_CHECKPOINT {
                    since_checkpoint = 0;
                    self.breathe().await?;
                    self.mirror.shorten_log()?;
                }
            }
            if matches!(arrival, Arrival::End) {
                return Ok(());
            }
            if changes_are_due {
                self.changes().await?;
                self.progress.set_phase(SyncPhase::ReadingAll);
            }
            if is_for_good {
                self.breathe().await?;
                turn = self.host.clock.running();
            }
        }
    }

    /// What comes next, for as long as what has been stored may wait for it.
    async fn next_arrival(
        &self,
        arriving: &mut mpsc::Receiver<Walked>,
        batched: usize,
        lately: &VecDeque<Millis>,
    ) -> Arrival {
        if let Ok(walked) = arriving.try_recv() {
            return Arrival::Walked(walked);
        }
        let of = |walked: Option<Walked>| walked.map_or(Arrival::End, Arrival::Walked);
        if batched == 0 {
            return of(arriving.next().await);
        }
        let now = self.host.clock.running();
        let is_burst = lately.len() == BURST && lately.back().is_some_and(|first| now.since(*first) < BURST_TIME);
        if !is_burst {
            return Arrival::Late;
        }
        match select(arriving.next(), self.host.sleeper.sleep(BURST_ENDS_AFTER)).await {
            Either::Left((walked, _)) => of(walked),
            Either::Right(_) => Arrival::Late,
        }
    }

    fn store_walked(&self, walked: &Walked) -> Result<(), SyncError> {
        match walked {
            Walked::Page(page) => {
                self.mirror.store_page(page, self.client.lever_now())?;
                self.progress.note(self.host.clock.now(), page.rows.len() as u64);
            }
            Walked::Restart(window) => self.mirror.restart_window(window)?,
        }
        Ok(())
    }

    /// What changes while everything is read is seen as soon as afterwards.
    fn are_changes_due(&self) -> bool {
        let now = self.host.clock.now();
        let Some(read_at) = self.progress.changes_read_at.get() else {
            self.progress.changes_read_at.set(Some(now));
            return false;
        };
        now.since(read_at) >= i64::from(self.settings.every_minutes.max(1)) * 60_000
    }
}

/// What came next of the readers.
enum Arrival {
    Walked(Walked),
    /// Nothing, for as long as what has been stored may wait.
    Late,
    /// They have all ended.
    End,
}

/// What a batch has stored is taken back when its work ends early: dropped, stopped or failed.
struct Batch<'a>(&'a Mirror);

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        self.0.roll_back_batch();
    }
}

/// Whoever stores has stopped when nobody takes the page: its own failure is the one to tell.
async fn hand_over(pages: &mut mpsc::Sender<Walked>, walked: Walked) -> Result<(), SyncError> {
    pages.send(walked).await.map_err(|_| SyncError::Stopped)
}
