//! Who would be affected by the draft: by programme, before and after, with the households behind
//! each figure.

use super::sheet::Desk;
use crate::analysis::{ProgrammeChange, StandingPart, TrialPart};
use crate::base::digits::grouped;
use crate::jobs::Tried;
use crate::model::ProgrammeUnit;
use crate::session::{Command, Counted, Figure, TrialPlace, Who};
use crate::ui::opens;
use crate::ui::theme::{Theme, small_font, strong_font};
use crate::ui::widgets::note;
use egui::{RichText, Ui};

/// Programmes that are listed; of the others the number is told.
const MOST: usize = 4;
/// Height of a line.
const LINE: f32 = 30.0;

/// The programmes of which figures differ.
fn changed(tried: &Tried) -> Vec<&ProgrammeChange> {
    let all = tried.what_if.programmes.iter();
    all.filter(|change| change.is_changed()).collect()
}

/// Draws the lines.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, out: &mut Vec<Command>) {
    let Some(draft) = desk.draft() else { return };
    ui.spacing_mut().item_spacing.y = 2.0;
    let lang = desk.lang;
    ui.add_space(4.0);
    let tried = desk.session.what_if();
    let is_of_draft = tried.is_some_and(|tried| tried.catalogue == draft.catalogue);
    let (Some(tried), true) = (tried, is_of_draft || !draft.is_sound()) else {
        note(ui, desk.t("ui.cat_trying"));
        return;
    };
    if !is_of_draft {
        note(ui, desk.t("ui.cat_affected_before"));
    } else if changed(tried).is_empty() {
        note(ui, desk.t("ui.cat_affects_nobody"));
    } else {
        note(ui, desk.t("ui.cat_affected"));
    }
    let all = changed(tried);
    for change in all.iter().take(MOST) {
        line(ui, desk, tried, change, out);
    }
    if all.len() > MOST {
        let more = grouped((all.len() - MOST) as u64);
        note(ui, lang.with("ui.cat_affected_more", &[("count", &more)]));
    }
}

fn line(
    ui: &mut Ui,
    desk: &Desk<'_>,
    tried: &Tried,
    change: &ProgrammeChange,
    out: &mut Vec<Command>,
) {
    let lang = desk.lang;
    let term = tried.aligned.programmes.get(usize::from(change.place));
    let name = term.map_or("", |term| term.short_name(lang));
    let unit = lang.t(match change.unit {
        ProgrammeUnit::Household => "ui.cat_unit_households",
        ProgrammeUnit::Person => "ui.cat_unit_persons",
    });
    ui.horizontal(|ui| {
        ui.set_height(LINE - 2.0);
        ui.label(RichText::new(name).font(strong_font()));
        let who = |part| Who::Trial(1 << (change.place & 63), part, TrialPlace::Anywhere);
        let opens = |count: u32, part| Figure::new(count, Counted::of(change.unit), who(part));
        let [before, after] = [change.today.eligible, change.trial.eligible];
        let eligible = [
            ("before", before, TrialPart::Today(StandingPart::Eligible)),
            ("after", after, TrialPart::Trial(StandingPart::Eligible)),
        ];
        let eligible = eligible.map(|(name, count, part)| {
            let text = grouped(u64::from(count));
            (name, text, opens(count, part))
        });
        let unit = [("unit", &*unit)];
        let eligible = opens::sentence(lang, "ui.cat_before_after", &unit, eligible.into());
        opens::sentences(ui, lang, name, vec![eligible], out);
        let accent = Theme::of(ui).accent;
        for (key, count, part) in [
            ("ui.cat_enter", change.entrants, TrialPart::Entrants),
            ("ui.cat_leave", change.leavers, TrialPart::Leavers),
        ] {
            if count == 0 {
                continue;
            }
            let text = lang.with(key, &[("count", &grouped(u64::from(count)))]);
            let label = format!("{name} {text}");
            let look = (small_font(), accent);
            opens::words(ui, lang, (&text, &label), look, opens(count, part), out);
        }
    });
}
