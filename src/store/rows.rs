//! Tables whose rows are replaced as a whole: areas, members, receipts, needs, visits, resources
//! and the lists of other departments. A row that a newer file changes stays in the table's past.

use super::cells::{Binder, Cells};
use super::fault;
use super::seen::Seen;
use crate::model::FieldSet;
use crate::words::Fault;
use ahash::AHashMap;
use rusqlite::{Connection, Error, Result, Row, Statement};
use std::hash::{BuildHasher, Hash, RandomState};
use std::path::Path;

mod by_hand;
mod past;

use by_hand::ByHand;
pub(super) use by_hand::STOOD_AGAINST;
pub(super) use past::{all_of, versions_of};

/// In the past of a row, added to what a version said: its batch was undone. Such a version is kept
/// for the history alone.
pub(super) const TAKEN_BACK: i64 = 4;

/// What putting a row did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was not there before.
    New,
    /// It was there and said something else.
    Changed,
    /// It was there and said the same.
    Same,
    /// The same file had it already, in this row; the later one counts.
    Repeated(u64),
}

/// A table, as far as `SQL` needs to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Its number in the table `seen`.
    pub(super) kind: i64,
    /// The column of the household or list that a row belongs to; empty where it belongs to none.
    pub(super) owner: &'static str,
    /// The columns of the record itself.
    pub(super) columns: &'static str,
}

impl Table {
    /// All columns, as they are bound and read.
    pub(super) fn all_columns(&self) -> String {
        let own = self.columns;
        match self.owner {
            "" => format!("{own}, import, row, gone, number"),
            owner => format!("{owner}, {own}, import, row, gone, number"),
        }
    }
}

/// The keys by which a row is known again: those of the same owner only.
pub(super) struct Keys<'a> {
    hasher: &'a RandomState,
    owner: i64,
    own: Vec<u64>,
    aliases: Vec<u64>,
}

impl Keys<'_> {
    /// Adds a key: the surest first. `what` tells kinds of keys apart.
    pub(super) fn push(&mut self, what: &str, key: impl Hash) {
        let key = self.hasher.hash_one((self.owner, what, key));
        self.own.push(key);
    }

    /// Adds a key by which the row may have been known before; it is not known by it from now on.
    pub(super) fn push_alias(&mut self, what: &str, key: impl Hash) {
        let key = self.hasher.hash_one((self.owner, what, key));
        self.aliases.push(key);
    }
}

/// The keys of one row.
struct KeySet {
    own: Vec<u64>,
    aliases: Vec<u64>,
}

/// A row of such a table.
pub(super) trait Record: Clone + PartialEq {
    const TABLE: Table;

    /// Whether a file may have a key more than once, each row a row of its own.
    const REPEATS: bool = false;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()>;

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self>;

    /// The keys of this row.
    fn keys(&self, keys: &mut Keys<'_>);

    /// Whether a stored row that shares a key is this row.
    fn is_same_row(&self, stored: &Self) -> bool;

    /// Whether people record such rows at the desk too.
    const AT_THE_DESK: bool = false;

    /// Whether a file's row says something beyond what a file said of it last, if any did: else
    /// what somebody recorded at the desk stands.
    fn is_news(&self, _said: Option<&Self>) -> bool {
        true
    }

    /// Whether this is what a stored row only announces.
    fn fulfils(&self, _stored: &Self) -> bool {
        false
    }

    /// Takes over what a stored row knows in full and this one shows with stars.
    fn unmask(&mut self, _stored: &Self) {}

    /// The place of the household's id, where it belongs to one.
    fn household_id(&mut self) -> Option<&mut String> {
        None
    }
}

/// A row as it is stored.
pub(super) struct StoredRow<T> {
    pub(super) record: T,
    pub(super) owner: i64,
    pub(super) import: i64,
    pub(super) row: u64,
    pub(super) gone: bool,
    pub(super) number: i64,
}

/// The statements of a table, and its rows by their keys.
#[derive(Debug)]
pub(super) struct Rows<'c, T> {
    insert: Statement<'c>,
    update: Statement<'c>,
    get: Statement<'c>,
    keep: Statement<'c>,
    seen: Seen<'c>,
    by_hand: Option<ByHand<'c>>,
    hasher: RandomState,
    by_key: AHashMap<u64, i64>,
    next: i64,
    /// The rows that the file has so far, and where it had each last.
    touched: AHashMap<i64, u64>,
    /// How often the file has a key so far.
    times: AHashMap<u64, u32>,
    record: std::marker::PhantomData<T>,
}

impl<'c, T: Record> Rows<'c, T> {
    pub(super) fn open(connection: &'c Connection) -> Result<Self> {
        let mut rows = Self::prepare(connection)?;
        rows.read_keys(connection, "")?;
        rows.next = next_number::<T>(connection)?;
        rows.read_keys_at_the_desk(connection)?;
        Ok(rows)
    }

