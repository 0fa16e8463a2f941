//! Which of its values a household's row states.

use super::{FieldSet, Household, HouseholdField};

/// The values that a row states, of those that its file has columns for. An empty cell states
/// nothing, except programmes and needs: there an empty cell of a column means that there are none.
pub fn stated_by(household: &Household, file_stated: FieldSet) -> FieldSet {
    let is_stated = |field: HouseholdField| match field {
        HouseholdField::Id | HouseholdField::Programmes | HouseholdField::Needs => true,
        HouseholdField::HeadName => !household.head_name.is_empty(),
        HouseholdField::IdNumber => !household.id_number.is_empty(),
        HouseholdField::Phone => !household.phone.is_empty(),
        HouseholdField::Address => !household.address.is_empty(),
        HouseholdField::Position => {
            household.position.is_some() || !household.position_text.is_empty()
        }
        HouseholdField::DeclaredArea => !household.declared_area.is_empty(),
        HouseholdField::Members => household.members.is_some(),
        HouseholdField::Elderly => household.elderly.is_some(),
        HouseholdField::Children => household.children.is_some(),
        HouseholdField::Disabled => household.disabled.is_some(),
        HouseholdField::LivingAlone => household.living_alone.is_some(),
        HouseholdField::MonthlyIncome => household.monthly_income.is_some(),
        HouseholdField::LastVisit => household.last_visit.is_some(),
        HouseholdField::Tags => !household.tags.is_empty(),
        HouseholdField::Notes => !household.notes.is_empty(),
    };
    file_stated
        .iter()
        .filter(|field| is_stated(*field))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_cells_state_nothing_but_that_there_are_no_needs() {
        let file: FieldSet = [
            HouseholdField::Id,
            HouseholdField::Phone,
            HouseholdField::Address,
            HouseholdField::Needs,
        ]
        .into_iter()
        .collect();
        let household = Household {
            id: "1".into(),
            phone: "0574".into(),
            notes: "no column".into(),
            ..Household::default()
        };
        let stated = stated_by(&household, file);
        let codes: Vec<_> = stated.iter().map(HouseholdField::code).collect();
        assert_eq!(codes, ["household_id", "phone", "needs"]);
    }
}
