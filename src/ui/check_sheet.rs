//! The sheet of the data check: what is doubtful, by kind; a click goes where it is.

use super::pair_cards;
use super::theme::{Theme, body_font, headline_font, small_font};
use super::widgets::{elided, from_right, note};
use super::{icon, opens, worksheet};
use crate::base::digits::{figure, grouped};
use crate::jobs::{
    Checked, CountsFinding, Finding, Found, GroundFinding, Lane, PairFinding, TableWanted,
    agreement_word, counts_text,
};
use crate::model::{ProblemKind, masked_name};
use crate::session::{Command, Counted, Dialog, Figure, Session, Who};
use crate::snapshot::Snapshot;
use crate::words::Lang;
use egui::{
    Button, CursorIcon, Key, Margin, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2,
    vec2,
};
use std::collections::BTreeSet;

/// More of a kind than these are counted, not listed; those behind come up as the first go.
const MOST_LISTED: usize = 200;
/// Height of a finding's line.
const LINE: f32 = 46.0;

/// What of the sheet only the window knows.
#[derive(Default)]
pub(super) struct CheckState {
    /// Kinds that are open.
    unfolded: BTreeSet<ProblemKind>,
    /// The pair that somebody wants to merge and has not confirmed: what stays, what goes.
    pub(super) merging: Option<(u32, u32)>,
}

/// Draws the sheet.
pub(super) fn show(ui: &mut Ui, session: &Session, state: &mut CheckState, out: &mut Vec<Command>) {
    let Some(check) = &session.results.check else {
        waiting(ui, session, out);
        return;
    };
    let footer = 46.0;
    let room = (ui.available_height() - footer).max(80.0);
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, false])
        .content_margin(Margin {
            right: 10,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            headline(ui, session, check, out);
            for (kind, count) in check.kinds() {
                group(ui, session, check, kind, count, state, out);
            }
        });
    worksheet::rule(ui);
    foot(ui, session, check, out);
    step(ui, session, check, state, out);
}

/// Nothing is known yet: it is being found out, or somebody stopped it.
fn waiting(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    ui.add_space(8.0);
    note(ui, lang.t("ui.check_what"));
    ui.add_space(8.0);
    if session.is_checking() || session.busy {
        ui.horizontal(|ui| {
            ui.label(lang.t("ui.check_running"));
            if ui.button(lang.t("ui.cancel")).clicked() {
                out.push(Command::Cancel(Lane::Check));
            }
        });
    } else if ui.button(lang.t("ui.check_again")).clicked() {
        out.push(Command::CheckAgain);
    }
}

fn headline(ui: &mut Ui, session: &Session, check: &Checked, out: &mut Vec<Command>) {
    let lang = session.lang;
    let open: usize = check.kinds().iter().map(|(_, count)| count).sum();
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(grouped(open as u64)).font(headline_font()));
        ui.label(lang.t("ui.check_findings"));
    });
    let areas = grouped(check.areas as u64);
    let all = Who::Query(String::new(), None);
    let households = Figure::households(check.households as u64, all);
    let members = Figure::new(check.members as u64, Counted::Persons, Who::WithMembers);
    let figures = vec![
        ("households", grouped(check.households as u64), households),
        ("members", grouped(check.members as u64), members),
    ];
    let of = opens::sentence(lang, "ui.check_of", &[("areas", &areas)], figures);
    opens::sentences(ui, lang, "", vec![of], out);
    if open == 0 {
        ui.add_space(8.0);
        ui.label(lang.t("ui.check_nothing"));
    }
    ui.add_space(4.0);
}

fn foot(ui: &mut Ui, session: &Session, check: &Checked, out: &mut Vec<Command>) {
    let lang = session.lang;
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let any = check.findings.iter().any(Finding::is_open);
        let export = Button::new(lang.t("ui.check_export"));
        if ui.add_enabled(any && !session.exporting, export).clicked() {
            out.push(Command::Show(Dialog::ExportTable(TableWanted::Findings)));
        }
        from_right(ui, |ui| {
            if ui.button(lang.t("ui.check_again")).clicked() {
                out.push(Command::CheckAgain);
            }
        });
    });
}

