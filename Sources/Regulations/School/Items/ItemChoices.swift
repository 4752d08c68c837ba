import Kernel

/// 信息类别 (第二条).
package enum ItemClass: String, Choosable {
    case unknown = "", administrative, market
    package var words: Words {
        switch self {
        case .unknown: Words("未定", "Not said")
        case .administrative: Words("行政信息", "Administrative")
        case .market: Words("市场信息", "Market")
        }
    }
}

/// What kind of administrative information it is.
package enum AdministrativeSubtype: String, Choosable {
    case unknown = "", document, notice, minutes, plan, statistics, other
    package var words: Words {
        switch self {
        case .unknown: Words("未定", "Not said")
        case .document: Words("公文", "Official document")
        case .notice: Words("通知", "Notice")
        case .minutes: Words("会议纪要", "Minutes")
        case .plan: Words("计划总结", "Plan or summary")
        case .statistics: Words("统计报表", "Statistics")
        case .other: Words("其他", "Other")
        }
    }
}

package enum MarketSubtype: String, Choosable {
    case unknown = "", student, call, quote, contract, proposal, competitor, industry, other
    package var words: Words {
        switch self {
        case .unknown: Words("未定", "Not said")
        case .student: Words("学员档案", "Student file")
        case .call: Words("电话记录", "Call record")
        case .quote: Words("报价", "Quote")
        case .contract: Words("合同", "Contract")
        case .proposal: Words("方案", "Proposal")
        case .competitor: Words("竞争对手", "Competitor")
        case .industry: Words("行业动态", "Industry")
        case .other: Words("其他", "Other")
        }
    }
}

/// 载体形式.
package enum ItemForm: String, Choosable {
    case unknown = "", text, mail, document, fax, callRecord = "call-record", quote, contract, proposal, report
    package var words: Words {
        switch self {
        case .unknown: Words("未定", "Not said")
        case .text: Words("文字", "Text")
        case .mail: Words("邮件", "E-mail")
        case .document: Words("文件", "Document")
        case .fax: Words("传真", "Fax")
        case .callRecord: Words("电话记录", "Call record")
        case .quote: Words("报价", "Quote")
        case .contract: Words("合同", "Contract")
        case .proposal: Words("方案", "Proposal")
        case .report: Words("报告", "Report")
        }
    }
}

/// 传送方向: 上传, 下达, 平级传送.
package enum Direction: String, Choosable {
    case unknown = "", up, down, peer
    package var words: Words {
        switch self {
        case .unknown: Words("未定", "Not said")
        case .up: Words("上传", "Up")
        case .down: Words("下达", "Down")
        case .peer: Words("平级传送", "Sideways")
        }
    }
}

/// 市场信息来源 (第十八条).
package enum ItemSource: String, Choosable {
    case unknown = "", business, other
    package var words: Words {
        switch self {
        case .unknown: Words("未定", "Not said")
        case .business: Words("业务（客户）信息", "Business (customer)")
        case .other: Words("非业务市场信息", "Non-business")
        }
    }
}

/// 密级 of the school's own, without the marks of state secrets, which none of this is.
package enum Secrecy: String, Choosable {
    case unknown = "", open, inside = "internal", controlled, core
    package var words: Words {
        switch self {
        case .unknown: Words("未定", "Not said")
        case .open: Words("公开", "Open")
        case .inside: Words("内部", "Internal")
        case .controlled: Words("受控", "Controlled")
        case .core: Words("核心", "Core")
        }
    }

    /// 机密: only for those on its core list.
    package var isConfidential: Bool { self == .controlled || self == .core }

    package var level: Level {
        switch self {
        case .unknown, .open, .inside: .internal
        case .controlled: .secret
        case .core: .topSecret
        }
    }
}
