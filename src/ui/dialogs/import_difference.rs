//! What an import would change: new, changed, vanished households, each to be ticked.

use super::forms::{ImportForm, Tab};
use super::parts::{heading, segments, tick};
use crate::base::digits::grouped;
use crate::jobs::{ChangedHousehold, Difference, NewHousehold};
use crate::layer::{self, field_name};
use crate::model::{Catalogue, Household, HouseholdField};
use crate::session::{Command, Decision, ImportPlan, ImportWork, Session};
use crate::ui::theme::{Theme, body_font, small_font};
use crate::ui::widgets::{elided, note};
use crate::words::Lang;
use egui::{RichText, Ui};

/// So many rows are listed at first, and with each wish for more.
const ROWS: usize = 100;

/// Draws the lists; nothing where there is nothing to compare.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    difference: &Difference,
    form: &mut ImportForm,
    out: &mut Vec<Command>,
) {
    if *difference == Difference::default() {
        return;
    }
    let lang = session.lang;
    ui.add_space(8.0);
    heading(ui, &lang.t("ui.import_difference"));
    let counts = [
        difference.new.count,
        difference.changed.count,
        difference.vanished.count,
    ];
    let [new, changed, vanished] = counts;
    // An empty list says nothing while another has something to say.
    form.tab = first_with_rows(form.tab, counts);
    let option = |tab: Tab, key: &str, count: u64| {
        let text = lang.with(key, &[("count", &grouped(count))]);
        (tab, text)
    };
    let options = [
        option(Tab::New, "ui.import_tab_new", new),
        option(Tab::Changed, "ui.import_tab_changed", changed),
        option(Tab::Vanished, "ui.import_tab_vanished", vanished),
    ];
    let name = lang.t("ui.import_difference");
    if let Some(tab) = segments(ui, &name, &options, Some(form.tab)) {
        form.tab = tab;
        form.more_rows = 0;
        ui.ctx().request_repaint();
    }
    let same = grouped(difference.same);
    note(ui, lang.with("ui.import_same", &[("count", &same)]));
    ui.add_enabled_ui(plan.work == ImportWork::Idle, |ui| {
        let most = ROWS + form.more_rows;
        let shown = match form.tab {
            Tab::New => {
                let shown = &difference.new.shown;
                every(
                    ui,
                    lang,
                    "ui.import_new_text",
                    shown.is_empty(),
                    out,
                    Decision::EveryNew,
                );
                for (at, new) in shown.iter().take(most).enumerate() {
                    ui.push_id(at, |ui| new_row(ui, session, plan, new, out));
                }
                shown.len()
            }
            Tab::Changed => {
                let shown = &difference.changed.shown;
                let none = shown.is_empty();
                every(
                    ui,
                    lang,
                    "ui.import_changed_text",
                    none,
                    out,
                    Decision::EveryChange,
                );
                for (at, changed) in shown.iter().take(most).enumerate() {
                    ui.push_id(at, |ui| changed_rows(ui, session, plan, changed, out));
                }
                shown.len()
            }
            Tab::Vanished => {
                let shown = &difference.vanished.shown;
                let none = shown.is_empty();
                every(
                    ui,
                    lang,
                    "ui.import_vanished_text",
                    none,
                    out,
                    Decision::EveryVanished,
                );
                for (at, gone) in shown.iter().take(most).enumerate() {
                    ui.push_id(at, |ui| vanished_row(ui, session, plan, gone, out));
                }
                shown.len()
            }
        };
        let count = match form.tab {
            Tab::New => new,
            Tab::Changed => changed,
            Tab::Vanished => vanished,
        };
        more(ui, lang, shown, count, form);
    });
}

/// The list that is asked for, or the first that is not empty.
fn first_with_rows(asked: Tab, [new, changed, vanished]: [u64; 3]) -> Tab {
    let counts = [
        (Tab::New, new),
        (Tab::Changed, changed),
        (Tab::Vanished, vanished),
    ];
    let is_empty = |tab: Tab| counts.contains(&(tab, 0));
    if !is_empty(asked) {
        return asked;
    }
    let mut others = counts.iter().map(|(tab, _)| *tab);
    others.find(|tab| !is_empty(*tab)).unwrap_or(asked)
}

/// All of them or none, and what the ticks mean.
fn every(
    ui: &mut Ui,
    lang: Lang,
    text: &str,
    is_empty: bool,
    out: &mut Vec<Command>,
    decision: fn(bool) -> Decision,
) {
    if is_empty {
        note(ui, lang.t("ui.import_none_here"));
        return;
    }
    note(ui, lang.t(text));
    ui.horizontal(|ui| {
        for (key, take) in [("ui.import_every", true), ("ui.import_none", false)] {
            if ui.button(lang.t(key)).clicked() {
                out.push(Command::Decide(decision(take)));
            }
        }
    });
}

/// The rows that are not listed: those that can be, and those that are only counted.
fn more(ui: &mut Ui, lang: Lang, shown: usize, count: u64, form: &mut ImportForm) {
    let listed = ROWS + form.more_rows;
    if shown > listed {
        let next = grouped((shown - listed).min(ROWS) as u64);
        let text = lang.with("ui.import_show_more", &[("count", &next)]);
        if ui.button(text).clicked() {
            form.more_rows += ROWS;
        }
    }
    let uncounted = count.saturating_sub(shown as u64);
    if uncounted > 0 {
        let uncounted = grouped(uncounted);
        note(
            ui,
            lang.with("ui.import_only_counted", &[("count", &uncounted)]),
        );
    }
}

