import Kernel

/// 课程类别. Hours on the application form are asked for by 第九条; the others are kept apart from them.
package enum CourseSubject: String, Choosable {
    case unknown = "", applications, law, ethics

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .applications: Words("投保单规范填写", "Filling in applications")
        case .law: Words("法律法规", "Law and rules")
        case .ethics: Words("职业道德", "Professional ethics")
        }
    }
}

/// 考点: what a question is about.
package enum QuestionTopic: String, Choosable {
    case unknown = "", applicant, insured, contact, account, signature, check

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .applicant: Words("投保人资料", "Data of the applicant")
        case .insured: Words("被保险人资料", "Data of the insured")
        case .contact: Words("联系方式", "Ways of contact")
        case .account: Words("缴费账户", "Account of the premium")
        case .signature: Words("签名", "Signatures")
        case .check: Words("核对与回访", "Checking and call-back")
        }
    }
}

/// 难度.
package enum Difficulty: String, Choosable {
    case unknown = "", easy, medium, hard

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .easy: Words("易", "Easy")
        case .medium: Words("中", "Medium")
        case .hard: Words("难", "Hard")
        }
    }
}

/// 题型.
package enum QuestionKind: String, Choosable {
    case unknown = "", single, multiple, judgement

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .single: Words("单选题", "One is right")
        case .multiple: Words("多选题", "Several are right")
        case .judgement: Words("判断题", "Right or wrong")
        }
    }
}

/// 测试结果.
package enum TestResult: String, Choosable {
    case unknown = "", passed, failed

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .passed: Words("通过", "Passed")
        case .failed: Words("未通过", "Failed")
        }
    }
}

/// What becomes of those who answered a question that is corrected.
package enum CorrectionEffect: String, Choosable {
    case unknown = "", wording, key, void

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .wording: Words("仅改文字，成绩不变", "Wording alone; no result changes")
        case .key: Words("更正答案，重新评分", "Another answer is right; marked anew")
        case .void: Words("试题作废，均得分", "Void: everybody has its points")
        }
    }
}

/// What a result that changes later does to the right to sell: from the day of the decision on, never back.
package enum QualificationEffect: String, Choosable {
    case unknown = "", unchanged, gained, lost

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .unchanged: Words("资格不变", "Stays as it is")
        case .gained: Words("自审批之日起具备资格", "Qualified from the decision on")
        case .lost: Words("自审批之日起停止资格", "Not qualified from the decision on")
        }
    }
}

/// 销售人员等级, from 4, the lowest, to 1. Each sells the products of its grade and those below.
package enum SellerGrade: String, Choosable {
    case unknown = "", fourth = "4", third = "3", second = "2", first = "1"

    /// What one of unknown grade is taken for.
    static let lowest = SellerGrade.fourth
    static let highest = SellerGrade.first

    var level: Int { Int(rawValue) ?? SellerGrade.lowest.level }

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .fourth: Words("四级", "Grade 4")
        case .third: Words("三级", "Grade 3")
        case .second: Words("二级", "Grade 2")
        case .first: Words("一级", "Grade 1")
        }
    }

    /// 三级 of 3.
    static func words(_ level: Int) -> Words { SellerGrade(rawValue: String(level))?.words ?? Words("\(level)级", "grade \(level)") }
}

extension ProductClass {
    /// 产品分级: the lowest grade that sells it.
    var leastGrade: Parameter? {
        switch self {
        case .unknown: nil
        case .life: .gradeOfLife
        case .accident: .gradeOfAccident
        case .health: .gradeOfHealth
        case .participating: .gradeOfParticipating
        case .universal: .gradeOfUniversal
        case .unitLinked: .gradeOfUnitLinked
        }
    }
}

/// How the seller stood on the day of signing and on that of entry, where the second is later (第十条).
package enum SellerStanding: String, Choosable {
    case unknown = "", both, signingOnly = "signing_only", recordedLater = "recorded_later"

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .both: Words("签署日、录入日均具备资格", "Qualified on the day of signing and on that of entry")
        case .signingOnly: Words("签署日具备资格，录入日已不具备", "Qualified on the day of signing, not on that of entry")
        case .recordedLater: Words("签署日的资格系事后补登", "The qualification of the day of signing was recorded after it")
        }
    }
}
