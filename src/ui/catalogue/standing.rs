//! How a programme stands today, by the saved rules: figures that open into their households.

use super::sheet::Desk;
use super::state::CatalogueState;
use crate::analysis::StandingPart;
use crate::base::digits::grouped;
use crate::model::{Catalogue, ProgrammeUnit};
use crate::session::{Command, Counted, Figure, Who};
use crate::ui::opens;
use egui::Ui;

/// Draws the line; nothing of a programme that the saved catalogue does not have, or has no rule for.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &CatalogueState,
    draft: &Catalogue,
    out: &mut Vec<Command>,
) {
    let lang = desk.lang;
    let (Some(term), Some(town)) = (draft.programmes.get(state.programme), desk.session.town())
    else {
        return;
    };
    let mut all = town.snapshot.catalogue.programmes.iter();
    let Some(place) = all.position(|own| own.code == term.code) else {
        return;
    };
    let (Some(rule), Some(figures)) = (
        town.rules
            .programmes()
            .get(place)
            .filter(|rule| rule.is_stated()),
        town.entitled.total.get(place),
    ) else {
        return;
    };
    let figure = |name, count: u32, part| {
        let who = Who::Standing(place as u8, part, None);
        let figure = Figure::new(count, Counted::of(rule.unit), who);
        (name, grouped(u64::from(count)), figure)
    };
    let unit = lang.t(match rule.unit {
        ProgrammeUnit::Person => "ui.cat_unit_persons",
        ProgrammeUnit::Household => "ui.cat_unit_households",
    });
    let eligible = figures.covered + figures.gap;
    let parts = vec![
        figure("eligible", eligible, StandingPart::Entitled),
        figure("gap", figures.gap, StandingPart::Gap),
    ];
    let standing = opens::sentence(lang, "ui.cat_figures", &[("unit", &unit)], parts);
    let mut all = vec![standing];
    for (key, count, part) in [
        (
            "ui.standing_review_count",
            figures.review,
            StandingPart::Review,
        ),
        (
            "ui.standing_unknown_count",
            figures.unknown,
            StandingPart::Unknown,
        ),
    ] {
        if count > 0 {
            let parts = vec![figure("count", count, part)];
            all.push(opens::sentence(lang, key, &[], parts));
        }
    }
    opens::sentences(ui, lang, term.short_name(lang), all, out);
}