fn new_row(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    new: &NewHousehold,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let key = new.key;
    let same = plan.decisions.same.get(&key);
    let mut take = same.is_none() && !plan.decisions.skip_new.contains(&key);
    let text = lang.with(
        "ui.import_row",
        &[
            ("household", &summary(session, &new.household)),
            ("row", &key.row.to_string()),
        ],
    );
    if tick(ui, same.is_none(), &mut take, &text).clicked() {
        out.push(Command::Decide(Decision::New { key, take }));
    }
    if let Some((id, share)) = &new.like {
        ui.indent("like", |ui| {
            let mut is_same = same.is_some();
            let share = share.to_string();
            let args = [("id", id.as_str()), ("share", &*share)];
            let text = lang.with("ui.import_like", &args);
            if tick(ui, true, &mut is_same, &text).clicked() {
                let id = is_same.then(|| id.clone());
                out.push(Command::Decide(Decision::Same { key, id }));
            }
        });
    }
}

/// A household that changed and its values, old and new.
fn changed_rows(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    changed: &ChangedHousehold,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let taken = plan.taken(changed);
    let mut any = !taken.is_empty();
    let text = lang.with(
        "ui.import_row",
        &[
            ("household", &summary(session, &changed.before)),
            ("row", &changed.key.row.to_string()),
        ],
    );
    let change = |fields| {
        Command::Decide(Decision::Change {
            id: changed.id.clone(),
            fields,
        })
    };
    if tick(ui, true, &mut any, &text).clicked() {
        let proposed = changed.fields.without(changed.recorded);
        // Where everything was recorded here, the tick asks for all of it.
        let wanted = if proposed.is_empty() {
            changed.fields
        } else {
            proposed
        };
        let fields = if any {
            wanted
        } else {
            crate::model::FieldSet::NONE
        };
        out.push(change(fields));
    }
    ui.indent("fields", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for field in changed.fields.iter() {
            let mut take = taken.contains(field);
            let is_recorded = changed.recorded.contains(field);
            if value_row(ui, session, changed, field, &mut take, is_recorded) {
                let mut fields = taken;
                if take {
                    fields.insert(field);
                } else {
                    fields.remove(field);
                }
                out.push(change(fields));
            }
        }
    });
}

/// One value, old and new; gives whether its tick was clicked.
fn value_row(
    ui: &mut Ui,
    session: &Session,
    changed: &ChangedHousehold,
    field: HouseholdField,
    take: &mut bool,
    is_recorded: bool,
) -> bool {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let value = |household| {
        let text = value_text(session, household, field);
        if text.is_empty() {
            lang.t("ui.import_empty").into_owned()
        } else {
            text
        }
    };
    let (old, new) = (value(&changed.before), value(&changed.after));
    let name = field_name(field, lang);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let clicked = ui
            .scope(|ui| {
                ui.set_width(170.0);
                tick(ui, true, take, &name).clicked()
            })
            .inner;
        let mark = if is_recorded { 150.0 } else { 0.0 };
        let room = (ui.available_width() - 40.0 - mark).max(80.0) / 2.0;
        let old_text = elided(ui, &old, body_font(), theme.secondary, room);
        ui.label(old_text).on_hover_text(&old);
        ui.label(RichText::new("→").color(theme.secondary));
        let ink = if *take { theme.text } else { theme.secondary };
        let new_text = elided(ui, &new, body_font(), ink, room);
        ui.label(new_text).on_hover_text(&new);
        if is_recorded {
            let text = RichText::new(lang.t("ui.import_recorded"));
            ui.label(text.font(small_font()).color(theme.warning));
        }
        clicked
    })
    .inner
}

fn vanished_row(
    ui: &mut Ui,
    session: &Session,
    plan: &ImportPlan,
    household: &Household,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let is_matched = plan.is_matched(&household.id);
    let mut remove = plan.decisions.remove.contains(&household.id);
    let mut text = summary(session, household);
    if is_matched {
        text = lang.with("ui.import_matched", &[("household", &text)]);
    }
    if tick(ui, !is_matched, &mut remove, &text).clicked() {
        let id = household.id.clone();
        out.push(Command::Decide(Decision::Vanished { id, remove }));
    }
}

/// A household in one line: number, head, address.
fn summary(session: &Session, household: &Household) -> String {
    let fields = [
        HouseholdField::Id,
        HouseholdField::HeadName,
        HouseholdField::Address,
    ];
    let texts = fields.map(|field| value_text(session, household, field));
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join("  ")
}

/// A value in words, masked as the window masks.
fn value_text(session: &Session, household: &Household, field: HouseholdField) -> String {
    let known = session.town().map(|town| &town.snapshot.catalogue);
    let none = Catalogue::default();
    let catalogue = known.unwrap_or(&none);
    let masked = session.settings.masked;
    layer::value_text(household, field, catalogue, session.lang, masked)
}
