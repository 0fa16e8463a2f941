//! The keyboard.

use super::action::Action;
use super::shell::{UiState, act};
use crate::map::{MapView, Tool};
use crate::session::{Command, Session, Worksheet};
use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// Share of the screen that an arrow key moves the map.
const STEP: f32 = 0.15;

/// Does what the pressed shortcuts say.
pub(super) fn handle(
    ctx: &Context,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    state.card.take_keys(ctx);
    let typing = ctx.text_edit_focused();
    let mut shortcuts: Vec<(Action, KeyboardShortcut)> = Action::ALL
        .iter()
        .filter_map(|action| Some((*action, action.shortcut()?)))
        .collect();
    // Ctrl+F also answers to Ctrl+Shift+F, so those with Shift are asked first.
    shortcuts.sort_by_key(|(_, shortcut)| !shortcut.modifiers.shift);
    for (action, shortcut) in shortcuts {
        // Letters belong to the text field while somebody types in one.
        let is_plain =
            shortcut.modifiers == Modifiers::NONE && !is_function_key(shortcut.logical_key);
        if (typing || session.dialog.is_some()) && is_plain {
            continue;
        }
        // What is typed into a rule is taken back in the rule, not in the workspace.
        let in_draft = typing && session.worksheet == Some(Worksheet::Catalogue);
        if in_draft && matches!(action, Action::Undo | Action::Redo) {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
            act(action, session, state, map, out);
        }
    }
    if typing || session.dialog.is_some() {
        return;
    }
    let pressed = |key| ctx.input(|input| input.modifiers.is_none() && input.key_pressed(key));
    for (key, right, down) in [
        (Key::ArrowLeft, -STEP, 0.0),
        (Key::ArrowRight, STEP, 0.0),
        (Key::ArrowUp, 0.0, -STEP),
        (Key::ArrowDown, 0.0, STEP),
    ] {
        // While a finding is looked at, they go through the findings.
        let free =
            session.chosen_finding.is_none() && ctx.memory(|memory| memory.focused().is_none());
        if free && pressed(key) {
            map.pan_by(right, down);
        }
    }
    // Escape takes back one thing at a time: the tool, the finding, the selection, what is
    // inspected, the sheet beside the map.
    if pressed(Key::Escape) && map.tool == Tool::Pan && session.placing.is_none() {
        if session.chosen_finding.is_some() {
            out.push(Command::ChooseFinding(None));
        } else if session.view.selection.is_some() {
            out.push(Command::ClearSelection);
        } else if session.inspected.is_some() {
            out.push(Command::Inspect(None));
        } else if session.worksheet.is_some() {
            out.push(Command::ShowWorksheet(None));
        }
    }
}

fn is_function_key(key: Key) -> bool {
    matches!(key, Key::F1 | Key::F2 | Key::F3 | Key::F4 | Key::F5)
}
