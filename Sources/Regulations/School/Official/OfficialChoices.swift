import Kernel
import WorkCalendar

/// 文种: what an official document is, and in which directions it goes (GB/T 9704 and the rules on official documents).
package enum OfficialKind: String, Choosable {
    case unknown = "", decision, notice, circular, announcement, report, request, reply, letter, minutes, opinion
    package var words: Words {
        switch self {
        case .unknown: Words("未定", "Not said")
        case .decision: Words("决定", "Decision")
        case .notice: Words("通知", "Notice")
        case .circular: Words("通报", "Circular")
        case .announcement: Words("通告", "Announcement")
        case .report: Words("报告", "Report")
        case .request: Words("请示", "Request")
        case .reply: Words("批复", "Reply to a request")
        case .letter: Words("函", "Letter")
        case .minutes: Words("纪要", "Minutes")
        case .opinion: Words("意见", "Opinion")
        }
    }

    /// In which directions it goes by rule.
    var directions: Set<Direction> {
        switch self {
        case .request, .report: [.up]
        case .reply, .decision, .circular: [.down]
        case .notice, .announcement: [.down, .peer]
        case .letter: [.peer]
        case .minutes, .opinion, .unknown: [.up, .down, .peer]
        }
    }

    /// One that goes the other way is refused; of the rest it is said that it is unusual.
    var isStrict: Bool { self == .request || self == .reply || self == .letter }
    /// Minutes bear no seal.
    var isSealed: Bool { self != .minutes }
}

package enum Urgency: String, Choosable {
    case ordinary = "", urgent, extra
    package var words: Words {
        switch self {
        case .ordinary: Words("普通", "Ordinary")
        case .urgent: Words("加急", "Urgent")
        case .extra: Words("特急", "Most urgent")
        }
    }
}

extension Direction {
    /// As official documents say it: 上行文, 下行文, 平行文.
    var writing: Words {
        switch self {
        case .unknown: Words("未定方向", "without a direction")
        case .up: Words("上行文", "upwards")
        case .down: Words("下行文", "downwards")
        case .peer: Words("平行文", "sideways")
        }
    }
}

/// 主送、抄送 and where each stands to the school.
package struct Recipient: Line {
    package enum Role: String, Choosable {
        /// What is not said is the first.
        case unsaid = "", main, copy
        package var words: Words { self == .copy ? Words("抄送", "Copy") : Words("主送", "To") }
    }
    package var name = ""
    package var role = Role.unsaid
    package var relation = Direction.unknown
    package var isPerson = false
    package init() {}

    package static let fields: [Field<Recipient>] = [
        .text(\.name, "机关", "Office"), .choice(\.role, "主送或抄送", "To or copy").optional(),
        .choice(\.relation, "方向", "Direction"), .flag(\.isPerson, "是个人", "A person"),
    ]
}

/// 份号: one copy and who has it.
package struct CopyNumber: Line {
    package var serial = "", holder = ""
    package var isReturned = false
    package init() {}

    package static let fields: [Field<CopyNumber>] = [
        .text(\.serial, "份号", "Copy").code(), .text(\.holder, "持有人", "Holder").optional(), .flag(\.isReturned, "已收回", "Returned"),
    ]
}

/// 签收回执: what one of the recipients sent back.
package struct Receipt: Line {
    package var name = "", by = ""
    package var day: Day?
    package var copies = 1
    package init() {}

    package static let fields: [Field<Receipt>] = [
        .text(\.name, "签收机关", "Received by"), .text(\.by, "签收人", "Signed for by"), .day(\.day, "签收日期", "Day"),
        .whole(\.copies, "份数", "Copies", in: 1...9999),
    ]
}

enum OfficialNumber {
    /// 发文机关代字: the code before the year, of no more than a dozen characters, without digits and brackets.
    static func isCode(_ code: String) -> Bool {
        (2...12).contains(code.count) && !code.contains { $0.isNumber || $0.isWhitespace || "〔〕[]()（）第号".contains($0) }
    }

    static func isWriting(_ number: String) -> Bool {
        let parts = number.split(separator: "〔", maxSplits: 1).map(String.init)
        guard parts.count == 2, number.hasSuffix("号"), isCode(parts[0]) else { return false }
        let rest = parts[1].dropLast().split(separator: "〕", maxSplits: 1).map(String.init)
        return rest.count == 2 && rest[0].count == 4 && rest[0].allSatisfy(\.isASCIIDigit) && !rest[1].hasPrefix("0") && !rest[1].isEmpty
            && rest[1].allSatisfy(\.isASCIIDigit)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
