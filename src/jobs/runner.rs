//! Running requests: on threads, where the newest of a lane wins, or inline, one after the other.

use super::{Event, Lane, Request};
use crate::base::Progress;
use crate::words::{Fault, Message};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Wakes whoever waits for events (the window repaints).
pub(crate) type Wake = Arc<dyn Fn() + Send + Sync>;

/// How long a closing window waits for the work on its file to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether work of this lane has the workspace's file open.
fn holds_file(lane: Lane) -> bool {
    matches!(
        lane,
        Lane::Workspace
            | Lane::Export
            | Lane::Inspect
            | Lane::History
            | Lane::Card
            | Lane::Check
            | Lane::Lists
            | Lane::Changes
    )
}

struct InFlight {
    ticket: u64,
    progress: Progress,
    waiting: Option<Request>,
}

/// What is under way in a lane.
#[derive(Debug, Clone)]
pub struct Running {
    /// The lane.
    pub lane: Lane,
    /// How far it is, and the handle to cancel it.
    pub progress: Progress,
}

/// One thread a running request.
pub struct ThreadRunner {
    lanes: BTreeMap<Lane, InFlight>,
    next_ticket: u64,
    sender: Sender<(Lane, u64, Event)>,
    receiver: Receiver<(Lane, u64, Event)>,
    wake: Wake,
}

impl std::fmt::Debug for ThreadRunner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ThreadRunner")
            .field("lanes", &self.lanes.len())
            .finish_non_exhaustive()
    }
}

impl ThreadRunner {
    /// A runner that calls `wake` whenever an event is there to be polled.
    pub fn new(wake: Wake) -> Self {
        let (sender, receiver) = channel();
        Self {
            lanes: BTreeMap::new(),
            next_ticket: 0,
            sender,
            receiver,
            wake,
        }
    }

    /// Starts a request, or lets it wait for the one that it replaces to notice.
    /// Exports and work on the workspace file are never replaced: they queue by being refused
    /// upstairs while one runs.
    pub fn submit(&mut self, request: Request) {
        let lane = request.lane();
        if let Some(in_flight) = self.lanes.get_mut(&lane) {
            in_flight.progress.cancel();
            in_flight.waiting = Some(request);
        } else {
            self.start(lane, request);
        }
    }

    fn start(&mut self, lane: Lane, request: Request) {
        self.next_ticket += 1;
        let ticket = self.next_ticket;
        let progress = Progress::new();
        let (worker_progress, sender, wake) = (
            progress.clone(),
            self.sender.clone(),
            Arc::clone(&self.wake),
        );
        self.lanes.insert(
            lane,
            InFlight {
                ticket,
                progress,
                waiting: None,
            },
        );
        let work = move || {
            let event = run_caught(lane, request, &worker_progress);
            // Nobody listens any more when the window is gone; the result is then of no use.
            let _ = sender.send((lane, ticket, event));
            wake();
        };
        if let Err(error) = thread::Builder::new().name("job".to_owned()).spawn(work) {
            let fault = Fault::failed(Message::new("jobs.no_thread")).because(error);
            let _ = self.sender.send((lane, ticket, Event::Failed(lane, fault)));
        }
    }

    /// The next event, if one is there. The event of a request that was replaced by a newer one
    /// is dropped: the answer to an old question, however whole, would pass for the new one's.
    pub fn poll(&mut self) -> Option<Event> {
        while let Ok((lane, ticket, event)) = self.receiver.try_recv() {
            let Some(in_flight) = self
                .lanes
                .get(&lane)
                .filter(|flight| flight.ticket == ticket)
            else {
                continue;
            };
            let replaced = in_flight.waiting.is_some();
            if let Some(InFlight {
                waiting: Some(next),
                ..
            }) = self.lanes.remove(&lane)
            {
                self.start(lane, next);
            }
            let is_question = matches!(
                lane,
                Lane::Filter
                    | Lane::Layer(_)
                    | Lane::BaseMap
                    | Lane::Inspect
                    | Lane::History
                    | Lane::Explain
                    | Lane::Check
                    | Lane::Lists
                    | Lane::TimeLine
                    | Lane::Changes
                    | Lane::Match
                    | Lane::WhatIf
                    | Lane::Chart
            );
            let is_cancelled = matches!(&event, Event::Failed(_, fault) if fault.is_cancelled());
            if !(replaced && (is_question || is_cancelled)) {
                return Some(event);
            }
        }
        None
    }

    /// Asks the work of a lane to stop, and forgets what waits behind it.
    pub fn cancel(&mut self, lane: Lane) {
        if let Some(in_flight) = self.lanes.get_mut(&lane) {
            in_flight.waiting = None;
            in_flight.progress.cancel();
        }
    }

    /// What is under way.
    pub fn running(&self) -> Vec<Running> {
        self.lanes
            .iter()
            .map(|(lane, flight)| Running {
                lane: *lane,
                progress: flight.progress.clone(),
            })
            .collect()
    }

    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.lanes.is_empty()
    }
}

impl Drop for ThreadRunner {
    fn drop(&mut self) {
        for in_flight in self.lanes.values() {
            in_flight.progress.cancel();
        }
        // Work on the file takes back what it has begun, and only then is the file closed: it must
        // not be left in two pieces because somebody closed the window.
        let end = Instant::now() + PATIENCE;
        self.lanes.retain(|lane, _| holds_file(*lane));
        while !self.lanes.is_empty() {
            let left = end.saturating_duration_since(Instant::now());
            let Ok((lane, ticket, _)) = self.receiver.recv_timeout(left) else {
                break;
            };
            if self.lanes.get(&lane).is_some_and(|of| of.ticket == ticket) {
                self.lanes.remove(&lane);
            }
        }
    }
}

/// Runs requests at once, on this thread.
#[derive(Debug, Default)]
pub struct InlineRunner {
    /// Shared by all requests of this runner, so that a signal can cancel them.
    pub progress: Progress,
}

impl InlineRunner {
    /// Does a request and gives its event.
    pub fn run(&self, request: Request) -> Event {
        let lane = request.lane();
        run_caught(lane, request, &self.progress)
    }
}

/// A panic in a job is a failed job with a notice, never a dead program.
fn run_caught(lane: Lane, request: Request, progress: &Progress) -> Event {
    catch_unwind(AssertUnwindSafe(|| request.run(progress)))
        .unwrap_or_else(|_| Event::Failed(lane, Fault::failed(Message::new("jobs.panicked"))))
}
