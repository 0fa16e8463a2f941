//! Layers name programmes by their places in the catalogue; when it changes, they follow.

use super::View;
use crate::model::Catalogue;

/// Where each programme of a catalogue is in another: `None` where it is not there any more.
pub(super) struct Moved(Vec<Option<u8>>);

impl Moved {
    /// `None` where every programme is where it was.
    pub(super) fn between(before: &Catalogue, after: &Catalogue) -> Option<Self> {
        let places: Vec<Option<u8>> = before
            .programmes
            .iter()
            .map(|term| {
                let mut all = after.programmes.iter();
                let place = all.position(|other| other.code == term.code)?;
                u8::try_from(place).ok()
            })
            .collect();
        let stays = places
            .iter()
            .enumerate()
            .all(|(old, new)| new.is_some_and(|new| usize::from(new) == old));
        (!stays).then_some(Self(places))
    }

    /// A layer of a programme that is gone shows all programmes.
    pub(super) fn follow(&self, view: &mut View) {
        for layer in &mut view.layers {
            for of in layer.kind.programmes_mut() {
                let at = of.and_then(|place| self.0.get(usize::from(place)).copied());
                *of = at.flatten();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::{AreaFigure, HeatKind, LayerKind, LayerSpec};
    use crate::model::{AreaLevel, Date, Term};
    use crate::snapshot::Unsettled;

    fn catalogue(codes: &[&str]) -> Catalogue {
        Catalogue {
            programmes: codes.iter().map(|code| Term::unknown(code)).collect(),
            ..Catalogue::default()
        }
    }

    #[test]
    fn layers_of_a_programme_follow_it_to_its_place() {
        let before = catalogue(&["a", "b", "c"]);
        assert!(Moved::between(&before, &catalogue(&["a", "b", "c", "d"])).is_none());
        let moved = Moved::between(&before, &catalogue(&["c", "a"])).unwrap();
        let mut view = View::fresh(Date::from_days(0), 100.0);
        let heat = |place| LayerKind::Heat {
            kind: HeatKind::Unsettled(Unsettled::Unknown, place),
            bandwidth_m: 100.0,
            upper_per_km2: None,
        };
        let places = [Some(0), Some(1), Some(2), Some(9), None];
        view.layers = places
            .iter()
            .map(|place| LayerSpec {
                kind: heat(*place),
                ..view.layers[0].clone()
            })
            .collect();
        moved.follow(&mut view);
        let kinds: Vec<LayerKind> = view.layers.iter().map(|layer| layer.kind.clone()).collect();
        assert_eq!(kinds, [Some(1), None, Some(0), None, None].map(heat));

        // Figures of areas follow as well, both of a pair.
        let pair = |coverage, need| LayerKind::Bivariate {
            level: AreaLevel::Grid,
            coverage: AreaFigure::Programme(coverage),
            need: AreaFigure::Unsettled(Unsettled::Gap, need),
        };
        view.layers.truncate(1);
        view.layers[0].kind = pair(Some(2), Some(0));
        moved.follow(&mut view);
        assert_eq!(view.layers[0].kind, pair(Some(0), Some(1)));
    }
}