/// The findings of one kind.
fn group(
    ui: &mut Ui,
    session: &Session,
    check: &Checked,
    kind: ProblemKind,
    count: usize,
    state: &mut CheckState,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let open = state.unfolded.contains(&kind);
    let text = kind.text(lang);
    let caret = if open {
        icon::CARET_UP
    } else {
        icon::CARET_DOWN
    };
    let end = format!("{}  {caret}", grouped(count as u64));
    let end = elided(ui, &end, body_font(), theme.text, 120.0);
    let sign = elided(ui, icon::WARNING, body_font(), theme.warning, 24.0);
    let width = ui.available_width();
    let room = width - end.size().x - 38.0;
    let words = ui
        .painter()
        .layout(text.clone(), body_font(), theme.text, room);
    let height = (words.size().y + 16.0).max(34.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let label = format!("{text} {}", grouped(count as u64));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &label));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, theme.hover);
    }
    let middle = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    let painter = ui.painter();
    painter.galley(
        pos2(rect.right() - end.size().x - 4.0, middle(&end)),
        end,
        theme.text,
    );
    painter.galley(pos2(rect.left() + 2.0, middle(&sign)), sign, theme.warning);
    painter.galley(pos2(rect.left() + 24.0, middle(&words)), words, theme.text);
    painter.hline(rect.x_range(), rect.bottom(), theme.line());
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        if open {
            state.unfolded.remove(&kind);
        } else {
            state.unfolded.insert(kind);
        }
    }
    if !open {
        return;
    }
    note(ui, kind.advice(lang));
    let is_of_households = check
        .open(kind)
        .any(|(_, finding)| !matches!(finding.found, Found::Ground(_)));
    if is_of_households {
        let see = lang.with("ui.check_see", &[("count", &grouped(count as u64))]);
        let name = format!("{text} {see}");
        let figure = Figure::new(count as u64, Counted::Findings, Who::Findings(kind));
        let look = (small_font(), theme.accent);
        opens::words(ui, lang, (&see, &name), look, figure, out);
    }
    for (place, finding) in check.open(kind).take(MOST_LISTED) {
        line(ui, session, place, finding, out);
        if session.chosen_finding == Some(place)
            && let Found::Pair(pair) = &finding.found
        {
            pair_cards::show(ui, session, pair, state, out);
        }
    }
    if count > MOST_LISTED {
        let more = grouped((count - MOST_LISTED) as u64);
        note(ui, lang.with("ui.check_more", &[("count", &more)]));
    }
}

/// One finding in two lines.
fn line(ui: &mut Ui, session: &Session, place: usize, finding: &Finding, out: &mut Vec<Command>) {
    let Some(town) = session.town() else { return };
    let theme = Theme::of(ui);
    let chosen = session.chosen_finding == Some(place);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    let texts = texts(finding, session, &town.snapshot);
    let label = format!("{} {}", texts.title, texts.details);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, &label));
    if ui.is_rect_visible(rect) {
        let fill = if chosen {
            theme.accent_tint
        } else if response.hovered() || response.has_focus() {
            theme.hover
        } else {
            theme.panel
        };
        ui.painter().rect_filled(rect, 6.0, fill);
        let inner = rect.shrink2(vec2(8.0, 5.0));
        let end = elided(ui, &texts.end, body_font(), theme.text, inner.width() * 0.4);
        let room = inner.width() - end.size().x - 8.0;
        let title = elided(ui, &texts.title, body_font(), theme.text, room);
        let details = elided(
            ui,
            &texts.details,
            small_font(),
            theme.secondary,
            inner.width(),
        );
        let painter = ui.painter();
        painter.galley(
            pos2(inner.right() - end.size().x, inner.top()),
            end,
            theme.text,
        );
        painter.galley(inner.left_top(), title, theme.text);
        let bottom = inner.bottom() - details.size().y;
        painter.galley(pos2(inner.left(), bottom), details, theme.secondary);
    }
    if chosen {
        follow(ui, rect, place);
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.clicked() {
        let next = Some(place).filter(|_| !chosen);
        out.push(Command::ChooseFinding(next));
    }
}

