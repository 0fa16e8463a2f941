//! Notices, bottom centre, or at the right where a sheet is open: short, with details to copy.

use super::icon;
use super::theme::{Theme, body_font};
use crate::session::{Command, NoticeKind, Session};
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, RichText, Sense, Stroke, vec2};

/// A longer sentence wraps.
const MOST_WIDTH: f32 = 520.0;

/// How long good news stays, in seconds; bad news stays until it is read.
const GOOD_NEWS_SECS: f64 = 8.0;

/// Takes away good news that has been read by now.
fn forget_good_news(ctx: &Context, session: &Session, out: &mut Vec<Command>) {
    let now_secs = ctx.input(|input| input.time);
    for notice in session
        .notices
        .shown()
        .iter()
        .filter(|notice| notice.kind == NoticeKind::Done)
    {
        let id = Id::unique(("notice since", notice.id));
        let since_secs = ctx.data_mut(|data| *data.get_temp_mut_or_insert_with(id, || now_secs));
        let left_secs = GOOD_NEWS_SECS - (now_secs - since_secs);
        if left_secs > 0.0 {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left_secs));
        } else {
            out.push(Command::DismissNotice(notice.id));
        }
    }
}

/// Draws the notices.
pub(super) fn show(ctx: &Context, session: &Session, out: &mut Vec<Command>) {
    let notices = session.notices.shown();
    if notices.is_empty() {
        return;
    }
    forget_good_news(ctx, session, out);
    let lang = session.lang;
    // A sheet has its buttons at the foot: they stay free.
    let (corner, offset) = if session.worksheet.is_some() {
        (Align2::RIGHT_BOTTOM, vec2(-12.0, -36.0))
    } else {
        (Align2::CENTER_BOTTOM, vec2(0.0, -36.0))
    };
    Area::new(Id::unique("notices"))
        .anchor(corner, offset)
        .order(Order::Foreground)
        .show(ctx, |ui| {
            let theme = Theme::of(ui);
            for notice in notices {
                let (sign, color) = match notice.kind {
                    NoticeKind::Done => (icon::CHECK_CIRCLE, theme.accent),
                    NoticeKind::Warning => (icon::WARNING, theme.warning),
                    NoticeKind::Error => (icon::WARNING_CIRCLE, theme.error),
                };
                let frame = Frame::popup(ui.style())
                    .inner_margin(Margin::symmetric(14, 8))
                    .stroke(Stroke::new(1.0, color.gamma_multiply(0.6)));
                frame.show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(sign).size(16.0).color(color));
                        let text = notice.text(lang);
                        let galley =
                            ui.painter()
                                .layout(text.clone(), body_font(), theme.text, MOST_WIDTH);
                        let (rect, words) = ui.allocate_exact_size(galley.size(), Sense::hover());
                        words.widget_info(|| {
                            egui::WidgetInfo::labeled(egui::Role::Label, true, &text)
                        });
                        ui.painter().galley(rect.min, galley, theme.text);
                        if notice.kind == NoticeKind::Error {
                            let copy = lang.t("ui.copy_details");
                            if super::widgets::icon_button(ui, icon::COPY, &copy, false, true)
                                .clicked()
                            {
                                ui.ctx().copy_text(notice.details(lang));
                            }
                        }
                        let dismiss = lang.t("ui.dismiss");
                        if super::widgets::icon_button(ui, icon::X, &dismiss, false, true).clicked()
                        {
                            out.push(Command::DismissNotice(notice.id));
                        }
                    });
                });
                ui.add_space(4.0);
            }
        });
}
