//! Which column is which field: by what somebody says, else the header, else the values.

use super::choice::ColumnChoices;
use super::column_values::ColumnValues;
use super::columns::{column_key, meaning, plain_header};
use super::field::Field;
use super::header_words::{Trust, is_sensitive};
use super::inspection::ColumnReason;
use crate::model::TableKind;

/// What a column is taken for, and why.
pub(super) type Guess = (Option<Field>, ColumnReason);

/// A table's columns while they are guessed.
pub(super) struct Guessing<'a> {
    kind: TableKind,
    headers: &'a [String],
    plain: Vec<String>,
    values: &'a [ColumnValues],
    guesses: Vec<Option<Guess>>,
}

/// Guesses every column of a table. `said` is somebody's word, `template` that of a saved mapping.
pub(super) fn guess(
    kind: TableKind,
    headers: &[String],
    values: &[ColumnValues],
    said: &ColumnChoices,
    template: &ColumnChoices,
) -> Vec<Guess> {
    let mut guessing = Guessing {
        kind,
        headers,
        plain: headers.iter().map(|header| plain_header(header)).collect(),
        values,
        guesses: vec![None; headers.len()],
    };
    guessing.take_choices(said, ColumnReason::Said);
    guessing.take_choices(template, ColumnReason::Template);
    guessing.drop_sensitive();
    guessing.by_header(Trust::Strong);
    guessing.id_numbers_by_value();
    guessing.by_header(Trust::Weak);
    guessing.by_value();
    if !guessing.has(Field::HouseholdId) && !guessing.has(Field::IdNumber) {
        guessing.by_header(Trust::Serial);
    }
    guessing.finish()
}

