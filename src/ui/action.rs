//! One closed list of actions: menus, palette, shortcuts and tooltips all read it.

use super::icon;
use crate::map::{MapView, Tool};
use crate::session::{
    BottomTab, Command, Dialog, Inspected, Panel, Session, ThemeChoice, Worksheet,
};
use crate::words::Lang;
use egui::{Key, KeyboardShortcut, Modifiers};

macro_rules! actions {
    ($($action:ident $key:literal $icon:ident,)*) => {
        /// Something that a person can do from a menu, the palette or the keyboard.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Action { $($action,)* }

        impl Action {
            /// Every action, in the order of the palette.
            pub(super) const ALL: &'static [Self] = &[$(Self::$action,)*];

            /// Its text.
            pub(super) fn text(self, lang: Lang) -> String {
                let key = match self { $(Self::$action => concat!("ui.action_", $key),)* };
                lang.t(key).into_owned()
            }

            /// Its icon.
            pub(super) fn icon(self) -> &'static str {
                match self { $(Self::$action => icon::$icon,)* }
            }
        }
    };
}

actions! {
    OpenDemo "open_demo" GRADUATION_CAP,
    Open "open" FOLDER_OPEN,
    Create "create" FILE_PLUS,
    Import "import" DOWNLOAD_SIMPLE,
    Close "close" X,
    ExportList "export_list" EXPORT,
    ExportPicture "export_picture" IMAGE,
    FocusFilter "focus_filter" MAGNIFYING_GLASS,
    ClearFilter "clear_filter" FUNNEL_SIMPLE,
    FilterPanel "filter_panel" FUNNEL,
    QueryHelp "query_help" QUESTION,
    ShowSelected "show_selected" SELECTION,
    ClearSelection "clear_selection" PROHIBIT,
    Undo "undo" ARROW_COUNTER_CLOCKWISE,
    Redo "redo" ARROW_CLOCKWISE,
    ToolPan "tool_pan" HAND,
    ToolBox "tool_box" BOUNDING_BOX,
    ToolLasso "tool_lasso" LASSO,
    ToolMeasure "tool_measure" RULER,
    ZoomIn "zoom_in" PLUS,
    ZoomOut "zoom_out" MINUS,
    ShowAll "show_all" FRAME_CORNERS,
    BaseMap "base_map" MAP_TRIFOLD,
    ResetLayers "reset_layers" STACK,
    ToggleLayers "toggle_layers" SIDEBAR_SIMPLE,
    ToggleInspector "toggle_inspector" SIDEBAR,
    ToggleList "toggle_list" LIST,
    ToggleMasked "toggle_masked" EYE_SLASH,
    ToggleTheme "toggle_theme" MOON,
    ToggleLang "toggle_lang" TRANSLATE,
    ImportReport "import_report" WARNING_CIRCLE,
    Imports "imports" CLOCK,
    Place "place" MAP_TRIFOLD,
    Card "card" FRAME_CORNERS,
    CheckData "check_data" CHECK_CIRCLE,
    CompareLists "compare_lists" TABLE,
    Changes "changes" CLOCK,
    WhatIf "what_if" FLASK,
    MatchNeeds "match_needs" HANDSHAKE,
    Catalogue "catalogue" BOOK_OPEN,
    Charts "charts" CHART_BAR,
    ExportChart "export_chart" EXPORT,
    Priority "priority" SLIDERS_HORIZONTAL,
    Settings "settings" GEAR,
    Palette "palette" COMMAND,
    About "about" INFO,
}

/// What an action does.
pub(super) enum Effect {
    /// A command of the session.
    Command(Command),
    /// Something of the window alone.
    Window(WindowEffect),
}

/// What only the window knows of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum WindowEffect {
    /// Put the cursor into the filter line.
    FocusFilter,
    /// Open the panel of controls that write the filter line.
    FilterPanel,
    /// Take a tool.
    Take(Tool),
    /// Zoom about the middle, in levels.
    Zoom(f64),
}

/// Opens a sheet beside the map, or closes it where it is open.
fn sheet(session: &Session, sheet: Worksheet) -> Command {
    let open = session.worksheet == Some(sheet);
    Command::ShowWorksheet(Some(sheet).filter(|_| !open))
}

