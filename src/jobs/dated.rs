//! Receipts, needs and visits of a workspace as they stand on a day, joined with the households.

use crate::base::Progress;
use crate::model::{CodeList, Date, Household};
use crate::snapshot::Tables;
use crate::store::Workspace;
use crate::words::Fault;
use std::collections::HashMap;

/// What the long tables say of the households on a day.
#[derive(Debug)]
pub(super) struct Dated {
    as_of: Date,
    of_household: HashMap<i64, OnTheDay>,
}

/// What they say of one household.
#[derive(Debug, Default)]
struct OnTheDay {
    /// Programmes that are received, with repeats.
    programmes: Vec<String>,
    /// Programmes of which the receipts say that they are not received on the day.
    ended: Vec<String>,
    /// Needs that are open.
    needs: Vec<String>,
    /// Needs of which the table says that they are not open on the day.
    closed: Vec<String>,
    last_visit: Option<Date>,
}

impl Dated {
    /// Reads the tables; each row goes into `tables` too, so that each is read once.
    pub(super) fn read(
        workspace: &Workspace,
        as_of: Date,
        tables: &mut Tables,
        progress: &Progress,
    ) -> Result<Self, Fault> {
        let mut of_household: HashMap<i64, OnTheDay> = HashMap::new();
        workspace.each_receipt(&mut |number, receipt| {
            let household = of_household.entry(number).or_default();
            let list = if receipt.is_active(as_of) {
                &mut household.programmes
            } else {
                &mut household.ended
            };
            list.push(receipt.programme.clone());
            tables.push_receipt(number, receipt);
            progress.tick(0)?;
            Ok(())
        })?;
        workspace.each_need(&mut |number, need| {
            let household = of_household.entry(number).or_default();
            let list = if need.is_open(as_of) {
                &mut household.needs
            } else {
                &mut household.closed
            };
            list.push(need.category.clone());
            tables.push_need(number, need);
            progress.tick(0)?;
            Ok(())
        })?;
        workspace.each_visit(&mut |number, visit| {
            if let Some(done) = visit.done_on.filter(|done| *done <= as_of) {
                let last = &mut of_household.entry(number).or_default().last_visit;
                *last = (*last).max(Some(done));
            }
            tables.push_visit(number, visit);
            progress.tick(0)?;
            Ok(())
        })?;
        workspace.each_review(&mut |number, review| {
            tables.push_review(number, review);
            progress.tick(0)?;
            Ok(())
        })?;
        Ok(Self {
            as_of,
            of_household,
        })
    }

    /// Whether there is nothing that another day would change.
    pub(super) fn is_empty(&self) -> bool {
        self.of_household.is_empty()
    }

    /// A household as it stands on the day, where that is not what its row says. The tables know
    /// more than the ledger: a programme whose receipts have all ended is not received, whatever
    /// the ledger's list says; programmes that they do not name stay as the ledger has them. A
    /// last visit after the day has not happened yet.
    pub(super) fn applied(&self, number: i64, household: &Household) -> Option<Household> {
        let last_visit = household.last_visit.filter(|day| *day <= self.as_of);
        let Some(on_the_day) = self.of_household.get(&number) else {
            return (last_visit != household.last_visit).then(|| Household {
                last_visit,
                ..household.clone()
            });
        };
        let mut out = household.clone();
        out.programmes = merged(
            &household.programmes,
            &on_the_day.programmes,
            &on_the_day.ended,
        );
        out.needs = merged(&household.needs, &on_the_day.needs, &on_the_day.closed);
        out.last_visit = last_visit.max(on_the_day.last_visit);
        Some(out)
    }
}

/// A ledger's list without what is off and with what is on.
fn merged(ledger: &CodeList, on: &[String], off: &[String]) -> CodeList {
    let mut list = CodeList::new();
    let is_off = |code: &str| off.iter().any(|one| one == code);
    for code in ledger.iter().filter(|code| !is_off(code)) {
        list.push(code);
    }
    for code in on {
        list.push(code);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_is_off_and_what_goes_on_is_on() {
        let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let ledger = CodeList::split("dibao;yiliao");
        let list = merged(&ledger, &texts(&["linshi", "yiliao"]), &texts(&["dibao"]));
        assert_eq!(list.as_str(), "yiliao;linshi");
        // Ended once and begun again.
        let list = merged(&ledger, &texts(&["dibao"]), &texts(&["dibao"]));
        assert_eq!(list.as_str(), "yiliao;dibao");
    }
}
