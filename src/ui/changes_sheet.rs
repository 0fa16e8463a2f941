//! The sheet of changes: what happened since a day, in counts that open into households, and where.

use super::theme::{Theme, body_font, small_font, strong_font};
use super::widgets::{elided, from_right, note, section};
use super::{changes_areas, icon, opens};
use crate::analysis::{Change, ChangeKind};
use crate::base::digits::{figure, grouped, percent};
use crate::jobs::{ChangesFound, Lane};
use crate::model::{AreaLevel, Date};
use crate::session::{Command, Counted, Figure, Session, Who};
use crate::snapshot::AreaIndex;
use crate::words::Lang;
use egui::{
    Align2, CornerRadius, CursorIcon, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

/// What the sheet remembers between frames.
#[derive(Default)]
pub(super) struct ChangesState {
    draft: String,
    pub(super) level: Option<AreaLevel>,
}

/// Kinds in the order in which they are told.
const KINDS: [&str; 10] = [
    "started",
    "stopped",
    "gap_opened",
    "gap_filled",
    "gap_lapsed",
    "raised",
    "met",
    "withdrawn",
    "visited",
    "new",
];

/// Draws the sheet.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut ChangesState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    ui.add_space(4.0);
    day(ui, session, state, out);
    ui.add_space(4.0);
    super::worksheet::rule(ui);
    let Some(found) = session.changes() else {
        ui.add_space(8.0);
        note(ui, lang.t("ui.changes_what"));
        if session.is_comparing_days() || session.busy {
            ui.horizontal(|ui| {
                ui.label(lang.t("ui.lists_running"));
                if ui.button(lang.t("ui.cancel")).clicked() {
                    out.push(Command::Cancel(Lane::Changes));
                }
            });
        }
        return;
    };
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.add_space(6.0);
            let days = [
                ("since", &*found.since.to_string()),
                ("until", &*found.until.to_string()),
            ];
            let count = found.rows.count() as u64;
            let who = Who::Compared(String::new(), None);
            let figures = vec![("count", grouped(count), Figure::households(count, who))];
            let of = opens::sentence(lang, "ui.changes_of", &days, figures);
            opens::sentences(ui, lang, "", vec![of], out);
            both_days(ui, lang, found, out);
            changes_areas::layer_button(ui, session, found, out);
            kinds(ui, session, found, out);
            changes_areas::show(ui, session, found, state, out);
            ui.add_space(6.0);
            note(ui, lang.t("ui.changes_limits"));
        });
}

/// The earlier day: some that people mostly want, or one that is typed.
fn day(ui: &mut Ui, session: &Session, state: &mut ChangesState, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let (since, as_of) = (session.since(), session.view.as_of);
    if Date::parse(&state.draft).is_none_or(|draft| draft != since)
        && !ui.memory(|memory| memory.has_focus(egui::Id::unique("changes since")))
    {
        state.draft = since.to_string();
    }
    ui.horizontal(|ui| {
        ui.label(lang.t("ui.changes_since"));
        let response = ui.name_inputs(lang.t("ui.changes_since"), |ui| {
            ui.add(
                TextEdit::singleline(&mut state.draft)
                    .id(egui::Id::unique("changes since"))
                    .desired_width(96.0),
            )
        });
        match Date::parse(&state.draft) {
            Some(day) if day < as_of => {
                if response.lost_focus() && day != since {
                    out.push(Command::SetSince(day));
                }
            }
            Some(_) => {
                let text = lang.with("ui.changes_not_before", &[("date", &as_of.to_string())]);
                ui.label(RichText::new(text).font(small_font()).color(theme.warning));
            }
            None => {
                let text = lang.t("ui.as_of_bad");
                ui.label(RichText::new(text).font(small_font()).color(theme.warning));
            }
        }
    });
    let (year, _, _) = as_of.ymd();
    let year_start = Date::from_ymd(year, 1, 1).unwrap_or(as_of);
    ui.horizontal_wrapped(|ui| {
        for (key, day) in [
            ("ui.changes_month", as_of.plus_months(-1)),
            ("ui.changes_quarter", as_of.plus_months(-3)),
            ("ui.changes_year_start", year_start),
            ("ui.changes_year", as_of.plus_months(-12)),
        ] {
            let button = egui::Button::new(lang.t(key)).selected(day == since);
            let button = ui.add_enabled(day < as_of, button);
            if button.on_hover_text(day.to_string()).clicked() {
                state.draft = day.to_string();
                out.push(Command::SetSince(day));
            }
        }
    });
}

