import Kernel

/// （3） 质量信息六类.
package enum InformationClass: String, Choosable {
    case unknown = "", law, supplier, competitor, house = "internal", authority, consumer

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .law: Words("法律法规政策", "Law and policy")
        case .supplier: Words("供货单位质量保证能力", "Supplier's capability")
        case .competitor: Words("同行质量措施、水平、效益", "Competitors")
        case .house: Words("企业内部质量数据、记录、报表", "Internal data and records")
        case .authority: Words("监督检查公布的信息", "Authorities' announcements")
        case .consumer: Words("消费者查询、反映、投诉", "Consumers' questions, remarks and complaints")
        }
    }

    static var choices: [FieldKind.Choice] { allCases.filter { $0 != .unknown }.map { .init(value: $0.rawValue, words: $0.words) } }
}

/// （1） 进、销、调、存.
package enum Stage: String, Choosable {
    case unknown = "", purchase, sale, transfer, storage

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .purchase: Words("购进", "Purchase")
        case .sale: Words("销售", "Sale")
        case .transfer: Words("调拨", "Transfer")
        case .storage: Words("储存", "Storage")
        }
    }
}

/// （5） 收集方法.
package enum Collecting: String, Choosable {
    case unknown = "", statistics, meeting, feedbackForm = "feedback-form", staffOpinion = "staff-opinion", questionnaire, panel, telephone,
        visit, network, analysis

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .statistics: Words("统计报表", "Statistics")
        case .meeting: Words("质量分析会、汇报会", "Meeting")
        case .feedbackForm: Words("部门反馈单及记录", "Feedback form or record of a department")
        case .staffOpinion: Words("职工意见", "Staff opinion")
        case .questionnaire: Words("问卷", "Questionnaire")
        case .panel: Words("座谈会", "Panel")
        case .telephone: Words("电话访问", "Telephone interview")
        case .visit: Words("现场观察咨询", "Visit on site")
        case .network: Words("人际关系网络", "Personal network")
        case .analysis: Words("现有信息分析", "Analysis of what is known")
        }
    }
}

/// （7） Ordinary where nothing is chosen.
package enum Urgency: String, Choosable {
    case ordinary = "", abnormal, sudden

    package var words: Words {
        switch self {
        case .ordinary: Words("", "")
        case .abnormal: Words("异常", "Abnormal")
        case .sudden: Words("突发", "Sudden")
        }
    }
}

/// Who decides: the charter knows the leader; traders let smaller matters be decided nearer.
package enum Decider: String, Choosable {
    case leader, department, unit

    package var words: Words {
        switch self {
        case .leader: Words("A 企业领导决策", "A: the leader decides")
        case .department: Words("B 质量管理部负责人决策", "B: the head of quality decides")
        case .unit: Words("C 部门负责人决策", "C: the head of the unit decides")
        }
    }
}

/// 药品不良反应: it runs beside the ten hours, and neither takes the other's place.
package enum AdverseReaction: String, Choosable {
    case none = "", serious, death, other

    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .serious: Words("新的或严重的", "New or serious")
        case .death: Words("死亡", "Death")
        case .other: Words("其他", "Other")
        }
    }
}

/// （4） 适用: judged by the hub at closing.
package enum Usefulness: String, Choosable {
    case unknown = "", useful, little, useless

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .useful: Words("有用", "Useful")
        case .little: Words("用处不大", "Of little use")
        case .useless: Words("无用", "Of no use")
        }
    }
}

/// （3）⑥.
package enum ConsumerConcern: String, Choosable {
    case unknown = "", question, remark, complaint

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .question: Words("质量查询", "Question")
        case .remark: Words("质量反映", "Remark")
        case .complaint: Words("质量投诉", "Complaint")
        }
    }
}

/// As whom the written form was received.
package enum Receipt: String, Choosable {
    case none = "", manager, deputy, paper

    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .manager: Words("经理签收", "By the manager")
        case .deputy: Words("副经理代为签收", "By the deputy, as such")
        case .paper: Words("纸质送达", "On paper")
        }
    }
}

/// Lists of several answers.
enum Several {
    private static func choices(_ words: [(String, String, String)]) -> [FieldKind.Choice] {
        words.map { .init(value: $0.0, words: Words($0.1, $0.2)) }
    }

    static let capabilities = choices([
        ("people", "人员", "People"), ("equipment", "设备", "Equipment"), ("process", "工艺", "Process"), ("system", "制度", "System"),
    ])
    static let competitorAspects = choices([
        ("measures", "质量措施", "Measures"), ("level", "质量水平", "Level"), ("benefit", "质量效益", "Benefit"),
    ])
    static let internalAspects = choices([
        ("drug", "药品质量", "Drugs"), ("environment", "环境质量", "Environment"), ("service", "服务质量", "Service"),
        ("work", "工作质量", "Work"),
    ])
}
