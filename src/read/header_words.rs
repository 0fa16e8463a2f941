//! The headers that mean a field, as offices write them, by kind of table. All in their plain
//! form (see `columns::plain_header`): lower case, without spaces, brackets and marks.

use super::Field;
use crate::model::TableKind;

/// How far a header is to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// It means the field.
    Strong,
    /// It means the field only where no better header is there: a plain number may count rows, and
    /// a plain grid may be a name beside the code.
    Weak,
    /// It counts the rows of the file; a last resort.
    Serial,
}

impl Trust {
    pub(super) const ALL: [Self; 3] = [Self::Strong, Self::Weak, Self::Serial];
}

/// The headers that mean a field in a table of a kind.
pub(super) fn words(
    kind: TableKind,
    field: Field,
    trust: Trust,
) -> impl Iterator<Item = &'static str> {
    let lists = match trust {
        Trust::Strong => [common(field), strong(kind, field)],
        Trust::Weak => [weak(kind, field), ""],
        Trust::Serial => [serial(kind, field), ""],
    };
    lists.into_iter().flat_map(str::split_whitespace)
}

/// Headers that mean the field wherever a table has it.
fn common(field: Field) -> &'static str {
    match field {
        Field::HouseholdId => {
            "householdid hhid hhno hhcode householdno householdnumber householdcode familyid familyno \
             户编号 户编码 户号 户id 户代码 户籍号 户口编号 户口簿号 家庭编号 家庭编码 家庭id 家庭代码 家庭户编号 家庭户号 \
             住户编号 住户编码 住户id 户籍编号 档案编号 台账编号 一户一档编号 困难家庭编号 困难户编号 所属户编号 所在户编号"
        }
        Field::IdNumber => {
            "idnumber idno idcard idcardno idcardnumber residentid nationalid citizenid identitynumber identitycard identificationnumber \
             身份证号 身份证 身份证号码 身份证编号 身份证件号 身份证件号码 本人身份证号 本人身份证号码 成员身份证号 成员身份证号码 \
             公民身份号码 公民身份号 公民身份证号 公民身份证号码 居民身份证号 居民身份证号码 证件号 证件号码 证件编号 \
             残疾人身份证号 老人身份证号 儿童身份证号 参保人身份证号 患者身份证号 对象身份证号 领取人身份证号"
        }
        Field::Phone => {
            "phone phoneno phonenumber tel telno telephone telephonenumber mobile mobileno mobilephone mobilenumber cell cellphone \
             contact contactphone contactnumber 电话 电话号码 联系电话 联系方式 手机 手机号 手机号码 家庭电话 移动电话 联系电话号码 \
             本人电话 本人联系电话 联系人电话 联络电话 联系手机 电话手机 固定电话 座机 来电号码 来电电话"
        }
        Field::Address => {
            "address addr homeaddress residence residentialaddress 地址 住址 家庭地址 家庭住址 居住地址 现住址 现居住地址 居住地 现居住地 \
             详细地址 详细住址 常住地址 家庭详细地址 居住详细地址 实际居住地址 实际居住地 现居地址 现居住址 家庭现住址 联系地址 通讯地址"
        }
        Field::Lon => {
            "lon lng long longitude x xcoord xcoordinate coordx pointx lonx easting lonwgs84 lngwgs84 wgs84lon wgs84lng \
             经度 x坐标 坐标x 横坐标 东经 经度坐标 经度值 东坐标 经度x gps经度 百度经度 高德经度 天地图经度 中心经度 中心点经度"
        }
        Field::Lat => {
            "lat latitude y ycoord ycoordinate coordy pointy laty northing latwgs84 wgs84lat \
             纬度 y坐标 坐标y 纵坐标 北纬 纬度坐标 纬度值 北坐标 纬度y gps纬度 百度纬度 高德纬度 天地图纬度 中心纬度 中心点纬度"
        }
        Field::DeclaredArea => {
            "gridcode gridid gridno gridnumber declaredarea 网格编码 网格号 网格编号 网格代码 网格id 网格代号 \
             所属网格编码 所属网格编号 所属网格号 所属网格代码 所在网格编码 所在网格编号 微网格编码 微网格编号 责任网格编码"
        }
        Field::DivisionCode => {
            "divisioncode communitycode villagecode 社区编码 社区代码 村编码 村代码 村社区编码 村社区代码 村居编码 村居代码 \
             所属社区编码 所属社区代码 统计用区划代码"
        }
        Field::Tags => "tags tag labels label 标签 标记 人群标签 类别标签",
        Field::Notes => {
            "notes note remark remarks comment comments memo 备注 说明 备注说明 备考 附注 情况说明"
        }
        Field::HeadIdNumber => {
            "headidnumber headidno 户主身份证号 户主身份证 户主身份证号码 户主身份证件号 户主身份证件号码 户主证件号 户主证件号码 户主公民身份号码"
        }
        Field::MemberId => {
            "memberid memberno membernumber membercode personid personno personcode 成员编号 成员编码 成员id 成员号 人员编号 人员编码 \
             人员id 人员代码 个人编号 个人编码 居民编号"
        }
        Field::Relation => {
            "relation relationship relationtohead relationshiptohead kinship 与户主关系 与户主的关系 与户主之关系 和户主关系 同户主关系 \
             户主关系 家庭关系 关系 称谓 成员关系 与申请人关系 与申请人的关系"
        }
        Field::Sex => "sex gender 性别",
        Field::Born => {
            "born birthdate dateofbirth dob birthday birth 出生日期 出生年月日 出生年月 出生时间 生日 出生"
        }
        Field::Certificate => {
            "disabilitycertificate disabilitycertificateno disabilitycertificatenumber disabilitycertno disabilitycard certificate \
             残疾证号 残疾证号码 残疾人证号 残疾人证 残疾证 残疾人证号码 残疾人证编号 残疾证编号 残疾证件号 残疾人证件号 残联证号"
        }
        Field::CertificateUntil => {
            "certificateuntil certificatevaliduntil certificateexpiry certificateexpirydate certificateexpires disabilitycertificateuntil \
             disabilitycertificateexpiry 残疾证有效期至 残疾人证有效期至 残疾证有效期 残疾人证有效期 残疾证有效期限 残疾人证有效期限 \
             残疾证有效日期 残疾证到期日期 残疾人证到期日期 残疾证到期时间 残疾人证到期时间 残疾证到期日 残疾证截止日期 残疾人证截止日期 \
             残疾证换证日期"
        }
        Field::DisabilityKind => {
            "disabilitykind disabilitytype disabilitycategory kindofdisability typeofdisability 残疾类别 残疾类型 残疾种类 残疾分类 伤残类别"
        }
        Field::DisabilityLevel => {
            "disabilitylevel disabilitygrade levelofdisability 残疾等级 残疾级别 残疾程度 残疾分级 伤残等级"
        }
        Field::Health => {
            "health healthstatus healthcondition 健康状况 身体状况 健康情况 身体情况 健康 健康状态 患病情况 所患疾病 病种 病情 \
             慢性病 患病名称 疾病名称"
        }
        Field::SelfCare => {
            "selfcare selfcareability adl 自理能力 生活自理能力 自理情况 生活自理情况 自理程度 自理状况 是否自理 失能等级 失能情况 \
             失能程度 能力等级"
        }
        Field::Schooling => {
            "schooling education educationlevel school 文化程度 学历 教育程度 受教育程度 就学情况 就学状况 就读情况 就读学校 在读情况 \
             在校情况 就学阶段 学校 年级"
        }
        Field::Work => {
            "work job occupation employment employmentstatus 职业 工作 工作单位 工作情况 就业 就业情况 就业状况 就业状态 从业状况 从业情况"
        }
        Field::Programme => {
            "programme program programmecode programmename programcode assistance benefit scheme subsidy 救助项目 享受项目 补贴项目 \
             补助项目 在享项目 发放项目 帮扶项目 项目 项目名称 救助项目名称 救助类型 救助类别 救助种类 救助业务 保障类别 保障类型 \
             待遇类型 待遇类别 待遇名称 享受待遇 享受政策 政策名称 补贴类型 补贴类别 补贴名称 补助类型 补助类别 津贴类型 津贴名称"
        }
        Field::Start => {
            "start startdate starton startday startmonth from since begin begindate 开始日期 开始时间 起始日期 起始时间 开始年月 开始月份 \
             起始年月 起始月 起始月份 享受开始日期 享受开始时间 享受起始日期 享受起始时间 享受起始月 享受起始年月 享受时间 享受日期 享受年月 \
             起享时间 起享日期 批准日期 批准时间 审批日期 审批时间 救助开始日期 救助起始时间 发放起始月 发放开始时间 起发月份 起发年月 起发时间 \
             纳入时间 纳入日期 生效日期 生效时间 保障开始时间 保障起始时间 待遇开始时间 待遇起始时间"
        }
        Field::End => {
            "end enddate endday endmonth until to stop stopdate 结束日期 结束时间 结束年月 终止日期 终止时间 终止年月 截止日期 截止时间 \
             截止年月 停发日期 停发时间 停发年月 停发月 停发月份 停止日期 停止时间 停保时间 停保日期 享受结束日期 享受结束时间 享受截止日期 \
             享受截止时间 享受终止日期 退出日期 退出时间 到期日期 到期时间 失效日期 取消日期 取消时间 清退时间"
        }
        Field::MonthlyAmount => {
            "monthlyamount amount amountpermonth monthlypayment payment 金额 月金额 每月金额 月发放金额 发放金额 月补贴金额 补贴金额 \
             月补助金额 补助金额 月救助金额 救助金额 月保障金额 保障金额 津贴金额 月标准 补贴标准 补助标准 发放标准 保障标准 月发放标准 \
             月补贴标准 保障金 月保障金 户月保障金 低保金 月低保金 月补助 月补贴 补差金额 月补差 月享受金额 享受金额 待遇金额 领取金额 \
             月领取金额 实发金额 应发金额"
        }
        Field::ReviewedOn => {
            "reviewedon reviewed reviewdate datereviewed lastreview lastreviewed lastreviewedon lastreviewdate 复核日期 复核时间 \
             最近复核日期 最近复核时间 最近一次复核日期 最近一次复核时间 上次复核日期 上次复核时间 最后复核日期 最后复核时间 定期复核日期 \
             年度复核日期 复审日期 复审时间 最近复审日期 年审日期 年审时间 最近年审日期 年检日期 复核年月 复核月份"
        }
        Field::Urgency => {
            "urgency priority urgent 紧急程度 紧急度 紧急 紧急级别 急难程度 优先级 缓急程度 轻重缓急 迫切程度 是否紧急"
        }
        Field::ClosedOn => {
            "closedon closed closeddate resolvedon meton completedon finishedon 办结时间 办结日期 完成时间 完成日期 解决时间 解决日期 \
             关闭时间 关闭日期 实现时间 实现日期 结案时间 结案日期 落实时间 落实日期 圆梦时间"
        }
        Field::Source => {
            "source channel reportedby raisedby 来源 需求来源 信息来源 诉求来源 来源渠道 渠道 受理渠道 工单来源 反映渠道 提出人 上报人 \
             登记人 采集人 收集人 填报人"
        }
        Field::PlannedOn => {
            "plannedon planned planneddate plandate scheduledon scheduled 计划日期 计划时间 计划走访日期 计划走访时间 拟走访日期 拟走访时间 \
             安排日期 安排时间 计划探访日期 预约时间 预约日期"
        }
        Field::DoneOn => {
            "doneon done visitdate visitedon visited datevisited dateofvisit actualdate 走访日期 走访时间 实际走访日期 实际走访时间 探访日期 \
             探访时间 入户日期 入户时间 巡访日期 巡访时间 慰问日期 慰问时间 回访日期 回访时间 完成日期 完成时间"
        }
        Field::Worker => {
            "worker visitor visitedby fieldworker gridworker staff 走访人 走访人员 走访人姓名 走访人员姓名 走访干部 走访员 走访者 探访人 \
             探访人员 探访员 入户人员 巡访员 巡访人 慰问人 网格员 网格员姓名 责任人 社工 工作人员 包户干部 帮扶人 帮扶责任人"
        }
        Field::Seen => {
            "seen seeninperson inperson met 是否见到本人 见到本人 是否见面 是否见到 见面 是否见人 见面情况 是否本人 是否在家 在家 本人是否在家"
        }
        Field::Outcome => {
            "outcome result findings summary 走访结果 走访情况 走访内容 走访记录 走访小结 走访反馈 探访情况 探访结果 探访记录 入户情况 \
             发现问题 存在问题 反馈情况 结果 情况"
        }
        Field::NextDue => {
            "nextdue nextvisit nextvisiton nextdate duedate due 下次走访日期 下次走访时间 下次走访 下次计划走访 下次探访日期 下次探访时间 \
             下次日期 下次时间 下次回访日期 下次回访时间 应走访日期 应访日期"
        }
        Field::ResourceId => {
            "resourceid resourceno resourcecode facilityid providerid 资源编号 资源编码 资源id 机构编号 机构编码 机构代码 单位编号 \
             服务商编号 统一社会信用代码 设施编号 站点编号"
        }
        Field::Capacity => {
            "capacity beds places seats slots 容量 床位数 床位 床位总数 核定床位数 容量床位数 可服务人数 服务人数 容纳人数 可容纳人数 \
             名额 服务能力 接待能力 服务容量 可提供数量 数量"
        }
        Field::RadiusM => {
            "radiusm radius serviceradius radiusmeters radiusmetres 服务半径 半径 覆盖半径 辐射半径 服务半径米 服务范围半径 覆盖范围半径 服务距离"
        }
        Field::Hours => {
            "hours openinghours openhours businesshours opentime 开放时间 营业时间 服务时间 工作时间 开门时间 办公时间 上班时间 运营时间"
        }
        Field::AddressCode => {
            "addresscode addressid buildingcode buildingid 地址编码 地址代码 地址id 地址编号 标准地址编码 标准地址代码 标准地址id \
             地址唯一编码 统一地址编码 门牌编码 门牌编号 门牌id 楼栋编码 楼栋编号 楼幢编码 房屋编码 房屋编号 房屋代码 建筑编码 建筑物编码"
        }
        _ => "",
    }
}

