import Kernel
import Testing

/// Each kind of mistake that the tables of a regulation can hold is said in a sentence before the program serves anybody.
@Suite struct CatalogueCheckTests {
    @Test func soundTablesHaveNoMistakes() {
        #expect(Catalogue.mistakes(in: [clinicContents]).isEmpty)
    }

    @Test func everyMistakeOfADocumentTypeIsNamed() {
        let found = Catalogue.mistakes(in: [contents(documents: [Faulty.self])])
        let wanted = [
            "faulty has two steps begin",
            "faulty has two clocks limit",
            "faulty.begin asks for left, which the form has not",
            "faulty.end is not for who took elsewhere, which is no step of faulty",
            "faulty.end is under ward 第9条, which no Articles.yaml has",
            "faulty.export: the API has another use for this word",
            "faulty.export carries out no article",
            "faulty.export: porter is no post of ward",
            "faulty: the clock limit takes elsewhere, which is no step of faulty",
            "faulty: the clock start moves by elsewhere, which is no step of faulty",
            "faulty.begin creates the document, and no document says yet when",
            "faulty: the clock limit is under ward 第8条, which no Articles.yaml has",
            "faulty: the readers: the field left names no person",
            "faulty: the readers: the field note names no unit", "faulty: the readers: the field note names no people",
        ]
        for sentence in wanted { #expect(found.contains(sentence), "\(sentence) is not among \(found)") }
    }

    @Test func aTypeThatNobodyCanCreateIsNamed() {
        #expect(Catalogue.mistakes(in: [contents(documents: [Endless.self])]) == ["endless has no step that creates it"])
    }

    @Test func everyMistakeOfARegulationIsNamed() {
        let duty = Duty("count", "清点", "Count", under: ward[7], .eachMonth) { _ in }
        let finding = Finding("lost", "遗失", "Lost", under: ward[6], in: Patient.State.filed, by: .post(porter)) { (_: Patient, _) in true }
        let found = Catalogue.mistakes(in: [
            contents(
                parameters: [Parameter("beds", in: ward[1])], posts: [nurse, nurse], duties: [duty, duty], findings: [finding, finding],
                readings: ward[5], supervisors: [porter])
        ])
        let wanted = [
            "ward has two posts nurse", "ward has two duties count", "ward has two findings lost",
            "ward: the duty count is under ward 第7条, which no Articles.yaml has",
            "ward: the finding lost is under ward 第6条, which no Articles.yaml has",
            "ward: the finding lost is about patient, which is none of its documents",
            "ward: the reading of personal data is under ward 第5条, which no Articles.yaml has",
            "ward: ward 第1条 sets no parameter beds",
            "ward: the supervisors hold the post porter, which is none of its posts",
        ]
        for sentence in wanted { #expect(found.contains(sentence), "\(sentence) is not among \(found)") }
    }

    /// A step is rehearsed with several documents at once, as often as somebody likes: what counts wrong answers would be asked without
    /// counting.
    @Test func aStepThatCountsItsTriesIsNotOfferedForSeveral() {
        #expect(
            Catalogue.mistakes(in: [contents(documents: [Riddle.self])]) == [
                "riddle.answer counts its tries, and is offered for several documents at once, which rehearses it without counting"
            ])
    }

    @Test func twoTypesOfOneNameAreNamed() {
        #expect(
            Catalogue.mistakes(in: [clinicContents, contents(posts: [nurse, doctor], documents: [Patient.self])]).contains(
                "two document types are called patient"))
    }

    private func contents(
        parameters: [Parameter] = [], posts: [Post] = [nurse], documents: [any Document.Type] = [], duties: [Duty] = [],
        findings: [Finding] = [],
        readings: Article? = nil,
        supervisors: [Post] = []
    ) -> RegulationContents {
        RegulationContents(
            ward, articles: Array("articles:\n- {ref: 第1条, zh: 登记, en: Register, kind: [register], demands: [a]}\n".utf8),
            parameters: parameters, posts: posts, documents: documents, duties: duties, findings: findings, readings: readings,
            supervisors: supervisors)
    }
}

private let ward = Regulation("ward", Words("病区制度", "Ward"), short: Words("病区", "Ward"), numbering: .arabic)
private let porter = Post("porter", "护工", "Porter")

private struct Faulty: Document {
    enum State: String, CaseIterable, Sendable { case begun, ended }
    static let name = "faulty"
    var note = ""
    var left = PersonID.none
    var place = UnitID.none
    init() {}

    static let form = Form<Faulty>(
        "错表", "Faulty", states: [.begun: .open("开始", "Begun"), .ended: .done("结束", "Ended")],
        readers: [.named(\Faulty.left), .postOf(nurse, field: "note"), .each(field: "note")], [.text(\.note, "备注", "Note")])
    static let begin = Step<Faulty>(
        "begin", "开始", "Begin", to: .begun, by: .staff, when: { _ in true }, under: ward[1], fields: [\.note, \.left])
    static let again = Step<Faulty>("begin", "再开始", "Begin again", from: .begun, to: nil, by: .staff, under: ward[1])
    private static let elsewhere = Step<Faulty>("elsewhere", "别处", "Elsewhere", from: .begun, to: nil, by: .staff, under: ward[1])
    static let end = Step<Faulty>("end", "结束", "End", from: .begun, to: .ended, by: .staff, notBy: elsewhere, under: ward[9])
    static let export = Step<Faulty>("export", "导出", "Export", from: .begun, to: nil, by: .post(porter))
    static let steps = [begin, again, end, export]
    static let limit = Deadline("limit", "期限", "Limit", under: ward[8], takes: elsewhere)
    static let start = Deadline("start", "起算", "Start", under: ward[1], moves: elsewhere)
    static let deadlines = [limit, limit, start]
}

/// What is guessed at: by a step of a list, and by one that is taken on its own page alone.
private struct Riddle: Document {
    enum State: String, CaseIterable, Sendable { case asked, solved }
    static let name = "riddle"
    var guess = ""
    init() {}

    static let form = Form<Riddle>(
        "谜", "Riddle", states: [.asked: .open("待猜", "Asked"), .solved: .done("已猜中", "Solved")], [.text(\.guess, "谜底", "Guess")])
    static let ask = Step<Riddle>("ask", "出题", "Ask", to: .asked, by: .staff, under: ward[1], fields: [])
    static let answer = Step<Riddle>(
        "answer", "猜", "Answer", from: .asked, to: .solved, by: .staff, under: ward[1], fields: [\.guess]
    ).countingTries()
    static let whisper = Step<Riddle>(
        "whisper", "悄悄猜", "Whisper", from: .asked, to: .solved, by: .staff, under: ward[1], fields: [\.guess], isOptional: true
    ).countingTries()
    static let steps = [ask, answer, whisper]
}

private struct Endless: Document {
    enum State: String, CaseIterable, Sendable { case there }
    static let name = "endless"
    var note = ""
    init() {}

    static let form = Form<Endless>("无始", "Endless", states: [.there: .open("在", "There")], [.text(\.note, "备注", "Note")])
    static let touch = Step<Endless>("touch", "触", "Touch", from: .there, to: nil, by: .staff, under: ward[1])
    static let steps = [touch]
}
