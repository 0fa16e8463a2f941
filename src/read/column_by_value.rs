//! Columns that no header explains, by their values: ID numbers, telephones, positions, codes, days.

use super::column_guess::{Guess, Guessing};
use super::column_values::ColumnValues;
use super::field::Field;
use super::header_words::Trust;
use super::inspection::ColumnReason;
use crate::model::TableKind;

/// How many of a column's values are of some sort.
type Count = fn(&ColumnValues) -> usize;

impl Guessing<'_> {
    /// A column of valid ID numbers holds them, even if its header says that it numbers households
    /// or nothing at all.
    pub(super) fn id_numbers_by_value(&mut self) {
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
            let may_change = matches!(
                self.guesses.get(*at).copied().flatten(),
                None | Some((
                    Some(Field::HouseholdId | Field::MemberId),
                    ColumnReason::Header
                ))
            );
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
    pub(super) fn by_value(&mut self) {
        let looks: [(Field, Count); 7] = [
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
        let share = |at: usize, count: Count| {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::trial::guessed;

    #[test]
    fn values_say_what_headers_do_not() {
        let (kind, columns) = guessed(
            "台账.csv",
            "编号,,联系,东,北,社区网格,在册,号\n\
             000000198001010013,示范甲,19900000001,121.26651,30.17021,330282001001001,低保,1\n\
             000000195403070023,示范乙,19900000002,121.26652,30.17022,330282001001002,特困,2\n\
             000000201005060012,示范丙,19900000003,121.26653,30.17023,330282001001003,低保、医疗救助,3\n",
        );
        assert_eq!(kind, TableKind::Households);
        assert_eq!(
            columns,
            [
                "编号=id_number 100%",
                "=- unknown",
                "联系=phone 100%",
                "东=lon 100%",
                "北=lat 100%",
                "社区网格=grid_code 100%",
                "在册=programmes 100%",
                "号=- unknown",
            ]
        );
    }

    #[test]
    fn a_plain_contradiction_beats_the_header() {
        let (_, columns) = guessed(
            "a.csv",
            "户编号,x,y,X坐标,Y坐标,残疾,备注1\n\
             a,甲,一,621234.5,3339012.5,肢体,\nb,乙,二,621235.5,3339013.5,听力,\n\
             c,丙,三,621236.5,3339014.5,无,\nd,丁,四,621237.5,3339015.5,有,\ne,戊,五,621238.5,3339016.5,有,\n",
        );
        assert_eq!(
            columns,
            [
                "户编号=household_id",
                "x=- unknown",
                "y=- unknown",
                "X坐标=lon",
                "Y坐标=lat",
                "残疾=- unknown",
                "备注1=- unknown",
            ]
        );
        // A header of one use alone is believed, so that every row says what is wrong.
        let (_, columns) = guessed(
            "a.csv",
            "户编号,经度,y\na,甲,1\nb,乙,1\nc,丙,1\nd,丁,1\ne,戊,1\n",
        );
        assert_eq!(columns[1..], ["经度=lon", "y=lat"]);
        // A survey whose headers say nothing that is known.
        let (_, columns) = guessed(
            "a.csv",
            "户编号,坐标1,坐标2\na,621234.5,3339012.5\nb,621235.5,3339013.5\nc,621236.5,3339014.5\n",
        );
        assert_eq!(columns[1..], ["坐标1=lon 100%", "坐标2=lat 100%"]);
    }
}
