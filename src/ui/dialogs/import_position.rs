//! The third step of an import: how positions are read, with the evidence for it.

use super::forms::ImportForm;
use super::import_words::datum_reason;
use super::parts::{menu, named_edit, radio, tick, warning};
use crate::base::digits::{grouped, percent};
use crate::datum::Datum;
use crate::jobs::{
    AreasInspection, DatumChoice, FileChoice, Inspection, PositionFinding, ReadingScore,
    datum_name, reading_name,
};
use crate::session::{Command, ImportPlan, ImportStep, PlannedFile, Session};
use crate::ui::icon;
use crate::ui::shell::UiState;
use crate::ui::theme::{Theme, small_font, strong_font};
use crate::ui::widgets::{note, paint_bar};
use crate::words::Lang;
use egui::{Key, Label, Rect, RichText, Sense, Ui, pos2, vec2};

/// Systems that can be named without a number.
const NAMED: [Datum; 4] = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09, Datum::WebMercator];

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    note(ui, lang.t("ui.import_position_text"));
    for (at, file) in plan.files.iter().enumerate() {
        let Some(found) = file.inspection() else {
            continue;
        };
        ui.push_id(("position", at), |ui| {
            ui.add_space(8.0);
            head(ui, file);
            let mut choice = file.choice.clone();
            let form = &mut state.forms.import;
            match found {
                Inspection::Areas(areas) => boundaries(ui, lang, at, areas, &mut choice, form),
                Inspection::Table(table) => {
                    if let Some(found) = &table.position {
                        positions(ui, lang, (at, file, found), &mut choice, form);
                    } else if places_itself(table.kind) {
                        note(ui, lang.t("ui.import_no_positions"));
                    } else {
                        note(ui, lang.t("ui.import_needs_no_positions"));
                    }
                }
            }
            if choice != file.choice {
                out.push(Command::ChooseForFile(at, choice));
            }
        });
    }
}

/// Whether the rows of a kind stand on the map by themselves.
fn places_itself(kind: crate::model::TableKind) -> bool {
    use crate::model::TableKind::{Addresses, Households, Resources};
    matches!(kind, Households | Resources | Addresses)
}

fn head(ui: &mut Ui, file: &PlannedFile) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(file.name()).font(strong_font()));
        if file.is_doubtful(ImportStep::Position) {
            ui.label(RichText::new(icon::WARNING).color(theme.warning));
        }
    });
}

/// A boundary file: its system, who says so, what it holds.
fn boundaries(
    ui: &mut Ui,
    lang: Lang,
    at: usize,
    areas: &AreasInspection,
    choice: &mut FileChoice,
    form: &mut ImportForm,
) {
    let reason = datum_reason(lang, areas.datum_reason);
    let datum = datum_name(areas.datum, lang);
    let args = [("datum", &*datum), ("why", &*reason)];
    ui.add(Label::new(lang.with("ui.import_areas_read_as", &args)).wrap());
    for (level, count, code, name) in &areas.levels {
        let level = lang.t(&format!("common.level_{}", level.code()));
        let args = [
            ("level", &*level),
            ("count", &*grouped(*count)),
            ("code", code),
            ("name", name),
        ];
        note(ui, lang.with("ui.import_level", &args));
    }
    other_datum(ui, lang, at, areas.datum, choice, form);
}

fn positions(
    ui: &mut Ui,
    lang: Lang,
    (at, file, found): (usize, &PlannedFile, &PositionFinding),
    choice: &mut FileChoice,
    form: &mut ImportForm,
) {
    ui.add(Label::new(sentence(lang, found)).wrap());
    if !found.is_plain && choice.datum == DatumChoice::Auto {
        warning(ui, &lang.t("ui.import_position_doubt"));
    }
    let current = file.reading().unwrap_or(found.reading);
    for score in &found.scores {
        let proposed = score.reading == found.reading;
        if evidence(ui, lang, found, score, score.reading == current, proposed) {
            // The proposal needs no word: it is taken again when the evidence changes.
            choice.datum = if proposed && choice.datum == DatumChoice::Auto {
                DatumChoice::Auto
            } else {
                DatumChoice::Reading(score.reading)
            };
        }
    }
    other_datum(ui, lang, at, current.datum, choice, form);
    ui.add_space(2.0);
    flaws(ui, lang, found, choice);
}

/// How positions are read and how well that fits, in one sentence.
fn sentence(lang: Lang, found: &PositionFinding) -> String {
    let reading = reading_name(found.reading, lang);
    let score = found
        .scores
        .iter()
        .find(|score| score.reading == found.reading);
    let share = |part: u64, whole: u64| percent(part as f64 / whole.max(1) as f64);
    match score {
        Some(score) if found.declaring > 0 => lang.with(
            "ui.import_read_as_declared",
            &[
                ("reading", &reading),
                ("share", &share(score.inside_declared, found.declaring)),
                ("count", &grouped(found.declaring)),
            ],
        ),
        Some(score) if score.inside_any > 0 => lang.with(
            "ui.import_read_as_any",
            &[
                ("reading", &reading),
                ("share", &share(score.inside_any, found.rows)),
                ("count", &grouped(found.rows)),
            ],
        ),
        _ => {
            let why = datum_reason(lang, found.reason);
            let args = [("reading", &*reading), ("why", &*why)];
            lang.with("ui.import_read_as", &args)
        }
    }
}

