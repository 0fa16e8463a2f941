//! The forms of the card: a visit, a need, a note, a review. Mistakes are said beside their field; Enter (in a
//! text of several lines Ctrl+Enter) saves, Escape leaves.

use super::draft::{CardForms, Draft, Form, Pressed};
use super::receipts::under_review;
use crate::jobs::{Card, EntryField, EntryMistake};
use crate::layer::{CardView, urgency_name};
use crate::model::Person;
use crate::session::{Command, Session};
use crate::ui::dialogs::parts;
use crate::ui::icon;
use crate::ui::theme::{Theme, small_font, strong_font};
use crate::ui::widgets::{note, primary_button};
use crate::words::Lang;
use egui::{Frame, Key, Label, Margin, Response, RichText, TextEdit, Ui, vec2};

/// Who can have said that something is needed.
const SOURCES: [&str; 4] = [
    "ui.card_source_self",
    "ui.card_source_family",
    "ui.card_source_worker",
    "ui.card_source_community",
];

/// Opens an empty form.
pub(super) fn begin(forms: &mut CardForms, form: Form, session: &Session, card: &Card) {
    let catalogue = session.town().map(|town| &town.snapshot.catalogue);
    let first = catalogue.and_then(|catalogue| catalogue.needs.first());
    let draft = Draft {
        day: session.desk_day().to_string(),
        worker: session.settings.worker.clone(),
        seen: (form == Form::Visit).then_some(true),
        category: first.map(|term| term.code.clone()).unwrap_or_default(),
        urgency: 2,
        receipt: under_review(session, card).next().unwrap_or_default(),
        ..Draft::default()
    };
    forms.begin(form, &card.id, draft);
}

/// What can be recorded about a household: a button each; a review where there is what to review.
pub(in crate::ui) fn actions(ui: &mut Ui, session: &Session, card: &Card, forms: &mut CardForms) {
    let lang = session.lang;
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for (form, key) in [
            (Form::Visit, "ui.card_add_visit"),
            (Form::Need, "ui.card_add_need"),
            (Form::Note, "ui.card_add_note"),
            (Form::Review, "ui.card_add_review"),
        ] {
            if form == Form::Review && under_review(session, card).next().is_none() {
                continue;
            }
            let is_open = forms.of(&card.id) == Some(form);
            let button = egui::Button::new(lang.t(key)).selected(is_open);
            let response = ui
                .add_enabled(session.can_edit(), button)
                .on_disabled_hover_text(lang.t("session.looks_only"));
            if response.clicked() {
                if is_open {
                    forms.close();
                } else {
                    begin(forms, form, session, card);
                }
            }
        }
    });
}

