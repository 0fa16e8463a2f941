//! Two households side by side: what agrees, and whether they are one.

use super::check_sheet::CheckState;
use super::icon;
use super::theme::{Theme, body_font, small_font, strong_font};
use super::widgets::{elided, note};
use crate::analysis::Agreement;
use crate::jobs::{Belongings, PairFinding};
use crate::layer::{ListField, ListView};
use crate::model::masked_name;
use crate::session::{Command, Inspected, Session};
use crate::words::Lang;
use egui::{
    Button, CursorIcon, Frame, Label, Margin, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

/// What is compared, from top to bottom.
const FIELDS: [ListField; 6] = [
    ListField::HeadName,
    ListField::IdNumber,
    ListField::Phone,
    ListField::Address,
    ListField::Members,
    ListField::Programmes,
];

/// Width of the names of the values.
const LABELS: f32 = 78.0;

/// Draws the two and the buttons below them.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    pair: &PairFinding,
    state: &mut CheckState,
    out: &mut Vec<Command>,
) {
    let (Some(view), [Some(one), Some(other)]) = (session.list_view(), pair.rows) else {
        return;
    };
    let lang = session.lang;
    persons(ui, session, pair);
    if one == other {
        // Two members of one household: there is nothing to merge.
        if ui.button(lang.t("ui.pair_see_card")).clicked() {
            out.push(Command::GoTo(Inspected::Household(one)));
        }
        ui.add_space(8.0);
        return;
    }
    table(ui, session, &view, pair, [one, other], out);
    let merging = state
        .merging
        .filter(|rows| *rows == (one, other) || *rows == (other, one));
    if let Some((keep, drop)) = merging {
        confirm(ui, session, pair, keep, drop, state, out);
    } else {
        let can = session.can_edit();
        ui.horizontal_wrapped(|ui| {
            for (keep, drop, id) in [(one, other, &pair.ids[0]), (other, one, &pair.ids[1])] {
                let text = lang.with("ui.pair_merge_into", &[("id", id)]);
                if ui.add_enabled(can, Button::new(text)).clicked() {
                    state.merging = Some((keep, drop));
                }
            }
            let keep = Button::new(lang.t("ui.pair_keep_both"));
            let keep = ui
                .add_enabled(can, keep)
                .on_hover_text(lang.t("ui.pair_keep_both_text"));
            if keep.clicked() {
                out.push(Command::KeepBoth { one, other });
            }
        });
    }
    ui.add_space(8.0);
}

/// Whom it is about, where it is not about the heads of household.
fn persons(ui: &mut Ui, session: &Session, pair: &PairFinding) {
    if pair.persons.iter().all(String::is_empty) {
        return;
    }
    let shown = |name: &String| {
        if session.settings.masked {
            masked_name(name)
        } else {
            name.clone()
        }
    };
    let [one, other] = pair.persons.each_ref().map(shown);
    let lang = session.lang;
    let text = if pair.persons[0] == pair.persons[1] {
        lang.with("ui.pair_person", &[("name", &one)])
    } else {
        lang.with("ui.pair_persons", &[("one", &one), ("other", &other)])
    };
    note(ui, text);
}

/// A column for each, a line for each value.
fn table(
    ui: &mut Ui,
    session: &Session,
    view: &ListView<'_>,
    pair: &PairFinding,
    rows: [u32; 2],
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let frame = Frame::new()
        .fill(theme.background)
        .stroke(theme.line())
        .corner_radius(6)
        .inner_margin(Margin::symmetric(8, 4));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ids(ui, session, pair, rows, out);
        for field in FIELDS {
            let texts = rows.map(|row| view.cell(row, field).text());
            let agrees = agreement(pair, field).is_some();
            line(ui, &field.heading(lang), &texts, agrees);
        }
        let texts = pair.belongings.map(|belongings| said(belongings, lang));
        if texts.iter().any(|text| !text.is_empty()) {
            line(ui, &lang.t("ui.pair_belongings"), &texts, false);
        }
    });
}

/// Where the two columns begin, and how wide they are.
fn columns(width: f32) -> ([f32; 2], f32) {
    let column = ((width - LABELS) / 2.0).max(40.0);
    ([LABELS, LABELS + column], column - 8.0)
}

