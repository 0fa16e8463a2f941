//! The names of what an import understands: kinds, forms, encodings, reasons.

use crate::jobs::{ColumnReason, DatumReason, Encoding, FileForm, FileRole};
use crate::words::Lang;

/// What a file holds.
pub(super) fn role_name(lang: Lang, role: FileRole) -> String {
    let code = match role {
        FileRole::Areas => "areas",
        FileRole::Table(kind) => kind.code(),
    };
    lang.t(&format!("ui.import_kind_{code}")).into_owned()
}

/// The form of a file.
pub(super) fn form_name(lang: Lang, form: FileForm) -> String {
    lang.t(&format!("ui.import_form_{}", form.code()))
        .into_owned()
}

/// An encoding, as other programs name it.
pub(super) fn encoding_name(encoding: Encoding) -> String {
    match encoding.code() {
        "gb18030" => "GBK / GB18030".to_owned(),
        code => code.to_uppercase(),
    }
}

/// Why a column is taken for what it is.
pub(super) fn column_reason(lang: Lang, reason: ColumnReason) -> String {
    let key = match reason {
        ColumnReason::Said => "ui.import_column_said",
        ColumnReason::Template => "ui.import_column_template",
        ColumnReason::Header => "ui.import_column_header",
        ColumnReason::Values(share) => {
            let share = share.to_string();
            return lang.with("ui.import_column_values", &[("share", &share)]);
        }
        ColumnReason::Sensitive => "ui.import_column_sensitive",
        ColumnReason::Unknown => "ui.import_column_unknown",
        ColumnReason::Doubled => "ui.import_column_doubled",
    };
    lang.t(key).into_owned()
}

/// Who says which coordinate system it is.
pub(super) fn datum_reason(lang: Lang, reason: DatumReason) -> String {
    let key = match reason {
        DatumReason::Said => "ui.import_by_said",
        DatumReason::File => "ui.import_by_file",
        DatumReason::FileName => "ui.import_by_file_name",
        DatumReason::Range => "ui.import_by_range",
        DatumReason::Default => "ui.import_by_default",
        DatumReason::Evidence => "ui.import_by_evidence",
    };
    lang.t(key).into_owned()
}

/// A text of a file as it is shown: what is no text in the encoding is a box, which every font
/// has.
pub(super) fn shown(text: &str) -> String {
    text.replace('\u{FFFD}', "□")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TableKind;

    #[test]
    fn every_kind_and_form_has_a_name_in_both_languages() {
        for lang in Lang::ALL {
            let mut roles = vec![FileRole::Areas];
            roles.extend(TableKind::ALL.map(FileRole::Table));
            for role in roles {
                assert!(!role_name(lang, role).contains('_'), "{role:?}");
            }
            for form in [
                FileForm::Csv,
                FileForm::Xlsx,
                FileForm::Xls,
                FileForm::Ods,
                FileForm::GeoJson,
                FileForm::Shapefile,
                FileForm::GeoPackage,
                FileForm::Kml,
            ] {
                assert!(!form_name(lang, form).contains('_'), "{form:?}");
            }
        }
    }
}
