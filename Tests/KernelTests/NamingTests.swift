import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// Whatever a document names must be there for the hand that names it, and nothing tells what is hidden from what never was.
@Suite struct NamingTests {
    static let never: Int64 = 987_654_321

    @Test(arguments: TestEngine.all) func hiddenAbsentForeignAndOfAnotherTypeAreOneAnswer(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let own = try await houses.chart(by: houses.nurse), others = try await houses.chart(by: houses.secondNurse)
            let foreign = try await houses.chart(by: houses.foreignNurse)
            let plan = try await houses.take("plan", ["chart": .whole(own)], by: houses.nurse).id
            for id in [others, foreign, plan, Self.never] {
                let word = Words("病历：查无此项，或者不能由您选用，请重新选择", "Chart: there is no such entry that you may choose; choose again")
                await #expect(throws: DeskError.invalid([.init(field: "chart", word)])) {
                    try await houses.take("plan", ["chart": .whole(id)], by: houses.nurse)
                }
                let many = Words("其他病历：查无此项，或者不能由您选用，请重新选择", "Other charts: there is no such entry that you may choose; choose again")
                await #expect(throws: DeskError.invalid([.init(field: "others", many)])) {
                    try await houses.take(
                        "plan", ["chart": .whole(own), "others": .list([.whole(own), .text(String(id))])], by: houses.nurse)
                }
                let told = try await houses.desk.dryRun("plan", of: Plan.name, [["chart": .whole(id)]], by: houses.nurse)
                #expect(throws: DeskError.invalid([.init(field: "chart", word)])) { try told[0].get() }
            }
            // What was handed in as a value walks the same road, and each of many by itself.
            let plans = [own, others, own, foreign].map { Plan(of: $0) }
            let taken = try await houses.desk.takeMany(Plan.plan, plans, by: houses.nurse)
            #expect(taken.map { (try? $0.get()) != nil } == [true, false, true, false])
        }
    }

    @Test(arguments: TestEngine.all) func whatStoodThereBeforeIsNotAskedAgain(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), others = try await houses.chart(by: houses.secondNurse)
            let plan = try await houses.take("plan", ["chart": .whole(chart)], by: houses.nurse).id
            // The second nurse does not read the chart, and hands the plan on as it is.
            try await houses.take("mend", ["chart": .whole(chart), "remark": .text("改期")], on: plan, by: houses.secondNurse)
            await #expect(throws: DeskError.self) { try await houses.take("mend", ["chart": .whole(others)], on: plan, by: houses.nurse) }
            try await houses.take("mend", ["chart": .whole(others)], on: plan, by: houses.secondNurse)
        }
    }

    @Test(arguments: TestEngine.all) func personsAndUnitsAreOfThisHouse(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse)
            let left = try await houses.office.hire("left")
            try await houses.desk.administer(
                .changePerson(left, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false), by: .system)
            let closed = UnitID(try await houses.desk.administer(.addUnit(parent: houses.office.company, zh: "旧部", en: "Old"), by: .system))
            try await houses.desk.administer(.closeUnit(closed), by: .system)
            for person in [houses.foreignNurse.person.raw, left.raw, Self.never] {
                await #expect(throws: DeskError.self) {
                    try await houses.take("plan", ["chart": .whole(chart), "guide": .whole(person)], by: houses.nurse)
                }
                let lines: JSONValue = .list([
                    .record([.init("who", .whole(houses.nurse.person.raw))]), .record([.init("who", .whole(person))]),
                ])
                let fault = await #expect(throws: DeskError.self) {
                    try await houses.take("plan", ["chart": .whole(chart), "hands": lines], by: houses.nurse)
                }
                guard case .invalid(let faults) = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
                #expect(faults.map(\.field) == ["hands.1.who"])
            }
            for unit in [houses.foreign.raw, closed.raw, Self.never] {
                await #expect(throws: DeskError.self) {
                    try await houses.take("plan", ["chart": .whole(chart), "ward": .whole(unit)], by: houses.nurse)
                }
            }
            try await houses.take(
                "plan",
                [
                    "chart": .whole(chart), "guide": .whole(houses.doctor.person.raw), "ward": .whole(houses.office.service.raw),
                    "hands": .list([.record([.init("who", .whole(houses.nurse.person.raw))])]),
                ], by: houses.nurse)
        }
    }

    @Test(arguments: TestEngine.all) func aStepInTheSystemsNameStaysInItsScope(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), foreign = try await houses.chart(by: houses.foreignNurse)
            for deed in ["mark", "load", "grant"] {
                // By number, past every reference: the rule itself finds nothing.
                for id in [foreign, Self.never] {
                    await #expect(throws: DeskError.absent) {
                        try await houses.take(
                            "plan", ["chart": .whole(chart), "number": .whole(id), "deed": .text(deed)], by: houses.nurse)
                    }
                }
                try await houses.take("plan", ["chart": .whole(chart), "number": .whole(chart), "deed": .text(deed)], by: houses.nurse)
            }
            #expect(try await houses.desk.all(Chart.self).map(\.state) == [.marked, .open])
            await #expect(throws: DeskError.absent) { try await houses.desk.document(foreign, by: houses.nurse.person) }
        }
    }

    @Test(arguments: TestEngine.all) func aCopiedValueIsAReadingOnTheTrailOfItsSource(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let own = try await houses.chart(by: houses.nurse), others = try await houses.chart(by: houses.secondNurse)
            for id in [others, Self.never] {
                await #expect(throws: DeskError.absent) {
                    try await houses.take("plan", ["chart": .whole(own), "number": .whole(id), "deed": .text("copy")], by: houses.nurse)
                }
            }
            try await houses.take("plan", ["chart": .whole(own), "number": .whole(own), "deed": .text("copy")], by: houses.nurse)
            let trail = try await houses.desk.document(own, by: houses.nurse.person).trail
            #expect(trail.map(\.kind) == [.read, .act])
            #expect(trail[0].words == Words("为办理计划查看", "Read for a step: Plan"))
            #expect(try await houses.desk.document(others, by: houses.secondNurse.person).trail.map(\.kind) == [.act])
        }
    }
}