/// Headers that mean the field in tables of this kind only.
fn strong(kind: TableKind, field: Field) -> &'static str {
    match (kind, field) {
        (TableKind::Households, _) => of_the_ledger(field),
        (TableKind::Needs, Field::Category) => {
            "category needcategory needtype type kind 需求 需求类别 需求类型 需求分类 需求项目 需求种类 需求大类 类别 类型 分类 \
             心愿类别 心愿类型 心愿分类 诉求类别 诉求类型 诉求分类 服务类别 服务类型 服务需求 帮扶需求 问题类别 问题类型 事项类别 事项类型"
        }
        (TableKind::Resources, Field::Category) => {
            "category servicecategory servicetype type kind needcategory service services 服务类别 服务类型 服务分类 资源类别 资源类型 \
             资源分类 资源种类 类别 类型 服务项目 服务内容 提供服务 可提供服务 对应需求 机构类型 机构类别 帮扶类别 帮扶内容"
        }
        (TableKind::DepartmentList, Field::Category) => {
            "category type 类别 类型 人员类别 人员类型 人员性质 对象类别 对象类型 身份类别 参保类别 参保类型 参保身份 风险等级 \
             诉求类别 诉求类型 诉求分类 事项类别 事项类型 问题类别 问题类型"
        }
        (TableKind::Members, Field::Tags) => "人员类别 人员类型 人员标签",
        (TableKind::Members, Field::MonthlyIncome) => {
            "monthlyincome income incomemonthly incomepermonth personalincome ownincome 月收入 收入 每月收入 个人月收入 本人月收入 \
             个人收入 本人收入 月工资 工资收入"
        }
        (TableKind::Needs | TableKind::DepartmentList, Field::Detail) => {
            "detail details description needdetail content 内容 详情 描述 具体内容 详细内容 需求内容 需求描述 需求说明 需求详情 具体需求 \
             主要需求 心愿 心愿内容 心愿名称 心愿描述 心愿详情 微心愿 微心愿内容 诉求 诉求内容 具体诉求 主要诉求 困难诉求 问题描述 反映内容 \
             事项内容 事项描述 工单内容 工单标题 标题"
        }
        (TableKind::Needs | TableKind::DepartmentList, Field::RaisedOn) => {
            "raisedon raised raiseddate reportedon requestdate createdon created 提出时间 提出日期 登记时间 登记日期 上报时间 上报日期 \
             需求时间 需求日期 采集时间 采集日期 收集时间 收集日期 征集时间 征集日期 申请时间 申请日期 受理时间 受理日期 诉求时间 \
             来电时间 来电日期 反映时间 反映日期 发布时间 发布日期 填报时间 填报日期 录入时间 创建时间 许愿时间"
        }
        (TableKind::Needs | TableKind::DepartmentList, Field::Status) => {
            "status state progress 状态 办理状态 处理状态 工单状态 需求状态 心愿状态 认领状态 对接状态 参保状态 享受状态 进度 办理进度 \
             完成情况 落实情况 办理情况 处理情况 解决情况 实现情况 认领情况 办结情况 处理结果 办理结果 是否完成 是否办结 是否解决 是否实现"
        }
        (TableKind::Resources, Field::Name) => {
            "name resourcename organisation organization provider facility institution 名称 资源名称 机构 机构名称 单位 单位名称 服务机构 \
             服务机构名称 服务商 服务商名称 服务点名称 设施名称 站点名称 组织名称 企业名称 商家名称 商户名称 供给方 服务提供方"
        }
        (TableKind::Resources, Field::Address) => {
            "服务地址 机构地址 单位地址 所在地址 服务地点 地点"
        }
        (_, Field::Name) => {
            "name fullname membername personname residentname applicant recipient beneficiary 姓名 名字 成员姓名 成员名称 人员姓名 居民姓名 \
             本人姓名 家庭成员 家庭成员姓名 享受人 享受人姓名 享受对象 享受对象姓名 领取人 领取人姓名 受益人 受益人姓名 补贴对象 补贴对象姓名 \
             对象姓名 救助对象 救助对象姓名 残疾人姓名 老人姓名 老年人姓名 儿童姓名 学生姓名 患者姓名 参保人 参保人姓名 申请人 申请人姓名 \
             需求人 许愿人 求助人 求助人姓名 来电人 来电人姓名 反映人 诉求人 群众姓名"
        }
        (TableKind::Addresses, Field::Address) => {
            "fulladdress standardaddress streetaddress 标准地址 地址全称 标准地址全称 标准地名地址 地名地址 地址名称 地址描述 门牌 门牌地址"
        }
        (_, Field::IdNumber) => "申请人身份证号 申请人身份证号码",
        _ => "",
    }
}

