//! The frame of a dialog: title, a body that scrolls where it is long, buttons below.

use crate::session::{Command, Session};
use crate::ui::icon;
use crate::ui::theme::{LEFT_PANEL, STATUS_BAR, TOP_BAR, Theme, small_font, title_font};
use crate::ui::widgets::{from_right, icon_button, primary_button};
use egui::{
    Align, Align2, Button, Color32, Context, CornerRadius, Frame, Id, Key, Label, Layout, Margin,
    Modal, Modifiers, RichText, ScrollArea, Ui, vec2,
};

/// Room between a dialog and the edge of the window.
const AROUND: f32 = 24.0;
/// Height of title and buttons together.
const FURNITURE: f32 = 122.0;
/// Height of the body of a dialog of several pages, as far as the window has it: it stays the
/// same from page to page.
const PAGE: f32 = 600.0;
/// Padding left and right.
const PADDING: i8 = 20;

/// A dialog's frame.
pub(super) struct Sheet {
    name: &'static str,
    title: String,
    width: f32,
    beside_map: bool,
    top: f32,
    page: usize,
}

/// What stands below the body.
#[derive(Default)]
pub(super) struct Footer {
    /// A quiet sentence on the left.
    pub(super) hint: String,
    /// What the dialog is for.
    pub(super) primary: Option<Primary>,
    /// What else can be done, from the right.
    pub(super) others: Vec<Primary>,
    /// Closing it cancels nothing: the button says so.
    pub(super) only_closes: bool,
}

/// A button that does what the dialog is for, or a step towards it.
pub(super) struct Primary {
    /// What happens.
    pub(super) text: String,
    /// Why it cannot be pressed now.
    pub(super) refusal: Option<String>,
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing.
    Open,
    /// Away with it.
    Close,
    /// The primary button.
    Primary,
    /// Another button, by its place.
    Other(usize),
}

impl Sheet {
    /// A dialog in the middle of the window.
    pub(super) fn new(name: &'static str, title: impl Into<String>, width: f32) -> Self {
        Self {
            name,
            title: title.into(),
            width,
            beside_map: false,
            top: 0.0,
            page: 0,
        }
    }

    /// Stands beside the layers and leaves the map in sight.
    pub(super) fn beside_map(mut self) -> Self {
        self.beside_map = true;
        self
    }

    /// Draws it. Escape and the cross close it; Enter presses the primary button while no other
    /// control has the focus. A click beside it closes it only where nothing can be lost.
    pub(super) fn show(
        self,
        ctx: &Context,
        session: &Session,
        body: impl FnOnce(&mut Ui) -> Footer,
    ) -> Outcome {
        self.show_below(ctx, session, |_| {}, body)
    }

    /// Draws it with something between title and body that does not scroll, so high. Each
    /// page begins at its top.
    pub(super) fn below(mut self, height: f32, page: usize) -> Self {
        self.top = height;
        self.page = page;
        self
    }

