import Identifiers
import Kernel
import WorkCalendar

/// Queries in the invented branch: a telephone desk and a counter, customers with benefits, payments, claims and beneficiaries, and some
/// weeks of who asked - one locked, one refused, one consent that runs and one that was withdrawn.
package struct DemonstrationQueries: Sendable {
    package struct Customer: Sendable {
        package let name: String
        let sex: PersonSex
        let birth: String
        let sequence: String
        package let mobile: String
        let address: String
        package let policyNo: String
        let product: ProductClass

        package var number: String {
            let body = "440106" + birth.replacing("-", with: "") + sequence
            return body + String(ResidentNumber.checkCharacter(for: body + "0") ?? "0")
        }
    }

    /// In whose names a visitor of the demonstration may ask.
    package static let customers = [
        Customer(
            name: "林晓岚", sex: .female, birth: "1985-03-14", sequence: "262", mobile: "13922110021", address: "广东省广州市天河区体育西路103号2栋1504室",
            policyNo: "P4490001", product: .participating),
        Customer(
            name: "陈国强", sex: .male, birth: "1972-11-05", sequence: "317", mobile: "13822110035", address: "广东省广州市越秀区东风路88号7栋602室",
            policyNo: "P4490002", product: .life),
        Customer(
            name: "许文丽", sex: .female, birth: "1990-06-21", sequence: "408", mobile: "13722110047", address: "广东省广州市海珠区滨江路56号3栋901室",
            policyNo: "P4490003", product: .health),
        Customer(
            name: "周桂芳", sex: .female, birth: "1951-02-09", sequence: "524", mobile: "13622110058", address: "广东省佛山市禅城区人民路12号5栋203室",
            policyNo: "P4490004", product: .life),
    ]
    static let lawyer = Customer(
        name: "方敏律师", sex: .female, birth: "1980-08-18", sequence: "640", mobile: "13522110066", address: "", policyNo: "",
        product: .unknown)
    static let son = Customer(
        name: "陈思远", sex: .male, birth: "1998-04-02", sequence: "711", mobile: "13422110071", address: "", policyNo: "", product: .unknown)

    let desk: Desk
    let office: DemonstrationOffice
    let telephonists: [Principal]
    let clerk: Principal

    /// Hires whoever answers, into customer service.
    static func found(_ desk: Desk, _ office: DemonstrationOffice, from day: Day) async throws -> DemonstrationQueries {
        let unit = try await desk.organisation().home(of: office.service.person, on: day) ?? office.branch
        func hire(_ login: String, _ zh: String, _ en: String, _ post: Post) async throws -> Principal {
            let id = PersonID(
                try await desk.administer(.addPerson(login: login, zh: zh, en: en, clearance: .internal, administrator: false), by: .system)
            )
            try await desk.administer(.appoint(id, unit, post: post.id, from: day.adding(days: -400), to: nil), by: .system)
            return Principal(id)
        }
        try await publishChannels(desk, office)
        return DemonstrationQueries(
            desk: desk, office: office,
            telephonists: [
                try await hire("yaoting", "姚婷", "Yao Ting", .deskOperator), try await hire("luojie", "罗杰", "Luo Jie", .deskOperator),
            ], clerk: try await hire("caimin", "蔡敏", "Cai Min", .counterClerk))
    }

    /// One working morning; the first is number 0.
    func work(_ number: Int, at now: Moment) async throws {
        let (lin, chen, xu, zhou) = (Self.customers[0], Self.customers[1], Self.customers[2], Self.customers[3])
        switch number {
        case 0:
            for customer in Self.customers { try await insure(customer, on: now.day) }
        case 1:
            for (place, customer) in Self.customers.enumerated() { try await enterBook(customer, place, on: now.day) }
        case 2: try await call(lin, 0, telling: [.payments, .benefits], at: now)
        case 3: try await counter(chen, telling: [.policy, .claims])
        case 4: try await consent(lin, scopes: "payments;claims", until: now.adding(days: 80), withdrawn: false)
        case 5: try await fail(chen, "02066550001", by: 0)
        case 6: try await consent(chen, scopes: "claims", until: now.adding(days: 40), withdrawn: true)
        case 7: try await refuse(at: now)
        case 8: for round in 0..<10 { try await fail(xu, "0206655\(1000 + round)", by: round % 2) }
        case 9: try await counter(lin, telling: [.policy, .payments, .service])
        case 11: try await visitWeb(lin, at: now)
        case 12: try await die(zhou, on: now.day)
        case 13...: if number % 3 == 0 { try await call(number % 2 == 0 ? lin : chen, number % 2, telling: [.payments], at: now) }
        default: break
        }
    }

    // MARK: What is in the book

    private static func publishChannels(_ desk: Desk, _ office: DemonstrationOffice) async throws {
        let offices: [JSONValue] = [("天河柜面", "广州市天河区体育西路100号一楼", "020-83330000"), ("越秀柜面", "广州市越秀区东风路66号一楼", "020-83330011")].map {
            .record([
                .init("office", .text($0.0)), .init("address", .text($0.1)), .init("telephone", .text($0.2)),
                .init("hours", .text("工作日 9:00-17:00")),
            ])
        }
        let draft = try await desk.take(
            QueryChannels.draft,
            input: [
                "hotLine": .text("95500"), "hours": .text("每日 8:00-20:00"), "webSite": .text("www.lingnan-life.example"),
                "offices": .list(offices),
                "explanation": .text("请随时核实您的保单；查询时请准备好证件和保单号。"),
            ], by: office.service)
        try await desk.take(QueryChannels.publish, on: draft.id, by: office.compliance)
    }

    private func insure(_ customer: Customer, on day: Day) async throws {
        var application = Application()
        application.applicationNo = "T" + customer.policyNo.dropFirst()
        application.policyNo = customer.policyNo
        (application.productClass, application.term, application.applicationDate) = (customer.product, "20", day)
        (application.channel, application.isCheckedByAgent) = (.direct, true)
        var person = ApplicationPerson()
        (person.role, person.name, person.sex, person.birthDate) = (.applicant, customer.name, customer.sex, customer.birth)
        (person.documentType, person.documentNumber, person.mobile) = (.residentID, customer.number, customer.mobile)
        (person.landline, person.address) = ("020-8766" + customer.mobile.suffix(4), customer.address)
        (person.email, person.account) = ("q\(customer.sequence)@example.com", "622202" + customer.mobile)
        person.accountHolder = customer.name
        application.persons = [person]
        let entered = application
        try await desk.take(Application.submit, by: office.underwriter) { $0 = entered }
    }

    private func enterBook(_ customer: Customer, _ place: Int, on day: Day) async throws {
        func enter(_ type: String, _ input: [String: JSONValue]) async throws -> Int64 {
            try await desk.take(
                "enter", of: type, input: input.merging(["policyNo": .text(customer.policyNo)]) { given, _ in given }, by: office.service
            ).id
        }
        let from = JSONValue.text(day.description), until = JSONValue.text(day.adding(months: 240).description)
        for (benefit, amount) in [("身故保险金", "300000"), ("重大疾病保险金", "200000")].prefix(2 - place % 2) {
            _ = try await enter("policy-benefit", ["benefit": .text(benefit), "amount": .text(amount), "from": from, "until": until])
        }
        _ = try await enter(
            "policy-payment",
            ["dueOn": from, "amount": .text("\(3600 + place * 480).50"), "paidOn": from, "way": .text("transfer")])
        _ = try await enter(
            "policy-payment", ["dueOn": .text(day.adding(months: 12).description), "amount": .text("\(3600 + place * 480).50")])
        if place < 2 {
            let claim = try await enter(
                "policy-claim", ["claimNo": .text("LP449000\(place + 1)"), "kind": .text("claim"), "reportedOn": from])
            if place == 1 {
                try await desk.take(
                    PolicyClaim.decide, on: claim,
                    input: ["result": .text("paid"), "decidedOn": from, "amount": .text("12800"), "paidOn": from], by: office.service)
            }
        }
        let heir: JSONValue = .record([
            .init("name", .text(Self.son.name)), .init("documentNumber", .text(Self.son.number)), .init("mobile", .text(Self.son.mobile)),
            .init("relation", .text("子女")), .init("order", .whole(1)), .init("share", .whole(100)),
        ])
        _ = try await enter(
            "beneficiary-designation",
            place == 1 ? ["from": from, "persons": .list([heir])] : ["from": from, "areLegalHeirs": .flag(true)])
    }

    private func die(_ customer: Customer, on day: Day) async throws {
        let found = try await desk.all(CustomerAuthenticity.Customer.self).first { $0.value.documentNumber == customer.number }
        guard let found else { return }
        let paper = try await desk.keep(file: "死亡证明.txt", content: Array("居民死亡医学证明（演示）".utf8), by: office.service)
        try await desk.take(
            ContactRestriction.register,
            input: [
                "customer": .whole(found.id.raw), "kind": .text("deceased"), "since": .text(day.adding(days: -2).description),
                "source": .text("家属到柜台告知"), "evidence": .list([paper.stored]),
            ], by: office.service)
    }

    /// What a visitor of the demonstration may answer as one of these customers.
    package static func answers(of customer: Customer, _ desk: Desk) async throws -> [(question: Words, answer: String)] {
        guard let scope = try await desk.find(\Policy.policyNo, is: customer.policyNo).first?.record.scope else { return [] }
        return try await desk.inquire(within: scope) { inquiry in
            guard let person = try QueryPerson.with(number: customer.number, name: customer.name, inquiry) else { return [] }
            let right = try IdentityAnswers(of: person, inquiry).right
            return IdentityQuestion.allCases.compactMap { question in
                right[question]?.first.map { (question.words, question == .productClass ? ProductClass(rawValue: $0)?.words.zh ?? $0 : $0) }
            }
        }
    }
}
