//! The names under which boundary files keep codes, names, levels and parents, in both languages and as
//! a Shapefile cuts them.

use super::columns::plain_header;
use crate::model::AreaLevel;

/// Names of properties that hold a code, by what it is the code of. In order of preference.
pub(super) const CODES: &str = "code areacode 编码 区划代码 区划编码 行政区划代码 行政区划编码 代码 adcode regioncode gbcode gb 国标码 xzqdm xzqhdm xzqbm xzqhbm 行政代码 行政编码 dm bm 编号 bh";
pub(super) const NAMES: &str = "name 名称 区划名称 areaname 行政区划名称 行政区划 xzqmc xzqhmc mc 全称 fullname namezh namecn title label";
pub(super) const LEVELS: &str = "level 级别 层级 区划级别 arealevel";
pub(super) const PARENTS: &str = "parent parentcode parentid 上级编码 上级代码 上级区划代码 上级区划编码 上级 父级编码 父级代码 父编码 所属编码 所属代码 pcode pid";

pub(super) fn codes_of(level: AreaLevel) -> &'static str {
    match level {
        AreaLevel::Grid => {
            "gridcode gridid gridno gridnumber 网格编码 网格编号 网格代码 网格号 网格id wgbm wgdm wgbh wgid"
        }
        AreaLevel::Community => {
            "communitycode communityid codecommunity 社区编码 社区编号 社区代码 社区id 所属社区编码 所属社区代码 村编码 村代码 \
             村社区编码 村社区代码 社区村编码 社区村代码 行政村编码 行政村代码 村居编码 村居代码 villagecode villageid sqbm sqdm sqbh cdm cunbm xzcdm"
        }
        AreaLevel::Street => {
            "streetcode streetid codestreet 街道编码 街道编号 街道代码 街道id 所属街道编码 所属街道代码 乡镇编码 乡镇代码 所属乡镇编码 所属乡镇代码 \
             街道乡镇编码 街道乡镇代码 乡镇街道编码 乡镇街道代码 镇街编码 镇街代码 towncode townid townshipcode subdistrictcode jddm jdbm jdbh xzdm xzbm zjdm jdxzdm"
        }
        AreaLevel::County => {
            "countycode countyid codecounty 区县编码 区县代码 所属区县编码 所属区县代码 县编码 县代码 县区编码 县区代码 县市区编码 县市区代码 \
             districtcode districtid qxdm qxbm xdm xbm"
        }
    }
}

pub(super) fn names_of(level: AreaLevel) -> &'static str {
    match level {
        AreaLevel::Grid => "gridname namegrid 网格名称 网格名 网格 grid wgmc",
        AreaLevel::Community => {
            "communityname community namecommunity 社区名称 社区名 社区 所属社区 所属社区名称 所在社区 村名称 村名 村社区 村社区名称 社区村 社区村名称 \
             所属村社区 所属社区村 行政村 行政村名称 村居 村居名称 village villagename sqmc cmc cunmc xzcmc"
        }
        AreaLevel::Street => {
            "streetname street namestreet 街道名称 街道名 街道 所属街道 所属街道名称 所在街道 乡镇 乡镇名称 乡镇名 所属乡镇 所属乡镇名称 街道乡镇 街道乡镇名称 \
             乡镇街道 乡镇街道名称 所属街道乡镇 所属乡镇街道 镇街 镇街名称 town townname township townshipname subdistrict subdistrictname jdmc xzmc zjmc jdxzmc"
        }
        AreaLevel::County => {
            "countyname county namecounty 区县名称 区县名 区县 所属区县 所属区县名称 县名称 县区 县区名称 县市区 县市区名称 district districtname qxmc xmc"
        }
    }
}

/// Headers of a Shapefile end at ten bytes, and one byte sooner where a character would be cut.
pub(super) const CUT_BYTES: usize = 9;

/// The shortest beginning that says anything: two characters in UTF-8.
const SHORTEST_BYTES: usize = 6;