/// The ids; a click shows the card.
fn ids(ui: &mut Ui, session: &Session, pair: &PairFinding, rows: [u32; 2], out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, 28.0), Sense::hover());
    let (lefts, column) = columns(width);
    for ((left, id), row) in lefts.into_iter().zip(&pair.ids).zip(rows) {
        let at = pos2(rect.left() + left, rect.top());
        let cell = Rect::from_min_size(at, vec2(column, rect.height()));
        let response = ui.interact(
            cell,
            ui.scope_id().with(("pair", left as u32)),
            Sense::click(),
        );
        let name = format!("{} {id}", session.lang.t("ui.pair_see_card"));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let ink = if response.hovered() || response.has_focus() {
            theme.accent
        } else {
            theme.text
        };
        let galley = elided(ui, id, strong_font(), ink, column);
        let top = cell.center().y - galley.size().y / 2.0;
        ui.painter().galley(pos2(cell.left(), top), galley, ink);
        let response = response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text(session.lang.t("ui.pair_see_card"));
        if response.clicked() {
            out.push(Command::GoTo(Inspected::Household(row)));
        }
    }
}

/// A value of both; a tick where it agrees.
fn line(ui: &mut Ui, label: &str, texts: &[String; 2], agrees: bool) {
    let theme = Theme::of(ui);
    let width = ui.available_width();
    let (lefts, column) = columns(width);
    let ink = if agrees { theme.accent } else { theme.text };
    let galleys = texts.each_ref().map(|text| {
        let text = if text.is_empty() { "–" } else { text };
        ui.painter()
            .layout(text.to_owned(), body_font(), ink, column)
    });
    let tallest = galleys[0].size().y.max(galleys[1].size().y);
    let size = vec2(width, tallest + 8.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let name = format!("{label} {} {}", texts[0], texts[1]);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.top(), theme.line());
    let top = rect.top() + 4.0;
    let label_ink = if agrees {
        theme.accent
    } else {
        theme.secondary
    };
    let sign = if agrees { icon::CHECK } else { "" };
    let words = elided(
        ui,
        &format!("{label} {sign}"),
        small_font(),
        label_ink,
        LABELS - 6.0,
    );
    let painter = ui.painter();
    painter.galley(pos2(rect.left(), top), words, label_ink);
    for (left, galley) in lefts.into_iter().zip(galleys) {
        painter.galley(pos2(rect.left() + left, top), galley, ink);
    }
}

/// What agrees in a column.
fn agreement(pair: &PairFinding, field: ListField) -> Option<Agreement> {
    // What agrees about members says nothing of the heads' names and numbers.
    let of_members = pair.persons.iter().any(|name| !name.is_empty());
    pair.agree.iter().copied().find(|part| match (part, field) {
        (Agreement::Phone, ListField::Phone) | (Agreement::Address, ListField::Address) => true,
        (Agreement::Name | Agreement::NearName, ListField::HeadName)
        | (Agreement::IdNumber | Agreement::NearIdNumber, ListField::IdNumber) => !of_members,
        _ => false,
    })
}

/// `3 members, 2 receipts`; nothing where there is nothing.
fn said(belongings: Belongings, lang: Lang) -> String {
    let parts = [
        ("ui.pair_members", belongings.members),
        ("ui.pair_receipts", belongings.receipts),
        ("ui.pair_needs", belongings.needs),
        ("ui.pair_visits", belongings.visits),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| lang.with(key, &[("count", &count.to_string())]))
        .collect();
    parts.join(lang.pick("、", ", "))
}

/// Asks once, and says what moves.
fn confirm(
    ui: &mut Ui,
    session: &Session,
    pair: &PairFinding,
    keep: u32,
    drop: u32,
    state: &mut CheckState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let dropped = usize::from(pair.rows[0] != Some(drop));
    let (keep_id, drop_id) = (&pair.ids[1 - dropped], &pair.ids[dropped]);
    let moves = pair.belongings.get(dropped).copied().unwrap_or_default();
    let moves = said(moves, lang);
    let text = if moves.is_empty() {
        lang.with("ui.pair_confirm", &[("keep", keep_id), ("drop", drop_id)])
    } else {
        lang.with(
            "ui.pair_confirm_moves",
            &[("keep", keep_id), ("drop", drop_id), ("moves", &moves)],
        )
    };
    ui.add(Label::new(text).wrap());
    ui.horizontal(|ui| {
        let merge = lang.t("ui.pair_merge");
        if super::widgets::primary_button(ui, session.can_edit(), &merge).clicked() {
            out.push(Command::Merge { keep, drop });
            state.merging = None;
        }
        if ui.button(lang.t("ui.dialog_cancel")).clicked() {
            state.merging = None;
        }
    });
}
