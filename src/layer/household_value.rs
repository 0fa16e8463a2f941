//! A value of a household as a person reads it, for those that are not (or no longer) in the list.

use crate::base::digits;
use crate::model::{
    Catalogue, CodeList, Household, HouseholdField, PositionSource, Term, masked_id_number,
    masked_name, masked_phone,
};
use crate::words::Lang;

/// The name of a value, the same words as over its column.
pub fn field_name(field: HouseholdField, lang: Lang) -> String {
    lang.t(&format!("layer.field_{}", field.code()))
        .into_owned()
}

/// How a position became known, in words.
pub fn position_source_text(source: PositionSource, lang: Lang) -> String {
    lang.t(&format!("layer.position_{}", source.code()))
        .into_owned()
}

/// A value in words; empty where nothing is known.
pub fn value_text(
    household: &Household,
    field: HouseholdField,
    catalogue: &Catalogue,
    lang: Lang,
    masked: bool,
) -> String {
    let sensitive = |plain: &str, mask: fn(&str) -> String| {
        if masked {
            mask(plain)
        } else {
            plain.to_owned()
        }
    };
    let count = |count: Option<u16>| count.map(|count| count.to_string()).unwrap_or_default();
    match field {
        HouseholdField::Id => household.id.clone(),
        HouseholdField::HeadName => sensitive(&household.head_name, masked_name),
        HouseholdField::IdNumber => sensitive(&household.id_number, masked_id_number),
        HouseholdField::Phone => sensitive(&household.phone, masked_phone),
        HouseholdField::Address => household.address.clone(),
        HouseholdField::Position => position_text(household, lang),
        HouseholdField::DeclaredArea => household.declared_area.clone(),
        HouseholdField::Members => count(household.members),
        HouseholdField::Elderly => count(household.elderly),
        HouseholdField::Children => count(household.children),
        HouseholdField::Disabled => count(household.disabled),
        HouseholdField::LivingAlone => match household.living_alone {
            Some(true) => lang.t("common.yes").into_owned(),
            Some(false) => lang.t("common.no").into_owned(),
            None => String::new(),
        },
        HouseholdField::MonthlyIncome => household
            .monthly_income
            .map(|income| digits::figure(income, 2))
            .unwrap_or_default(),
        HouseholdField::Programmes => named(&household.programmes, &catalogue.programmes, lang),
        HouseholdField::Needs => named(&household.needs, &catalogue.needs, lang),
        HouseholdField::LastVisit => household
            .last_visit
            .map(|day| day.to_string())
            .unwrap_or_default(),
        HouseholdField::Tags => household.tags.as_str().to_owned(),
        HouseholdField::Notes => household.notes.clone(),
    }
}

/// The pair with what became of it, else the pair as a file had it.
fn position_text(household: &Household, lang: Lang) -> String {
    match household.position {
        Some(at) => {
            let source = position_source_text(household.position_source, lang);
            lang.with(
                "layer.position_pair",
                &[
                    ("lon", &format!("{:.6}", at.lon)),
                    ("lat", &format!("{:.6}", at.lat)),
                    ("source", &source),
                ],
            )
        }
        None => household.position_text.clone(),
    }
}

fn named(list: &CodeList, terms: &[Term], lang: Lang) -> String {
    let name = |code: &str| {
        let term = terms.iter().find(|term| term.is_called(code));
        term.map_or_else(|| code.to_owned(), |term| term.name(lang).to_owned())
    };
    let names: Vec<String> = list.iter().map(name).collect();
    names.join(lang.pick("、", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LonLat;

    #[test]
    fn every_value_has_a_name_and_words_and_hides_what_is_hidden() {
        let household = Household {
            id: "H1".into(),
            head_name: "示例甲".into(),
            id_number: "000000199001010001".into(),
            phone: "19900001234".into(),
            position: LonLat::new(121.25, 30.1),
            position_source: PositionSource::Hand,
            living_alone: Some(false),
            needs: CodeList::split("care;新需求"),
            ..Household::default()
        };
        let catalogue = Catalogue {
            needs: vec![Term {
                zh: "照料".into(),
                ..Term::unknown("care")
            }],
            ..Catalogue::default()
        };
        let text = |field, masked| value_text(&household, field, &catalogue, Lang::Zh, masked);
        assert_eq!(text(HouseholdField::HeadName, true), "示**");
        assert_eq!(text(HouseholdField::HeadName, false), "示例甲");
        assert!(!text(HouseholdField::IdNumber, true).contains("19900101"));
        assert_eq!(text(HouseholdField::Phone, true), "199****1234");
        assert_eq!(text(HouseholdField::Needs, true), "照料、新需求");
        assert_eq!(
            text(HouseholdField::LivingAlone, true),
            Lang::Zh.t("common.no")
        );
        assert!(text(HouseholdField::Position, true).starts_with("121.25000"));
        assert_eq!(text(HouseholdField::Members, true), "");
        for lang in Lang::ALL {
            for field in HouseholdField::ALL {
                assert!(lang.knows(&format!("layer.field_{}", field.code())));
            }
            for source in PositionSource::ALL {
                assert!(lang.knows(&format!("layer.position_{}", source.code())));
            }
        }
    }
}