/// Draws the form that is open for the household.
pub(in crate::ui) fn show(
    ui: &mut Ui,
    session: &Session,
    view: &CardView<'_>,
    card: &Card,
    forms: &mut CardForms,
    out: &mut Vec<Command>,
) {
    let Some(form) = forms.of(&card.id) else {
        return;
    };
    let theme = Theme::of(ui);
    let lang = session.lang;
    let today = session.desk_day();
    let source = SOURCES.get(forms.draft.source).copied();
    let source = lang.t(source.unwrap_or("ui.card_source_self"));
    let entry = forms.draft.entry(form, &source, today);
    let mut fields = Fields {
        lang,
        mistake: entry.as_ref().err().copied().filter(|mistake| {
            // What is not filled in yet is no mistake until somebody tries to save.
            forms.tried || !matches!(mistake.key, "jobs.entry_no_text" | "jobs.entry_no_day")
        }),
        focused: false,
        enter: false,
    };
    let mut pressed = forms.pressed.take();
    let begins = std::mem::take(&mut forms.begins);
    let frame = Frame::new()
        .fill(theme.background)
        .stroke(theme.line())
        .corner_radius(6)
        .inner_margin(Margin::symmetric(10, 8));
    ui.add_space(4.0);
    let drawn = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let is_plan = forms.draft.is_plan(today);
        let title = match form {
            Form::Visit if is_plan => "ui.card_plan_visit",
            Form::Visit => "ui.card_add_visit",
            Form::Need => "ui.card_add_need",
            Form::Note => "ui.card_add_note",
            Form::Review => "ui.card_add_review",
        };
        ui.label(RichText::new(lang.t(title)).font(strong_font()));
        match form {
            Form::Visit => fields.visit(ui, &mut forms.draft, is_plan, begins),
            Form::Need => fields.need(ui, view, card, &mut forms.draft, begins),
            Form::Note => fields.note(ui, &mut forms.draft, begins),
            Form::Review => {
                let receipts = under_review(session, card).collect();
                fields.review(ui, view, card, receipts, &mut forms.draft, begins);
            }
        }
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let save = primary_button(ui, !session.busy, &lang.t("ui.card_save"));
            if save.on_hover_text("Ctrl+Enter").clicked() {
                pressed = Some(Pressed::Save);
            }
            if ui
                .button(lang.t("ui.cancel"))
                .on_hover_text("Esc")
                .clicked()
            {
                pressed = Some(Pressed::Leave);
            }
        });
    });
    if begins {
        // It may have been opened from far below.
        drawn.response.scroll_to_me(None);
    }
    forms.focused = fields.focused;
    if fields.enter {
        pressed = Some(Pressed::Save);
    }
    match (pressed, entry) {
        (None, _) => {}
        (Some(Pressed::Leave), _) => forms.close(),
        (Some(Pressed::Save), Err(_)) => forms.tried = true,
        (Some(Pressed::Save), Ok(entry)) => {
            let worker = forms.draft.worker.trim();
            if form != Form::Need && worker != session.settings.worker {
                out.push(Command::SetWorker(worker.to_owned()));
            }
            out.push(Command::Record {
                row: card.row,
                entry,
            });
            forms.close();
        }
    }
}

/// Draws fields and hears what is typed in them.
struct Fields {
    lang: Lang,
    mistake: Option<EntryMistake>,
    focused: bool,
    enter: bool,
}

impl Fields {
    fn label(&self, ui: &mut Ui, key: &str) -> String {
        let theme = Theme::of(ui);
        let name = self.lang.t(key).into_owned();
        let text = RichText::new(&name).font(small_font());
        ui.add_space(2.0);
        ui.label(text.color(theme.secondary));
        name
    }

    /// Says what is wrong with a field.
    fn said(&self, ui: &mut Ui, field: EntryField) {
        let theme = Theme::of(ui);
        if let Some(mistake) = self.mistake.filter(|mistake| mistake.field == field) {
            let text = format!("{}  {}", icon::WARNING, self.lang.t(mistake.key));
            let text = RichText::new(text).font(small_font()).color(theme.warning);
            ui.add(Label::new(text).wrap());
        }
    }

    fn hear(&mut self, ui: &Ui, response: &Response, begins: bool) {
        if begins {
            response.request_focus();
        }
        self.focused |= response.has_focus() || begins;
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        self.enter |= response.lost_focus() && entered;
    }

    fn line(&mut self, ui: &mut Ui, key: &str, text: &mut String, hint: &str, begins: bool) {
        let name = self.label(ui, key);
        let response = parts::named_edit(ui, &name, hint, text, f32::INFINITY);
        self.hear(ui, &response, begins);
    }

