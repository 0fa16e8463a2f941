//! The figures of an area: what they are called, what they count, and how they are written.

use super::ramp::Ramp;
use crate::analysis::{Coverage, Figures, ProgrammeCoverage, ProgrammeFigures, RateForm};
use crate::base::digits;
use crate::model::Catalogue;
use crate::snapshot::{AreaIndex, Unsettled};
use crate::words::Lang;

/// A figure of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AreaFigure {
    /// Receiving and of concern / of concern.
    Reach,
    /// Of concern with no open need and no gap / of concern.
    FullCoverage,
    /// Covered / (covered + gap) of the programme at this place of the catalogue, or of all chosen.
    Programme(Option<u8>),
    /// What is unsettled of that programme, or of all chosen: gaps / eligible; to review /
    /// receiving whose verdict is known; not known / eligible or perhaps so.
    Unsettled(Unsettled, Option<u8>),
    /// Households of concern.
    OfConcern,
    /// All households.
    Households,
    /// Open needs.
    OpenNeeds,
    /// Entitlement gaps.
    Gaps,
    /// Unmet load.
    UnmetLoad,
    /// Unmet load per km² of ground.
    UnmetPerKm2,
    /// Unmet load / households.
    UnmetPerHousehold,
    /// Entitlement gaps / households.
    GapsPerHousehold,
}

/// What is counted of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measured {
    /// A part of a whole.
    Rate {
        /// The numerator.
        part: f64,
        /// The denominator.
        whole: f64,
    },
    /// A count, a sum or a density.
    Amount(f64),
}

impl Measured {
    /// Numerator and denominator; (0, 0), which is no data, for an amount.
    pub fn pair(self) -> (f64, f64) {
        match self {
            Self::Rate { part, whole } => (part, whole),
            Self::Amount(_) => (0.0, 0.0),
        }
    }
}

/// What figures of areas are taken from.
#[derive(Debug, Clone, Copy)]
pub struct FigureSource<'a> {
    /// Figures of the households that count.
    pub coverage: &'a Coverage,
    /// The same households by programme.
    pub entitled: &'a ProgrammeCoverage,
    /// Which programmes count where none is named, a bit each.
    pub programmes: u64,
    /// Ground of each area in km².
    pub ground_km2: &'a [f64],
}

impl FigureSource<'_> {
    /// A figure of an area.
    pub fn of(&self, area: AreaIndex, figure: AreaFigure) -> Measured {
        let at = area.0 as usize;
        let figures = self.coverage.by_area.get(at).copied().unwrap_or_default();
        let rate = |part: u32, whole: u32| Measured::Rate {
            part: f64::from(part),
            whole: f64::from(whole),
        };
        let Figures {
            households,
            of_concern,
            ..
        } = figures;
        match figure {
            AreaFigure::Reach => rate(figures.receiving, of_concern),
            AreaFigure::FullCoverage => rate(figures.fully_covered, of_concern),
            AreaFigure::Programme(place) => {
                let all = self.programme(area, place);
                rate(all.covered, all.covered.saturating_add(all.gap))
            }
            AreaFigure::Unsettled(what, place) => {
                let all = self.programme(area, place);
                let eligible = all.covered.saturating_add(all.gap);
                match what {
                    Unsettled::Gap => rate(all.gap, eligible),
                    Unsettled::Review => rate(all.review, all.covered.saturating_add(all.review)),
                    Unsettled::Unknown => rate(all.unknown, eligible.saturating_add(all.unknown)),
                }
            }
            AreaFigure::OfConcern => Measured::Amount(f64::from(of_concern)),
            AreaFigure::Households => Measured::Amount(f64::from(households)),
            AreaFigure::OpenNeeds => Measured::Amount(f64::from(figures.open_needs)),
            AreaFigure::Gaps => Measured::Amount(f64::from(figures.gaps)),
            AreaFigure::UnmetLoad => Measured::Amount(figures.unmet_load),
            AreaFigure::UnmetPerKm2 => {
                let km2 = self.ground_km2.get(at).copied().unwrap_or(f64::NAN);
                Measured::Amount(figures.unmet_load / km2)
            }
            AreaFigure::UnmetPerHousehold => Measured::Rate {
                part: figures.unmet_load,
                whole: f64::from(households),
            },
            AreaFigure::GapsPerHousehold => rate(figures.gaps, households),
        }
    }

    fn programme(&self, area: AreaIndex, place: Option<u8>) -> ProgrammeFigures {
        if let Some(place) = place {
            return self.entitled.of(area, usize::from(place));
        }
        let chosen =
            (0..self.entitled.programmes.min(64)).filter(|place| self.programmes >> place & 1 == 1);
        chosen.fold(ProgrammeFigures::default(), |mut sum, place| {
            sum += self.entitled.of(area, place);
            sum
        })
    }
}

