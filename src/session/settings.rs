//! What is remembered from one start to the next. A file that cannot be read or written is no
//! reason to stop: the defaults hold.

use crate::base::AtomicFile;
use crate::words::Lang;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Light, dark or as the system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system.
    System,
    /// Light.
    #[default]
    Light,
    /// Dark.
    Dark,
}

/// Which base map lies below.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BaseMapChoice {
    /// The one that came with the workspace, or none.
    #[default]
    OfWorkspace,
    /// None.
    Nothing,
    /// A `PMTiles` file.
    File(PathBuf),
    /// Tiles of a server: `https://…/{z}/{x}/{y}.png`.
    Template(String),
}

/// What stands under the map.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BottomTab {
    /// The households of the filter.
    #[default]
    List,
    /// The charts of them.
    Charts,
}

/// The settings of one person on one machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
// Each of them is a switch of its own; no two make a state.
#[allow(clippy::struct_excessive_bools)]
pub struct Settings {
    /// `zh`, `en`, or empty for the system's.
    pub lang: String,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Text size, 0.9 to 1.5.
    pub text_scale: f32,
    /// Whether names, ID numbers and phones are hidden on screen.
    pub masked: bool,
    /// Whether the layers are shown.
    pub layers_panel: bool,
    /// Whether the inspector is shown.
    pub inspector_panel: bool,
    /// Whether the list is shown.
    pub list_panel: bool,
    /// What stands there: the list or the charts.
    pub bottom: BottomTab,
    /// Which base map lies below.
    pub base_map: BaseMapChoice,
    /// Who works at this desk: visits and notes are recorded under this name.
    pub worker: String,
    /// Workspaces opened lately, the last first.
    pub recent: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: String::new(),
            theme: ThemeChoice::default(),
            text_scale: 1.0,
            masked: true,
            layers_panel: true,
            inspector_panel: true,
            list_panel: true,
            bottom: BottomTab::default(),
            base_map: BaseMapChoice::default(),
            worker: String::new(),
            recent: Vec::new(),
        }
    }
}

/// How many workspaces are remembered.
const MOST_RECENT: usize = 8;

impl Settings {
    /// The file of this person's settings, where the system has a place for it.
    pub fn default_path() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "livelihood-map")
            .map(|dirs| dirs.config_dir().join("settings.toml"))
    }

    /// Reads the settings; the defaults where there are none or none that can be read.
    pub fn load(path: &Path) -> Self {
        let read = fs::read_to_string(path)
            .ok()
            .and_then(|text| toml::from_str::<Self>(&text).ok());
        let mut settings = read.unwrap_or_default();
        settings.text_scale = if settings.text_scale.is_finite() {
            settings.text_scale.clamp(0.9, 1.5)
        } else {
            1.0
        };
        settings
    }

    /// Writes the settings, if the place can be written.
    pub fn save(&self, path: &Path) {
        let Ok(text) = toml::to_string_pretty(self) else {
            return;
        };
        let Some(folder) = path.parent() else { return };
        // A read-only home keeps no settings; the program works all the same.
        let written = fs::create_dir_all(folder)
            .and_then(|()| AtomicFile::create(path))
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.commit()));
        drop(written);
    }

    /// The language: the one that was chosen, else the system's.
    pub fn language(&self) -> Lang {
        Lang::from_code(&self.lang).unwrap_or_else(Lang::of_system)
    }

    pub(super) fn remember(&mut self, workspace: &Path) {
        self.recent.retain(|path| path != workspace);
        self.recent.insert(0, workspace.to_owned());
        self.recent.truncate(MOST_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_a_restart_and_a_damaged_file_is_no_reason_to_stop() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("设置").join("settings.toml");
        let mut settings = Settings {
            lang: "en".into(),
            text_scale: 1.2,
            ..Settings::default()
        };
        settings.remember(Path::new("民情.lmap"));
        settings.base_map = BaseMapChoice::Template("https://tiles.example/{z}/{x}/{y}.png".into());
        settings.save(&path);
        assert_eq!(Settings::load(&path), settings);
        fs::write(&path, "lang = [").unwrap();
        assert_eq!(Settings::load(&path), Settings::default());
        fs::write(&path, "text_scale = 99.0").unwrap();
        assert_eq!(Settings::load(&path).text_scale, 1.5);
    }
}
