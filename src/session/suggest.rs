//! Where a file goes unless somebody says otherwise.

use super::Session;
use std::path::PathBuf;

impl Session {
    /// A file of this day in the documents folder: `示范街道-清单-2026-11-21.xlsx`.
    pub fn suggested_path(&self, what: &str, ending: &str) -> PathBuf {
        let name = self.document.as_ref().map(super::Document::name);
        let name = name.filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| self.lang.t("common.app_name").into_owned());
        usual_folder().join(format!("{name}-{what}-{}.{ending}", self.view.as_of))
    }
}

impl Session {
    /// Where a new workspace might be made, in the folder where people keep documents.
    pub fn suggested_workspace(&self) -> PathBuf {
        usual_folder().join(self.lang.t("session.new_workspace").as_ref())
    }
}

/// The documents folder, else the home folder, else where the program was started.
fn usual_folder() -> PathBuf {
    let dirs = directories::UserDirs::new();
    let documents = dirs.as_ref().and_then(|dirs| dirs.document_dir());
    let home = dirs.as_ref().map(directories::UserDirs::home_dir);
    documents
        .into_iter()
        .chain(home)
        .find(|folder| folder.is_dir())
        .map(PathBuf::from)
        .or_else(|| std::env::current_dir().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;
    use crate::session::Settings;

    #[test]
    fn a_suggested_file_stands_in_a_folder_that_is_there_and_carries_the_day() {
        let day = Date::parse("2026-11-21").unwrap();
        let session = Session::new(
            Settings {
                lang: "zh".into(),
                ..Settings::default()
            },
            day,
        );
        let path = session.suggested_path("清单", "xlsx");
        assert_eq!(
            path.file_name().unwrap().to_string_lossy(),
            "民情地图-清单-2026-11-21.xlsx"
        );
        assert!(path.is_absolute());
        assert!(path.parent().unwrap().is_dir());
    }
}