impl AreaFigure {
    /// Every figure, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Reach,
        Self::FullCoverage,
        Self::Programme(None),
        Self::Unsettled(Unsettled::Gap, None),
        Self::Unsettled(Unsettled::Review, None),
        Self::Unsettled(Unsettled::Unknown, None),
        Self::OfConcern,
        Self::Households,
        Self::OpenNeeds,
        Self::Gaps,
        Self::UnmetLoad,
        Self::UnmetPerKm2,
        Self::UnmetPerHousehold,
        Self::GapsPerHousehold,
    ];

    /// The key of its name in the word lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reach => "layer.reach",
            Self::FullCoverage => "layer.full_coverage",
            Self::Programme(_) => "layer.programme_coverage",
            Self::Unsettled(Unsettled::Gap, _) => "layer.gap_share",
            Self::Unsettled(Unsettled::Review, _) => "layer.review_share",
            Self::Unsettled(Unsettled::Unknown, _) => "layer.unknown_share",
            Self::OfConcern => "layer.of_concern",
            Self::Households => "layer.households_all",
            Self::OpenNeeds => "layer.open_needs",
            Self::Gaps => "layer.gaps",
            Self::UnmetLoad => "layer.unmet_load",
            Self::UnmetPerKm2 => "layer.unmet_per_km2",
            Self::UnmetPerHousehold => "layer.unmet_per_household",
            Self::GapsPerHousehold => "layer.gaps_per_household",
        }
    }

    /// Its name: its word, and the programme that it is about.
    pub fn name(self, catalogue: &Catalogue, lang: Lang) -> String {
        let name = lang.t(self.word()).into_owned();
        with_programme(name, self.programme(), catalogue, lang)
    }

    /// Whether it is counted by programme: of one, or of all chosen.
    pub fn is_of_programmes(mut self) -> bool {
        self.programme_mut().is_some()
    }

    /// The one programme that it is about.
    pub fn programme(mut self) -> Option<u8> {
        self.programme_mut().copied().flatten()
    }

    /// The place of its programme, to be changed.
    pub fn programme_mut(&mut self) -> Option<&mut Option<u8>> {
        match self {
            Self::Programme(place) | Self::Unsettled(_, place) => Some(place),
            _ => None,
        }
    }

    /// The same figure of another programme, or of all.
    #[must_use]
    pub fn of_programme(mut self, programme: Option<u8>) -> Self {
        if let Some(place) = self.programme_mut() {
            *place = programme;
        }
        self
    }

    /// Whether it is a part of a whole, and so has several forms.
    pub fn is_rate(self) -> bool {
        self.is_share() || matches!(self, Self::UnmetPerHousehold | Self::GapsPerHousehold)
    }

    /// Whether it lies between 0 and 1, and is written in percent.
    pub fn is_share(self) -> bool {
        self.more_is_better() || matches!(self, Self::Unsettled(..))
    }

    /// Whether it says how many of those who should be reached are.
    pub fn more_is_better(self) -> bool {
        matches!(self, Self::Reach | Self::FullCoverage | Self::Programme(_))
    }

    /// The colours of its classes: what is to be looked at or is not known must not look like need.
    pub fn ramp(self) -> Ramp {
        match self {
            Self::Unsettled(Unsettled::Review, _) => Ramp::Review,
            Self::Unsettled(Unsettled::Unknown, _) => Ramp::Unknown,
            _ if self.more_is_better() => Ramp::Coverage,
            _ => Ramp::Need,
        }
    }

    /// The key of a sentence that says what it is not, where that is easily mistaken.
    pub fn caution(self) -> Option<&'static str> {
        match self {
            Self::Unsettled(what, _) => caution(what),
            _ => None,
        }
    }

    /// The key of its unit in the word lists.
    pub fn unit(self, form: RateForm) -> &'static str {
        match (self, form) {
            (Self::Reach, RateForm::Count) => "layer.unit_receiving",
            (Self::FullCoverage, RateForm::Count) => "layer.unit_fully_covered",
            (Self::Programme(_), RateForm::Count) => "layer.unit_covered",
            (Self::Reach | Self::FullCoverage, _) => "layer.unit_of_concern",
            (Self::Unsettled(what, _), RateForm::Count) => match what {
                Unsettled::Gap => "layer.unit_gap_units",
                Unsettled::Review => "layer.unit_review_units",
                Unsettled::Unknown => "layer.unit_unknown_units",
            },
            (Self::Programme(_) | Self::Unsettled(Unsettled::Gap, _), _) => {
                "layer.unit_of_eligible"
            }
            (Self::Unsettled(Unsettled::Review, _), _) => "layer.unit_of_receiving",
            (Self::Unsettled(Unsettled::Unknown, _), _) => "layer.unit_of_perhaps_eligible",
            (Self::OfConcern | Self::Households, _) => "layer.unit_households",
            (Self::Gaps, _) | (Self::GapsPerHousehold, RateForm::Count) => "layer.unit_gaps",
            (Self::OpenNeeds | Self::UnmetLoad, _) | (Self::UnmetPerHousehold, RateForm::Count) => {
                "layer.unit_needs"
            }
            (Self::UnmetPerKm2, _) => "layer.unit_needs_per_km2",
            (Self::UnmetPerHousehold, _) => "layer.unit_needs_per_household",
            (Self::GapsPerHousehold, _) => "layer.unit_gaps_per_household",
        }
    }

    /// Its value as a person reads it, without the unit.
    pub fn text(self, value: f64, form: RateForm) -> String {
        if form == RateForm::Count || !self.is_rate() {
            digits::figure(value, 1)
        } else if self.is_share() {
            digits::percent(value)
        } else {
            digits::figure(value, 3)
        }
    }
}

