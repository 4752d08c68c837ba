import Kernel
import WorkCalendar

/// 查询渠道使用情况: how often customers asked by each channel in a month, as the registers of queries have it (第二十六条).
func queryUsage(_ inquiry: Inquiry, _ days: ClosedRange<Day>) throws -> [UsageFigure] {
    [
        UsageFigure(.queries, "telephone", try inquiry.count(TelephoneQuery.self, created: days)),
        UsageFigure(.queries, "counter", try inquiry.count(CounterQuery.self, created: days)),
        UsageFigure(.queries, "web", try inquiry.count(PortalVisit.self, created: days)),
    ]
}

/// The channels, as parts of `UsageMeasure.queries`.
let queryParts = [
    FieldKind.Choice(value: "telephone", words: Words("电话", "Telephone")), FieldKind.Choice(value: "counter", words: Words("柜台", "Counter")),
    FieldKind.Choice(value: "web", words: Words("网上", "Web")),
]