    fn prepare(connection: &'c Connection) -> Result<Self> {
        let name = T::TABLE.name;
        let columns = T::TABLE.all_columns();
        let count = columns.split(", ").count();
        let places: Vec<String> = (1..=count).map(|at| format!("?{at}")).collect();
        let pairs: Vec<String> = columns
            .split(", ")
            .zip(1..count)
            .map(|(column, at)| format!("{column} = ?{at}"))
            .collect();
        Ok(Self {
            insert: connection.prepare(&format!(
                "INSERT INTO {name} ({columns}) VALUES ({})",
                places.join(", ")
            ))?,
            update: connection.prepare(&format!(
                "UPDATE {name} SET {} WHERE number = ?{count}",
                pairs.join(", ")
            ))?,
            get: connection.prepare(&format!("SELECT {columns} FROM {name} WHERE number = ?1"))?,
            keep: connection.prepare(&format!(
                "INSERT INTO {name}_past ({columns}) SELECT {columns} FROM {name} WHERE number = ?1"
            ))?,
            seen: Seen::prepare(connection, T::TABLE.kind)?,
            by_hand: ByHand::prepare::<T>(connection)?,
            hasher: RandomState::new(),
            by_key: AHashMap::new(),
            next: 1,
            touched: AHashMap::new(),
            times: AHashMap::new(),
            record: std::marker::PhantomData,
        })
    }

