//! Values for the tests of this floor, and short ways to import them.

use super::{ImportKind, ImportRecord, Stamp, Workspace};
use crate::model::{
    Area, AreaLevel, CodeList, Date, FieldSet, Household, LonLat, PositionSource, Problem,
    ProblemKind,
};
use geo_types::{MultiPolygon, polygon};
use std::path::Path;

/// Noon of some day.
pub(super) const NOW: Stamp<'static> = Stamp {
    title: "试",
    at_unix_secs: 1_790_000_000,
};

pub(super) fn full() -> Household {
    Household {
        id: "00330282199001010017".to_owned(),
        head_name: "虚构的户主".to_owned(),
        id_number: "34052419800101001X".to_owned(),
        phone: "013800000000".to_owned(),
        address: "示范路 1 号\n2 楼, “东”\0".to_owned(),
        position: LonLat::new(121.123_456_789_012_34, 0.1 + 0.2),
        position_text: "30.2, 121.5".to_owned(),
        position_datum: "gcj02".to_owned(),
        position_source: PositionSource::AddressRoad,
        declared_area: "330282001001001".to_owned(),
        members: Some(u16::MAX),
        elderly: Some(0),
        children: Some(1),
        disabled: Some(2),
        living_alone: Some(false),
        monthly_income: Some(1234.56),
        programmes: CodeList::split("dibao;自编项目"),
        needs: CodeList::split("care"),
        last_visit: Date::from_ymd(1969, 12, 31),
        tags: CodeList::split("a、b"),
        notes: "=1+1".to_owned(),
    }
}

pub(super) fn bare(id: &str) -> Household {
    Household {
        id: id.to_owned(),
        ..Household::default()
    }
}

pub(super) fn record(source: &str) -> ImportRecord {
    ImportRecord {
        source: source.to_owned(),
        kind: ImportKind::Households,
        list_name: String::new(),
        encoding: "UTF-8".to_owned(),
        datum: "gcj02".to_owned(),
        at_unix_secs: 0,
        read: 0,
        stored: 0,
        rejected: 0,
    }
}

pub(super) fn area(code: &str, level: AreaLevel) -> Area {
    Area {
        code: code.to_owned(),
        name: "示范".to_owned(),
        level,
        parent: String::new(),
        boundary: MultiPolygon(vec![
            polygon![(x: 121.0, y: 30.0), (x: 121.1, y: 30.0), (x: 121.1, y: 30.3)],
        ]),
        derived: level == AreaLevel::Street,
    }
}

pub(super) fn problem(source: &str, row: u64) -> Problem {
    Problem {
        source: source.into(),
        row,
        column: "经度".to_owned(),
        kind: ProblemKind::BadCoordinate,
        text: "东经".to_owned(),
    }
}

pub(super) fn new_workspace(folder: &Path) -> Workspace {
    Workspace::create(&folder.join("a.lmap"), true).unwrap()
}

pub(super) fn households(workspace: &Workspace) -> Vec<Household> {
    let mut all = Vec::new();
    workspace
        .each_household(&mut |household| {
            all.push(household.clone());
            Ok(())
        })
        .unwrap();
    all
}

/// Imports households as one file that states everything; gives the batch.
pub(super) fn import(workspace: &mut Workspace, source: &str, rows: &[Household]) -> i64 {
    import_stating(workspace, source, rows, FieldSet::ALL)
}

/// Imports households as one file that states some values; gives the batch.
pub(super) fn import_stating(
    workspace: &mut Workspace,
    source: &str,
    rows: &[Household],
    stated: FieldSet,
) -> i64 {
    let mut import = workspace.begin_import().unwrap();
    import.begin_file(&record(source)).unwrap();
    for household in rows {
        import.foresee(&household.id_number).unwrap();
    }
    for (household, row) in rows.iter().zip(2..) {
        import.put_household(household, stated, row).unwrap();
    }
    import.commit(NOW).unwrap()
}
