//! The sheet of needs and resources: what is proposed for the open needs of the filter, by category,
//! and how full every resource would be.

use super::legend::paint_mark;
use super::opens::{self, Piece};
use super::theme::{ROW, Theme, body_font, headline_font, small_font};
use super::widgets::{bar, elided, from_right, note, paint_bar, section};
use super::worksheet;
use crate::analysis::{MatchCounts, MatchPart, Matching};
use crate::base::digits::grouped;
use crate::jobs::{Lane, TableWanted, Town, assumed_text, distance_text};
use crate::layer::PlaceMark;
use crate::session::{Command, Counted, Dialog, Figure, Session, Who};
use egui::{
    Button, CornerRadius, CursorIcon, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo,
};
use egui::{pos2, vec2};

/// Draws the sheet.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    let (Some(town), Some(matched)) = (session.town(), session.matched()) else {
        ui.add_space(8.0);
        note(ui, lang.t("ui.matching_what"));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if session.is_matching() {
                ui.label(lang.t("ui.matching_running"));
                if ui.button(lang.t("ui.cancel")).clicked() {
                    out.push(Command::Cancel(Lane::Match));
                }
            } else if ui.button(lang.t("ui.matching_again")).clicked() {
                out.push(Command::MatchAgain);
            }
        });
        return;
    };
    let Some(rows) = session.sheet_rows() else {
        note(ui, lang.t("ui.updating"));
        return;
    };
    let matching = &*matched.matching;
    let by_category = matching.counts(rows, session.view.choice.needs);
    let mut total = MatchCounts::default();
    for (_, counts) in &by_category {
        total += *counts;
    }
    let room = (ui.available_height() - 44.0).max(120.0);
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.set_width(ui.available_width() - 10.0);
            ui.spacing_mut().item_spacing.y = 3.0;
            totals(ui, session, &total, out);
            if total.open == 0 {
                note(ui, lang.t("ui.matching_no_needs"));
            }
            for (category, counts) in &by_category {
                let term = town.snapshot.catalogue.needs.get(usize::from(*category));
                let name = term.map_or("", |term| term.name(lang));
                needs(ui, session, (Some(*category), name), counts, out);
            }
            if by_category.len() > 1 {
                ui.add_space(4.0);
                let name = lang.t("ui.matching_all");
                needs(ui, session, (None, &name), &total, out);
            }
            resources(ui, session, town, matching, out);
            ui.add_space(6.0);
            note(ui, lang.t("ui.matching_what"));
            if !matching.is_shortest {
                note(ui, lang.t("ui.matching_not_shortest"));
            }
        });
    worksheet::rule(ui);
    ui.add_space(4.0);
    let export = Button::new(lang.t("ui.matching_export"));
    let can = total.open > 0 && !session.exporting;
    if ui.add_enabled(can, export).clicked() {
        out.push(Command::Show(Dialog::ExportTable(TableWanted::Matching)));
    }
}

/// The one headline: how many of the open needs somebody near could meet.
fn totals(ui: &mut Ui, session: &Session, total: &MatchCounts, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    ui.label(
        RichText::new(lang.t("ui.matching_matched"))
            .font(small_font())
            .color(theme.secondary),
    );
    ui.horizontal(|ui| {
        let text = grouped(u64::from(total.matched));
        let name = format!("{} {text}", lang.t("ui.matching_matched"));
        let figure = opens(None, MatchPart::Matched, total.matched);
        let look = (headline_font(), theme.text);
        opens::words(ui, lang, (&text, &name), look, figure, out);
        let of = lang.with(
            "ui.matching_of_open",
            &[("count", &grouped(u64::from(total.open)))],
        );
        let figure = opens(None, MatchPart::Open, total.open);
        let look = (small_font(), theme.secondary);
        opens::words(ui, lang, (&of, &of), look, figure, out);
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let parts = [
            ("jobs.match_matched", theme.covered),
            ("jobs.match_referred", theme.middle),
            ("ui.matching_unmatched", theme.gap),
        ];
        for (key, color) in parts {
            let (dot, _) = ui.allocate_exact_size(vec2(9.0, 16.0), Sense::hover());
            let square = Rect::from_center_size(dot.center(), vec2(9.0, 9.0));
            ui.painter()
                .rect_filled(square, CornerRadius::same(2), color);
            ui.label(
                RichText::new(lang.t(key))
                    .font(small_font())
                    .color(theme.secondary),
            );
            ui.add_space(6.0);
        }
    });
}

/// A number of needs that opens.
fn opens(category: Option<u8>, part: MatchPart, count: u32) -> Figure {
    Figure::new(count, Counted::Needs, Who::Needs(category, part))
}

