//! The office's catalogue: its text, version by version. What it says is not this floor's matter.

use super::batch::Stamp;
use super::{Workspace, fault};
use crate::words::Fault;
use rusqlite::OptionalExtension;

/// The batch of the version that a workspace began with; it cannot be undone.
const BEGINNING: i64 = 0;

/// One version of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueVersion {
    /// Its number; later versions have larger ones.
    pub number: i64,
    /// The batch that brought it; `None` for what the workspace began with.
    pub batch: Option<i64>,
    /// When, in seconds since 1970-01-01 UTC; `None` for what the workspace began with.
    pub at_unix_secs: Option<i64>,
    /// Whether its batch is undone.
    pub is_undone: bool,
}

impl Workspace {
    /// The text of the catalogue that holds: of the newest version that is not undone. `None`
    /// where the workspace has none yet.
    pub fn catalogue(&self) -> Result<Option<String>, Fault> {
        let sql = "SELECT text FROM catalogue LEFT JOIN batch ON batch.number = catalogue.batch \
            WHERE undone_at_unix_secs IS NULL ORDER BY catalogue.number DESC LIMIT 1";
        self.connection()
            .query_row(sql, [], |row| row.get(0))
            .optional()
            .map_err(|error| fault::of(self.path(), &error))
    }

    /// Gives the workspace the catalogue that it begins with, unless it has one.
    pub fn begin_catalogue(&mut self, text: &str) -> Result<(), Fault> {
        let sql = "INSERT INTO catalogue (batch, text) SELECT ?1, ?2 \
            WHERE NOT EXISTS (SELECT 1 FROM catalogue)";
        self.check_writable()?;
        self.connection()
            .execute(sql, (BEGINNING, text))
            .map(|_| ())
            .map_err(|error| fault::of(self.path(), &error))
    }

    /// Keeps a new version of the catalogue; gives the number of the batch, which can be undone.
    pub fn save_catalogue(&mut self, text: &str, stamp: Stamp<'_>) -> Result<i64, Fault> {
        self.in_batch(stamp, |_, connection, import| {
            let sql = "INSERT INTO catalogue (batch, text) \
                SELECT batch, ?2 FROM import WHERE number = ?1";
            connection
                .execute(sql, (import, text))
                .map(|_| ())
                .map_err(|error| fault::of(self.path(), &error))
        })
    }

    /// Every version of the catalogue, the newest first, those that were undone among them.
    pub fn catalogue_versions(&self) -> Result<Vec<CatalogueVersion>, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
        let sql = "SELECT catalogue.number, batch.number, at_unix_secs, \
            undone_at_unix_secs IS NOT NULL \
            FROM catalogue LEFT JOIN batch ON batch.number = catalogue.batch \
            ORDER BY catalogue.number DESC";
        let mut statement = self.connection().prepare(sql).map_err(wrap)?;
        let versions = statement.query_map([], |row| {
            Ok(CatalogueVersion {
                number: row.get(0)?,
                batch: row.get(1)?,
                at_unix_secs: row.get(2)?,
                is_undone: row.get(3)?,
            })
        });
        versions
            .map_err(wrap)?
            .collect::<Result<_, _>>()
            .map_err(wrap)
    }
}

#[cfg(test)]
mod tests {
    use crate::base::Progress;
    use crate::store::sample::{NOW, bare, import, new_workspace};
    use crate::store::{Access, BatchKind, Workspace};

    fn undo(workspace: &mut Workspace, batch: i64) {
        workspace.undo_batch(batch, 9, &Progress::new()).unwrap();
    }

    #[test]
    fn the_newest_version_that_is_not_undone_holds() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let now = |workspace: &Workspace| workspace.catalogue().unwrap().unwrap_or_default();
        assert_eq!(workspace.catalogue().unwrap(), None);
        workspace.begin_catalogue("一").unwrap();
        workspace.begin_catalogue("another").unwrap();
        assert_eq!(now(&workspace), "一");
        let second = workspace.save_catalogue("二", NOW).unwrap();
        let third = workspace.save_catalogue("三", NOW).unwrap();
        assert_eq!(now(&workspace), "三");
        // One that a later one stands on changes nothing, one that holds gives way.
        undo(&mut workspace, second);
        assert_eq!(now(&workspace), "三");
        undo(&mut workspace, third);
        assert_eq!(now(&workspace), "一");
        let fourth = workspace.save_catalogue("四", NOW).unwrap();
        assert_eq!(now(&workspace), "四");
        let versions = workspace.catalogue_versions().unwrap();
        let known: Vec<_> = versions
            .iter()
            .map(|version| (version.batch, version.is_undone))
            .collect();
        let expected = [
            (Some(fourth), false),
            (Some(third), true),
            (Some(second), true),
            (None, false),
        ];
        assert_eq!(known, expected);
        assert_eq!(versions[0].at_unix_secs, Some(NOW.at_unix_secs));
    }

    #[test]
    fn a_version_is_an_edit_beside_the_imports_and_leaves_households_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &[bare("1"), bare("2")]);
        let batch = workspace.save_catalogue("x", NOW).unwrap();
        let newest = workspace.batches().unwrap().remove(0);
        assert_eq!(
            (newest.number, newest.kind, newest.title.as_str()),
            (batch, BatchKind::Edit, NOW.title)
        );
        let report = workspace.undo_batch(batch, 9, &Progress::new()).unwrap();
        assert_eq!(report, crate::store::UndoReport::default());
        assert_eq!(workspace.household_count().unwrap(), 2);
        assert!(workspace.undo_batch(batch, 9, &Progress::new()).is_err());
    }

    #[test]
    fn what_is_open_to_look_at_keeps_its_catalogue() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        workspace.begin_catalogue("一").unwrap();
        let path = workspace.path().to_owned();
        drop(workspace);
        let mut workspace = Workspace::open(&path, Access::ReadOnly).unwrap();
        let refused = workspace.save_catalogue("二", NOW).unwrap_err();
        assert_eq!(refused.message.key(), "store.read_only");
        workspace.begin_catalogue("三").unwrap_err();
        assert_eq!(workspace.catalogue().unwrap(), Some("一".to_owned()));
    }
}