/// Headers of the ledger, where a row is a household and its head.
fn of_the_ledger(field: Field) -> &'static str {
    match field {
        Field::HeadName => {
            "headname head headofhousehold householder householdhead householdername name fullname 户主姓名 户主 姓名 \
             户主名称 户主名 家庭户主 申请人 申请人姓名 居民姓名 名称"
        }
        Field::IdNumber => {
            "headidnumber 户主身份证号 户主身份证 户主身份证号码 户主身份证件号码 户主证件号码 申请人身份证号 申请人身份证号码"
        }
        Field::Phone => "户主电话 户主联系电话 户主手机号 户主手机号码 户主联系方式",
        Field::Members => {
            "members member membercount memberscount membersnumber numberofmembers householdsize familysize population persons people size \
             人口数 人口 家庭人口 家庭人口数 家庭人数 人数 户人口 户人数 户内人口 户内人数 成员数 成员人数 家庭成员数 家庭成员人数 总人口 总人数 常住人口"
        }
        Field::Elderly => {
            "elderly elders elderlycount elderscount elderlymembers numberofelderly 老年人数 老人数 老年人 老人 老年人口 老年人口数 老人人数 \
             老年人人数 60岁以上人数 60岁以上老人数 60岁及以上人数 60周岁以上人数 60周岁及以上人数"
        }
        Field::Children => {
            "children child childrencount childcount kids minors numberofchildren 儿童数 儿童 儿童人数 未成年人数 未成年人 未成年人人数 \
             未成年数 未成年子女数 孩子数 小孩数 18岁以下人数 18周岁以下人数"
        }
        Field::Disabled => {
            "disabled disabledcount disabledmembers disability numberofdisabled 残疾人数 残疾人 残疾 残疾数 残疾人人数 残疾人口 残疾人口数"
        }
        Field::LivingAlone => {
            "livingalone livesalone alone solitary 独居 是否独居 独居否 独居老人 是否独居老人"
        }
        Field::MonthlyIncome => {
            "monthlyincome income incomemonthly incomepermonth monthlyhouseholdincome householdincome 月收入 家庭月收入 户月收入 \
             月总收入 家庭月总收入 收入 家庭收入 每月收入 家庭总月收入"
        }
        Field::Programmes => {
            "programmes programme programs program assistance benefits benefit schemes receiving 在享 享受项目 救助项目 享受救助项目 享受政策 \
             享受待遇 救助类型 救助类别 救助 享受救助 在享项目 在享救助项目 帮扶项目 保障类别 享受救助类型"
        }
        Field::Needs => {
            "needs need openneeds needcategories demands 需求 需求类型 需求类别 需求项目 需求清单 困难需求 主要需求 未满足需求 服务需求 \
             帮扶需求 心愿 心愿单"
        }
        Field::LastVisit => {
            "lastvisit lastvisited visited lastvisitdate lastvisitday visitdate datelastvisit 最近走访日期 最近走访 最近走访时间 最后走访日期 \
             最后走访时间 最后走访 上次走访 上次走访日期 上次走访时间 走访日期 走访时间 最近一次走访日期 最近探访日期 最近入户日期"
        }
        Field::Tags => "人员类别",
        _ => "",
    }
}

