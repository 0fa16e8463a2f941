//! What of the sheet only the window knows.

/// A part of the catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Tab {
    #[default]
    Programmes,
    Needs,
    Thresholds,
    Numbers,
}

impl Tab {
    pub(super) const ALL: [Self; 4] = [
        Self::Programmes,
        Self::Needs,
        Self::Thresholds,
        Self::Numbers,
    ];

    /// The key of its name.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Programmes => "ui.cat_programmes",
            Self::Needs => "ui.cat_needs",
            Self::Thresholds => "ui.cat_thresholds",
            Self::Numbers => "ui.cat_numbers",
        }
    }
}

/// What is looked at, and what is being filled in.
#[derive(Default)]
pub(in crate::ui) struct CatalogueState {
    pub(super) tab: Tab,
    /// The chosen programme, need and threshold, by place.
    pub(super) programme: usize,
    pub(super) need: usize,
    pub(super) threshold: usize,
    /// The chosen version of the rule; the one in force until somebody chooses.
    pub(super) version: Option<usize>,
    /// The entry that somebody wants to remove and has not confirmed.
    pub(super) removing: bool,
    /// Whether the list of words is folded away.
    pub(super) words_folded: bool,
    /// A date or number on screen cannot be read as one.
    pub(super) wrong_field: bool,
    /// The height of what stands below, as it was drawn last.
    pub(super) foot_px: f32,
}

impl CatalogueState {
    /// Looks at another programme.
    pub(super) fn choose_programme(&mut self, place: usize) {
        self.programme = place;
        self.version = None;
        self.removing = false;
    }

    /// Looks at a threshold.
    pub(super) fn choose_threshold(&mut self, place: usize) {
        self.tab = Tab::Thresholds;
        self.threshold = place;
        self.removing = false;
    }
}
