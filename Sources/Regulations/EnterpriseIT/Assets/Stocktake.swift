import Kernel
import WorkCalendar

/// 盘点: the ledger of a base date against what is scanned, place by place; differences are settled by decision before the ledger changes
/// (第二章22).
package struct Stocktake: Document {
    package enum State: String, CaseIterable, Sendable { case planned, counting, counted, settled }
    package var place = "", batch = ""
    package var baseDay: Day?
    package var baseAt: Moment?
    package var books: [BookLine] = []
    package var scans: [ScanLine] = [], more: [ScanLine] = []
    package var inScope = 0, agreeing = 0, surplus = 0, open = 0
    package var agreement: DecimalNumber?
    package var lawful = ""
    package init() {}

    package static let name = "it-stocktake"
    package var title: String { place.isEmpty ? "全部地点" : place }

    private static let many = 0...1_000_000
    package static let form = Form<Stocktake>(
        "盘点", "Stocktake", number: "盘点",
        states: [
            .planned: .open("待开始", "Planned"), .counting: .open("盘点中", "Counting"), .counted: .open("差异待处理", "Differences to be settled"),
            .settled: .done("已完成", "Settled"),
        ],
        readers: [.centre, .post(factoryLeader), .post(.finance), .post(.head), .post(.roomDuty)],
        [
            .text(\.place, "盘点地点", "Place").indexed().optional().listed().hint("不填为全部地点", "empty: all places"),
            .day(\.baseDay, "基准日", "Base date").optional().listed(), .moment(\.baseAt, "账面时点", "Ledger as of").optional(),
            .lines(\.books, "账面", "Ledger").optional().longest(5000), .lines(\.more, "扫描记录", "Scans").optional().longest(5000).onceFilled(),
            .prose(\.batch, "扫描文件内容", "Scans as text").optional()
                .hint("每行：时间,地点,编号[,配置不符][,封条破损]", "a line each: time,place,number[,configuration][,seal]").onceFilled(),
            .lines(\.scans, "已收扫描", "Scans taken").optional().longest(5000),
            .whole(\.inScope, "账面件数", "In the ledger", in: many).optional().listed().onceFilled(),
            .whole(\.agreeing, "相符件数", "Agreeing", in: many).optional().listed().onceFilled(),
            .decimal(\.agreement, "账物相符率（%）", "Agreement, %", places: 1, in: 0...100).optional().listed().onceFilled(),
            .whole(\.surplus, "盘盈", "Surplus", in: many).optional().listed().onceFilled(),
            .whole(\.open, "待决定差异", "To be decided", in: many).optional().onceFilled(),
            .prose(\.lawful, "盘点期间合规调动", "Moved lawfully meanwhile").optional().onceFilled(),
        ])

    static let counting = Deadline(
        "counting", "盘点完成", "Finish the count", under: enterpriseIT["第二章22"], escalatesTo: .post(centreDirector), ofWorkingDays: true)
    package static let deadlines = [counting]

    package static let plan = Step<Stocktake>(
        "plan", "到期安排盘点", "Falls due", to: .planned, by: .system, under: enterpriseIT["第二章22"], fields: []
    ) { _, act in act.start(counting, workingDays: try act.parameter(.stocktakeWorkingDays)) }
    package static let begin = Step<Stocktake>(
        "begin", "开始盘点", "Begin", to: .counting, by: .post(.assetStaff), under: enterpriseIT["第二章22"], fields: [\.place]
    ) { stocktake, act in
        try stocktake.freeze(act)
        act.start(counting, workingDays: try act.parameter(.stocktakeWorkingDays))
    }
    package static let start = Step<Stocktake>(
        "start", "开始盘点", "Begin", from: .planned, to: .counting, by: .post(.assetStaff), under: enterpriseIT["第二章22"]
    ) { stocktake, act in try stocktake.freeze(act) }
    package static let scan = Step<Stocktake>(
        "scan", "录入扫描", "Enter scans", from: .counting, to: nil, by: .any([.centre, .post(.head), .post(.roomDuty)]),
        under: enterpriseIT["第二章22"], fields: [\.more, \.batch], isOptional: true
    ) { stocktake, act in try stocktake.take(act) }
    package static let close = Step<Stocktake>(
        "close", "结束清点", "Close the count", from: .counting, to: .counted, by: .post(.assetStaff), under: enterpriseIT["第二章22"],
        isIrrevocable: true
    ) { stocktake, act in
        try act.require(!stocktake.scans.isEmpty, "还没有扫描记录", "Nothing has been scanned")
        try stocktake.compare(act)
        act.meet(counting)
    }
    package static let settleOne = Step<Stocktake>(
        "settleOne", "一项差异已决定", "One is decided", from: .counted, to: nil, by: .system, under: enterpriseIT["第二章22"], isOptional: true
    ) { stocktake, _ in stocktake.open -= 1 }
    package static let finish = Step<Stocktake>(
        "finish", "完成盘点", "Finish", from: .counted, to: .settled, by: .post(centreDirector), under: enterpriseIT["第二章22"], signs: true
    ) { stocktake, act in
        try act.require(stocktake.open == 0, "还有 \(stocktake.open) 项差异没有决定", "\(stocktake.open) differences are not decided yet")
    }
    package static let steps = [plan, begin, start, scan, close, settleOne, finish]

    /// 第二章22: each so many months; what the duty opens is begun by the asset staff.
    static let periodic = Duty(
        "stocktake", "定期盘点", "Periodic stocktake", under: enterpriseIT["第二章22"], .months(.stocktakeMonths), .opening
    ) { duty in try duty.create(Stocktake(), by: plan) }
}

package struct BookLine: Line {
    package var asset = ID<ITAsset>.none
    package var number = "", what = "", place = ""
    package var keeper = PersonID.none
    package init() {}

    package static let fields: [Field<BookLine>] = [
        .reference(\.asset, "资产", "Asset").unindexed(), .text(\.number, "编号", "Number").code(),
        .text(\.what, "名称", "Name").code().optional(), .text(\.place, "地点", "Place").code(),
        .person(\.keeper, "使用人", "Holder").optional().unindexed(),
    ]
}

package struct ScanLine: Line {
    package var at: Moment?
    package var number = "", place = ""
    package var keeper = PersonID.none
    package var isConfigurationWrong = false, isSealBroken = false
    package var photos: [FileReference] = []
    package init() {}

    package static let fields: [Field<ScanLine>] = [
        .moment(\.at, "扫描时间", "Scanned at").optional(), .text(\.place, "地点", "Place").code(), .text(\.number, "编号", "Number").code(),
        .person(\.keeper, "使用人", "Holder").optional().unindexed(), .flag(\.isConfigurationWrong, "配置不符", "Wrong configuration"),
        .flag(\.isSealBroken, "封条破损", "Seal broken"), .files(\.photos, "照片", "Pictures").optional(),
    ]
}