/// Two houses that adopted one regulation, and know nothing of each other.
struct TwoHouses: Sendable {
    let office: TestOffice
    let foreign: UnitID
    let nurse: Principal, secondNurse: Principal, doctor: Principal, foreignNurse: Principal, foreignDoctor: Principal
    var desk: Desk { office.desk }

    static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [Post.nurse, .doctor], documents: [Chart.self, Plan.self])

    static func with(
        _ engine: TestEngine, more: [RegulationContents] = [], _ body: (TwoHouses) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [contents] + more) { office in
            let foreign = UnitID(try await office.desk.administer(.addUnit(parent: nil, zh: "分院", en: "Branch"), by: .system))
            try await office.desk.administer(
                .adopt(regulation: clinic.id, version: 1, unit: foreign, from: office.now.day.adding(days: -30)), by: .system)
            try await body(
                TwoHouses(
                    office: office, foreign: foreign, nurse: Principal(try await office.hire("nurse", .nurse)),
                    secondNurse: Principal(try await office.hire("second", .nurse)),
                    doctor: Principal(try await office.hire("doctor", .doctor)),
                    foreignNurse: Principal(try await office.hire("foreign", .nurse, in: foreign)),
                    foreignDoctor: Principal(try await office.hire("foreign doctor", .doctor, in: foreign))))
        }
    }

    func chart(by principal: Principal) async throws -> Int64 {
        try await desk.take(Chart.openUp, input: ["name": .text("张三丰")], by: principal).id
    }

    @discardableResult
    func take(_ step: String, _ input: [String: JSONValue], on id: Int64? = nil, by principal: Principal) async throws -> Desk.Taken {
        try await desk.take(step, of: Plan.name, on: id, input: input, by: principal)
    }
}

extension Post {
    static let nurse = Post("nurse", "护士", "Nurse")
    static let doctor = Post("doctor", "医生", "Doctor")
}

/// Read by doctors, and by whoever opened it.
struct Chart: Document {
    enum State: String, CaseIterable, Sendable { case open, marked, checked }
    static let name = "chart"
    var name = ""

    static let form = Form<Chart>(
        "病历", "Chart",
        states: [.open: .open("在册", "Open"), .marked: .open("已标记", "Marked"), .checked: .done("已检查", "Checked")],
        readers: [.post(.doctor)], [.name(\.name, "姓名", "Name")])
    static let openUp = Step<Chart>("open", "建档", "Open", to: .open, by: .post(.nurse), under: clinic[1])
    static let mark = Step<Chart>("mark", "标记", "Mark", from: .open, .marked, to: .marked, by: .system, under: clinic[1], isOptional: true)
    static let check = Step<Chart>("check", "检查", "Check", from: .open, .marked, to: .checked, by: .post(.doctor), under: clinic[2])
    static let steps = [openUp, mark, check]
}

/// Names others, and does with a bare number what its rule is told to.
struct Plan: Document {
    enum State: String, CaseIterable, Sendable { case planned }
    static let name = "plan"
    var chart = ID<Chart>.none
    var others: [ID<Chart>] = []
    var guide = PersonID.none
    var ward = UnitID.none
    var hands: [Hands] = []
    var number = 0
    var deed = ""
    var patient = ""
    var remark = ""
    init() {}
    init(of chart: Int64) { self.chart = ID(chart) }

    struct Hands: Line {
        var who = PersonID.none
        static let fields: [Field<Hands>] = [.person(\.who, "人员", "Who")]
    }

    static let form = Form<Plan>(
        "计划", "Plan", states: [.planned: .open("已定", "Planned")], readers: [.post(.nurse)],
        [
            .reference(\.chart, "病历", "Chart"), .references(\.others, "其他病历", "Other charts").optional(),
            .person(\.guide, "负责人", "Guide").optional(), .unit(\.ward, "病区", "Ward").optional(),
            .lines(\.hands, "人手", "Hands").optional(), .whole(\.number, "号", "Number", in: 0...Int.max).optional(),
            .text(\.deed, "做法", "Deed").optional(), .name(\.patient, "姓名", "Name").optional(), .text(\.remark, "备注", "Remark").optional(),
        ])
    static let plan = Step<Plan>(
        "plan", "制定", "Plan", to: .planned, by: .post(.nurse), under: clinic[1],
        fields: [\Plan.chart, \Plan.others, \Plan.guide, \Plan.ward, \Plan.hands, \Plan.number, \Plan.deed]
    ) { plan, act in
        let other = ID<Chart>(Int64(plan.number))
        switch plan.deed {
        case "mark": try act.take(Chart.mark, on: other)
        case "load": if try act.load(other) == nil { throw DeskError.absent }
        case "grant": try act.grant(act.person, on: [other], until: act.now.adding(days: 1), "查看", "To see")
        case "late": try act.grant(act.person, on: [other], until: act.now, "查看", "To see")
        case "copy": plan.patient = try act.open(other).value.name
        default: break
        }
    }
    static let mend = Step<Plan>(
        "mend", "修改", "Mend", from: .planned, to: nil, by: .post(.nurse), under: clinic[1], fields: [\Plan.chart, \Plan.remark],
        isOptional: true)
    static let steps = [plan, mend]
}
