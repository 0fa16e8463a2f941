//! One row of an address table → where an address is.

use super::batch::Records;
use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
use crate::model::{AddressEntry, ProblemKind};

impl Row for AddressEntry {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let code = row.code(Field::AddressCode);
        let address = row.text(Field::Address);
        if code.is_empty() && address.is_empty() {
            let field = [Field::Address, Field::AddressCode]
                .into_iter()
                .find(|field| row.has(*field));
            row.add(ProblemKind::MissingValue, field, "");
            return None;
        }
        Some(Self {
            code,
            address,
            position: row.position().position,
        })
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Addresses(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LonLat, TableKind};
    use crate::read::trial::{problems, table};

    #[test]
    fn addresses_have_text_or_code_and_a_place() {
        let batch = table(
            TableKind::Addresses,
            "编码,标准地址,X坐标,Y坐标\nB001,示范路1号,121.27,30.17\n,示范路2号,,\n,,121,30\n",
        );
        assert_eq!(
            problems(&batch),
            ["3 missing_coordinate X坐标", "4 missing_value 标准地址"]
        );
        let Records::Addresses(addresses) = batch.records else {
            panic!("no addresses")
        };
        assert_eq!(addresses[0].code, "B001");
        assert_eq!(addresses[0].position, LonLat::new(121.27, 30.17));
        assert_eq!((addresses.len(), addresses[1].position), (2, None));
    }
}
