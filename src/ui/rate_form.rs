//! The forms in which the rate of an area can stand.

use crate::analysis::RateForm;
use crate::layer::rate_form_word;
use crate::words::Lang;

/// Every form, in the order in which they are offered.
pub(super) const FORMS: [RateForm; 4] = [
    RateForm::Raw,
    RateForm::EmpiricalBayesGlobal,
    RateForm::EmpiricalBayesLocal,
    RateForm::Count,
];

/// The forms with their words.
pub(super) fn options(lang: Lang) -> [(RateForm, String); 4] {
    FORMS.map(|form| (form, lang.t(rate_form_word(form)).into_owned()))
}
