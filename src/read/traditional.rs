//! Traditional characters as simplified ones, as far as the words of our headers and values have them: files in
//! Big5 come with 戶編號 and 聯絡電話. Only for comparing; what is stored stays as it was written.

use std::sync::LazyLock;

/// Pairs of a traditional and a simplified character: those of Big5 that ICU 72 (`uconv -x
/// Traditional-Simplified`) turns into a character of a header, of a word for a value or of the catalogue;
/// and 帳, which stands in 台帳.
const PAIRS: &str = "\
     來来 係系 個个 備备 傷伤 優优 兒儿 內内 兩两 冊册 別别 創创 劃划 動动 務务 區区 參参 員员 問问 單单 \
     國国 圍围 圓圆 圖图 報报 夢梦 婦妇 學学 實实 審审 對对 導导 層层 屬属 崗岗 帶带 幫帮 幹干 廢废 張张 \
     後后 徑径 從从 復复 徵征 愛爱 態态 應应 戶户 採采 構构 撫抚 擬拟 數数 時时 會会 東东 棄弃 棟栋 業业 \
     樓楼 標标 機机 橫横 檔档 歲岁 歷历 殘残 決决 沒没 況况 準准 滿满 潔洁 災灾 無无 熱热 營营 狀状 獨独 \
     現现 療疗 發发 監监 眾众 矯矫 碼码 礙碍 種种 稱称 範范 築筑 簽签 籤签 糧粮 約约 納纳 級级 細细 終终 \
     組组 結结 絡络 給给 統统 經经 維维 網网 緊紧 線线 緣缘 編编 緩缓 緯纬 縣县 縱纵 總总 織织 繫系 聯联 \
     職职 聽听 臨临 臺台 與与 萬万 蓋盖 藥药 處处 號号 衛卫 補补 裡里 複复 覈核 見见 視视 覺觉 計计 訊讯 \
     訓训 記记 訪访 設设 許许 訴诉 診诊 註注 証证 詢询 話话 詳详 認认 語语 說说 課课 請请 證证 護护 讀读 \
     貧贫 責责 貳贰 費费 貼贴 資资 質质 賬账 較较 輔辅 輕轻 輻辐 轉转 辦办 農农 週周 進进 運运 適适 邊边 \
     鄉乡 醫医 釋释 銷销 錄录 鎮镇 門门 閉闭 開开 間间 關关 陸陆 階阶 際际 險险 離离 難难 電电 項项 順顺 \
     預预 領领 題题 額额 願愿 類类 風风 養养 饋馈 騰腾 體体 點点 黨党 齡龄 帳账 帐账";

static BY_TRADITIONAL: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let pair = |pair: &str| {
        let mut chars = pair.chars();
        Some((chars.next()?, chars.next()?))
    };
    let mut pairs: Vec<_> = PAIRS.split_whitespace().filter_map(pair).collect();
    pairs.sort_unstable();
    pairs
});