/// A figure of both days: its name, then, now, and by how much it moved.
fn both_days(ui: &mut Ui, lang: Lang, found: &ChangesFound, out: &mut Vec<Command>) {
    let (then, now) = (&found.before.total, &found.after.total);
    let share =
        |share: Option<f64>| share.map_or_else(|| lang.t("common.no_data").into_owned(), percent);
    section(ui, &lang.t("ui.changes_both_days"));
    let points = |a: Option<f64>, b: Option<f64>| {
        let moved = a.zip(b).map(|(a, b)| (b - a) * 100.0);
        moved.map_or_else(String::new, |moved| points_text(moved, lang))
    };
    let households = Counted::Households;
    let mut row = |name: &str, texts: [&str; 3], counts: [u32; 2], counted, query: &str| {
        let figures = both_figures(found, counts, counted, (query, None));
        let row = DaysRow {
            name: &lang.t(name),
            texts,
            figures,
        };
        both_days_row(ui, lang, &row, out);
    };
    row(
        "layer.reach",
        [
            &share(then.reach()),
            &share(now.reach()),
            &points(then.reach(), now.reach()),
        ],
        [then.receiving, now.receiving],
        households,
        RECEIVING,
    );
    row(
        "layer.full_coverage",
        [
            &share(then.full_coverage()),
            &share(now.full_coverage()),
            &points(then.full_coverage(), now.full_coverage()),
        ],
        [then.fully_covered, now.fully_covered],
        households,
        "concern:yes -need:any -gap:any",
    );
    for (name, counts, counted, query) in [
        (
            "layer.of_concern",
            [then.of_concern, now.of_concern],
            households,
            "concern:yes",
        ),
        (
            "ui.changes_receiving",
            [then.receiving, now.receiving],
            households,
            RECEIVING,
        ),
        (
            "layer.open_needs",
            [then.open_needs, now.open_needs],
            Counted::Needs,
            "need:any",
        ),
        (
            "layer.field_gaps",
            [then.gaps, now.gaps],
            Counted::Gaps,
            "gap:any",
        ),
    ] {
        let [before, after] = counts.map(|count| grouped(u64::from(count)));
        let moved = count_text(i64::from(counts[1]) - i64::from(counts[0]));
        row(name, [&before, &after, &moved], counts, counted, query);
    }
    // The load is a sum of weights: what weighs are the needs and gaps above.
    let loads = (then.unmet_load, now.unmet_load);
    row(
        "layer.unmet_load",
        [
            &figure(loads.0, 1),
            &figure(loads.1, 1),
            &signed(loads.1 - loads.0, 1),
        ],
        [0, 0],
        households,
        "",
    );
}

/// Who is reached.
pub(super) const RECEIVING: &str = "concern:yes receiving:yes";

/// A number of both days that opens, each on its day.
pub(super) fn both_figures(
    found: &ChangesFound,
    [then, now]: [u32; 2],
    counted: Counted,
    (query, area): (&str, Option<AreaIndex>),
) -> [Figure; 2] {
    let figure = |count: u32| {
        let who = Who::Compared(query.to_owned(), area);
        Figure::new(count, counted, who)
    };
    [figure(then).on(found.since), figure(now)]
}

/// A row of both days.
pub(super) struct DaysRow<'a> {
    /// What it is about.
    pub(super) name: &'a str,
    /// Then, now, and by how much it moved.
    pub(super) texts: [&'a str; 3],
    /// What then and now open.
    pub(super) figures: [Figure; 2],
}

/// Three figures of a row, each in its column.
pub(super) fn both_days_row(
    ui: &mut Ui,
    lang: Lang,
    row: &DaysRow<'_>,
    out: &mut Vec<Command>,
) -> egui::Response {
    const COLUMNS: [f32; 3] = [178.0, 104.0, 0.0];
    let theme = Theme::of(ui);
    let size = vec2(ui.available_width() - 8.0, 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = row.name;
    let label = format!("{name} {}", row.texts.join(" "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &label));
    if response.hovered() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(4), theme.hover);
    }
    let middle = rect.center().y;
    let room = rect.width() - COLUMNS[0] - 56.0;
    let words = elided(ui, name, body_font(), theme.text, room);
    let painter = ui.painter();
    painter.galley(
        pos2(rect.left(), middle - words.size().y / 2.0),
        words,
        theme.text,
    );
    painter.hline(rect.x_range(), rect.bottom(), theme.line());
    let right = pos2(rect.right() - COLUMNS[2], middle);
    let moved = row.texts[2];
    painter.text(
        right,
        Align2::RIGHT_CENTER,
        moved,
        strong_font(),
        theme.text,
    );
    for (at, ink) in [(0, theme.secondary), (1, theme.text)] {
        let text = row.texts[at];
        let day = lang.t(["ui.changes_then", "ui.changes_now"][at]);
        let mut place = rect;
        place.set_right(rect.right() - COLUMNS[at]);
        let cell = opens::Cell {
            rect: place,
            text,
            name: &format!("{name} {day} {text}"),
            look: (body_font(), ink),
        };
        let figure = row.figures[at].clone();
        opens::cell(ui, lang, ("both days", name, at), &cell, figure, out);
    }
    response
}