/// The key of a sentence that says what unsettled things are not.
pub fn caution(what: Unsettled) -> Option<&'static str> {
    match what {
        Unsettled::Gap => None,
        Unsettled::Review => Some("layer.review_note"),
        Unsettled::Unknown => Some("layer.unknown_note"),
    }
}

/// A name, and the programme that it is about.
pub(super) fn with_programme(
    name: String,
    place: Option<u8>,
    catalogue: &Catalogue,
    lang: Lang,
) -> String {
    match place.and_then(|place| catalogue.programmes.get(usize::from(place))) {
        Some(programme) => format!("{name} · {}", programme.short_name(lang)),
        None => name,
    }
}

/// The key of the word for a form of rates.
pub fn rate_form_word(form: RateForm) -> &'static str {
    match form {
        RateForm::Raw => "layer.rate_raw",
        RateForm::EmpiricalBayesGlobal => "layer.rate_eb",
        RateForm::EmpiricalBayesLocal => "layer.rate_eb_local",
        RateForm::Count => "layer.rate_count",
    }
}

/// The key of the sentence that says what a form of rates is.
pub fn rate_form_note(form: RateForm) -> &'static str {
    match form {
        RateForm::Raw => "layer.rate_raw_note",
        RateForm::EmpiricalBayesGlobal => "layer.rate_eb_note",
        RateForm::EmpiricalBayesLocal => "layer.rate_eb_local_note",
        RateForm::Count => "layer.rate_count_note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source<'a>(
        coverage: &'a Coverage,
        entitled: &'a ProgrammeCoverage,
        programmes: u64,
    ) -> FigureSource<'a> {
        FigureSource {
            coverage,
            entitled,
            programmes,
            ground_km2: &[0.5],
        }
    }

    #[test]
    fn a_figure_keeps_its_denominator() {
        let coverage = Coverage {
            by_area: vec![Figures {
                households: 40,
                of_concern: 10,
                receiving: 6,
                fully_covered: 4,
                open_needs: 5,
                gaps: 2,
                unmet_load: 8.0,
            }],
            ..Coverage::default()
        };
        let programme = |covered, gap| ProgrammeFigures {
            covered,
            gap,
            ..ProgrammeFigures::default()
        };
        let entitled = ProgrammeCoverage {
            programmes: 2,
            by_area: vec![
                ProgrammeFigures {
                    review: 2,
                    unknown: 4,
                    ..programme(3, 1)
                },
                programme(0, 2),
            ],
            ..ProgrammeCoverage::default()
        };
        let of =
            |figure, programmes| source(&coverage, &entitled, programmes).of(AreaIndex(0), figure);
        let rate = |part, whole| Measured::Rate { part, whole };
        assert_eq!(of(AreaFigure::Reach, u64::MAX), rate(6.0, 10.0));
        assert_eq!(of(AreaFigure::Programme(Some(1)), 0), rate(0.0, 2.0));
        assert_eq!(of(AreaFigure::Programme(None), u64::MAX), rate(3.0, 6.0));
        assert_eq!(of(AreaFigure::Programme(None), 1), rate(3.0, 4.0));
        let unsettled = |what, place| of(AreaFigure::Unsettled(what, place), u64::MAX);
        assert_eq!(unsettled(Unsettled::Gap, None), rate(3.0, 6.0));
        assert_eq!(unsettled(Unsettled::Review, Some(0)), rate(2.0, 5.0));
        assert_eq!(unsettled(Unsettled::Unknown, Some(0)), rate(4.0, 8.0));
        // Nobody perhaps eligible is no data, not a good figure.
        assert_eq!(unsettled(Unsettled::Review, Some(1)), rate(0.0, 0.0));
        assert_eq!(of(AreaFigure::UnmetPerHousehold, 0), rate(8.0, 40.0));
        assert_eq!(of(AreaFigure::UnmetPerKm2, 0), Measured::Amount(16.0));
        // Whoever is not there counts nothing.
        let nowhere = source(&coverage, &entitled, 1).of(AreaIndex(7), AreaFigure::Reach);
        assert_eq!(nowhere.pair(), (0.0, 0.0));
    }

    #[test]
    fn a_value_is_written_in_its_form() {
        let reach = AreaFigure::Reach;
        assert_eq!(reach.text(0.5, RateForm::Raw), "50.0 %");
        assert_eq!(reach.text(12.0, RateForm::Count), "12");
        assert_eq!(
            AreaFigure::GapsPerHousehold.text(0.0456, RateForm::EmpiricalBayesGlobal),
            "0.046"
        );
        for figure in AreaFigure::ALL {
            for form in [RateForm::Raw, RateForm::Count] {
                for lang in Lang::ALL {
                    assert_ne!(lang.t(figure.unit(form)), figure.unit(form));
                    assert_ne!(lang.t(figure.word()), figure.word());
                }
            }
        }
    }
}