/// The simplified form of a character that our words have; any other as it is.
pub(super) fn simplified(char: char) -> char {
    if !('\u{4E00}'..='\u{9FFF}').contains(&char) {
        return char;
    }
    match BY_TRADITIONAL.binary_search_by_key(&char, |(from, _)| *from) {
        Ok(at) => BY_TRADITIONAL.get(at).map_or(char, |(_, to)| *to),
        Err(_) => char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TableKind;
    use crate::read::trial::{guessed, households, options, problems, read, table};
    use crate::read::{Encoding, Records};
    use std::collections::BTreeSet;

    #[test]
    fn every_pair_is_one_and_leads_to_the_end() {
        let mut seen = BTreeSet::new();
        for (from, to) in BY_TRADITIONAL.iter() {
            assert!(seen.insert(from), "{from} twice");
            assert_eq!(simplified(*from), *to);
            assert_eq!(simplified(*to), *to, "{from}");
        }
        assert!(
            PAIRS
                .split_whitespace()
                .all(|pair| pair.chars().count() == 2)
        );
        assert_eq!(seen.len(), PAIRS.split_whitespace().count());
    }

    #[test]
    fn words_become_ours_and_names_stay_what_they_are() {
        let folded = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(folded("最近走訪日期"), "最近走访日期");
        assert_eq!(folded("與戶主關係"), "与户主关系");
        assert_eq!(folded("臺帳"), "台账");
        assert_eq!(folded("户编号 id Ａ"), "户编号 id Ａ");
    }

    /// The same ledger with simplified headers, words and marks; what is kept as written stays as it was.
    const TWIN: &str = r#"户编号,户主姓名,身份证号,电话,地址,经度,纬度,网格编码,人口数,老年人数,儿童数,残疾人数,独居,月收入(元),享受项目,需求,最近走访日期,标签,备注
0001,示範甲,000000198001010013,19900000001,示範路1號2棟,121.266561,30.170261,330282001001001,3,1,1,0,否,"1,200.5",低保；医疗救助,护理、心理,2026/10/1,重點;獨生,長期患病
0002,示範乙,000000195403070023,0574-63000000,示範路2號,121.3,30.2,330282001001001,1人,1,0,1,是,0.3万元,特困人员,无障碍改造,2026年9月30日,,聽力不好
0003,示範丙,,,中正路3號,121.31,30.21,330282001001002,2个,0,0,0,有,,残疾人生活补贴,助学,,,
"#;

    #[test]
    fn a_ledger_in_big5_is_read_like_its_simplified_twin() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/good/big5_ledger.csv");
        let bytes = std::fs::read(path).unwrap();
        let (facts, batch) = read(&bytes, TableKind::Households, &options()).unwrap();
        let (twin, expected) = read(TWIN.as_bytes(), TableKind::Households, &options()).unwrap();
        assert_eq!(facts.encoding, Encoding::Big5);
        let fields = |facts: &crate::read::FileFacts| -> Vec<_> {
            facts.understood.iter().map(|(_, field)| *field).collect()
        };
        assert_eq!(fields(&facts), fields(&twin));
        assert_eq!(fields(&facts).len(), 19);
        assert_eq!(households(&batch), households(&expected));
        assert_eq!(problems(&batch), problems(&expected));
        let first = &households(&batch)[0];
        assert_eq!(first.programmes.as_str(), "dibao;yiliao");
        assert_eq!(first.address, "示範路1號2棟");
        assert_eq!(households(&batch)[1].monthly_income, Some(3000.0));
        assert_eq!(households(&batch)[2].living_alone, Some(true));
        assert_eq!(problems(&batch), Vec::<String>::new());
    }

    #[test]
    fn the_other_tables_are_known_too() {
        for (kind, header, simple) in [
            (
                TableKind::Members,
                "戶編號,姓名,身份證號碼,與戶主關係,性別,出生日期,殘疾證號,殘疾類別,殘疾等級,健康狀況,自理能力,文化程度,就業情況",
                "户编号,姓名,身份证号码,与户主关系,性别,出生日期,残疾证号,残疾类别,残疾等级,健康状况,自理能力,文化程度,就业情况",
            ),
            (
                TableKind::Receipts,
                "戶編號,救助項目,享受起始月,停發日期,月發放金額",
                "户编号,救助项目,享受起始月,停发日期,月发放金额",
            ),
            (
                TableKind::Needs,
                "戶編號,心願內容,需求類別,提出時間,緊急程度,辦理狀態,辦結時間",
                "户编号,心愿内容,需求类别,提出时间,紧急程度,办理状态,办结时间",
            ),
            (
                TableKind::Visits,
                "戶編號,計劃日期,走訪日期,走訪人,是否見到本人,走訪情況,下次走訪日期",
                "户编号,计划日期,走访日期,走访人,是否见到本人,走访情况,下次走访日期",
            ),
            (
                TableKind::Resources,
                "資源編號,資源名稱,服務類別,地址,經度,緯度,床位數,服務半徑(米),開放時間,聯絡電話",
                "资源编号,资源名称,服务类别,地址,经度,纬度,床位数,服务半径(米),开放时间,联络电话",
            ),
            (
                TableKind::Addresses,
                "標準地址編碼,標準地址,經度,緯度",
                "标准地址编码,标准地址,经度,纬度",
            ),
            (
                TableKind::Households,
                "戶編號,戶主姓名,政治面貌,黨員,人口數,獨居",
                "户编号,户主姓名,政治面貌,党员,人口数,独居",
            ),
        ] {
            let (found, columns) = guessed("名單.csv", &format!("{header}\n1,x\n"));
            let (twin, expected) = guessed("名单.csv", &format!("{simple}\n1,x\n"));
            let told = |lines: Vec<String>| -> Vec<String> {
                let parts = lines.into_iter();
                let told = |line: String| line.split_once('=').unwrap().1.to_owned();
                parts.map(told).collect()
            };
            assert_eq!((found.code(), twin.code()), (kind.code(), kind.code()));
            assert_eq!(told(columns), told(expected), "{header}");
        }
        let batch = table(
            TableKind::Members,
            "戶編號,姓名,性別,殘疾類別,殘疾等級\n1,示範甲,女性,聽力殘疾,貳級\n",
        );
        let Records::Members(members) = &batch.records else {
            panic!("no members");
        };
        let found = &members[0];
        assert_eq!(found.sex, Some(crate::model::Sex::Female));
        let kind = found.disability_kind;
        assert_eq!(kind, Some(crate::model::DisabilityKind::Hearing));
        assert_eq!(found.disability_level, Some(2));
    }
}