/// The known name of which a header is the beginning: that of a code where the text looks like one.
/// `行政区` stands for 行政区划代码 over numbers, for 行政区划名称 over words.
pub(super) fn whole_name(plain: &str, text: &str) -> Option<&'static str> {
    let is_code = text.bytes().all(|byte| byte.is_ascii_graphic())
        && text.bytes().any(|byte| byte.is_ascii_digit());
    let levels = AreaLevel::ALL.into_iter().rev();
    let lists: Vec<&'static str> = if is_code {
        let of_levels = levels.map(codes_of);
        std::iter::once(CODES)
            .chain(of_levels)
            .chain([PARENTS])
            .collect()
    } else {
        std::iter::once(NAMES).chain(levels.map(names_of)).collect()
    };
    // A second column of the same ten bytes gets a number.
    let stem = plain.trim_end_matches(|char: char| char.is_ascii_digit());
    [plain, stem]
        .into_iter()
        .filter(|head| head.len() >= SHORTEST_BYTES)
        .find_map(|head| {
            lists.iter().find_map(|list| {
                let names = list.split_whitespace();
                names
                    .filter(|name| name.starts_with(head))
                    .min_by_key(|name| name.len())
            })
        })
}

/// The level that a value names.
pub(super) fn level_named(text: &str) -> Option<AreaLevel> {
    let plain = plain_header(text);
    match plain.strip_suffix('级').unwrap_or(&plain) {
        "grid" | "网格" | "4" => Some(AreaLevel::Grid),
        "community" | "village" | "社区" | "村" | "社区村" | "村社区" | "村居" | "行政村" | "3" => {
            Some(AreaLevel::Community)
        }
        "street" | "town" | "township" | "subdistrict" | "街道" | "乡镇" | "镇" | "乡" | "镇街"
        | "街道乡镇" | "乡镇街道" | "2" => Some(AreaLevel::Street),
        "county" | "district" | "区县" | "县区" | "县市区" | "县" | "市" | "区" | "1" => {
            Some(AreaLevel::County)
        }
        _ => None,
    }
}

/// The level that the length of a division code shows: 6, 9 and 12 digits, zeros at the end aside.
pub(super) fn level_by_length(code: &str) -> Option<AreaLevel> {
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match code.len() {
        6 => Some(AreaLevel::County),
        9 | 12 if code.ends_with(if code.len() == 9 { "000" } else { "000000" }) => {
            Some(AreaLevel::County)
        }
        9 => Some(AreaLevel::Street),
        12 if code.ends_with("000") => Some(AreaLevel::Street),
        12 => Some(AreaLevel::Community),
        13.. => Some(AreaLevel::Grid),
        _ => None,
    }
}

/// The code of an area that only the name of its file tells: the one division code in it, else the
/// name itself.
pub(super) fn code_of_stem(stem: &str) -> String {
    // Two digits of a province, so that a month is none.
    const PROVINCES: &str = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 \
                             53 54 61 62 63 64 65 71 81 82";
    let is_code = |digits: &&str| {
        let province = digits.get(..2).unwrap_or_default();
        matches!(digits.len(), 6 | 9 | 12) && PROVINCES.split(' ').any(|known| known == province)
    };
    let mut codes = stem
        .split(|char: char| !char.is_ascii_digit())
        .filter(is_code);
    match (codes.next(), codes.next()) {
        (Some(code), None) => code.to_owned(),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_property_name_means_two_things() {
        let mut owners = BTreeMap::new();
        let mut lists = vec![CODES, NAMES, LEVELS, PARENTS];
        for level in AreaLevel::ALL {
            lists.extend([codes_of(level), names_of(level)]);
        }
        for (at, list) in lists.iter().enumerate() {
            for name in list.split_whitespace() {
                assert_eq!(plain_header(name), name);
                assert_eq!(owners.insert(name, at), None, "{name}");
            }
        }
    }

    #[test]
    fn a_file_is_called_by_the_division_code_in_its_name() {
        for (stem, code) in [
            ("cixi_330282_gcj02", "330282"),
            ("330282001", "330282001"),
            ("慈溪市", "慈溪市"),
            ("边界202610", "边界202610"),
            ("330282_330283", "330282_330283"),
            ("边界20261001", "边界20261001"),
        ] {
            assert_eq!(code_of_stem(stem), code);
        }
    }
}
