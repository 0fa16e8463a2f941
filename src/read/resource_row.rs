//! One row of a list of who offers help → one resource.

use super::batch::Records;
use super::cell;
use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
use crate::model::{ProblemKind, Resource};

impl Row for Resource {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let id = row.code(Field::ResourceId);
        let name = row.text(Field::Name);
        if id.is_empty() && name.is_empty() {
            let field = [Field::Name, Field::ResourceId]
                .into_iter()
                .find(|field| row.has(*field));
            row.add(ProblemKind::MissingValue, field, "");
            return None;
        }
        let typist = row.typist;
        let in_kilometres = {
            let header = typist.columns.name(Field::RadiusM).to_lowercase();
            ["公里", "千米", "km"]
                .iter()
                .any(|unit| header.contains(unit))
        };
        let metres = |text: &str| {
            let plain = text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
            let unit_m = if in_kilometres && plain { 1000.0 } else { 1.0 };
            cell::metres(text).map(|value| value * unit_m)
        };
        Some(Self {
            id: if id.is_empty() { name.clone() } else { id },
            name,
            category: row.term(Field::Category, &typist.needs, ProblemKind::UnknownNeed),
            address: row.text(Field::Address),
            position: row.position().position,
            capacity: row.typed(Field::Capacity, ProblemKind::BadNumber, cell::whole),
            radius_m: row.typed(Field::RadiusM, ProblemKind::BadNumber, metres),
            hours: row.text(Field::Hours),
            phone: row.phone(),
            notes: row.text(Field::Notes),
        })
    }

    fn key(&self) -> Option<(&str, Field)> {
        let is_name = self.id == self.name;
        let field = if is_name {
            Field::Name
        } else {
            Field::ResourceId
        };
        Some((&self.id, field))
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Resources(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TableKind;
    use crate::read::trial::{problems, table};

    #[test]
    fn resources_with_their_flaws() {
        let batch = table(
            TableKind::Resources,
            "资源名称,服务类别,地址,经度,纬度,容量/床位数,服务半径(公里),联系电话
示范食堂,助餐,示范路1号,121.27,30.17,200人,1.5,0574-63000000
示范驿站,打麻将,,0,0,很多,800米,123
示范食堂,,,121.27,30.17,,,
,照料,,,,,,
",
        );
        assert_eq!(
            problems(&batch),
            [
                "3 unknown_need 服务类别 打麻将",
                "3 zero_coordinate 经度 0, 0",
                "3 bad_number 容量/床位数 很多",
                "3 bad_phone 联系电话 ***",
                "4 duplicate_id 资源名称 示范食堂",
                "5 missing_value 资源名称",
            ]
        );
        let Records::Resources(resources) = batch.records else {
            panic!("no resources")
        };
        assert_eq!(resources[0].id, "示范食堂");
        assert_eq!(resources[0].category, "care");
        assert_eq!(
            (resources[0].capacity, resources[0].radius_m),
            (Some(200), Some(1500.0))
        );
        assert_eq!(
            (resources[1].radius_m, resources[1].position),
            (Some(800.0), None)
        );
    }
}