/// A category: its bar, and what is matched or waits, to be shown on the map.
fn needs(
    ui: &mut Ui,
    session: &Session,
    (category, name): (Option<u8>, &str),
    counts: &MatchCounts,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        if let Some(category) = category {
            // As the resources of the category stand on the map.
            ui.spacing_mut().item_spacing.x = 5.0;
            let (place, _) = ui.allocate_exact_size(vec2(13.0, 16.0), Sense::hover());
            paint_mark(ui, PlaceMark::of(category), place.center());
        }
        ui.label(RichText::new(name).font(body_font()));
        from_right(ui, |ui| {
            let open = lang.with(
                "ui.matching_open",
                &[("count", &grouped(u64::from(counts.open)))],
            );
            let look = (small_font(), theme.secondary);
            let label = format!("{name} {open}");
            let figure = opens(category, MatchPart::Open, counts.open);
            opens::words(ui, lang, (&open, &label), look, figure, out);
        });
    });
    let share = |part: u32| part as f32 / counts.open.max(1) as f32;
    bar(
        ui,
        7.0,
        &[
            (share(counts.matched), theme.covered),
            (share(counts.referred), theme.middle),
            (share(counts.unmatched()), theme.gap),
        ],
    );
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let links = [
            (
                MatchPart::Matched,
                counts.matched,
                "ui.matching_see_matched",
            ),
            (
                MatchPart::Unmatched,
                counts.unmatched(),
                "ui.matching_see_unmatched",
            ),
        ];
        for (part, count, key) in links {
            if count == 0 {
                continue;
            }
            let text = lang.with(key, &[("count", &grouped(u64::from(count)))]);
            let label = format!("{name} {text}");
            let look = (small_font(), theme.accent);
            opens::words(
                ui,
                lang,
                (&text, &label),
                look,
                opens(category, part, count),
                out,
            );
        }
    });
    let why = [
        ("ui.matching_referred", counts.referred, MatchPart::Referred),
        ("ui.matching_all_full", counts.all_full, MatchPart::AllFull),
        (
            "ui.matching_out_of_reach",
            counts.out_of_reach,
            MatchPart::OutOfReach,
        ),
        (
            "ui.matching_no_resource",
            counts.no_resource,
            MatchPart::NoResource,
        ),
        (
            "ui.matching_not_geocoded",
            counts.not_geocoded,
            MatchPart::NotGeocoded,
        ),
    ];
    let why: Vec<Piece> = why
        .into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(key, count, part)| {
            let text = lang.with(key, &[("count", &grouped(u64::from(count)))]);
            Piece::opens(text, opens(category, part, count))
        })
        .collect();
    if !why.is_empty() {
        opens::line(ui, lang, name, why, out);
    }
}

/// The resources of the chosen categories, by category and name as the table has them.
fn resources(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    matching: &Matching,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let offered = &town.snapshot.resources;
    ui.add_space(6.0);
    section(ui, &lang.t("ui.matching_resources"));
    if offered.is_empty() {
        note(ui, lang.t("ui.matching_no_resources"));
        return;
    }
    let mut all: Vec<u32> = (0..offered.len() as u32)
        .filter(|at| {
            let category = offered.category.get(*at as usize);
            category.is_some_and(|category| session.view.choice.needs & (1 << (category & 63)) != 0)
        })
        .collect();
    all.sort_by_key(|at| (offered.category.get(*at as usize), *at));
    let mut nowhere = 0_u32;
    for at in all {
        if matching
            .offers
            .get(at as usize)
            .is_some_and(Option::is_some)
        {
            resource(ui, session, town, matching, at, out);
        } else {
            nowhere += 1;
        }
    }
    if nowhere > 0 {
        let count = grouped(u64::from(nowhere));
        note(ui, lang.with("ui.matching_nowhere", &[("count", &count)]));
    }
}

/// One resource in one line: name, category, places used.
fn resource(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    matching: &Matching,
    at: u32,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let offered = &town.snapshot.resources;
    let Some(offer) = matching.offers.get(at as usize).copied().flatten() else {
        return;
    };
    let used = matching.used.get(at as usize).copied().unwrap_or(0);
    let name = offered.name.get(at);
    let chosen = session.chosen_resource == Some(at);
    let load = format!(
        "{} / {}",
        grouped(u64::from(used)),
        grouped(u64::from(offer.capacity))
    );
    let label = format!("{name} {load}");
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, &label));
    if ui.is_rect_visible(rect) {
        if chosen || response.hovered() {
            let fill = if chosen {
                theme.accent_tint
            } else {
                theme.hover
            };
            ui.painter().rect_filled(rect, CornerRadius::same(4), fill);
        }
        let load = elided(ui, &load, small_font(), theme.secondary, 74.0);
        let right = rect.right() - 4.0;
        let load_left = right - load.size().x;
        let middle = rect.center().y;
        ui.painter().galley(
            pos2(load_left, middle - load.size().y / 2.0),
            load,
            theme.secondary,
        );
        let track = Rect::from_min_max(
            pos2(right - 142.0, middle - 3.0),
            pos2(right - 82.0, middle + 3.0),
        );
        let share = used as f32 / offer.capacity.max(1) as f32;
        paint_bar(ui, track, &[(share, theme.covered)]);
        let room = track.left() - rect.left() - 12.0;
        let words = elided(ui, name, body_font(), theme.text, room);
        ui.painter().galley(
            pos2(rect.left() + 4.0, middle - words.size().y / 2.0),
            words,
            theme.text,
        );
    }
    let term = town
        .snapshot
        .catalogue
        .needs
        .get(usize::from(offer.category));
    let mut facts = vec![
        name.to_owned(),
        term.map_or("", |term| term.name(lang)).to_owned(),
        lang.with(
            "ui.matching_reach",
            &[("distance", &distance_text(offer.radius_m))],
        ),
        offered.hours.get(at).to_owned(),
        offered.address.get(at).to_owned(),
    ];
    facts.extend(assumed_text(&offer, lang));
    facts.retain(|fact| !fact.is_empty());
    let response = response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(facts.join("\n"));
    if response.clicked() {
        out.push(Command::ChooseResource(Some(at).filter(|_| !chosen)));
    }
}