    /// Draws it with something between title and body; see [`Sheet::show`].
    pub(super) fn show_below(
        self,
        ctx: &Context,
        session: &Session,
        top: impl FnOnce(&mut Ui),
        body: impl FnOnce(&mut Ui) -> Footer,
    ) -> Outcome {
        let theme = Theme::of_ctx(ctx);
        let screen = ctx.content_rect();
        let width = self.width.min(screen.width() - 2.0 * AROUND);
        let around = if self.beside_map {
            TOP_BAR + 12.0 + STATUS_BAR + 12.0
        } else {
            2.0 * AROUND
        };
        let room = (screen.height() - around - FURNITURE - self.top).max(120.0);
        let has_pages = self.top > 0.0;
        let room = if has_pages { room.min(PAGE) } else { room };
        let area = Modal::default_area(Id::unique(("dialog", self.name)))
            .default_size(vec2(width, screen.height()))
            .role(egui::accesskit::Role::Dialog)
            .accessible_name(self.title.clone());
        let area = if self.beside_map {
            area.anchor(Align2::LEFT_TOP, vec2(LEFT_PANEL + 12.0, TOP_BAR + 12.0))
        } else {
            area
        };
        let veil = if self.beside_map {
            Color32::TRANSPARENT
        } else {
            theme.veil()
        };
        let modal = Modal::new(Id::unique(("dialog", self.name)))
            .area(area)
            .frame(float(&theme, &ctx.global_style()))
            .backdrop_color(veil);
        let mut loses_input = false;
        let response = modal.show(ctx, |ui| {
            ui.set_width(width);
            // The area remembers its last height; a dialog that grew must not scroll for that.
            ui.set_max_height(screen.height());
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut outcome = head(ui, session, &self.title);
            rule(ui);
            if has_pages {
                Frame::new()
                    .inner_margin(Margin::symmetric(PADDING, 0))
                    .show(ui, |ui| {
                        ui.set_height(self.top - 1.0);
                        top(ui);
                    });
                rule(ui);
            }
            let footer = ScrollArea::vertical()
                .id_salt(("body", self.page))
                .max_height(room)
                .auto_shrink([false, !has_pages])
                .content_margin(Margin::symmetric(PADDING, 14))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 6.0;
                    ui.set_width(width - 2.0 * f32::from(PADDING));
                    body(ui)
                })
                .inner;
            loses_input = footer.primary.is_some();
            if footer.primary.is_some() || !footer.hint.is_empty() {
                rule(ui);
                let pressed = foot(ui, session, &footer);
                if pressed != Outcome::Open {
                    outcome = pressed;
                }
            }
            let can = footer
                .primary
                .is_some_and(|primary| primary.refusal.is_none());
            (outcome, can)
        });
        let (outcome, can) = response.inner;
        let is_idle = response.is_top_modal && !response.any_popup_open;
        if outcome == Outcome::Open && can && is_idle && nothing_focused(ctx) && enter(ctx) {
            return Outcome::Primary;
        }
        let beside = response.backdrop_response.clicked() && !loses_input;
        let escape =
            is_idle && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if beside || escape {
            Outcome::Close
        } else {
            outcome
        }
    }

    /// Draws a dialog without a primary button, and closes it when somebody wants that.
    pub(super) fn show_and_close(
        self,
        ctx: &Context,
        session: &Session,
        out: &mut Vec<Command>,
        body: impl FnOnce(&mut Ui, &mut Vec<Command>),
    ) {
        let outcome = self.show(ctx, session, |ui| {
            body(ui, out);
            Footer::default()
        });
        if outcome == Outcome::Close {
            out.push(Command::CloseDialog);
        }
    }
}

/// The frame of what floats above the window.
pub(super) fn float(theme: &Theme, style: &egui::Style) -> Frame {
    Frame::new()
        .fill(style.visuals.window_fill)
        .stroke(theme.line())
        .corner_radius(CornerRadius::same(8))
        .shadow(style.visuals.window_shadow)
}

fn nothing_focused(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.focused().is_none())
}

fn enter(ctx: &Context) -> bool {
    ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
}

/// A hairline from edge to edge.
fn rule(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter()
        .hline(rect.x_range(), rect.center().y, theme.line());
}

fn head(ui: &mut Ui, session: &Session, title: &str) -> Outcome {
    let mut outcome = Outcome::Open;
    let margin = Margin {
        left: PADDING,
        right: 12,
        top: 10,
        bottom: 10,
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_height(30.0);
            ui.label(RichText::new(title).font(title_font()));
            from_right(ui, |ui| {
                let close = session.lang.t("ui.dialog_close");
                if icon_button(ui, icon::X, &close, false, true).clicked() {
                    outcome = Outcome::Close;
                }
            });
        });
    });
    outcome
}

fn foot(ui: &mut Ui, session: &Session, footer: &Footer) -> Outcome {
    let theme = Theme::of(ui);
    let mut outcome = Outcome::Open;
    Frame::new()
        .inner_margin(Margin::symmetric(PADDING, 12))
        .show(ui, |ui| {
            ui.set_height(30.0);
            from_right(ui, |ui| {
                if let Some(primary) = &footer.primary {
                    let button = primary_button(ui, primary.refusal.is_none(), &primary.text);
                    let refusal = primary.refusal.clone().unwrap_or_default();
                    if button.on_disabled_hover_text(refusal).clicked() {
                        outcome = Outcome::Primary;
                    }
                    for (at, other) in footer.others.iter().enumerate() {
                        let button =
                            ui.add_enabled(other.refusal.is_none(), Button::new(&other.text));
                        let refusal = other.refusal.clone().unwrap_or_default();
                        if button.on_disabled_hover_text(refusal).clicked() {
                            outcome = Outcome::Other(at);
                        }
                    }
                    let cancel = if footer.only_closes {
                        "ui.dialog_close"
                    } else {
                        "ui.dialog_cancel"
                    };
                    let cancel = Button::new(session.lang.t(cancel));
                    if ui.add(cancel).clicked() {
                        outcome = Outcome::Close;
                    }
                }
                // Why the button is grey is said beside it, not only in a tooltip.
                let refusal = footer
                    .primary
                    .as_ref()
                    .and_then(|primary| primary.refusal.as_ref());
                let text = refusal.unwrap_or(&footer.hint);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(text)
                        .font(small_font())
                        .color(theme.secondary);
                    ui.add(Label::new(text).wrap());
                });
            });
        });
    outcome
}
