//! The form of rates, as the command line names it.

use crate::analysis::RateForm;
use clap::ValueEnum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Rate {
    /// As counted: part / whole
    Raw,
    /// Drawn to the mean of all areas, the more so the fewer households
    Eb,
    /// Drawn to the mean of the neighbouring areas, likewise
    EbLocal,
    /// The part alone
    Count,
}

impl Rate {
    pub(super) fn form(self) -> RateForm {
        match self {
            Self::Raw => RateForm::Raw,
            Self::Eb => RateForm::EmpiricalBayesGlobal,
            Self::EbLocal => RateForm::EmpiricalBayesLocal,
            Self::Count => RateForm::Count,
        }
    }
}
