import EngineFixture
import Kernel
import TestOffice
import Testing

@Suite struct HandlingTests {
    private func filed(
        _ engine: TestEngine, _ body: (TestOffice, _ id: Int64, _ nurse: Principal, _ doctor: Principal) async throws -> Void
    )
        async throws
    {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            try await body(office, id, nurse, doctor)
        }
    }

    @Test(arguments: TestEngine.all) func aTaskWaitsForThePostAndNobodyElse(engine: TestEngine) async throws {
        try await filed(engine) { office, id, nurse, doctor in
            #expect(try await office.desk.todo(of: doctor.person).items.map(\.row.id) == [id])
            #expect(try await office.desk.todo(of: nurse.person).items.isEmpty)
            try await office.desk.take(Patient.review, on: id, input: ["note": .text("同意")], by: doctor)
            #expect(try await office.desk.todo(of: doctor.person).items.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func aSignerWhoWasAddedSignsFirst(engine: TestEngine) async throws {
        try await filed(engine) { office, id, _, doctor in
            let expert = Principal(try await office.hire("expert"))
            try await office.desk.handle(.addSigner(document: id, expert.person, note: "请把关"), by: doctor)
            let refusal = await #expect(throws: Refusal.self) {
                try await office.desk.take(Patient.review, on: id, input: ["note": .text("好")], by: doctor)
            }
            #expect(refusal?.words.zh == "尚有会签人未签署，签署或撤回会签后方可办理")
            let task = try await office.desk.todo(of: expert.person).items[0].task
            try await office.desk.handle(.sign(task: task, note: "同意"), by: expert)
            #expect(
                try await office.desk.take(Patient.review, on: id, input: ["note": .text("好")], by: doctor).state == "reviewed")
        }
    }

    @Test(arguments: TestEngine.all) func reassignedOnlyToWhoMayTakeIt(engine: TestEngine) async throws {
        try await filed(engine) { office, id, nurse, doctor in
            let second = Principal(try await office.hire("second", Post("doctor", "医生", "Doctor")))
            let task = try await office.desk.todo(of: doctor.person).items[0].task
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.reassign(task: task, to: nurse.person, reason: "请假"), by: doctor)
            }
            try await office.desk.handle(.reassign(task: task, to: second.person, reason: "请假"), by: doctor)
            #expect(try await office.desk.todo(of: doctor.person).items.isEmpty)
            #expect(try await office.desk.todo(of: second.person).items.map(\.row.id) == [id])
        }
    }

    @Test(arguments: TestEngine.all) func noticesComeInPagesAndWhatCameSinceStaysNew(engine: TestEngine) async throws {
        try await filed(engine) { office, id, nurse, doctor in
            let task = try await office.desk.document(id, by: nurse.person).waiting[0].task
            for _ in 0..<5 {
                try await office.desk.handle(.remind(task: task), by: nurse)
                office.move(hours: 24)
            }
            let first = try await office.desk.notices(of: doctor.person, limit: 3)
            let second = try await office.desk.notices(of: doctor.person, after: first.next, limit: 3)
            #expect(first.notices.count == 3 && first.total == 5 && first.unseen == 5)
            #expect(second.notices.count == 2 && second.next == nil)
            let ids = (first.notices + second.notices).map(\.id)
            #expect(ids == Set(ids).sorted(by: >), "the newest first, and each once")
            try await office.desk.seen(noticesUpTo: ids[1], by: nurse.person)
            #expect(try await office.desk.notices(of: doctor.person).unseen == 5, "they are not the nurse's")
            try await office.desk.seen(noticesUpTo: ids[1], by: doctor.person)
            let now = try await office.desk.notices(of: doctor.person)
            #expect(now.unseen == 1 && now.notices.map(\.isSeen) == [false, true, true, true, true])
        }
    }

    @Test(arguments: TestEngine.all) func remindedAndWithdrawnByTheRequester(engine: TestEngine) async throws {
        try await filed(engine) { office, id, nurse, doctor in
            let waiting = try await office.desk.document(id, by: nurse.person).waiting
            try await office.desk.handle(.remind(task: waiting[0].task), by: nurse)
            #expect(try await office.desk.todo(of: doctor.person).notices.first?.words.zh.hasPrefix("催办") == true)
            let today = Words("此待办今天已催办过，同一待办每天催办一次", "A reminder of this task was sent today; there is one a day")
            await #expect(throws: DeskError.conflict(today)) { try await office.desk.handle(.remind(task: waiting[0].task), by: nurse) }
            office.move(hours: 24)
            try await office.desk.handle(.remind(task: waiting[0].task), by: nurse)
            #expect(try await office.desk.notices(of: doctor.person).total == 2)
            await #expect(throws: DeskError.self) { try await office.desk.handle(.withdraw(document: id, reason: "误报"), by: doctor) }
            await #expect(throws: DeskError.self) { try await office.desk.handle(.withdraw(document: id, reason: " "), by: nurse) }
            try await office.desk.handle(.withdraw(document: id, reason: "误报"), by: nurse)
            #expect(try await office.desk.todo(of: doctor.person).items.isEmpty)
            #expect(try await office.desk.document(id, by: nurse.person).row.state == TaskAction.withdrawn)
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whoAskedHearsWhatBecameOfIt(engine: TestEngine) async throws {
        try await filed(engine) { office, id, nurse, doctor in
            try await office.desk.take(Patient.review, on: id, input: ["note": .text("同意")], by: doctor)
            let heard = try await office.desk.notices(of: nurse.person).notices
            #expect(heard.map(\.words.zh) == ["您发起的病历现为“已复核”"] && heard.first?.document == id)
            #expect(heard.first?.words.en == "Your patient is now “Reviewed”")
            #expect(try await office.desk.notices(of: doctor.person).notices.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func onlyWhoMayTakeItIsOffered(engine: TestEngine) async throws {
        try await filed(engine) { office, id, nurse, doctor in
            func offered() async throws -> [PersonID] { try await office.desk.document(id, by: doctor.person).waiting.flatMap(\.others) }
            #expect(try await offered().isEmpty)
            let second = try await office.hire("second", Post("doctor", "医生", "Doctor"))
            #expect(try await offered() == [second])
            #expect(try await office.desk.document(id, by: nurse.person).waiting.flatMap(\.others).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func aRehearsalWritesNothing(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let inputs = ["草稿", "王五", ""].map { DeskTests.input($0) }
            let told = try await office.desk.dryRun("file", of: "patient", inputs, by: nurse)
            let states = told.map { try? $0.get().state }
            #expect(states == ["draft", "filed", nil])
            #expect(try told[0].get().refusal?.faults.map(\.field) == ["name"])
            #expect(try await office.desk.register("patient", RegisterQuery(), by: doctor.person).total == 0)
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            #expect(id.number == "病历〔2026〕1号")
            let before = try await office.desk.document(id.id, by: doctor.person)
            _ = try await office.desk.dryRun("review", of: "patient", on: id.id, by: doctor).get()
            let after = try await office.desk.document(id.id, by: doctor.person)
            #expect(after.row.version == before.row.version && after.trail.count == before.trail.count)
            let stranger = Principal(try await office.hire("stranger"))
            await #expect(throws: DeskError.self) { _ = try await office.desk.dryRun("review", of: "patient", on: id.id, by: stranger) }
        }
    }

    @Test func nobodyDelegatesTwiceForOneTime() async throws {
        try await filed(.sqlite) { office, _, nurse, doctor in
            func delegate(_ from: Int, _ until: Int) async throws {
                let now = office.now
                try await office.desk.handle(
                    .delegate(to: nurse.person, from: now.adding(hours: from), until: now.adding(hours: until), reason: "出差"), by: doctor)
            }
            try await delegate(0, 9)
            await #expect(throws: DeskError.self) { try await delegate(8, 20) }
            try await delegate(9, 20)
            let long = Words("委托最长一年，到期可再委托", "A delegation lasts a year at most, and can be given again")
            await #expect(throws: DeskError.invalid([.init(field: "until", long)])) { try await delegate(30, 30 + 24 * 366 + 1) }
            try await delegate(30, 30 + 24 * 366)
        }
    }

    @Test(arguments: TestEngine.all) func sentBackToWhereItHasBeen(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let draft = try await office.desk.take(Patient.file, input: DeskTests.input("草稿"), by: nurse).id
            try await office.desk.take(Patient.mend, on: draft, input: ["name": .text("李四")], by: nurse)
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.sendBack(document: draft, to: "reviewed", reason: "重写"), by: doctor)
            }
            try await office.desk.handle(.sendBack(document: draft, to: "draft", reason: "姓名有误"), by: doctor)
            let view = try await office.desk.document(draft, by: nurse.person)
            #expect(view.row.state == "draft")
            #expect(view.trail.first?.written == "姓名有误")
        }
    }

    @Test(arguments: TestEngine.all) func twoWhoActAtOnceAreNotBothAnswered(engine: TestEngine) async throws {
        try await filed(engine) { office, id, _, doctor in
            let done = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        (try? await office.desk.take(Patient.review, on: id, input: ["note": .text("好")], by: doctor)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
        }
    }
}
