//! The window by role and label: every dialog opens, says what it does, and pushes the command
//! that it promises.

mod card;
#[cfg(test)]
mod catalogue;
mod charts;
#[cfg(test)]
mod exchange;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod import;
#[cfg(test)]
mod import_samples;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod priority;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod what_if;
#[cfg(test)]
mod work;

use egui::Key;
use egui_kittest::kittest::Queryable;
use livelihood_map::jobs::TableWanted;
use livelihood_map::query;
use livelihood_map::session::{Command, Dialog, ThemeChoice};
use livelihood_map::words::Lang;
use stage::{click, empty, has, open, with_town};

#[test]
fn every_dialog_opens_in_both_languages_and_escape_closes_it() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        let layer = stage.state().session.view.layers[0].id;
        let dialogs = [
            Dialog::Import,
            Dialog::ImportReport,
            Dialog::Imports,
            Dialog::Export,
            Dialog::ExportPicture,
            Dialog::ExportChart,
            Dialog::Layer(layer),
            Dialog::BaseMap,
            Dialog::Palette,
            Dialog::Settings,
            Dialog::QueryHelp,
            Dialog::About,
            Dialog::ExportTable(TableWanted::Findings),
            Dialog::ExportTable(TableWanted::Unmatched),
            Dialog::ExportTable(TableWanted::TrialFigures),
            Dialog::ExportTable(TableWanted::TrialChanges),
        ];
        for dialog in dialogs {
            let is_palette = dialog == Dialog::Palette;
            open(&mut stage, dialog.clone());
            assert!(
                is_palette || has(&stage, &lang.t("ui.dialog_close")),
                "{dialog:?}"
            );
            stage.key_press(Key::Escape);
            stage.run_steps(2);
            assert_eq!(stage.state().session.dialog, None, "{dialog:?}");
        }
    }
}

#[test]
fn the_palette_finds_acts_and_makes_room_for_a_dialog() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    stage.key_press_modifiers(egui::Modifiers::COMMAND, Key::K);
    stage.run_steps(3);
    assert_eq!(stage.state().session.dialog, Some(Dialog::Palette));
    for key in [
        "ui.action_import",
        "ui.action_export_list",
        "ui.action_settings",
        "ui.action_about",
    ] {
        assert!(
            stage
                .query_all_by_role_and_label(egui::Role::ListBoxOption, &lang.t(key))
                .next()
                .is_some(),
            "{key}"
        );
    }
    let undo = lang.t("ui.action_undo");
    assert!(
        stage
            .query_all_by_role_and_label(egui::Role::ListBoxOption, &undo)
            .next()
            .is_none(),
        "nothing to undo"
    );
    // The English name works in the Chinese window.
    let english = Lang::En.t("ui.action_about").into_owned();
    stage
        .get_by_label(&lang.t("ui.dialog_palette_search"))
        .type_text(&english);
    stage.run_steps(2);
    stage.key_press(Key::Enter);
    stage.run_steps(3);
    assert_eq!(stage.state().session.dialog, Some(Dialog::About));
}

#[test]
fn the_palette_loses_no_letter_and_does_nothing_unasked() {
    let mut stage = with_town(Lang::En);
    stage.key_press_modifiers(egui::Modifiers::COMMAND, Key::K);
    stage.run_steps(2);
    stage.key_press(Key::Enter);
    stage.run_steps(2);
    let dialog = &stage.state().session.dialog;
    assert_eq!(*dialog, Some(Dialog::Palette), "nothing was asked for");
    stage.key_press(Key::Escape);
    stage.run_steps(2);
    // A slow frame brings letters before there is a line to write into, and Enter with the last one.
    stage.key_press_modifiers(egui::Modifiers::COMMAND, Key::K);
    stage.step();
    stage.event(egui::Event::Text("Abo".to_owned()));
    stage.step();
    stage.event(egui::Event::Text("ut".to_owned()));
    stage.key_press(Key::Enter);
    stage.run_steps(3);
    assert_eq!(stage.state().session.dialog, Some(Dialog::About));
}

#[test]
fn settings_change_at_once() {
    let lang = Lang::Zh;
    let mut stage = empty(lang);
    open(&mut stage, Dialog::Settings);
    click(
        &mut stage,
        &format!(
            "{} {}",
            lang.t("ui.dialog_settings_theme"),
            lang.t("ui.dialog_settings_dark")
        ),
    );
    assert_eq!(stage.state().session.settings.theme, ThemeChoice::Dark);
    click(&mut stage, &lang.t("ui.dialog_settings_masked"));
    assert!(!stage.state().session.settings.masked);
    click(
        &mut stage,
        &format!("{} English", lang.t("ui.dialog_settings_language")),
    );
    assert_eq!(stage.state().session.lang, Lang::En);
    assert!(
        has(&stage, &Lang::En.t("ui.dialog_settings_text")),
        "the open dialog follows"
    );
}

#[test]
fn an_example_of_the_query_help_is_one_click_from_the_filter_line() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        open(&mut stage, Dialog::QueryHelp);
        let catalogue = stage
            .state()
            .session
            .town()
            .unwrap()
            .snapshot
            .catalogue
            .clone();
        let filter = query::parse("living_alone:yes visited<30d", &catalogue).unwrap();
        let text = filter.to_text(lang, &catalogue);
        click(
            &mut stage,
            &lang.with("ui.dialog_query_try", &[("query", &text)]),
        );
        assert_eq!(stage.state().session.view.filter, filter);
        assert_eq!(stage.state().session.dialog, None);
    }
}

#[test]
fn about_names_version_licences_and_network() {
    let lang = Lang::En;
    let mut stage = empty(lang);
    open(&mut stage, Dialog::About);
    assert!(has(
        &stage,
        &lang.with(
            "ui.dialog_about_version",
            &[("version", env!("CARGO_PKG_VERSION"))]
        )
    ));
    for key in [
        "ui.dialog_about_fonts_text",
        "ui.dialog_about_sample_text",
        "ui.dialog_about_network_text",
    ] {
        assert!(has(&stage, &lang.t(key)), "{key}");
    }
}

#[test]
fn the_filter_panel_writes_the_filter_line_and_leaves_the_rest_of_it() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    stage
        .state_mut()
        .session
        .apply(Command::SetFilterText("地址:青竹路".to_owned()));
    let modifiers = egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT);
    stage.key_press_modifiers(modifiers, Key::F);
    stage.run_steps(3);
    assert!(has(
        &stage,
        &lang.with("ui.dialog_filter_others", &[("count", "1")])
    ));
    click(
        &mut stage,
        &format!("{} ≥ 1", lang.t("ui.dialog_filter_elderly")),
    );
    click(
        &mut stage,
        &format!(
            "{} {}",
            lang.t("ui.dialog_filter_living_alone"),
            lang.t("ui.dialog_yes")
        ),
    );
    let session = &stage.state().session;
    let catalogue = &session.town().unwrap().snapshot.catalogue;
    let wanted = query::parse("address:青竹路 elderly>=1 living_alone:yes", catalogue).unwrap();
    assert_eq!(session.view.filter, wanted, "{}", session.filter_text);
    assert!(has(
        &stage,
        &lang.with("ui.dialog_filter_hits", &[("count", "2")])
    ));
    click(&mut stage, &lang.t("ui.dialog_filter_clear"));
    assert_eq!(stage.state().session.view.filter, query::Filter::All);
    click(&mut stage, &lang.t("ui.dialog_filter_close"));
    assert!(!has(&stage, &lang.t("ui.dialog_filter_clear")));
}
