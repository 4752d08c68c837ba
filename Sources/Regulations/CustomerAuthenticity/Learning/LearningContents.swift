import Kernel

/// What carries out 第九条 and 第十条, and the agent's own confirmation of 第十一条: how sellers learn, are tested, and may sell.
extension Post {
    /// 营销员, 银保专管员: sells, and has a log-in to learn, to be tested and to confirm what was checked with the customer.
    package static let seller = Post("seller", "业务员", "Seller")
}

extension Parameter {
    /// How long hours that were attended count for a test.
    static let trainingValidMonths = Parameter("trainingValidMonths", in: authenticity[9])
    /// From one regular test to the next.
    static let testIntervalMonths = Parameter("testIntervalMonths", in: authenticity[9])
    /// In hundredths of the points of a paper.
    static let passMark = Parameter("passMark", in: authenticity[10])
    /// After so many failures a seller waits and is trained anew.
    static let failuresBeforeTraining = Parameter("failuresBeforeTraining", in: authenticity[10])
    static let retakeWaitDays = Parameter("retakeWaitDays", in: authenticity[10])
    static let gradeOfLife = Parameter("gradeOfLife", in: authenticity[10])
    static let gradeOfAccident = Parameter("gradeOfAccident", in: authenticity[10])
    static let gradeOfHealth = Parameter("gradeOfHealth", in: authenticity[10])
    static let gradeOfParticipating = Parameter("gradeOfParticipating", in: authenticity[10])
    static let gradeOfUniversal = Parameter("gradeOfUniversal", in: authenticity[10])
    static let gradeOfUnitLinked = Parameter("gradeOfUnitLinked", in: authenticity[10])
    /// 1: an agent who has a log-in confirms the check in person; 0: the mark of whoever enters the application is enough.
    static let ownConfirmation = Parameter("ownConfirmation", in: authenticity[11])

    static let learning: [Parameter] = [
        .trainingValidMonths, .testIntervalMonths, .passMark, .failuresBeforeTraining, .retakeWaitDays, .gradeOfLife, .gradeOfAccident,
        .gradeOfHealth, .gradeOfParticipating, .gradeOfUniversal, .gradeOfUnitLinked, .ownConfirmation,
    ]
}

/// The documents, in the order in which they are needed.
let learningDocuments: [any Document.Type] = [
    SellerCourse.self, ClassSession.self, TestQuestion.self, QuestionCorrection.self, TestPaper.self, SellerTest.self, AnswerSheet.self,
    CheckConfirmation.self,
]

let learningDuties: [Duty] = [SellerTest.round]
let learningFindings: [Finding] = [Agent.withoutLicence, Agent.endingSoon]
