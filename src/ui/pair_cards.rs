//! Two households side by side: what agrees, and whether they are one.

use super::check_sheet::CheckState;
use super::icon;
use super::theme::{Theme, body_font, small_font, strong_font};
use super::widgets::note;
use crate::analysis::Agreement;
use crate::jobs::{Belongings, PairFinding};
use crate::layer::{ListField, ListView};
use crate::model::masked_name;
use crate::session::{Command, Inspected, Session};
use crate::words::Lang;
use egui::{Align, Button, Frame, Label, Layout, Margin, RichText, Sense, Ui, vec2};

/// What is compared, from top to bottom.
const FIELDS: [ListField; 6] = [
    ListField::HeadName,
    ListField::IdNumber,
    ListField::Phone,
    ListField::Address,
    ListField::Members,
    ListField::Programmes,
];

/// Draws the cards and the buttons below them.
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
    let gap = 8.0;
    let width = (ui.available_width() - gap) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (at, row) in [one, other].into_iter().enumerate() {
            let down = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(width, 10.0), down, |ui| {
                card(ui, session, &view, pair, at, row, width, out);
            });
        }
    });
    let merging = state
        .merging
        .filter(|rows| *rows == (one, other) || *rows == (other, one));
    match merging {
        Some((keep, drop)) => confirm(ui, session, pair, keep, drop, state, out),
        None => {
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

#[allow(clippy::too_many_arguments)] // What a card shows is what it needs.
fn card(
    ui: &mut Ui,
    session: &Session,
    view: &ListView<'_>,
    pair: &PairFinding,
    at: usize,
    row: u32,
    width: f32,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let frame = Frame::new()
        .fill(theme.background)
        .stroke(theme.line())
        .corner_radius(6)
        .inner_margin(Margin::same(8));
    frame.show(ui, |ui| {
        ui.set_width(width - 18.0);
        ui.spacing_mut().item_spacing.y = 3.0;
        let id = RichText::new(&pair.ids[at]).font(strong_font());
        let id = ui.add(Label::new(id).sense(Sense::click()).truncate());
        let id = id
            .on_hover_text(lang.t("ui.pair_see_card"))
            .on_hover_cursor(egui::CursorIcon::PointingHand);
        if id.clicked() {
            out.push(Command::GoTo(Inspected::Household(row)));
        }
        for field in FIELDS {
            let text = view.cell(row, field).text();
            let agrees = agreement(pair, field);
            let (sign, ink) = match agrees {
                Some(_) => (icon::CHECK, theme.accent),
                None => ("", theme.text),
            };
            ui.label(
                RichText::new(format!("{} {sign}", field.heading(lang)))
                    .font(small_font())
                    .color(if agrees.is_some() {
                        ink
                    } else {
                        theme.secondary
                    }),
            );
            let text = if text.is_empty() { "–" } else { &text };
            ui.add(Label::new(RichText::new(text).font(body_font()).color(ink)).wrap());
        }
        let belongings = belongings(pair.belongings.get(at).copied(), lang);
        if !belongings.is_empty() {
            ui.add_space(2.0);
            note(ui, belongings);
        }
    });
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
fn belongings(belongings: Option<Belongings>, lang: Lang) -> String {
    let belongings = belongings.unwrap_or_default();
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
    let moves = belongings(pair.belongings.get(dropped).copied(), lang);
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
