//! What a command asks of the world outside of the session.

use crate::datum::MercBox;
use crate::jobs::{Lane, Request};

/// Collected while commands are applied; whoever owns the runner and the window carries it out.
#[derive(Debug, Default)]
pub struct Effects {
    /// Slow work to start.
    pub requests: Vec<Request>,
    /// Slow work to stop.
    pub cancel: Vec<Lane>,
    /// Where the map should go.
    pub show: Option<MercBox>,
    /// Whether the settings changed and should be saved.
    pub save_settings: bool,
}
