//! What the query language can say, with examples to click.

use super::parts::heading;
use super::sheet::Sheet;
use crate::model::Catalogue;
use crate::query::{self, Field};
use crate::session::{Command, Session};
use crate::ui::theme::{Theme, body_font, small_font};
use crate::ui::widgets::{elided, note};
use crate::words::Lang;
use egui::{Context, CursorIcon, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// One example a field, in the order of [`Field::all`]; then how conditions go together.
const COMBINED: &[&str] = &[
    "need:care -programme:dibao elderly>=1",
    "living_alone:yes visited<30d",
    "(need:care or living_alone:yes) elderly>=1",
    "need:care,medical",
    "members:3..5",
    "not programme:any",
    "\"示范路 12 号\"",
];

/// An example of each field.
fn example(field: Field) -> &'static str {
    match field.code() {
        "need" => "need:any",
        "programme" => "programme:none",
        "gap" => "gap:any",
        "members" => "members>=4",
        "elderly" => "elderly>=1",
        "children" => "children:1..2",
        "disabled" => "disabled>=1",
        "income" => "income<3000",
        "income_per_head" => "income_per_head<1500",
        "living_alone" => "living_alone:yes",
        "located" => "located:no",
        "selected" => "selected:yes",
        "concern" => "concern:yes",
        "receiving" => "receiving:no",
        "visited" => "visited<30d",
        "due" => "due:overdue",
        "grid" => "grid:330282001*",
        "community" => "community:滨河*",
        "street" => "street:示范*",
        "county" => "county:330282",
        "area" => "area:330282001",
        "declared" => "declared:330282001*",
        "outside" => "outside:declared",
        "name" => "name:王*",
        "id" => "id:HH0001*",
        "address" => "address:青竹路",
        "tag" => "tag:重点",
        "note" => "note:住院",
        "phone" => "phone:*1234",
        "list" => "list:残联",
        "position" => "position:hand",
        _ => "",
    }
}

/// An example in the words of a language: as a query, and what it means. Nothing where the
/// catalogue lacks one of its terms.
fn spelled(text: &str, lang: Lang, catalogue: &Catalogue) -> Option<(String, String)> {
    let filter = query::parse(text, catalogue).ok()?;
    Some((
        filter.to_text(lang, catalogue),
        filter.describe(lang, catalogue),
    ))
}

/// Draws the dialog.
pub(super) fn show(ctx: &Context, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    Sheet::new("query help", lang.t("ui.dialog_query_title"), 640.0).show_and_close(
        ctx,
        session,
        out,
        |ui, out| {
            let none = Catalogue::default();
            let catalogue = session
                .town()
                .map_or(&none, |town| &town.snapshot.catalogue);
            note(ui, lang.t("ui.dialog_query_note"));
            ui.spacing_mut().item_spacing.y = 0.0;
            heading(ui, &lang.t("ui.dialog_query_combined"));
            for text in COMBINED {
                line(ui, session, "", text, catalogue, out);
            }
            ui.add_space(10.0);
            heading(ui, &lang.t("ui.dialog_query_fields"));
            for field in Field::all() {
                line(
                    ui,
                    session,
                    &lang.t(field.word()),
                    example(field),
                    catalogue,
                    out,
                );
            }
            ui.add_space(10.0);
            heading(ui, &lang.t("ui.dialog_query_rules"));
            for key in [
                "ui.dialog_query_rule_and",
                "ui.dialog_query_rule_not",
                "ui.dialog_query_rule_list",
                "ui.dialog_query_rule_wildcard",
                "ui.dialog_query_rule_range",
                "ui.dialog_query_rule_unknown",
                "ui.dialog_query_rule_names",
            ] {
                ui.add_space(4.0);
                note(ui, format!("·  {}", lang.t(key)));
            }
        },
    );
}

/// Field, example, meaning. A click puts the example into the filter line.
fn line(
    ui: &mut Ui,
    session: &Session,
    field: &str,
    text: &str,
    catalogue: &Catalogue,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let Some((query, meaning)) = spelled(text, lang, catalogue) else {
        return;
    };
    let theme = Theme::of(ui);
    let can = session.document.is_some();
    let sense = if can { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), sense);
    let label = lang.with("ui.dialog_query_try", &[("query", &query)]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, can, &label));
    if can && (response.hovered() || response.has_focus()) {
        ui.painter()
            .rect_filled(rect.expand2(vec2(6.0, 0.0)), 4.0, theme.hover);
    }
    let width = rect.width();
    let columns = if field.is_empty() {
        [(0.0, 0.0), (0.0, 0.51), (0.52, 0.48)]
    } else {
        [(0.0, 0.29), (0.3, 0.31), (0.62, 0.38)]
    };
    let inks = [theme.text, theme.accent, theme.secondary];
    let fonts = [body_font(), body_font(), small_font()];
    for (((left, share), (ink, font)), text) in columns
        .into_iter()
        .zip(inks.into_iter().zip(fonts))
        .zip([field, query.as_str(), meaning.as_str()])
    {
        if !text.is_empty() {
            let galley = elided(ui, text, font, ink, width * share - 6.0);
            ui.painter().galley(
                pos2(
                    rect.left() + width * left,
                    rect.center().y - galley.size().y / 2.0,
                ),
                galley,
                ink,
            );
        }
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
    if !can {
        return;
    }
    if response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(format!("{label}\n{meaning}"))
        .clicked()
    {
        out.push(Command::SetFilterText(query));
        out.push(Command::CloseDialog);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Term;

    fn catalogue() -> Catalogue {
        let term = |code: &str, zh: &str| Term {
            zh: zh.to_owned(),
            known: true,
            ..Term::unknown(code)
        };
        Catalogue {
            programmes: vec![term("dibao", "最低生活保障")],
            needs: vec![term("care", "照料"), term("medical", "医疗")],
            ..Catalogue::default()
        }
    }

    #[test]
    fn every_field_has_an_example_that_can_be_typed_in_both_languages() {
        let catalogue = catalogue();
        let fields = Field::all().map(|field| (field.code(), example(field)));
        for (code, text) in fields.chain(COMBINED.iter().map(|text| ("", *text))) {
            let filter = query::parse(text, &catalogue)
                .unwrap_or_else(|error| panic!("{code} {text}: {error}"));
            for lang in Lang::ALL {
                let (typed, meaning) = spelled(text, lang, &catalogue).unwrap();
                assert_eq!(query::parse(&typed, &catalogue).unwrap(), filter, "{typed}");
                assert!(!meaning.is_empty());
            }
        }
    }

    #[test]
    fn an_example_whose_terms_the_catalogue_lacks_is_left_out() {
        assert_eq!(spelled("need:care", Lang::Zh, &Catalogue::default()), None);
    }
}