    fn lines(&mut self, ui: &mut Ui, key: &str, text: &mut String, begins: bool) {
        let name = self.label(ui, key);
        let edit = TextEdit::multiline(text)
            .desired_rows(2)
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_label(name.clone()));
        if begins {
            response.request_focus();
        }
        self.focused |= response.has_focus() || begins;
    }

    fn visit(&mut self, ui: &mut Ui, draft: &mut Draft, is_plan: bool, begins: bool) {
        self.line(ui, "ui.card_day", &mut draft.day, "2026-11-21", begins);
        self.said(ui, EntryField::Day);
        if is_plan {
            note(ui, self.lang.t("ui.card_is_plan"));
        }
        self.line(ui, "ui.card_worker", &mut draft.worker, "", false);
        if is_plan {
            self.lines(ui, "ui.card_plan_text", &mut draft.text, false);
            return;
        }
        let name = self.label(ui, "ui.card_seen");
        let options = [(true, "layer.visit_seen"), (false, "layer.visit_unseen")]
            .map(|(seen, key)| (seen, self.lang.t(key).into_owned()));
        if let Some(seen) = parts::segments(ui, &name, &options, draft.seen) {
            draft.seen = Some(seen);
        }
        self.lines(ui, "ui.card_outcome", &mut draft.text, false);
        let hint = self.lang.t("ui.card_optional");
        self.line(ui, "ui.card_next_due", &mut draft.next_due, &hint, false);
        self.said(ui, EntryField::NextDue);
    }

    fn need(
        &mut self,
        ui: &mut Ui,
        view: &CardView<'_>,
        card: &Card,
        draft: &mut Draft,
        begins: bool,
    ) {
        let lang = self.lang;
        let width = ui.available_width();
        let name = self.label(ui, "ui.card_category");
        let terms = view
            .snapshot
            .catalogue
            .needs
            .iter()
            .filter(|term| term.known);
        let options: Vec<(String, String)> = terms
            .map(|term| (term.code.clone(), term.name(lang).to_owned()))
            .collect();
        if let Some(code) = parts::menu(ui, &name, width, &options, &draft.category) {
            draft.category = code;
        }
        if !card.rows.members.is_empty() {
            let name = self.label(ui, "ui.card_member");
            let mut options = vec![(String::new(), lang.t("ui.card_whole").into_owned())];
            options.extend(card.rows.members.iter().map(|one| {
                let person = &one.record;
                let keys = [&person.id, &person.id_number, &person.name];
                let key = keys.into_iter().find(|key| !key.is_empty());
                (key.cloned().unwrap_or_default(), view.member(person).title)
            }));
            if let Some(member) = parts::menu(ui, &name, width, &options, &draft.member) {
                draft.member = member;
            }
        }
        let name = self.label(ui, "ui.card_urgency");
        let options = [1_u8, 2, 3].map(|urgency| (urgency, urgency_name(urgency, lang)));
        if let Some(urgency) = parts::segments(ui, &name, &options, Some(draft.urgency)) {
            draft.urgency = urgency;
        }
        self.lines(ui, "ui.card_detail", &mut draft.text, begins);
        let name = self.label(ui, "ui.card_source");
        let options: Vec<(usize, String)> = SOURCES
            .iter()
            .enumerate()
            .map(|(at, key)| (at, lang.t(key).into_owned()))
            .collect();
        if let Some(source) = parts::segments(ui, &name, &options, Some(draft.source)) {
            draft.source = source;
        }
        self.line(ui, "ui.card_raised", &mut draft.day, "2026-11-21", false);
        self.said(ui, EntryField::Day);
    }

    fn review(
        &mut self,
        ui: &mut Ui,
        view: &CardView<'_>,
        card: &Card,
        receipts: Vec<(String, String)>,
        draft: &mut Draft,
        begins: bool,
    ) {
        let members: Vec<&Person> = card.rows.members.iter().map(|one| &one.record).collect();
        let options: Vec<_> = receipts
            .into_iter()
            .map(|receipt| {
                let name = view.receipt_name(&receipt.0, &receipt.1, &members);
                (receipt, name)
            })
            .collect();
        let name = self.label(ui, "ui.card_reviewed");
        let width = ui.available_width();
        if let Some(receipt) = parts::menu(ui, &name, width, &options, &draft.receipt) {
            draft.receipt = receipt;
        }
        self.line(
            ui,
            "ui.card_review_day",
            &mut draft.day,
            "2026-11-21",
            begins,
        );
        self.said(ui, EntryField::Day);
        self.line(ui, "ui.card_review_by", &mut draft.worker, "", false);
    }

    fn note(&mut self, ui: &mut Ui, draft: &mut Draft, begins: bool) {
        self.lines(ui, "ui.card_note_text", &mut draft.text, begins);
        self.said(ui, EntryField::Text);
        self.line(ui, "ui.card_author", &mut draft.worker, "", false);
        self.line(ui, "ui.card_day", &mut draft.day, "2026-11-21", false);
        self.said(ui, EntryField::Day);
    }
}