fn weak(kind: TableKind, field: Field) -> &'static str {
    match (kind, field) {
        (TableKind::Households, Field::HouseholdId)
        | (TableKind::Members, Field::MemberId)
        | (TableKind::Resources, Field::ResourceId)
        | (TableKind::Addresses, Field::AddressCode) => "id 编号 编码 code 代码 no number uid",
        (_, Field::DeclaredArea) => "grid area 网格 所属网格 所在网格 微网格",
        (_, Field::DivisionCode) => {
            "areacode regioncode adcode 区划代码 区划编码 所属区划代码 行政区划代码 行政区划编码 街道代码 街道编码 乡镇代码 乡镇编码"
        }
        (_, Field::Address) => "户籍地址 户口地址 户籍所在地 户籍所在地址",
        (TableKind::DepartmentList, Field::Name) => "户主姓名 户主",
        (TableKind::DepartmentList, Field::IdNumber) => "户主身份证号 户主身份证 户主身份证号码",
        (TableKind::Members, Field::DisabilityKind) => "残疾情况 残疾状况 残疾 是否残疾 disability",
        (TableKind::Receipts, Field::Start)
        | (TableKind::Needs | TableKind::DepartmentList, Field::RaisedOn)
        | (TableKind::Visits, Field::DoneOn) => "date 日期 时间",
        (TableKind::Visits, Field::Outcome) => "内容 记录",
        _ => "",
    }
}

