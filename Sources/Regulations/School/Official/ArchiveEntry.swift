import Kernel
import WorkCalendar

/// 归档文件: a piece of the office's archive with its reference code 全宗号-门类·年度-保管期限-机构(问题)-件号 (第八条, 第十六条).
package struct ArchiveEntry: Document {
    package enum State: String, CaseIterable, Sendable { case held, transferred }
    package enum Retention: String, Choosable {
        case unknown = "", permanent, thirty, ten
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .permanent: Words("永久", "Permanent")
            case .thirty: Words("30年", "30 years")
            case .ten: Words("10年", "10 years")
            }
        }
        fileprivate var code: String {
            switch self {
            case .permanent: "Y"
            case .thirty, .unknown: "D30"
            case .ten: "D10"
            }
        }
    }
    package var subject = "", number = "", author = "", series = "", reference = "", list = ""
    package var secrecy = Secrecy.unknown
    package var retention = Retention.thirty
    package var day: Day?
    package var pages = 0
    package init() {}

    package static let name = "archive-entry"
    package var title: String { subject }

    package static let form = Form<ArchiveEntry>(
        "归档文件", "Archived piece",
        states: [.held: .done("在档", "Held"), .transferred: .done("已移交", "Transferred")], readers: [.office],
        [
            .text(\.reference, "档号", "Reference code").code().unique(under: school[16]).listed(),
            .text(\.subject, "题名", "Title").listed(), .text(\.number, "文号", "Number").code().optional().listed(),
            .text(\.author, "责任者", "Author").optional(), .day(\.day, "日期", "Day").listed(), .choice(\.secrecy, "密级", "Secrecy"),
            .choice(\.retention, "保管期限", "Retention").listed(), .whole(\.pages, "页数", "Pages", in: 0...100_000).optional(),
            .text(\.series, "类目", "Series").code().indexed().optional(),
            .text(\.list, "移交清单", "Transfer list").code().indexed().onceFilled(),
        ])

    package static let enter = Step<ArchiveEntry>("enter", "归档", "File", to: .held, by: .system, under: school[8], school[16]) {
        entry, act in try entry.place(act)
    }
    /// A paper that reaches the archive by itself.
    package static let register = Step<ArchiveEntry>(
        "register", "登记归档", "File by hand", to: .held, by: .office, under: school[16],
        fields: [\.subject, \.number, \.author, \.day, \.secrecy, \.retention, \.pages]
    ) { entry, act in try entry.place(act) }
    package static let transfer = Step<ArchiveEntry>(
        "transfer", "移交", "Transfer", from: .held, to: .transferred, by: .office, under: school[16], fields: [\.list], isOptional: true
    ) { entry, act in try act.require(!entry.list.isEmpty, "请填写移交清单编号", "Say on which list it is transferred") }
    package static let steps = [enter, register, transfer]

    private mutating func place(_ act: Act) throws {
        let year = day?.year ?? act.today.year
        day = day ?? act.today
        if secrecy.isConfidential { act.raise(to: secrecy.level) }
        series = "XX01-WS·\(year)-\(retention.code)-U\(act.organisation.lineage(act.record.unit).count)"
        reference = "\(series)-\(try act.count(\ArchiveEntry.series, is: series) + 1)"
    }

    static func enter(_ subject: String, _ secrecy: Secrecy, number: String, author: String = "", _ act: Act) throws {
        var entry = ArchiveEntry()
        (entry.subject, entry.secrecy, entry.number, entry.author, entry.day) = (subject, secrecy, number, author, act.today)
        entry.retention = secrecy == .core ? .permanent : .thirty
        try act.create(entry, by: enter)
    }
}
