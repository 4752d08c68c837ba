import Glibc
import Kernel
import Tables
import WorkCalendar

/// How the invented insurer keeps its rules: people named, a report of a month that is filed, a self-check by unit, procedures of which one
/// is overdue, and answers to questions on articles.
struct DemonstrationRules {
    let desk: Desk
    let office: DemonstrationOffice

    func work(_ number: Int, on day: Day) async throws {
        switch number {
        case 0:
            try await hire(on: day)
            try await name(on: day)
            try await lay(on: day)
        case 1: try await report(on: day)
        case 4: try await ask(on: day)
        case 6: try await check(on: day)
        case 8: try await putRight()
        default: break
        }
    }

    // MARK: People

    private static let login = "fangmin"

    private func hire(on day: Day) async throws {
        let units = try await desk.organisation().units.values
        guard let place = units.first(where: { $0.words.zh == "综合办公室" && $0.parent == office.branch })?.id else { return }
        let id = PersonID(
            try await desk.administer(
                .addPerson(login: Self.login, zh: "方敏", en: "Fang Min", clearance: .secret, administrator: false), by: .system))
        try await desk.administer(.appoint(id, place, post: Post.generalOffice.id, from: day.adding(days: -400), to: nil), by: .system)
    }

    private func interpreter() async throws -> Principal {
        Principal(try await desk.organisation().people.values.first { $0.login == Self.login }?.id ?? .none)
    }

    private func name(on day: Day) async throws {
        for (person, department) in [(office.secondService, "customer_service"), (office.underwriter, "business_support")] {
            try await desk.take(
                UsageGatherer.appoint,
                input: ["person": .whole(person.person.raw), "department": .text(department), "from": .text(day.description)],
                by: office.generalManager)
        }
    }

    // MARK: The report of the month before the history begins; the next one is left due

    private func report(on day: Day) async throws {
        let month = Period(.month, of: day).adding(-1)
        guard try await desk.find(\UsageReport.month, is: month).isEmpty else { return }
        let id = try await desk.take(UsageReport.draw, by: .system, in: (office.branch, .none)) { document in
            guard var report = document as? UsageReport else { return }
            report.month = month
            document = report
        }.id
        for person in [office.secondService, office.underwriter] {
            try await desk.take(UsageReport.analyse, on: id, input: ["opinion": .text("系统上线首月，尚无业务数据；录入、核保功能试运行正常。")], by: person)
        }
        try await desk.take(UsageReport.review, on: id, input: ["summary": .text("同意。请下月起按条文汇总退回原因。")], by: office.compliance)
        try await desk.take(
            UsageReport.send, on: id,
            input: ["recipient": .text("总公司客户服务部"), "sentOn": .text(day.description), "sentNumber": .text("粤客〔\(day.year)〕12号")],
            by: office.service)
    }

    // MARK: Procedures and answers

    private func lay(on day: Day) async throws {
        let procedures: [(article: Int, subject: String, owner: Principal, since: Day?)] = [
            (13, "可疑问题件排查流程", office.backOffices[0], day.adding(days: -340)),
            (7, "犹豫期回访流程", office.secondService, nil),
            (17, "电话查询身份核实流程", office.service, nil), (5, "投保资料录入与补充流程", office.underwriter, nil),
        ]
        for (article, subject, owner, since) in procedures {
            let unit = try await desk.organisation().home(of: owner.person, on: day) ?? office.branch
            var input: [String: JSONValue] = [
                "article": .text(authenticity[article].key), "subject": .text(subject), "department": .whole(unit.raw),
                "owner": .whole(owner.person.raw), "standard": .text("一、受理；二、核对；三、登记；四、复核。各环节当日完成，留存记录。"),
            ]
            if let since { input["since"] = .text(since.description) }
            let id = try await desk.take(Procedure.draft, input: input, by: office.service).id
            // The last waits for its approval.
            if article != 5 { try await desk.take(Procedure.approve, on: id, by: office.compliance) }
        }
    }

    private func ask(on day: Day) async throws {
        let interpreter = try await interpreter()
        let questions: [(article: Int, question: String, answer: String)] = [
            (5, "被保险人为未成年人且暂无身份证的，证件号码如何填写？", "可暂不填写，姓名、性别、出生日期须完整；首次办理保全时补充证件号码。"),
            (13, "排查期限遇调休上班的周六如何计算？", "调休上班日为工作日，计入三个工作日。"), (11, "夫妻共用一个银行账户缴费，是否属于非投保人账户？", ""),
        ]
        for (article, question, answer) in questions {
            let id = try await desk.take(
                ArticleQuestion.ask, input: ["article": .text(authenticity[article].key), "question": .text(question)],
                by: office.backOffices[0]
            ).id
            if !answer.isEmpty { try await desk.take(ArticleQuestion.publish, on: id, input: ["answer": .text(answer)], by: interpreter) }
        }
    }

    // MARK: The self-check

    /// A book of before, with faults of each kind here and there.
    private func check(on day: Day) async throws {
        let folder = "/tmp/dianzhang-demonstration-\(getpid())"
        mkdir(folder, 0o700)
        let (path, answers) = (folder + "/book.csv", folder + "/answers.csv")
        defer {
            unlink(path)
            unlink(answers)
            rmdir(folder)
        }
        let writer = try CSVWriter(.file(path))
        try writer.row(Self.columns)
        var people = DemonstrationPeople(seed: 4711)
        for index in 0..<400 {
            let person = people.person(.applicant, on: day)
            try writer.row([
                "J\(10_000 + index)", "20", "2019-0\(1 + index % 9)-15", "applicant", person.customerNo, index % 97 == 3 ? "" : person.name,
                (index % 53 == 7 ? (person.sex == .male ? PersonSex.female : .male) : person.sex).rawValue, person.birthDate, "resident-id",
                index % 61 == 11 ? String(person.documentNumber.dropLast()) : person.documentNumber,
                index % 29 == 5 ? "13800138000" : person.mobile,
                index % 17 == 2 ? "" : person.address, "A44\(1001 + index % 40)", "individual",
            ])
        }
        try writer.close()
        _ = try await SelfCheckRun(desk, by: office.service).run(path, name: "2019年存量客户.csv", answers: answers)
    }

    private static let columns = [
        "application_no", "term_years", "application_date", "role", "customer_no", "name", "sex", "birth_date", "document_type",
        "document_number",
        "mobile", "address", "agent_no", "channel",
    ]

    /// One unit reports, and is found to have put it right; another has reported; the rest is open.
    private func putRight() async throws {
        for (index, task) in try await desk.all(SelfCheckTask.self).prefix(2).enumerated() {
            let team = office.teams.firstIndex(of: task.value.unit) ?? 0
            try await desk.take(
                SelfCheckTask.report, on: task.id.raw,
                input: [
                    "corrected": .whole(Int64(task.value.count)), "remaining": .whole(0), "explanation": .text("已逐户联系，取得客户签名后更正。"),
                ], by: office.backOffice(ofTeam: team))
            if index == 0 { try await desk.take(SelfCheckTask.close, on: task.id.raw, by: office.service) }
        }
    }
}