/// One way that was tried, with its bars; gives whether it was chosen.
fn evidence(
    ui: &mut Ui,
    lang: Lang,
    found: &PositionFinding,
    score: &ReadingScore,
    is_current: bool,
    proposed: bool,
) -> bool {
    let theme = Theme::of(ui);
    let name = reading_name(score.reading, lang);
    let name = if proposed {
        lang.with("ui.import_proposed", &[("reading", &name)])
    } else {
        name
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let left_side = Rect::from_min_size(rect.min, vec2(rect.width() * 0.44, rect.height()));
    let builder = egui::UiBuilder::new().max_rect(left_side);
    let response = ui
        .scope_builder(builder, |ui| radio(ui, is_current, &name))
        .inner;
    let bars = [
        (
            score.inside_declared,
            found.declaring,
            "ui.import_inside_declared",
        ),
        (score.inside_any, found.rows, "ui.import_inside_any"),
    ];
    let mut left = left_side.right() + 12.0;
    let width = (rect.right() - left - 12.0) / 2.0;
    for (part, whole, key) in bars {
        if whole == 0 {
            continue;
        }
        let share = part as f32 / whole as f32;
        let text = lang.with(key, &[("share", &percent(f64::from(share)))]);
        let text = crate::ui::widgets::elided(ui, &text, small_font(), theme.secondary, width);
        ui.painter()
            .galley(pos2(left, rect.top() + 3.0), text, theme.secondary);
        let bar = Rect::from_min_size(pos2(left, rect.bottom() - 8.0), vec2(width, 5.0));
        paint_bar(ui, bar, &[(share, theme.covered)]);
        left += width + 12.0;
    }
    response.clicked() && !is_current
}

/// A system that was not tried: by name, or by its EPSG number.
fn other_datum(
    ui: &mut Ui,
    lang: Lang,
    at: usize,
    current: Datum,
    choice: &mut FileChoice,
    form: &mut ImportForm,
) {
    ui.horizontal(|ui| {
        let name = lang.t("ui.import_datum");
        let auto = lang.t("ui.import_datum_auto").into_owned();
        let mut options = vec![(None, auto)];
        options.extend(NAMED.map(|datum| (Some(datum), datum_name(datum, lang))));
        let said = match choice.datum {
            DatumChoice::Auto => None,
            _ => Some(current),
        };
        if let Some(datum) = said.filter(|datum| !NAMED.contains(datum)) {
            options.push((said, datum_name(datum, lang)));
        }
        if let Some(datum) = menu(ui, &name, 230.0, &options, &said) {
            choice.datum = datum.map_or(DatumChoice::Auto, DatumChoice::Datum);
        }
        let mut draft = match &form.datum {
            Some((of, text)) if *of == at => text.clone(),
            _ => String::new(),
        };
        let name = lang.t("ui.import_datum_code");
        let hint = lang.t("ui.import_datum_code_hint");
        let edit = named_edit(ui, &name, &hint, &mut draft, 170.0);
        let ends = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ends {
            ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
        }
        let datum = parse_code(&draft);
        let is_wrong = !draft.trim().is_empty() && datum.is_none();
        if edit.changed() {
            form.datum = Some((at, draft));
        }
        if let (true, Some(datum)) = (edit.lost_focus(), datum) {
            choice.datum = DatumChoice::Datum(datum);
            form.datum = None;
        }
        if is_wrong {
            warning(ui, &lang.t("ui.import_datum_unknown"));
        }
    });
}

/// `4549`, `EPSG 4549`, `epsg:4549`, `gcj02`.
fn parse_code(text: &str) -> Option<Datum> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Datum::parse(text).or_else(|| Datum::parse(&format!("epsg:{digits}")))
}

/// What is wrong with single rows, and readings of them that can be accepted.
fn flaws(ui: &mut Ui, lang: Lang, found: &PositionFinding, choice: &mut FileChoice) {
    let count = |key: &str, count: u64| lang.with(key, &[("count", &grouped(count))]);
    if found.swapped_rows > 0 {
        let text = count("ui.import_accept_swapped", found.swapped_rows);
        tick(ui, true, &mut choice.accepted.swapped, &text);
    }
    if found.degrees_rows > 0 {
        let text = count("ui.import_accept_degrees", found.degrees_rows);
        tick(ui, true, &mut choice.accepted.degrees_text, &text);
    }
    if found.zero_rows > 0 {
        warning(ui, &count("ui.import_zero_rows", found.zero_rows));
    }
    if found.far_rows > 0 {
        warning(ui, &count("ui.import_far_rows", found.far_rows));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datum::Reading;

    #[test]
    fn a_system_is_known_by_its_number_however_it_is_written() {
        let zone = Datum::parse("epsg:4549");
        assert!(zone.is_some());
        for text in ["4549", "EPSG:4549", "epsg 4549", " EPSG：4549 "] {
            assert_eq!(parse_code(text), zone, "{text}");
        }
        assert_eq!(parse_code("gcj-02"), Some(Datum::Gcj02));
        assert_eq!(parse_code("4555"), None);
        assert_eq!(parse_code(""), None);
    }

    #[test]
    fn the_sentence_names_share_and_denominator() {
        let reading = Reading {
            datum: Datum::Gcj02,
            swapped: false,
        };
        let found = PositionFinding {
            reading,
            reason: crate::jobs::DatumReason::Evidence,
            is_plain: true,
            rows: 1_284,
            declaring: 1_200,
            scores: vec![ReadingScore {
                reading,
                inside_declared: 1_173,
                inside_any: 1_280,
            }],
            swapped_rows: 0,
            degrees_rows: 0,
            zero_rows: 0,
            far_rows: 0,
        };
        for lang in Lang::ALL {
            let text = sentence(lang, &found);
            assert!(text.contains("GCJ-02") && text.contains("1,200"), "{text}");
            assert!(text.contains("97.8") || text.contains("97.7"), "{text}");
        }
    }
}
