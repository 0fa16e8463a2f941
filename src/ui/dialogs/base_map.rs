//! Which base map lies below.

use super::forms::BaseMapForm;
use super::parts::{fact, heading, named_edit, path_line, radio, typed_path, warning};
use super::sheet::{Footer, Outcome, Sheet};
use crate::jobs::BaseMapFacts;
use crate::session::{BaseMapChoice, Command, Session};
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::widgets::note;
use crate::words::Lang;
use egui::{Button, Context, Ui};
use std::path::PathBuf;

/// Where a base map comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Source {
    /// It came with the workspace.
    #[default]
    OfWorkspace,
    /// There is none.
    Nothing,
    /// A file.
    File,
    /// A server.
    Template,
}

/// Draws the dialog.
pub(super) fn show(ctx: &Context, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let lang = session.lang;
    follow(&mut state.forms.base_map, &session.settings.base_map);
    let outcome = Sheet::new("base map", lang.t("ui.dialog_base_map_title"), 560.0).show(
        ctx,
        session,
        |ui| {
            source(ui, lang, state, Source::OfWorkspace, out);
            source(ui, lang, state, Source::Nothing, out);
            source(ui, lang, state, Source::File, out);
            if state.forms.base_map.source == Source::File {
                ui.indent("file", |ui| file(ui, session, state, out));
            }
            source(ui, lang, state, Source::Template, out);
            if state.forms.base_map.source == Source::Template {
                ui.indent("template", |ui| {
                    template(ui, session, &mut state.forms.base_map, out);
                });
            }
            ui.add_space(6.0);
            if let Some(facts) = &session.base_map {
                show_facts(ui, lang, facts);
            } else if session.settings.base_map == BaseMapChoice::OfWorkspace {
                note(ui, lang.t("ui.dialog_base_map_workspace_none"));
            }
            Footer {
                hint: lang.t("ui.dialog_base_map_network").into_owned(),
                ..Footer::default()
            }
        },
    );
    if outcome == Outcome::Close {
        out.push(Command::CloseDialog);
    }
}

/// Takes over what is in force, once it changes.
fn follow(form: &mut BaseMapForm, choice: &BaseMapChoice) {
    if form.of.as_ref() == Some(choice) {
        return;
    }
    form.of = Some(choice.clone());
    form.source = match choice {
        BaseMapChoice::OfWorkspace => Source::OfWorkspace,
        BaseMapChoice::Nothing => Source::Nothing,
        BaseMapChoice::File(path) => {
            form.path = path.display().to_string();
            Source::File
        }
        BaseMapChoice::Template(template) => {
            form.template.clone_from(template);
            Source::Template
        }
    };
}

fn source(ui: &mut Ui, lang: Lang, state: &mut UiState, source: Source, out: &mut Vec<Command>) {
    let key = match source {
        Source::OfWorkspace => "ui.dialog_base_map_workspace",
        Source::Nothing => "ui.dialog_base_map_nothing",
        Source::File => "ui.dialog_base_map_file",
        Source::Template => "ui.dialog_base_map_template",
    };
    let form = &mut state.forms.base_map;
    let selected = form.source == source;
    if radio(ui, selected, &lang.t(key)).clicked() && !selected {
        form.source = source;
        // A file and a server wait until somebody says which.
        match source {
            Source::OfWorkspace => out.push(Command::SetBaseMap(BaseMapChoice::OfWorkspace)),
            Source::Nothing => out.push(Command::SetBaseMap(BaseMapChoice::Nothing)),
            Source::File | Source::Template => {}
        }
    }
}

fn file(ui: &mut Ui, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let lang = session.lang;
    let (_, choose) = path_line(
        ui,
        lang,
        &lang.t("ui.dialog_base_map_path"),
        &mut state.forms.base_map.path,
    );
    if choose {
        let title = lang.t("ui.dialog_base_map_title").into_owned();
        state
            .picker
            .ask(Purpose::BaseMap, title, "", ui.ctx().clone());
    }
    let path = PathBuf::from(typed_path(&state.forms.base_map.path));
    let choice = BaseMapChoice::File(path.clone());
    let is_new = !path.as_os_str().is_empty() && choice != session.settings.base_map;
    if ui
        .add_enabled(is_new, Button::new(lang.t("ui.dialog_base_map_use_file")))
        .clicked()
    {
        out.push(Command::SetBaseMap(choice));
    }
}

fn template(ui: &mut Ui, session: &Session, form: &mut BaseMapForm, out: &mut Vec<Command>) {
    let lang = session.lang;
    let width = ui.available_width();
    let name = lang.t("ui.dialog_base_map_address");
    named_edit(
        ui,
        &name,
        "https://…/{z}/{x}/{y}.png",
        &mut form.template,
        width,
    );
    let address = form.template.trim().to_owned();
    let fits = is_template(&address);
    if fits || address.is_empty() {
        note(ui, lang.t("ui.dialog_base_map_template_note"));
    } else {
        warning(ui, &lang.t("ui.dialog_base_map_template_bad"));
    }
    let choice = BaseMapChoice::Template(address);
    let is_new = fits && choice != session.settings.base_map;
    if ui
        .add_enabled(
            is_new,
            Button::new(lang.t("ui.dialog_base_map_use_template")),
        )
        .clicked()
    {
        out.push(Command::SetBaseMap(choice));
    }
}

/// Whether an address has a place for each number of a tile.
fn is_template(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    is_web
        && !address.contains(char::is_whitespace)
        && ["{z}", "{x}", "{y}"]
            .iter()
            .all(|part| address.contains(part))
}

fn show_facts(ui: &mut Ui, lang: Lang, facts: &BaseMapFacts) {
    heading(ui, &facts.name);
    let zooms = [
        ("from", facts.min_zoom.to_string()),
        ("to", facts.max_zoom.to_string()),
    ];
    let zooms = zooms
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    fact(
        ui,
        &lang.t("ui.dialog_base_map_zooms"),
        &lang.with("ui.dialog_base_map_zoom_range", &zooms),
    );
    let kind = if facts.is_vector {
        "ui.dialog_base_map_vector"
    } else {
        "ui.dialog_base_map_raster"
    };
    fact(ui, &lang.t("ui.dialog_base_map_kind"), &lang.t(kind));
    fact(ui, &lang.t("ui.dialog_base_map_datum"), "WGS-84");
    if !facts.attribution.is_empty() {
        fact(
            ui,
            &lang.t("ui.dialog_base_map_attribution"),
            &facts.attribution,
        );
    }
    fact(
        ui,
        &lang.t("ui.dialog_file"),
        &facts.path.display().to_string(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_the_web_and_three_numbers() {
        assert!(is_template("https://tiles.example/{z}/{x}/{y}.png"));
        assert!(is_template("HTTP://10.1.2.3:8080/{z}/{y}/{x}?key=1"));
        for bad in [
            "",
            "tiles.example/{z}/{x}/{y}",
            "https://tiles.example/{z}/{x}.png",
            "https://a b/{z}/{x}/{y}",
            "file:///{z}/{x}/{y}",
        ] {
            assert!(!is_template(bad), "{bad}");
        }
    }

    #[test]
    fn the_form_takes_over_what_is_in_force_once() {
        let mut form = BaseMapForm::default();
        let choice = BaseMapChoice::File("街道.pmtiles".into());
        follow(&mut form, &choice);
        assert_eq!(
            (form.source, form.path.as_str()),
            (Source::File, "街道.pmtiles")
        );
        form.path = "typing…".to_owned();
        follow(&mut form, &choice);
        assert_eq!(form.path, "typing…");
    }
}
