//! Where rules on trial make a difference, for one programme. Every figure opens into its
//! households.

use super::opens;
use super::theme::{Theme, body_font, small_font};
use super::what_if_results::{Both, LINE, columns, difference, head, name, opening};
use super::what_if_sheet::WhatIfState;
use super::widgets::{elided, note, section};
use crate::analysis::{AreaChange, ProgrammeChange, StandingPart, TrialPart};
use crate::base::digits::grouped;
use crate::jobs::{Town, TrialRow, Tried, trial_rows};
use crate::session::{Command, Inspected, Session, TrialPlace};
use crate::words::Lang;
use egui::{CornerRadius, CursorIcon, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

/// Areas that are listed at most.
const MOST_AREAS: usize = 12;

/// Where it happens: the areas in which the most is different.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    (tried, change): (&Tried, &ProgrammeChange),
    state: &mut WhatIfState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let levels = town.snapshot.areas.levels();
    let Some(smallest) = levels.last().copied() else {
        return;
    };
    let level = state
        .level
        .filter(|level| levels.contains(level))
        .unwrap_or(smallest);
    let own_name = name(tried, change.place, lang);
    section(ui, &format!("{} · {own_name}", lang.t("whatif.where")));
    ui.horizontal(|ui| {
        for one in &levels {
            let text = RichText::new(lang.t(one.word())).font(small_font());
            if ui.selectable_label(*one == level, text).clicked() {
                state.level = Some(*one);
                ui.ctx().request_repaint();
            }
        }
    });
    let mut rows: Vec<TrialRow> = trial_rows(town, tried, Some(level))
        .into_iter()
        .filter(|row| row.area.is_some() && row.place == usize::from(change.place))
        .collect();
    if rows.is_empty() {
        note(ui, lang.t("whatif.where_none"));
    } else {
        rows.sort_by(|a, b| {
            let moving = |row: &TrialRow| row.change.entrants + row.change.leavers;
            let cost = |row: &TrialRow| row.difference_yuan().unwrap_or(0.0).abs();
            moving(b)
                .cmp(&moving(a))
                .then(cost(b).total_cmp(&cost(a)))
                .then(a.area.cmp(&b.area))
        });
        head(ui, lang, &lang.t(level.word()));
        for row in rows.iter().take(MOST_AREAS) {
            area_line(ui, session, town, tried, change, row, out);
        }
        if rows.len() > MOST_AREAS {
            let more = grouped((rows.len() - MOST_AREAS) as u64);
            note(ui, lang.with("whatif.more_areas", &[("count", &more)]));
        }
    }
    elsewhere(ui, tried, change, lang, out);
}

/// Those in no area, and those without a position.
fn elsewhere(
    ui: &mut Ui,
    tried: &Tried,
    change: &ProgrammeChange,
    lang: Lang,
    out: &mut Vec<Command>,
) {
    let place = usize::from(change.place);
    let both = [&tried.what_if.outside, &tried.what_if.not_geocoded];
    let both = both.map(|column| column.get(place).copied().unwrap_or_default());
    let sum = |of: fn(&AreaChange) -> u32| both.iter().map(of).sum::<u32>();
    let (entrants, leavers) = (sum(|one| one.entrants), sum(|one| one.leavers));
    if entrants + leavers > 0 {
        let both = Both {
            change,
            place: TrialPlace::NoArea,
        };
        let figure = |name, count: u32, part| {
            let text = grouped(u64::from(count));
            (name, text, both.figure(count, part))
        };
        let figures = vec![
            figure("in", entrants, TrialPart::Entrants),
            figure("out", leavers, TrialPart::Leavers),
        ];
        let pieces = opens::sentence(lang, "whatif.where_other", &[], figures);
        opens::sentences(ui, lang, "", vec![pieces], out);
    }
}

fn area_line(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    tried: &Tried,
    change: &ProgrammeChange,
    row: &TrialRow,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let Some(area) = row.area else { return };
    let names = &town.snapshot.areas.name;
    let area_name = names.get(area.0 as usize).map_or("", String::as_str);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let cells = columns(rect);
    let id = ui.scope_id().with(("what if area", area.0));
    let response = ui
        .interact(cells[0], id, Sense::click())
        .on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, area_name));
    if response.hovered() {
        ui.painter()
            .rect_filled(cells[0], CornerRadius::same(4), theme.hover);
    }
    if response.clicked() {
        out.push(Command::GoTo(Inspected::Area(area)));
    }
    let galley = elided(ui, area_name, body_font(), theme.text, cells[0].width());
    let at = pos2(cells[0].left(), cells[0].center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.text);
    let both = Both {
        change,
        place: TrialPlace::Area(area),
    };
    let eligible = StandingPart::Eligible;
    let sides = [
        (row.change.today.eligible, TrialPart::Today(eligible)),
        (row.change.trial.eligible, TrialPart::Trial(eligible)),
    ];
    let sides = sides.map(|(count, part)| {
        let text = grouped(u64::from(count));
        (text, both.figure(count, part))
    });
    let id = ("what if area eligible", area.0);
    opens::from_to(ui, lang, id, (cells[1], area_name, theme.text), sides, out);
    let own_name = name(tried, change.place, lang);
    for (cell, enters, number) in [
        (cells[2], true, row.change.entrants),
        (cells[3], false, row.change.leavers),
    ] {
        let label = format!(
            "{area_name} {own_name} {}",
            lang.with(
                if enters {
                    "whatif.entrants"
                } else {
                    "whatif.leavers"
                },
                &[("count", &grouped(u64::from(number)))]
            )
        );
        let part = [TrialPart::Leavers, TrialPart::Entrants][usize::from(enters)];
        let figure = both.figure(number, part);
        let said = (cell, &*label, enters);
        opening(ui, lang, said, ("what if area", area.0), figure, out);
    }
    difference(ui, cells[4], row.difference_yuan());
}
