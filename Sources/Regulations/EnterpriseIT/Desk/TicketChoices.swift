import Kernel
import WorkCalendar

package enum TicketKind: String, Choosable {
    case none = "", question, fault, wish
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .question: Words("咨询", "Question")
        case .fault: Words("故障", "Fault")
        case .wish: Words("需求", "Request")
        }
    }
}

package enum Weight: String, Choosable {
    case none = "", high, medium, low
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .high: Words("高", "High")
        case .medium: Words("中", "Medium")
        case .low: Words("低", "Low")
        }
    }
    var points: Int { [.high: 3, .medium: 2, .low: 1][self] ?? 1 }
}

/// 优先级: from urgency, which the asker says, and impact, which the desk says; 重大 stands beside the matrix.
package enum Priority: String, Choosable {
    case none = "", major, first, second, third, fourth
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .major: Words("重大", "Major")
        case .first: Words("一级", "P1")
        case .second: Words("二级", "P2")
        case .third: Words("三级", "P3")
        case .fourth: Words("四级", "P4")
        }
    }

    package static func of(_ urgency: Weight, _ impact: Weight) -> Priority {
        switch urgency.points + impact.points {
        case 6: .first
        case 5: .second
        case 4: .third
        default: .fourth
        }
    }

    /// Working hours to the solution.
    var parameter: Parameter {
        switch self {
        case .major: .majorHours
        case .first: .firstHours
        case .second: .secondHours
        case .third: .thirdHours
        case .fourth, .none: .fourthHours
        }
    }
}

package enum Satisfaction: String, Choosable {
    case none = "", good, fair, bad
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .good: Words("满意", "Satisfied")
        case .fair: Words("一般", "Fair")
        case .bad: Words("不满意", "Not satisfied")
        }
    }
}

/// When the clock stood and ran on: from these alone it is reckoned.
package struct TicketEvent: Line {
    package enum Kind: String, Choosable {
        case none = "", pause, resume
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .pause: Words("停", "Paused")
            case .resume: Words("续", "Resumed")
            }
        }
    }
    package var at: Moment?
    package var by = PersonID.none
    package var kind = Kind.none
    package var note = ""
    package init() {}
    init(_ kind: Kind, _ act: Act, _ note: String) { (self.kind, at, by, self.note) = (kind, act.now, act.person, note) }

    package static let fields: [Field<TicketEvent>] = [
        .moment(\.at, "时间", "At"), .person(\.by, "经办", "By").optional().unindexed(), .choice(\.kind, "计时", "Clock"),
        .text(\.note, "说明", "Note").optional().longest(20_000),
    ]
}
