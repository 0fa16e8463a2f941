//! Language, theme, text size, panels.

use crate::session::{Command, Effects, Panel, Session};

impl Session {
    pub(super) fn change_settings(&mut self, command: Command, effects: &mut Effects) {
        match command {
            Command::SetLang(lang) => {
                self.lang = lang;
                lang.code().clone_into(&mut self.settings.lang);
                if self.filter_error.is_none() && self.town().is_some() {
                    let view = self.view.clone();
                    self.restore(view);
                }
            }
            Command::SetTheme(theme) => self.settings.theme = theme,
            Command::SetTextScale(scale) => self.settings.text_scale = scale.clamp(0.9, 1.5),
            Command::FoldPanel(Panel::Layers, shown) => self.settings.layers_panel = shown,
            Command::FoldPanel(Panel::Inspector, shown) => self.settings.inspector_panel = shown,
            Command::FoldPanel(Panel::List, shown) => self.settings.list_panel = shown,
            Command::SetWorker(worker) => self.settings.worker = worker,
            Command::SetMasked(masked) => self.settings.masked = masked,
            Command::SetBaseMap(choice) => self.settings.base_map = choice,
            _ => return,
        }
        effects.save_settings = true;
    }
}
