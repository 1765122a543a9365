//! Reading all candidacies once, the newest first: several windows of creation times at once, so that Lever's answers overlap
//! with the work of storing, and the changes of meanwhile every now and then.

use std::cell::RefCell;
use std::collections::BTreeSet;

use futures::channel::mpsc;
use futures::future::{try_join, try_join_all};
use futures::{SinkExt, StreamExt};

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
const PAGES_WAITING: usize = 4;
/// Pages stored in one turn at most: a query waits no longer than that takes.
const PAGES_AT_ONCE: usize = 3;
/// Pages stored in one transaction at most, while they come faster than they are stored. Where Lever sets the pace, each page is
/// stored for good as it comes.
const PAGES_A_BATCH: usize = 16;

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
        let reading = try_join_all(readers);
        drop(pages);
        try_join(reading, self.store_arriving(arriving)).await?;
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

    async fn store_arriving(&self, mut arriving: mpsc::Receiver<Walked>) -> Result<(), SyncError> {
        let batch = Batch(self.mirror);
        let mut batched = 0;
        let mut waiting: Option<Walked> = None;
        loop {
            let first = match waiting.take() {
                Some(walked) => walked,
                None => match arriving.next().await {
                    Some(walked) => walked,
                    None => break,
                },
            };
            self.go_on()?;
            if batched > 0 && !self.mirror.has_batch() {
                return Err(MirrorError::TakenBack.into());
            }
            self.mirror.begin_batch()?;
            let mut pages = Vec::with_capacity(PAGES_AT_ONCE);
            let mut next = Some(first);
            while let Some(walked) = next.take() {
                match walked {
                    Walked::Page(page) => pages.push(page),
                    Walked::Restart(window) => {
                        self.store_walked(&mut pages)?;
                        self.mirror.restart_window(&window)?;
                    }
                }
                if pages.len() < PAGES_AT_ONCE {
                    next = arriving.try_recv().ok();
                }
            }
            batched += pages.len().max(1);
            self.store_walked(&mut pages)?;
            let changes_are_due = self.are_changes_due();
            waiting = arriving.try_recv().ok();
            if batched >= PAGES_A_BATCH || changes_are_due || waiting.is_none() {
                self.mirror.commit_batch()?;
                batched = 0;
                (self.changed)();
            }
            self.breathe().await?;
            if changes_are_due {
                self.changes().await?;
                self.progress.set_phase(SyncPhase::ReadingAll);
            }
        }
        drop(batch);
        Ok(())
    }

    fn store_walked(&self, pages: &mut Vec<WalkedPage>) -> Result<(), SyncError> {
        if pages.is_empty() {
            return Ok(());
        }
        let rows = pages.iter().map(|page| page.rows.len() as u64).sum();
        self.mirror.store_pages(pages, self.client.lever_now())?;
        self.progress.note(self.host.clock.now(), rows);
        pages.clear();
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
