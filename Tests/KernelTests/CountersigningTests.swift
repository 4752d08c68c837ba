import EngineFixture
import Kernel
import Ledger
import Store
import TestOffice
import Testing

/// 会签: asked once, agreed to or objected to, passed on, done without; and drafts that end.
@Suite struct CountersigningTests {
    /// A filed patient, and an expert who is asked to sign for it.
    private static func asked(
        _ engine: TestEngine,
        _ body: (TestOffice, _ id: Int64, _ nurse: Principal, _ doctor: Principal, _ expert: Principal) async throws -> Void
    ) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let expert = Principal(try await office.hire("expert"))
            try await office.desk.handle(.addSigner(document: id, expert.person, note: "请把关"), by: doctor)
            try await body(office, id, nurse, doctor, expert)
        }
    }

    private static func task(_ office: TestOffice, of principal: Principal) async throws -> Int64 {
        try #require(try await office.desk.todo(of: principal.person).items.first).task
    }

    private static func review(_ office: TestOffice, _ id: Int64, by doctor: Principal) async throws {
        try await office.desk.take(Patient.review, on: id, input: ["note": .text("好")], by: doctor)
    }

    private static func invalid(_ field: String, _ zh: String, _ en: String) -> DeskError {
        .invalid([.init(field: field, Words(zh, en))])
    }

    @Test(arguments: TestEngine.all) func anObjectionIsAnsweredByWhoAsked(engine: TestEngine) async throws {
        try await Self.asked(engine) { office, id, nurse, doctor, expert in
            let task = try await Self.task(office, of: expert)
            await #expect(throws: Self.invalid("note", "请写明理由", "Give a reason")) {
                try await office.desk.handle(.object(task: task, note: " "), by: expert)
            }
            try await office.desk.handle(.object(task: task, note: "不同意外传"), by: expert)
            #expect(try await office.desk.todo(of: expert.person).items.isEmpty)
            let refusal = await #expect(throws: Refusal.self) { try await Self.review(office, id, by: doctor) }
            #expect(refusal?.words.zh == "会签人不同意，须由请其会签的人答复后方可办理")
            let todo = try await office.desk.todo(of: doctor.person).items
            let answering = try #require(todo.first { $0.title == Words("答复会签意见", "Answer a signer") })
            #expect(answering.note == "不同意外传" && answering.sender.zh == "expert")
            let mine = DeskError.forbidden(Words("这不是您的待办", "This is not your task"))
            await #expect(throws: mine) { try await office.desk.handle(.answer(task: answering.task, note: "已遮盖"), by: nurse) }
            try await office.desk.handle(.answer(task: answering.task, note: "已遮盖姓名"), by: doctor)
            try await Self.review(office, id, by: doctor)
            let trail = try await office.desk.document(id, by: doctor.person).trail
            let titles = trail.map(\.title.zh)
            #expect(titles.contains("会签不同意") && titles.contains("答复会签意见") && titles.contains("拒绝：答复会签意见"))
            #expect(trail.first { $0.title.zh == "会签不同意" }?.written == "不同意外传")
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func nobodyIsAskedTwiceAtATime(engine: TestEngine) async throws {
        try await Self.asked(engine) { office, id, _, doctor, expert in
            let twice = Self.invalid("to", "此人已在会签中，不必重复邀请", "This person is asked to sign already")
            await #expect(throws: twice) { try await office.desk.handle(.addSigner(document: id, expert.person, note: ""), by: doctor) }
            #expect(try await office.desk.todo(of: expert.person).figures.all == 1)
            try await office.desk.handle(.sign(task: Self.task(office, of: expert), note: "同意"), by: expert)
            try await office.desk.handle(.addSigner(document: id, expert.person, note: "另一事"), by: doctor)
        }
    }

    @Test(arguments: TestEngine.all) func aSignatureIsPassedOnWithItsQuestion(engine: TestEngine) async throws {
        try await Self.asked(engine) { office, id, nurse, doctor, expert in
            let second = Principal(try await office.hire("second")), task = try await Self.task(office, of: expert)
            let offered = try await office.desk.document(id, by: expert.person).waiting.first { $0.isMine }?.others
            #expect(offered == [second.person], "neither who asked nor the requester")
            let scope = Self.invalid("to", "会签人须在本单位范围内任职，请另选一人", "A signer is somebody else with a post in this unit; choose another")
            for wrong in [nurse, doctor] {
                await #expect(throws: scope) {
                    try await office.desk.handle(.reassign(task: task, to: wrong.person, reason: "出差"), by: expert)
                }
            }
            try await office.desk.handle(.reassign(task: task, to: second.person, reason: "出差"), by: expert)
            #expect(try await office.desk.todo(of: expert.person).items.isEmpty)
            let todo = try await office.desk.todo(of: second.person).items
            #expect(todo.map(\.note) == ["请把关"] && todo.map(\.sender.zh) == ["doctor"])
            #expect(
                try await office.desk.notices(of: doctor.person).notices.contains { $0.words.zh == "病历〔2026〕1号 的会签已由expert转交second" })
            try await office.desk.handle(.sign(task: task, note: "同意"), by: second)
            try await Self.review(office, id, by: doctor)
        }
    }

    @Test(arguments: TestEngine.all) func whoAskedDoesWithoutIt(engine: TestEngine) async throws {
        try await Self.asked(engine) { office, id, nurse, doctor, expert in
            let task = try await Self.task(office, of: expert)
            let turn = DeskError.forbidden(Words("单据不在您手中，不能这样办理", "The document does not wait for you"))
            await #expect(throws: turn) { try await office.desk.handle(.withdrawSigner(task: task, reason: "不需要"), by: nurse) }
            #expect(try await office.desk.document(id, by: doctor.person).waiting.map(\.mayWithdraw) == [false, true])
            try await office.desk.handle(.withdrawSigner(task: task, reason: "已电话确认"), by: doctor)
            #expect(try await office.desk.notices(of: expert.person).notices.map(\.words.zh).contains("病历〔2026〕1号 不再需要您会签"))
            try await Self.review(office, id, by: doctor)
        }
    }

    @Test(arguments: TestEngine.all) func whatGoesBackWithoutTheSignatureTellsTheSigner(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input("草稿"), by: nurse).id
            try await office.desk.take(Patient.mend, on: id, input: ["name": .text("李四")], by: nurse)
            let expert = Principal(try await office.hire("expert"))
            try await office.desk.handle(.addSigner(document: id, expert.person, note: "请把关"), by: doctor)
            try await office.desk.handle(.sendBack(document: id, to: "draft", reason: "姓名有误"), by: doctor)
            #expect(try await office.desk.notices(of: expert.person).notices.map(\.words.zh) == ["病历〔2026〕1号 已往下办理，不再需要您会签"])
        }
    }

    @Test(arguments: TestEngine.all) func aDelegateSignsAndAnswersInTheNameOfWhoDelegated(engine: TestEngine) async throws {
        try await Self.asked(engine) { office, id, _, doctor, expert in
            let delegate = Principal(try await office.hire("delegate")), until = office.now.adding(hours: 9)
            try await office.desk.handle(
                .delegate(to: delegate.person, from: office.now.adding(hours: -1), until: until, reason: "出差"), by: expert)
            try await office.desk.handle(.sign(task: Self.task(office, of: delegate), note: "同意"), by: delegate)
            let entry = try await office.desk.document(id, by: doctor.person).trail.first
            #expect(entry?.title.zh == "会签" && entry?.who.zh == "delegate" && entry?.behalf?.zh == "expert")
        }
    }

    @Test(arguments: TestEngine.all) func aSignerWhoLeftWithoutAHeadIsGivenBackToWhoAsked(engine: TestEngine) async throws {
        try await Self.asked(engine) { office, id, _, doctor, expert in
            try await office.desk.administer(
                .changePerson(expert.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false), by: .system)
            let todo = try await office.desk.todo(of: doctor.person).items
            let back = try #require(todo.first { $0.title.zh == "答复会签意见" })
            try await office.desk.handle(.answer(task: back.task, note: "另请他人"), by: doctor)
            try await Self.review(office, id, by: doctor)
        }
    }

    // MARK: Drafts

    @Test(arguments: TestEngine.all) func aDraftIsWithdrawnByItsRequesterOrDeclinedByWhoWouldCompleteIt(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            func draft() async throws -> Int64 {
                try await office.desk.take(Patient.file, input: DeskTests.input("草稿"), by: nurse).id
            }
            let first = try await draft(), second = try await draft()
            try await office.desk.handle(.withdraw(document: first, reason: "重复"), by: nurse)
            #expect(try await office.desk.document(first, by: nurse.person).row.state == TaskAction.withdrawn)
            // In this type the requester alone completes it; nobody else has the turn.
            let turn = DeskError.forbidden(Words("单据不在您手中，不能这样办理", "The document does not wait for you"))
            await #expect(throws: turn) { try await office.desk.handle(.decline(document: second, reason: "不实"), by: doctor) }
            try await office.desk.handle(.decline(document: second, reason: "不实"), by: nurse)
            let view = try await office.desk.document(second, by: nurse.person)
            #expect(view.row.state == TaskAction.declined && view.trail.first?.title.zh == "不予受理" && view.trail.first?.written == "不实")
            #expect(try await office.desk.todo(of: nurse.person).items.isEmpty)
            let filed = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let no = DeskError.conflict(Words("只有未通过登记的草稿可以不予受理，请办理下一步或退回", "Only a draft is declined; take the next step or send it back"))
            await #expect(throws: no) { try await office.desk.handle(.decline(document: filed, reason: "不实"), by: doctor) }
            #expect(try await office.desk.verify().isClean)
        }
    }

    // MARK: What is not done stands in the ledger

    @Test(arguments: TestEngine.all) func refusedHandlingAndAdministrationStandInTheLedger(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let key = RequestKey(word: "once", question: [1])
            let only = DeskError.forbidden(
                Words("只有申请人在他人办理之前可以撤回", "Only the requester can withdraw, and only before anybody has decided"))
            for _ in 0..<2 {
                await #expect(throws: only) {
                    try await office.desk.handle(.withdraw(document: id, reason: "误报"), by: Principal(doctor.person, request: key))
                }
            }
            let trail = try await office.desk.document(id, by: doctor.person).trail
            #expect(trail.map(\.title.zh) == ["拒绝：撤回", "建档"], "sent twice, it was refused once")
            #expect(trail[0].kind == .refusal && trail[0].who.zh == "doctor")
            await #expect(throws: DeskError.forbidden(Words("只有管理员可以更改组织设置", "Only an administrator changes the organisation"))) {
                try await office.desk.administer(.setReadingLimit(5), by: nurse)
            }
            let steps = try await office.desk.store.read { session in
                try session.all("SELECT body FROM entry ORDER BY id", []) { try Entry(body: $0.blob(0)) }.filter { $0.kind == .refusal }
            }
            #expect(steps.map(\.step) == ["+withdraw", "setReadingLimit"] && steps[1].person == nurse.person.raw)
        }
    }

    @Test(arguments: TestEngine.all) func aStepOnAnotherVersionThanWasSeenIsAConflict(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input("草稿"), by: nurse).id
            try await office.desk.take(Patient.mend, on: id, expecting: 1, input: ["name": .text("李四")], by: nurse)
            let input: [String: JSONValue] = ["note": .text("好")]
            await #expect(throws: DeskError.conflict(DeskError.changedMeanwhile)) {
                try await office.desk.take(Patient.review, on: id, expecting: 1, input: input, by: doctor)
            }
            #expect(
                try await office.desk.take(Patient.review, on: id, expecting: 2, input: input, by: doctor).state == "reviewed")
        }
    }
}