    /// Reads the rows of a condition (`SQL`, "" for none).
    fn read_keys(&mut self, connection: &Connection, condition: &str) -> Result<()> {
        let columns = T::TABLE.all_columns();
        let name = T::TABLE.name;
        let sql = format!("SELECT {columns} FROM {name} {condition} ORDER BY number");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let stored = read::<T>(row)?;
            let keys = self.keys(stored.owner, &stored.record);
            self.register(&keys, stored.number);
        }
        self.times.clear();
        Ok(())
    }

    /// The keys of a row: where keys repeat, each time another.
    fn keys(&mut self, owner: i64, record: &T) -> KeySet {
        let mut keys = Keys {
            hasher: &self.hasher,
            owner,
            own: Vec::with_capacity(3),
            aliases: Vec::new(),
        };
        record.keys(&mut keys);
        let Keys {
            mut own, aliases, ..
        } = keys;
        if T::REPEATS {
            for key in &mut own {
                let times = self.times.entry(*key).or_default();
                *times += 1;
                *key = self.hasher.hash_one((*key, *times));
            }
        }
        KeySet { own, aliases }
    }

    fn register(&mut self, keys: &KeySet, number: i64) {
        for key in &keys.own {
            self.by_key.entry(*key).or_insert(number);
        }
    }

    /// Another file begins.
    pub(super) fn begin_file(&mut self) {
        self.touched.clear();
        self.times.clear();
    }

    /// Whether the file has put anything.
    pub(super) fn is_touched(&self) -> bool {
        !self.touched.is_empty()
    }

    /// Writes what waits.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.seen.flush()
    }

    fn get(&mut self, number: i64) -> Result<Option<StoredRow<T>>> {
        let mut rows = self.get.query([number])?;
        rows.next()?.map(read::<T>).transpose()
    }

    /// The stored row that this is.
    fn find(&mut self, owner: i64, record: &T, keys: &KeySet) -> Result<Option<StoredRow<T>>> {
        for key in keys.own.iter().chain(&keys.aliases) {
            if let Some(number) = self.by_key.get(key).copied()
                && let Some(stored) = self.get(number)?
                && stored.owner == owner
                && record.is_same_row(&stored.record)
            {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }

    /// Stores a row of the file `import`.
    pub(super) fn put(&mut self, owner: i64, record: &T, import: i64, row: u64) -> Result<Put> {
        let keys = self.keys(owner, record);
        let Some(stored) = self.find(owner, record, &keys)? else {
            let number = self.next;
            self.next += 1;
            write(
                &mut self.insert,
                record,
                Place::new(owner, import, row, number),
            )?;
            self.register(&keys, number);
            self.touched.insert(number, row);
            return Ok(Put::New);
        };
        let repeated = self.touched.insert(stored.number, row).map(Put::Repeated);
        self.register(&keys, stored.number);
        let mut record = record.clone();
        record.unmask(&stored.record);
        if let Some(id) = record.household_id() {
            // The number of the owner says which household it is.
            id.clear();
        }
        if record == stored.record && !stored.gone {
            if let Some(repeated) = repeated {
                return Ok(repeated);
            }
            if stored.import != import {
                let all = FieldSet::ALL;
                self.seen.push(stored.number, import, row, all);
            }
            return Ok(Put::Same);
        }
        let place = Place::new(owner, import, row, stored.number);
        if self.stands_by_hand(&stored, &record, place)? {
            return Ok(Put::Same);
        }
        self.replace(&stored, &record, place)?;
        Ok(match repeated {
            Some(repeated) => repeated,
            None if stored.gone => Put::New,
            None => Put::Changed,
        })
    }

    /// Writes a new version of a stored row.
    fn replace(&mut self, stored: &StoredRow<T>, record: &T, place: Place) -> Result<()> {
        if stored.import != place.import {
            self.keep.execute([stored.number])?;
        }
        write(&mut self.update, record, place)
    }

    /// Says that a row is not there any more.
    pub(super) fn remove(&mut self, number: i64, import: i64) -> Result<()> {
        if let Some(stored) = self.get(number)? {
            let mut place = Place::new(stored.owner, import, 0, number);
            place.gone = true;
            self.replace(&stored, &stored.record, place)?;
        }
        Ok(())
    }

    /// Gives the rows of an owner to another. One that the other has already goes.
    pub(super) fn give(
        &mut self,
        connection: &Connection,
        from: i64,
        to: i64,
        import: i64,
    ) -> Result<()> {
        for number in numbers_of::<T>(connection, from)? {
            let Some(stored) = self.get(number)? else {
                continue;
            };
            let keys = self.keys(to, &stored.record);
            let twin = self.find(to, &stored.record, &keys)?;
            if twin.is_some_and(|twin| !twin.gone) {
                self.remove(number, import)?;
            } else {
                let place = Place::new(to, import, 0, number);
                self.replace(&stored, &stored.record, place)?;
                self.by_key
                    .extend(keys.own.iter().map(|key| (*key, number)));
            }
        }
        Ok(())
    }
}

/// The number that the next row gets: none that a row that was taken back has.
fn next_number<T: Record>(connection: &Connection) -> Result<i64> {
    let name = T::TABLE.name;
    let sql = format!(
        "SELECT max((SELECT coalesce(max(number), 0) FROM {name}), \
         (SELECT coalesce(max(number), 0) FROM {name}_past)) + 1"
    );
    connection.query_row(&sql, [], |row| row.get(0))
}

/// The rows of an owner that are not gone.
fn numbers_of<T: Record>(connection: &Connection, owner: i64) -> Result<Vec<i64>> {
    let Table {
        name,
        owner: column,
        ..
    } = T::TABLE;
    let sql = format!("SELECT number FROM {name} WHERE {column} = ?1 AND gone = 0 ORDER BY number");
    let mut statement = connection.prepare(&sql)?;
    let numbers = statement.query_map([owner], |row| row.get(0))?;
    numbers.collect()
}

/// Where a version of a row stands, and where it came from.
#[derive(Clone, Copy)]
struct Place {
    owner: i64,
    import: i64,
    row: u64,
    gone: bool,
    number: i64,
}

impl Place {
    fn new(owner: i64, import: i64, row: u64, number: i64) -> Self {
        Self {
            owner,
            import,
            row,
            gone: false,
            number,
        }
    }
}

fn write<T: Record>(statement: &mut Statement<'_>, record: &T, place: Place) -> Result<()> {
    let mut values = Binder::new(statement);
    if !T::TABLE.owner.is_empty() {
        values.whole(Some(place.owner))?;
    }
    record.bind(&mut values)?;
    values.whole(Some(place.import))?;
    values.whole(Some(place.row as i64))?;
    values.whole(Some(i64::from(place.gone)))?;
    values.whole(Some(place.number))?;
    values.execute().map(|_| ())
}

fn read<T: Record>(row: &Row<'_>) -> Result<StoredRow<T>> {
    let mut cells = Cells::new(row);
    let owner = if T::TABLE.owner.is_empty() {
        0
    } else {
        cells.number()?
    };
    let record = T::read(&mut cells)?;
    let import = cells.number()?;
    let row = cells.number()?;
    Ok(StoredRow {
        record,
        owner,
        import,
        row,
        gone: cells.number::<u8>()? != 0,
        number: cells.number()?,
    })
}

/// Visits the rows that are not gone, in the order in which they first came, with their owner's
/// number and the row of the file. Rows of households that are gone are left out, and those outside of a condition
/// (`SQL`, "" for none).
pub(super) fn each<T: Record>(
    connection: &Connection,
    path: &Path,
    condition: &str,
    visit: &mut dyn FnMut(i64, u64, &T) -> std::result::Result<(), Fault>,
) -> std::result::Result<(), Fault> {
    let wrap = |error: Error| fault::of(path, &error);
    let Table { name, owner, .. } = T::TABLE;
    let columns: Vec<String> = T::TABLE
        .all_columns()
        .split(", ")
        .map(|column| format!("{name}.{column}"))
        .collect();
    let columns = columns.join(", ");
    let household = match owner {
        "household" => {
            ", household.id FROM {name} JOIN household ON household.gone = 0 \
             AND household.number = {name}.household"
        }
        _ => " FROM {name}",
    };
    let from = household.replace("{name}", name);
    let sql =
        format!("SELECT {columns}{from} WHERE {name}.gone = 0 {condition} ORDER BY {name}.number");
    let last = columns.split(", ").count();
    let mut statement = connection.prepare(&sql).map_err(wrap)?;
    let mut rows = statement.query([]).map_err(wrap)?;
    while let Some(row) = rows.next().map_err(wrap)? {
        let mut stored = read::<T>(row).map_err(wrap)?;
        if let Some(id) = stored.record.household_id() {
            *id = row.get(last).map_err(wrap)?;
        }
        visit(stored.owner, stored.row, &stored.record)?;
    }
    Ok(())
}
