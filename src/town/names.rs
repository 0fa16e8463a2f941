//! The names of the town: all made up, none of a real place or person.

/// Streets (街道).
const STREETS: &[&str] = &["示范", "样板", "演示", "模拟", "范例", "试验"];

/// Communities of the smallest town, band by band from the south, then those of larger ones.
const COMMUNITIES: &[&str] = &[
    "南苑", "望江", "滨河", "青石", "老街", "石桥", "听潮", "新城", "向阳", "春晓", "学府", "东湖",
    "百合", "长虹", "翠竹", "丹桂", "枫林", "福源", "光明", "海棠", "和睦", "红梅", "景秀", "兰亭",
    "丽景", "柳岸", "梅园", "明珠", "平安", "晴川", "瑞祥", "三桥", "水岸", "松涛", "天成", "同心",
    "万福", "梧桐", "西塘", "晓月", "星海", "杨柳", "银杏", "永乐", "玉泉", "月湖", "云栖", "竹溪",
];

/// First parts of road names.
pub(super) const ROADS: &[&str] = &[
    "青竹", "望海", "石桥", "春风", "和平", "建设", "解放", "文化", "人民", "东风", "迎宾", "学院",
    "桂花", "梅林", "松柏", "杨梅", "芦花", "荷塘", "枫桥", "柳浪", "长亭", "白鹭", "朝阳", "晚霞",
    "金山", "银河", "玉兰", "紫藤", "丁香", "海棠", "芙蓉", "牡丹", "茶园", "桑园", "棉纺", "机械",
    "仓前", "仓后", "渡口", "码头", "盐仓", "米市", "布市", "鱼市", "花市", "书院", "钟楼", "鼓楼",
    "文星", "状元", "积善", "仁寿", "长寿", "安乐", "太平", "永宁", "福康", "惠民", "便民", "爱民",
    "兴业", "创业", "科技", "创新", "星光", "月华", "云海", "天目", "四明", "会稽", "剡溪", "曹娥",
    "清泉", "甘泉", "双井", "古井", "大树", "樟树", "银杏", "水杉", "翠屏", "凤凰", "麒麟", "飞鹤",
];

/// Roads through the whole town, from the south, and from the west.
pub(super) const EAST_WEST: &[&str] = &["示范大道", "通江路", "振兴路", "北海路"];
pub(super) const NORTH_SOUTH: &[&str] = &["民生路", "中兴路", "海晏路", "江南路"];

/// Parks away from the river.
const PARKS: &[&str] = &[
    "青年", "东湖", "中心", "松涛", "东湖", "望月", "听雨", "儿童",
];

/// Family names, the frequent ones more than once.
pub(super) const SURNAMES: &[&str] = &[
    "王", "王", "李", "李", "张", "张", "陈", "陈", "陈", "刘", "杨", "黄", "周", "周", "吴", "徐",
    "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "沈", "沈", "郑", "谢", "韩", "唐",
    "冯", "于", "董", "程", "曹", "袁", "邓", "许", "傅", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡",
    "魏", "丁", "薛", "叶", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方",
    "石", "姚", "廖", "邹", "金", "陆", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾",
    "邵", "孟", "万", "钱", "汤", "黎", "施", "贺", "龚", "文", "欧阳", "诸葛", "上官",
];

/// Given names of the old and of the young, for men and for women.
pub(super) const GIVEN_OLD_MEN: &[&str] = &[
    "建国", "国强", "志明", "阿根", "水根", "福生", "金土", "德昌", "永康", "长生", "伟民", "庆丰",
    "正祥", "阿毛", "茂林", "宝根", "文龙", "荣华", "光明", "兴发",
];
pub(super) const GIVEN_OLD_WOMEN: &[&str] = &[
    "秀英", "桂花", "美娟", "阿珍", "玉兰", "凤仙", "彩娣", "月琴", "素贞", "惠芬", "雪娥", "招娣",
    "银花", "翠英", "爱珠", "菊香", "荷花", "秋月", "杏娟", "巧云",
];
pub(super) const GIVEN_YOUNG_MEN: &[&str] = &[
    "浩", "宇轩", "俊杰", "磊", "鹏飞", "子豪", "凯", "晓东", "文博", "一鸣", "嘉伟", "天宇",
    "明远", "海波", "立峰", "志远", "旭", "斌", "浩然", "思远",
];
pub(super) const GIVEN_YOUNG_WOMEN: &[&str] = &[
    "婷", "雨欣", "静", "丽娜", "思琪", "晓燕", "佳怡", "梦洁", "雪", "欣怡", "敏", "诗涵", "倩",
    "海燕", "文静", "子涵", "莉", "若琳", "瑶", "心悦",
];

/// The street's name.
pub(super) fn street(index: usize) -> String {
    listed(STREETS, index, "示范第", "街道")
}

/// The community's name, without 社区.
pub(super) fn community(index: usize) -> String {
    match COMMUNITIES.get(index) {
        Some(name) => (*name).to_owned(),
        None => format!("示范{}", index + 1),
    }
}

/// The nth park's name, away from the river.
pub(super) fn park(index: usize) -> String {
    listed(PARKS, index, "示范第", "公园")
}

fn listed(list: &[&str], index: usize, beyond: &str, behind: &str) -> String {
    match list.get(index) {
        Some(name) => format!("{name}{behind}"),
        None => format!("{beyond}{}{behind}", index + 1),
    }
}

/// A road's name from a shuffled list of first parts; once they are used up a number goes in
/// between: 青竹路, 青竹2路, …
pub(super) fn road(order: &[usize], count: usize, behind: &str) -> String {
    let first = order
        .get(count % order.len().max(1))
        .and_then(|at| ROADS.get(*at))
        .copied()
        .unwrap_or("示范");
    match count / order.len().max(1) {
        0 => format!("{first}{behind}"),
        round => format!("{first}{}{behind}", round + 1),
    }
}

/// The name of a road through the whole town; past the end of the list a number follows.
pub(super) fn through_road(list: &[&str], index: usize, beyond: &str) -> String {
    listed(list, index, beyond, "")
}
