import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Courses, classes, and the hours that come of them (第九条).
@Suite struct ClassTests {
    @Test(.demand(authenticity[9], 1), arguments: TestEngine.all)
    func hoursCountWhenTwoPeopleAnswerForTheList(engine: TestEngine) async throws {
        try await LearningOffice.with(engine, hours: 0) { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            let session = try await desk.take(
                ClassSession.plan,
                input: [
                    "course": .whole(learning.course), "startsAt": .text(learning.office.now.adding(hours: 1).description),
                    "hours": .whole(2),
                    "place": .text("教室"), "teacher": .text("唐老师"),
                ], by: insurer.trainer
            ).id
            func record(_ agents: [Int64], hours: Int64) async throws {
                let lines = agents.map { JSONValue.record([.init("agent", .whole($0)), .init("hours", .whole(hours))]) }
                try await desk.take(ClassSession.record, on: session, input: ["attendees": .list(lines)], by: insurer.trainer)
            }
            let early = await #expect(throws: Refusal.self) { try await record([learning.agent], hours: 2) }
            #expect(early?.words.zh == "培训尚未开始，不能登记考勤" && early?.article == authenticity[9])
            learning.office.move(hours: 3)
            for (agents, hours, says): ([Int64], Int64, String) in [
                ([learning.agent, learning.agent], 2, "同一业务员只能填写一次"), ([learning.agent], 3, "实到课时不能多于本班 2 课时"),
            ] {
                let fault = await #expect(throws: DeskError.self) { try await record(agents, hours: hours) }
                guard case .invalid(let faults) = fault else { throw DeskError.absent }
                #expect(faults.map(\.words.zh) == [says])
            }
            try await record([learning.agent], hours: 2)
            #expect(try await learning.agent().value.attended.isEmpty, "nobody has confirmed it")
            await #expect(throws: DeskError.self) { try await desk.take(ClassSession.confirm, on: session, by: insurer.trainer) }
            try await desk.take(ClassSession.confirm, on: session, by: insurer.service)
            let attended = try await learning.agent().value.attended
            #expect(attended.map(\.hours) == [2] && attended[0].edition == 1 && attended[0].day == learning.office.now.day)
        }
    }

    @Test(.demand(authenticity[9], 1)) func materialHasEditionsAndAClassIsGivenByTheOneThatWasApproved() async throws {
        try await LearningOffice.with { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            let short = await #expect(throws: Refusal.self) { _ = try await LearningOffice.course(insurer, hours: 1) }
            #expect(short?.words.zh == "投保单规范填写课程不少于 2 个课时")
            _ = try await LearningOffice.course(insurer, subject: "law", hours: 1)
            let second = try await desk.keep(file: "第二版.txt", content: Array("第二版".utf8), by: insurer.trainer)
            let silent = await #expect(throws: Refusal.self) {
                try await desk.take(
                    SellerCourse.revise, on: learning.course, input: ["files": .list([second.stored])], by: insurer.trainer)
            }
            #expect(silent?.words.zh == "请说明新版改了什么")
            try await desk.take(
                SellerCourse.revise, on: learning.course, input: ["files": .list([second.stored]), "changes": .text("增加案例")],
                by: insurer.trainer)
            // While the second waits, classes are given by the first.
            try await LearningOffice.attend([learning.agent], course: learning.course, insurer)
            try await desk.take(SellerCourse.approve, on: learning.course, by: insurer.service)
            try await LearningOffice.attend([learning.agent], course: learning.course, insurer)
            #expect(try await learning.agent().value.attended.map(\.edition) == [1, 1, 2])
            let course = try await desk.load([ID<SellerCourse>(learning.course)])[0].value
            #expect(course.editions.map(\.edition) == [1, 2] && course.editions.map(\.files[0].name) == ["讲义.txt", "第二版.txt"])
            // Who learns reads it.
            _ = try await desk.document(learning.course, by: learning.seller.person)
        }
    }

    @Test(.article(authenticity[9], authenticity[10]), arguments: TestEngine.all)
    func hoursThatWereNotAttendedTakeTheQualificationWithThem(engine: TestEngine) async throws {
        try await LearningOffice.with(engine, hours: 0) { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            let session = try await LearningOffice.attend([learning.agent], course: learning.course, insurer)
            try await learning.sit(right: 5)
            #expect(try await learning.agent().state == .qualified)
            let strike: [String: JSONValue] = ["struck": .whole(learning.agent), "reason": .text("由他人代签到")]
            let stranger = await #expect(throws: Refusal.self) {
                try await desk.take(
                    ClassSession.strike, on: session, input: ["struck": .whole(insurer.agent), "reason": .text("x")], by: insurer.compliance
                )
            }
            #expect(stranger?.words.zh == "该业务员不在本班次的名单上")
            learning.office.move(hours: 48)
            try await desk.take(ClassSession.strike, on: session, input: strike, by: insurer.compliance)
            let agent = try await learning.agent()
            #expect(agent.state == .registered && agent.value.qualifications[0].endedOn == learning.office.now.day)
            // What was signed before stays as it was.
            #expect(agent.value.maySell(on: learning.office.now.day.adding(days: -1), state: agent.state))
            #expect(!agent.value.maySell(on: learning.office.now.day, state: agent.state))
        }
    }
}