/// A shortcut as it stands on the keys.
pub(super) fn shortcut_text(ctx: &egui::Context, shortcut: KeyboardShortcut) -> String {
    // egui spells this key out.
    ctx.format_shortcut(&shortcut).replace("Comma", ",")
}

impl Action {
    /// Its shortcut.
    pub(super) fn shortcut(self) -> Option<KeyboardShortcut> {
        let command = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        let shifted = |key| {
            Some(KeyboardShortcut::new(
                Modifiers::COMMAND.plus(Modifiers::SHIFT),
                key,
            ))
        };
        let plain = |key| Some(KeyboardShortcut::new(Modifiers::NONE, key));
        match self {
            Self::Open => command(Key::O),
            Self::Create => command(Key::N),
            Self::Import => command(Key::I),
            Self::ExportList => command(Key::E),
            Self::ExportPicture => shifted(Key::E),
            Self::FocusFilter => command(Key::F),
            Self::FilterPanel => shifted(Key::F),
            Self::ShowSelected => command(Key::Enter),
            Self::Undo => command(Key::Z),
            Self::Redo => shifted(Key::Z),
            Self::ToolPan => plain(Key::V),
            Self::ToolBox => plain(Key::B),
            Self::ToolLasso => plain(Key::L),
            Self::ToolMeasure => plain(Key::M),
            Self::ZoomIn => plain(Key::Plus),
            Self::ZoomOut => plain(Key::Minus),
            Self::ShowAll => plain(Key::Home),
            Self::ToggleLayers => plain(Key::F2),
            Self::ToggleInspector => plain(Key::F3),
            Self::ToggleList => plain(Key::F4),
            Self::Charts => plain(Key::F5),
            Self::ToggleMasked => command(Key::M),
            Self::ToggleTheme => command(Key::T),
            Self::ToggleLang => command(Key::L),
            Self::Settings => command(Key::Comma),
            Self::Palette => command(Key::K),
            Self::Place => plain(Key::P),
            Self::Card => plain(Key::H),
            Self::CheckData => command(Key::D),
            Self::CompareLists => shifted(Key::D),
            Self::WhatIf => command(Key::U),
            Self::MatchNeeds => shifted(Key::N),
            Self::Catalogue => command(Key::R),
            Self::Priority => shifted(Key::P),
            Self::QueryHelp => plain(Key::F1),
            _ => None,
        }
    }

    /// Text and shortcut, for tooltips.
    pub(super) fn tooltip(self, lang: Lang, ctx: &egui::Context) -> String {
        match self.shortcut() {
            Some(shortcut) => format!("{} ({})", self.text(lang), shortcut_text(ctx, shortcut)),
            None => self.text(lang),
        }
    }

    /// Whether it can be done now.
    pub(super) fn is_enabled(self, session: &Session) -> bool {
        let open = session.document.is_some();
        match self {
            Self::OpenDemo | Self::Open | Self::Create => !session.busy,
            Self::Import => {
                let writes = session
                    .document
                    .as_ref()
                    .is_some_and(|document| !document.looks_only);
                writes && !session.busy
            }
            Self::Close => open && !session.busy,
            Self::ExportList | Self::ExportPicture => {
                open && !session.exporting && session.results.filtered.is_some()
            }
            Self::ExportChart => open && !session.exporting && session.results.chart.is_some(),
            Self::ClearFilter => open && !session.filter_text.is_empty(),
            Self::ShowSelected | Self::ClearSelection => session.view.selection.is_some(),
            Self::Undo => session.can_undo(),
            Self::Redo => session.can_redo(),
            Self::ImportReport => session
                .document
                .as_ref()
                .is_some_and(|document| document.last_import.is_some()),
            Self::Place => {
                session.can_edit() && matches!(session.inspected, Some(Inspected::Household(_)))
            }
            Self::Card => matches!(session.inspected, Some(Inspected::Household(_))),
            Self::Imports
            | Self::CheckData
            | Self::CompareLists
            | Self::Changes
            | Self::WhatIf
            | Self::MatchNeeds
            | Self::Catalogue
            | Self::Priority
            | Self::FocusFilter
            | Self::FilterPanel
            | Self::ToolPan
            | Self::ToolBox
            | Self::ToolLasso
            | Self::ToolMeasure
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ShowAll
            | Self::Charts
            | Self::ResetLayers => open,
            _ => true,
        }
    }