/// `+3`, `−2`, `0`.
pub(super) fn count_text(moved: i64) -> String {
    let text = grouped(moved.unsigned_abs());
    match moved.signum() {
        1 => format!("+{text}"),
        -1 => format!("−{text}"),
        _ => text,
    }
}

fn signed(moved: f64, decimals: usize) -> String {
    let text = figure(moved.abs(), decimals);
    match text.as_str() {
        "0" => text,
        _ if moved > 0.0 => format!("+{text}"),
        _ => format!("−{text}"),
    }
}

/// `+1.4 pp`.
pub(super) fn points_text(points: f64, lang: Lang) -> String {
    lang.with("ui.changes_points", &[("points", &signed(points, 1))])
}

/// What happened, a kind a section, each row opens into its households.
fn kinds(ui: &mut Ui, session: &Session, found: &ChangesFound, out: &mut Vec<Command>) {
    let lang = session.lang;
    let mut any = false;
    for code in KINDS {
        let mut of_kind: Vec<&Change> = found
            .changes
            .iter()
            .filter(|change| change.kind.code() == code)
            .collect();
        if of_kind.is_empty() {
            continue;
        }
        any = true;
        of_kind.sort_by_key(|change| (std::cmp::Reverse(change.rows.len()), change.kind));
        section(ui, &lang.t(&format!("ui.change_{code}")));
        for change in of_kind {
            kind_row(ui, session, change, out);
        }
    }
    if !any {
        ui.add_space(8.0);
        ui.label(lang.t("ui.changes_nothing"));
    }
    if found.gone > 0 {
        let count = grouped(found.gone as u64);
        note(ui, lang.with("ui.changes_gone", &[("count", &count)]));
    }
    if let Some(first) = found.remembers_since {
        let first = first.to_string();
        note(ui, lang.with("ui.changes_remembers", &[("date", &first)]));
    }
}

fn kind_row(ui: &mut Ui, session: &Session, change: &Change, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let name = kind_name(session, change.kind);
    let households = grouped(change.rows.len() as u64);
    let mut text = lang.with("ui.households_count", &[("count", &households)]);
    if change.times as usize > change.rows.len() {
        let times = grouped(u64::from(change.times));
        text = lang.with(
            "ui.changes_times",
            &[("households", &text), ("times", &times)],
        );
    }
    let is_chosen = session.chosen_change == Some(change.kind);
    let size = vec2(ui.available_width() - 8.0, 26.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = format!(
        "{} {name} {text}",
        lang.t(&format!("ui.change_{}", change.kind.code()))
    );
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &label));
    let fill = if is_chosen {
        Some(theme.accent_tint)
    } else {
        (response.hovered() || response.has_focus()).then_some(theme.hover)
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, CornerRadius::same(4), fill);
    }
    let figure = ui.painter().layout_no_wrap(text, body_font(), theme.accent);
    let room = rect.width() - figure.size().x - 12.0;
    let words = elided(ui, &name, body_font(), theme.text, room);
    let middle = rect.center().y;
    let figure_at = pos2(
        rect.right() - figure.size().x - 4.0,
        middle - figure.size().y / 2.0,
    );
    let words_at = pos2(rect.left() + 4.0, middle - words.size().y / 2.0);
    ui.painter().galley(words_at, words, theme.text);
    ui.painter().galley(figure_at, figure, theme.accent);
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
    let response = response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(lang.t("ui.changes_see"));
    if response.clicked() {
        out.push(Command::ChooseChange(
            Some(change.kind).filter(|_| !is_chosen),
        ));
    }
    if is_chosen {
        from_right(ui, |ui| {
            let back = format!("{} {}", icon::X, lang.t("ui.changes_leave"));
            if ui.button(back).clicked() {
                out.push(Command::ChooseChange(None));
            }
        });
    }
}

/// The programme or category that a change is about; else what it is.
fn kind_name(session: &Session, kind: ChangeKind) -> String {
    let lang = session.lang;
    let term = session.town().and_then(|town| {
        let catalogue = &town.snapshot.catalogue;
        let programme = kind.programme().map(usize::from);
        let need = kind.need().map(usize::from);
        programme
            .and_then(|place| catalogue.programmes.get(place))
            .or_else(|| need.and_then(|place| catalogue.needs.get(place)))
    });
    match term {
        Some(term) => term.name(lang).to_owned(),
        None => lang
            .t(&format!("ui.change_{}_row", kind.code()))
            .into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_has_its_sign() {
        assert_eq!(count_text(1_234), "+1,234");
        assert_eq!(count_text(-5), "−5");
        assert_eq!(count_text(0), "0");
        assert_eq!(signed(0.04, 1), "0");
        assert_eq!(signed(-0.06, 1), "−0.1");
        assert_eq!(signed(2.5, 1), "+2.5");
    }
}
