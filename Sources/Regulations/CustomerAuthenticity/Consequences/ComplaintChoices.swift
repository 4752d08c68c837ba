import Kernel

extension Complaint {
    package enum Way: String, Choosable {
        case unknown = "", telephone, visit, letter, web, regulator, association
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .telephone: Words("电话", "Telephone")
            case .visit: Words("来访", "Visit")
            case .letter: Words("来信", "Letter")
            case .web: Words("网络", "Web site")
            case .regulator: Words("监管部门转办", "Handed on by the regulator")
            case .association: Words("行业协会转办", "Handed on by the association")
            }
        }
    }

    package enum Complainant: String, Choosable {
        case unknown = "", applicant, insured, beneficiary, heir, proxy
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .applicant: Words("投保人", "Applicant")
            case .insured: Words("被保险人", "Insured")
            case .beneficiary: Words("受益人", "Beneficiary")
            case .heir: Words("继承人", "Heir")
            case .proxy: Words("受托人", "Proxy")
            }
        }
    }

    package enum Matter: String, Choosable {
        case unknown = "", misSelling = "mis_selling", falseData = "false_data", service, other
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .misSelling: Words("销售误导", "Mis-selling")
            case .falseData: Words("客户资料不实", "False customer data")
            case .service: Words("服务质量", "Service")
            case .other: Words("其他", "Other")
            }
        }
    }

    /// How far the limit was extended.
    package enum Difficulty: String, Choosable {
        case ordinary = "", complex, veryComplex = "very_complex"
        package var words: Words {
            switch self {
            case .ordinary: Words("一般", "Ordinary")
            case .complex: Words("情况复杂", "Complex")
            case .veryComplex: Words("情况特别复杂", "Very complex")
            }
        }
    }

    /// By what a sale misleads: deception, concealment or inducement.
    package enum Behaviour: String, CaseIterable, Sendable {
        case exaggerated, falseLaw = "false_law", freeCover = "free_cover", shamEnd = "sham_end", falseCompany = "false_company"
        case soldAsDeposit = "sold_as_deposit", otherCompany = "other_company", exclusions, surrenderLoss = "surrender_loss", charges
        case uncertainty, lapse, waitingPeriod = "waiting_period", coolingOff = "cooling_off", hindered, promised, replaced
        case comparedWithInterest = "compared_with_interest"

        package var words: Words {
            switch self {
            case .exaggerated: Words("夸大保险责任或收益", "Exaggerated cover or returns")
            case .falseLaw: Words("虚假宣传法律、政策", "False law or policy")
            case .freeCover: Words("以赠送、免费为名销售", "“Free” cover")
            case .shamEnd: Words("虚假停售宣传", "Sham end of sale")
            case .falseCompany: Words("虚假介绍公司情况", "False facts of the company")
            case .soldAsDeposit: Words("以存款、理财等名义销售", "Sold as a deposit or fund")
            case .otherCompany: Words("冒用其他公司产品", "Another company's product")
            case .exclusions: Words("隐瞒免责条款", "Concealed exclusions")
            case .surrenderLoss: Words("隐瞒退保损失", "Concealed loss on surrender")
            case .charges: Words("隐瞒费用扣除", "Concealed charges")
            case .uncertainty: Words("隐瞒收益不确定", "Concealed uncertainty")
            case .lapse: Words("隐瞒缴费期限和失效后果", "Concealed terms and lapse")
            case .waitingPeriod: Words("隐瞒等待期", "Concealed waiting period")
            case .coolingOff: Words("隐瞒犹豫期权利", "Concealed cooling-off")
            case .hindered: Words("阻碍投保人如实告知", "Hindered disclosure")
            case .promised: Words("承诺收益", "Promised returns")
            case .replaced: Words("诱导退保转保", "Talked into replacing")
            case .comparedWithInterest: Words("与存款利率等简单对比", "Plain comparison with interest")
            }
        }

        static var choices: [FieldKind.Choice] { allCases.map { .init(value: $0.rawValue, words: $0.words) } }
    }
}

/// Who speaks for a group that complains together.
package struct ComplaintSpeaker: Line {
    package var name = "", phone = ""
    package init() {}

    package static let fields: [Field<ComplaintSpeaker>] = [
        .name(\.name, "姓名", "Name"), .sealed(\.phone, "电话", "Telephone", .phone).optional(),
    ]
}