    /// What it does now.
    pub(super) fn effect(self, session: &Session) -> Effect {
        let settings = &session.settings;
        Effect::Command(match self {
            Self::OpenDemo => Command::OpenDemo,
            Self::Close => Command::Close,
            Self::Import => Command::StartImport(Vec::new()),
            Self::ExportList => Command::Show(Dialog::Export),
            Self::ExportPicture => Command::Show(Dialog::ExportPicture),
            Self::ClearFilter => Command::ClearFilter,
            Self::QueryHelp => Command::Show(Dialog::QueryHelp),
            Self::ShowSelected => Command::SetFilterText("selected:yes".to_owned()),
            Self::ClearSelection => Command::ClearSelection,
            Self::Undo => Command::Undo,
            Self::Redo => Command::Redo,
            Self::ShowAll => Command::ShowAll,
            Self::BaseMap => Command::Show(Dialog::BaseMap),
            Self::ResetLayers => Command::ResetLayers,
            Self::ToggleLayers => Command::FoldPanel(Panel::Layers, !settings.layers_panel),
            Self::ToggleInspector => {
                Command::FoldPanel(Panel::Inspector, !settings.inspector_panel)
            }
            Self::ToggleList => Command::FoldPanel(Panel::List, !settings.list_panel),
            Self::ToggleMasked => Command::SetMasked(!settings.masked),
            Self::ToggleTheme => Command::SetTheme(if settings.theme == ThemeChoice::Dark {
                ThemeChoice::Light
            } else {
                ThemeChoice::Dark
            }),
            Self::ToggleLang => Command::SetLang(if session.lang == Lang::Zh {
                Lang::En
            } else {
                Lang::Zh
            }),
            Self::ImportReport => Command::Show(Dialog::ImportReport),
            Self::Imports => Command::Show(Dialog::Imports),
            Self::Place => match session.inspected {
                Some(Inspected::Household(row)) => Command::StartPlacing(row),
                _ => Command::StopPlacing,
            },
            Self::Card => Command::Show(Dialog::Card),
            Self::CheckData => sheet(session, Worksheet::Check),
            Self::Charts => Command::ShowTab(if session.shows_charts() {
                BottomTab::List
            } else {
                BottomTab::Charts
            }),
            Self::ExportChart => Command::Show(Dialog::ExportChart),
            Self::CompareLists => sheet(session, Worksheet::Lists),
            Self::Changes => sheet(session, Worksheet::Changes),
            Self::WhatIf => sheet(session, Worksheet::WhatIf),
            Self::MatchNeeds => sheet(session, Worksheet::Matching),
            Self::Catalogue => sheet(session, Worksheet::Catalogue),
            Self::Priority => sheet(session, Worksheet::Priority),
            Self::Settings => Command::Show(Dialog::Settings),
            Self::Palette => Command::Show(Dialog::Palette),
            Self::About => Command::Show(Dialog::About),
            Self::Open => Command::Show(Dialog::Open),
            Self::Create => Command::Show(Dialog::Create),
            Self::FocusFilter => return Effect::Window(WindowEffect::FocusFilter),
            Self::FilterPanel => return Effect::Window(WindowEffect::FilterPanel),
            Self::ToolPan => return Effect::Window(WindowEffect::Take(Tool::Pan)),
            Self::ToolBox => return Effect::Window(WindowEffect::Take(Tool::Box)),
            Self::ToolLasso => return Effect::Window(WindowEffect::Take(Tool::Lasso)),
            Self::ToolMeasure => return Effect::Window(WindowEffect::Take(Tool::Measure)),
            Self::ZoomIn => return Effect::Window(WindowEffect::Zoom(1.0)),
            Self::ZoomOut => return Effect::Window(WindowEffect::Zoom(-1.0)),
        })
    }

    /// Whether it is the tool in hand.
    pub(super) fn is_tool_in_hand(self, map: &MapView) -> bool {
        matches!(
            (self, map.tool),
            (Self::ToolPan, Tool::Pan)
                | (Self::ToolBox, Tool::Box)
                | (Self::ToolLasso, Tool::Lasso)
                | (Self::ToolMeasure, Tool::Measure)
        )
    }
}
