import Kernel
import WorkCalendar

/// A regulation of which a document has the kinds of fields that others lack: several people, decimal numbers, periods, and files in lines.
package enum Laboratory {
    package static let regulation = Regulation(
        "laboratory", Words("检验制度", "Laboratory"), short: Words("检验", "Laboratory"), numbering: .arabic)
    package static let analyst = Post("analyst", "检验员", "Analyst")
    package static let contents = RegulationContents(
        regulation,
        articles: Array("articles:\n- {ref: 第1条, zh: 检验须登记, en: Assays are entered, kind: [register], demands: [a]}\n".utf8),
        posts: [analyst], documents: [Assay.self])
}

/// 检验单.
package struct Assay: Document {
    package enum State: String, CaseIterable, Sendable { case entered, closed }

    package struct Item: Line {
        package var substance = ""
        package var amount: DecimalNumber?
        package var month: Period?
        package var witnesses: [PersonID] = []
        package var papers: [FileReference] = []

        package init() {}
        package static let fields: [Field<Item>] = [
            .text(\.substance, "成分", "Substance"), .decimal(\.amount, "含量", "Amount", places: 3, in: 0...100).optional(),
            .period(\.month, "批次月份", "Batch month", .month).optional(), .people(\.witnesses, "见证人", "Witnesses").optional(),
            .files(\.papers, "图谱", "Papers").optional(),
        ]
    }

    package var subject = ""
    package var readers: [PersonID] = []
    package var price: DecimalNumber?
    package var warmth: DecimalNumber?
    package var quarter: Period?
    package var half: Period?
    package var year: Period?
    package var items: [Item] = []

    package init() {}
    package var title: String { subject }

    package static let name = "assay"
    package static let form = Form<Assay>(
        "检验单", "Assay", number: "检验", states: [.entered: .open("已登记", "Entered"), .closed: .done("已结", "Closed")],
        readers: [.post(Laboratory.analyst), .head],
        [
            .text(\.subject, "品名", "Subject").code().listed(), .people(\.readers, "阅知人", "Readers").listed(),
            .decimal(\.price, "单价", "Price", places: 2, in: "0.01"...1_000_000).indexed().listed(),
            .decimal(\.warmth, "温度", "Temperature", places: 1, in: -80...80).optional(),
            .period(\.quarter, "季度", "Quarter", .quarter).indexed().listed(), .period(\.half, "半年度", "Half-year", .halfYear).optional(),
            .period(\.year, "年度", "Year", .year).optional(), .lines(\.items, "项目", "Items").optional(),
        ])
    package static let enter = Step<Assay>(
        "enter", "登记", "Enter", to: .entered, by: .post(Laboratory.analyst), under: Laboratory.regulation[1])
    package static let amend = Step<Assay>(
        "amend", "更正", "Amend", from: .entered, to: nil, by: .post(Laboratory.analyst), under: Laboratory.regulation[1],
        fields: [\Assay.readers, \Assay.price, \Assay.warmth, \Assay.quarter, \Assay.items], isOptional: true)
    package static let close = Step<Assay>(
        "close", "结案", "Close", from: .entered, to: .closed, by: .post(Laboratory.analyst), under: Laboratory.regulation[1]
    ) { assay, act in
        let sum = assay.items.compactMap(\.amount).reduce(0, +)
        try act.require(sum == 0 || sum == 100, "含量合计应为 100，现为 \(sum)", "The amounts must add up to 100; they are \(sum)")
        if let quarter = assay.quarter {
            let others = try act.count(\Assay.quarter, is: quarter)
            try act.require(others < 3, "每\(quarter.words.zh)最多三件", "At most three in \(quarter.words.en)")
        }
    }
    package static let steps = [enter, amend, close]
}