/// A finding that was just chosen by the keyboard comes into sight.
fn follow(ui: &Ui, rect: Rect, place: usize) {
    let id = egui::Id::unique("followed finding");
    let last: Option<usize> = ui.data(|data| data.get_temp(id));
    if last != Some(place) {
        ui.data_mut(|data| data.insert_temp(id, place));
        if !ui.clip_rect().contains_rect(rect) {
            ui.scroll_to_rect(rect, None);
        }
    }
}

struct LineTexts {
    title: String,
    end: String,
    details: String,
}

fn texts(finding: &Finding, session: &Session, town: &Snapshot) -> LineTexts {
    let lang = session.lang;
    match &finding.found {
        Found::Ground(ground) => ground_texts(ground, lang, town),
        Found::Pair(pair) => pair_texts(pair, session, town),
        Found::Counts(counts) => counts_texts(counts, session, town),
    }
}

fn ground_texts(ground: &GroundFinding, lang: Lang, town: &Snapshot) -> LineTexts {
    let areas = &town.areas;
    let name = |code: &String| {
        let area = areas.by_code(code);
        let name = area.and_then(|area| areas.name.get(area.0 as usize));
        name.cloned().unwrap_or_else(|| code.clone())
    };
    let names: Vec<String> = ground.codes.iter().map(name).collect();
    let title = if names.is_empty() {
        lang.t(ground.level.word()).into_owned()
    } else {
        names.join(" · ")
    };
    LineTexts {
        title,
        end: format!("{} m²", figure(ground.ground_m2, 0)),
        details: ground.codes.join(lang.pick("、", ", ")),
    }
}

fn head_name(session: &Session, town: &Snapshot, row: Option<u32>) -> String {
    let name = row.map_or("", |row| town.households.head_name.get(row));
    if session.settings.masked {
        masked_name(name)
    } else {
        name.to_owned()
    }
}

fn pair_texts(pair: &PairFinding, session: &Session, town: &Snapshot) -> LineTexts {
    let lang = session.lang;
    let [one, other] = [0, 1].map(|at| {
        let name = head_name(session, town, pair.rows[at]);
        format!("{name} {}", pair.ids[at]).trim().to_owned()
    });
    let agree: Vec<_> = pair
        .agree
        .iter()
        .map(|part| lang.t(agreement_word(*part)))
        .collect();
    LineTexts {
        title: format!("{one}  ·  {other}"),
        end: String::new(),
        details: agree.join(lang.pick("、", ", ")),
    }
}

fn counts_texts(counts: &CountsFinding, session: &Session, town: &Snapshot) -> LineTexts {
    let name = head_name(session, town, counts.row);
    LineTexts {
        title: format!("{name} {}", counts.id).trim().to_owned(),
        end: String::new(),
        details: counts_text(&counts.counts, session.lang),
    }
}

/// The arrows go through the findings of the open groups.
fn step(ui: &Ui, session: &Session, check: &Checked, state: &CheckState, out: &mut Vec<Command>) {
    let Some(chosen) = session.chosen_finding else {
        return;
    };
    if session.dialog.is_some() || ui.ctx().text_edit_focused() {
        return;
    }
    let (up, down) = ui.input(|input| {
        let plain = input.modifiers.is_none();
        (
            plain && input.key_pressed(Key::ArrowUp),
            plain && input.key_pressed(Key::ArrowDown),
        )
    });
    if !(up || down) {
        return;
    }
    let places: Vec<usize> = check
        .kinds()
        .into_iter()
        .filter(|(kind, _)| state.unfolded.contains(kind))
        .flat_map(|(kind, _)| check.open(kind).take(MOST_LISTED))
        .map(|(place, _)| place)
        .collect();
    let Some(at) = places.iter().position(|place| *place == chosen) else {
        return;
    };
    let next = if up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(place) = next.and_then(|next| places.get(next)) {
        out.push(Command::ChooseFinding(Some(*place)));
    }
}