impl Guessing<'_> {
    fn has(&self, field: Field) -> bool {
        let is_it = |guess: &Option<Guess>| guess.is_some_and(|(one, _)| one == Some(field));
        self.guesses.iter().any(is_it)
    }

    fn is_open(&self, at: usize) -> bool {
        self.guesses.get(at).is_some_and(Option::is_none)
    }

    /// Whether the kind has a field that no column has been taken for.
    fn wants(&self, field: Field) -> bool {
        Field::of(self.kind).contains(&field) && !self.has(field)
    }

    fn put(&mut self, at: usize, field: Option<Field>, reason: ColumnReason) {
        if let Some(slot) = self.guesses.get_mut(at) {
            *slot = Some((field, reason));
        }
    }

    fn values(&self, at: usize) -> Option<&ColumnValues> {
        self.values.get(at)
    }

    fn take_choices(&mut self, choices: &ColumnChoices, reason: ColumnReason) {
        for at in 0..self.headers.len() {
            let Some(choice) = choices.get(&column_key(self.headers, at)) else {
                continue;
            };
            if !self.is_open(at) {
                continue;
            }
            match choice.as_deref().filter(|code| !code.is_empty()) {
                None => self.put(at, None, reason),
                Some(code) => match Field::from_code(code) {
                    Some(field) if self.wants(field) => self.put(at, Some(field), reason),
                    Some(field) if self.has(field) => self.put(at, None, ColumnReason::Doubled),
                    _ => {}
                },
            }
        }
    }

    fn drop_sensitive(&mut self) {
        for at in 0..self.headers.len() {
            let is_sensitive = self.plain.get(at).is_some_and(|plain| is_sensitive(plain));
            if is_sensitive && self.is_open(at) {
                self.put(at, None, ColumnReason::Sensitive);
            }
        }
    }

    /// What the header of a column means, where its values do not plainly contradict it.
    fn meant(&self, at: usize, trust: Trust) -> Option<Field> {
        let plain = self.plain.get(at).filter(|plain| !plain.is_empty())?;
        let (field, found) = meaning(self.kind, plain)?;
        let contradicts = self
            .values(at)
            .is_some_and(|values| values.contradict(field));
        (found == trust && !contradicts).then_some(field)
    }

    /// For each field the first column whose header means it; one that holds something is better
    /// than an empty one, and a code is better than the count of the rows.
    fn by_header(&mut self, trust: Trust) {
        for field in Field::of(self.kind) {
            if !self.wants(*field) {
                continue;
            }
            let columns = (0..self.headers.len())
                .filter(|at| self.is_open(*at) && self.meant(*at, trust) == Some(*field));
            let best = columns.min_by_key(|at| {
                let values = self.values(*at);
                let is_empty = values.is_some_and(|values| values.filled == 0);
                let is_serial = values.is_some_and(|values| values.is_serial);
                (is_empty, trust == Trust::Weak && is_serial)
            });
            if let Some(at) = best {
                self.put(at, Some(*field), ColumnReason::Header);
            }
        }
    }

    /// A column of valid ID numbers holds them, even if its header says that it numbers households
    /// or nothing at all.
    fn id_numbers_by_value(&mut self) {
        let is_kept = |guess: &Option<Guess>| {
            matches!(
                guess,
                Some((Some(Field::IdNumber | Field::HeadIdNumber), _))
            )
        };
        if !Field::of(self.kind).contains(&Field::IdNumber) || self.guesses.iter().any(is_kept) {
            return;
        }
        let found = (0..self.headers.len()).find(|at| {
            let may_change = match self.guesses.get(*at).copied().flatten() {
                None => true,
                Some((Some(Field::HouseholdId | Field::MemberId), ColumnReason::Header)) => true,
                Some(_) => false,
            };
            may_change && self.values(*at).is_some_and(ColumnValues::are_id_numbers)
        });
        if let Some(at) = found {
            let share = self
                .values(at)
                .map_or(0, |values| values.percent(values.id_numbers));
            self.put(at, Some(Field::IdNumber), ColumnReason::Values(share));
        }
    }

    /// Fields that no header names, by the values of columns that no header explains.
    fn by_value(&mut self) {
        let looks: [(Field, fn(&ColumnValues) -> usize); 7] = [
            (Field::Certificate, |values| values.certificates),
            (Field::Phone, |values| values.phones),
            (Field::DeclaredArea, |values| values.area_codes),
            (Field::Programmes, |values| values.programmes),
            (Field::Programme, |values| values.programmes),
            (Field::Needs, |values| values.needs),
            (Field::Category, |values| values.needs),
        ];
        for (field, count) in looks {
            if !self.wants(field) {
                continue;
            }
            let found = (0..self.headers.len()).find(|at| {
                self.is_unexplained(*at)
                    && self
                        .values(*at)
                        .is_some_and(|values| values.are_mostly(count(values)))
            });
            if let Some(at) = found {
                let share = self
                    .values(at)
                    .map_or(0, |values| values.percent(count(values)));
                self.put(at, Some(field), ColumnReason::Values(share));
            }
        }
        self.positions_by_value();
        self.day_by_value();
    }

    /// Whether nobody and no header says what a column holds.
    fn is_unexplained(&self, at: usize) -> bool {
        let meant = Trust::ALL
            .into_iter()
            .find_map(|trust| self.meant(at, trust));
        self.is_open(at) && meant.is_none_or(|field| !self.has(field))
    }

    /// Two columns side by side, or the one that is missing beside the other, that hold degrees of
    /// China, or the metres of a survey under headers that speak of coordinates.
    fn positions_by_value(&mut self) {
        let unexplained = |at: &usize| self.is_unexplained(*at);
        let columns: Vec<usize> = (0..self.headers.len()).filter(unexplained).collect();
        let share = |at: usize, count: fn(&ColumnValues) -> usize| {
            let values = self.values(at)?;
            let count = count(values);
            values.are_mostly(count).then(|| values.percent(count))
        };
        let lon = |at: usize| share(at, |values| values.lons);
        let lat = |at: usize| share(at, |values| values.lats);
        let metres = |at: usize| {
            let speaks = self.plain.get(at).is_some_and(|plain| {
                let words = ["坐标", "x", "y", "东", "北", "coord", "east", "north"];
                plain.is_empty() || words.iter().any(|word| plain.contains(word))
            });
            share(at, |values| values.metres).filter(|_| speaks)
        };
        let mut found = Vec::new();
        match (self.wants(Field::Lon), self.wants(Field::Lat)) {
            (true, true) => {
                let pairs = columns
                    .iter()
                    .flat_map(|a| columns.iter().map(move |b| (*a, *b)));
                let best = pairs
                    .filter(|(a, b)| a != b)
                    .filter_map(|(a, b)| Some((a.abs_diff(b), a, b, lon(a)?, lat(b)?)))
                    .min();
                let survey = columns.windows(2).find_map(|pair| match pair {
                    [a, b] if a + 1 == *b => Some((1, *a, *b, metres(*a)?, metres(*b)?)),
                    _ => None,
                });
                if let Some((_, a, b, lon, lat)) = best.or(survey) {
                    found.push((a, Field::Lon, lon));
                    found.push((b, Field::Lat, lat));
                }
            }
            (true, false) => {
                let one = columns
                    .iter()
                    .find_map(|at| Some((*at, Field::Lon, lon(*at)?)));
                found.extend(one);
            }
            (false, true) => {
                let one = columns
                    .iter()
                    .find_map(|at| Some((*at, Field::Lat, lat(*at)?)));
                found.extend(one);
            }
            (false, false) => {}
        }
        for (at, field, share) in found {
            self.put(at, Some(field), ColumnReason::Values(share));
        }
    }

    /// The one column of days of a table whose rows are about a day.
    fn day_by_value(&mut self) {
        let field = match self.kind {
            TableKind::Visits if self.wants(Field::PlannedOn) => Field::DoneOn,
            TableKind::Receipts if self.wants(Field::End) => Field::Start,
            TableKind::Needs if self.wants(Field::ClosedOn) => Field::RaisedOn,
            _ => return,
        };
        if !self.wants(field) {
            return;
        }
        let is_day = |at: &usize| {
            let values = self.values(*at);
            self.is_unexplained(*at) && values.is_some_and(|values| values.are_mostly(values.days))
        };
        let days: Vec<usize> = (0..self.headers.len()).filter(is_day).collect();
        if let [at] = days.as_slice() {
            let share = self
                .values(*at)
                .map_or(0, |values| values.percent(values.days));
            self.put(*at, Some(field), ColumnReason::Values(share));
        }
    }

    /// Columns that are left are doubled where their header means what another holds, else unknown.
    /// Where an ID number stands in for the number of the household, its values are the reason.
    fn finish(mut self) -> Vec<Guess> {
        let stands_in = self.kind == TableKind::Households
            && !self.has(Field::HouseholdId)
            && self.has(Field::IdNumber);
        for at in 0..self.headers.len() {
            match self.guesses.get(at).copied().flatten() {
                None => {
                    let meant = [Trust::Strong, Trust::Weak]
                        .into_iter()
                        .find_map(|trust| self.meant(at, trust));
                    let reason = match meant {
                        Some(field) if self.has(field) => ColumnReason::Doubled,
                        _ => ColumnReason::Unknown,
                    };
                    self.put(at, None, reason);
                }
                Some((Some(Field::IdNumber), ColumnReason::Header)) if stands_in => {
                    let share = self
                        .values(at)
                        .map_or(0, |values| values.percent(values.id_numbers));
                    self.put(at, Some(Field::IdNumber), ColumnReason::Values(share));
                }
                Some(_) => {}
            }
        }
        self.guesses
            .into_iter()
            .map(|guess| guess.unwrap_or((None, ColumnReason::Unknown)))
            .collect()
    }
}