fn serial(kind: TableKind, field: Field) -> &'static str {
    match (kind, field) {
        (TableKind::Households, Field::HouseholdId) => "序号 顺序号 行号",
        _ => "",
    }
}

/// Whether a header names what no purpose of the program needs and the law protects.
pub(super) fn is_sensitive(plain: &str) -> bool {
    const WITHIN: [&str; 36] = [
        "吸毒",
        "戒毒",
        "涉毒",
        "毒品",
        "艾滋",
        "hiv",
        "前科",
        "犯罪",
        "服刑",
        "刑满",
        "刑释",
        "判刑",
        "社区矫正",
        "涉案",
        "政治面貌",
        "党员",
        "党派",
        "党籍",
        "宗教",
        "信仰",
        "民族",
        "上访",
        "信访",
        "druguse",
        "drugabuse",
        "drugaddict",
        "addiction",
        "criminal",
        "conviction",
        "prison",
        "politicalstatus",
        "partymember",
        "religio",
        "ethnic",
        "petition",
        "paroled",
    ];
    const WHOLE: [&str; 6] = ["aids", "drugs", "race", "party", "political", "nationality"];
    WITHIN.iter().any(|word| plain.contains(word)) || WHOLE.contains(&plain)
}

/// Whether a header is a word of many uses, so that its values may well be something else.
pub(super) fn is_vague(plain: &str) -> bool {
    const VAGUE: [&str; 17] = [
        "x",
        "y",
        "残疾",
        "残疾人",
        "老人",
        "老年人",
        "儿童",
        "未成年人",
        "独居老人",
        "人口",
        "elderly",
        "elders",
        "children",
        "kids",
        "disabled",
        "disability",
        "people",
    ];
    VAGUE.contains(&plain)
}
