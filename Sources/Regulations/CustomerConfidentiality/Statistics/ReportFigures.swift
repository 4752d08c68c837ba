import Kernel
import WorkCalendar

/// The figures of a report, computed from the archive as it stands (第9条). Classified files are in none of them: a count would tell of them.
struct ReportFigures {
    private let act: Act
    private let days: ClosedRange<Day>
    private let files: [Found<CustomerFile>]

    init(_ days: ClosedRange<Day>, _ act: Act) throws {
        (self.act, self.days) = (act, days)
        var files: [Found<CustomerFile>] = []
        for state in CustomerFile.State.allCases { files += try act.all(CustomerFile.self, in: state, createdBy: days.upperBound) }
        self.files = files.filter { $0.record.level < .secret }
    }

    func rows(_ items: [ReportItem]) throws -> [ReportRow] { try items.flatMap(rows) }

    private var kept: [Found<CustomerFile>] {
        files.filter { [.open, .closed].contains($0.state) }
    }

    private func rows(_ item: ReportItem) throws -> [ReportRow] {
        switch item {
        case .stock: [ReportRow(item, "", kept.count)]
        case .opened: [ReportRow(item, "", files.filter { days.contains($0.record.created.day) }.count)]
        case .closed: [ReportRow(item, "", files.filter { $0.value.closedOn.map(days.contains) ?? false }.count)]
        case .classes: grouped(item, by: \.customerClass.words.zh)
        case .kinds: grouped(item, by: \.subclass.words.zh)
        case .regions: grouped(item) { $0.region.isEmpty ? "未填地区" : $0.region }
        case .incomplete: [ReportRow(item, "", kept.filter { $0.state == .open && !$0.value.lacking.isEmpty }.count)]
        case .contacts: [ReportRow(item, "", try count(FirstContact.self))]
        case .loans: [ReportRow(item, "", try loans())]
        case .repairs: [ReportRow(item, "", try count(RepairOrder.self))]
        case .alarms: [ReportRow(item, "", try count(ClimateAlarm.self))]
        }
    }

    private func grouped(_ item: ReportItem, by key: (CustomerFile) -> String) -> [ReportRow] {
        Dictionary(grouping: kept) { key($0.value) }.filter { !$0.key.isEmpty }
            .sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }.map { ReportRow(item, $0.key, $0.value.count) }
    }

    /// A loan that is out keeps its level until it is struck: what counts is that of its file.
    private func loans() throws -> Int {
        let known = Set(files.map(\.id))
        return try Loan.State.allCases.reduce(0) { count, state in
            let found = try act.all(Loan.self, in: state, createdFrom: days.lowerBound, createdBy: days.upperBound)
            return count + found.filter { $0.record.level < .secret && known.contains($0.value.file) }.count
        }
    }

    private func count<D: Document>(_ type: D.Type) throws -> Int {
        try D.State.allCases.reduce(0) { count, state in
            let found = try act.all(type, in: state, createdFrom: days.lowerBound, createdBy: days.upperBound)
            return count + found.filter { $0.record.level < .secret }.count
        }
    }
}

/// One figure of a report, beside that of the issue before.
package struct ReportRow: Line {
    package var item = "", label = ""
    package var value = 0, previous = 0
    package init() {}

    init(_ item: ReportItem, _ label: String, _ value: Int) {
        (self.item, self.label, self.value) = (item.rawValue, label, value)
    }

    package static let fields: [Field<ReportRow>] = [
        .codes(\.item, "统计项目", "Item", ReportItem.choices), .text(\.label, "分项", "Part").code().optional(),
        .whole(\.value, "本期", "This period", in: 0...100_000_000), .whole(\.previous, "上期", "Period before", in: 0...100_000_000),
    ]
}
