import Identifiers
import Kernel
import WorkCalendar

/// What follows: what is verified again, penalties, lists and appraisals, agencies, notices, the committee, accountability.
extension DemonstrationConsequences {
    func acknowledge() async throws {
        for row in try await rows(ReVerification.name, ["open"], by: office.compliance) {
            _ = try await take("acknowledgeCompliance", of: ReVerification.name, on: row.id, by: office.compliance)
            _ = try await take("acknowledgeChannel", of: ReVerification.name, on: row.id, by: channel)
        }
    }

    /// Those within their cooling-off first; one has false data, the rest waits.
    func checkPolicies() async throws {
        let checks = try await rows(PolicyCheck.name, ["listed"], by: office.secondService)
        let outcomes = ["genuine", "false_data"]
        for (index, row) in checks.prefix(2).enumerated() {
            var input: [String: JSONValue] = [
                "outcome": .text(outcomes[index]), "basis": .text(index == 0 ? "电话回访核实，资料属实" : "所留电话为业务员亲属所有"),
            ]
            if index == 1 { input["evidence"] = try await file("回访记录.txt", "所留电话非客户本人", by: office.secondService) }
            if index == 0 {
                _ = try await take("askCallBack", of: PolicyCheck.name, on: row.id, by: office.secondService)
                _ = try await take(
                    "recordCallBack", of: PolicyCheck.name, on: row.id,
                    ["calledBackOn": .text(desk.clock.now().day.description), "callBack": .text("客户确认资料无误")], by: office.secondService)
            }
            _ = try await take("check", of: PolicyCheck.name, on: row.id, input, by: office.secondService)
        }
    }

    /// Later ones are checked shortly before they are due.
    func goOnChecking(on day: Day) async throws {
        for row in try await rows(PolicyCheck.name, ["listed"], by: office.secondService) {
            guard let due = row.values["dueOn"].flatMap({ Day(stored: $0) }), due <= day.adding(days: 4) else { continue }
            _ = try await take(
                "check", of: PolicyCheck.name, on: row.id, ["outcome": .text("genuine"), "basis": .text("电话回访核实，资料属实")],
                by: office.secondService)
        }
    }

    /// Proposed on the finding, heard, decided by the general manager, filed by compliance.
    mutating func penalise() async throws {
        guard
            let finding = try await rows(FalseDataFinding.name, ["found"], by: channel).first(where: {
                $0.values["source"]?.text == "check"
            })
        else { return }
        _ = try await take(
            "penalise", of: FalseDataFinding.name, on: finding.id,
            ["measure": .text("commission"), "points": .whole(20), "amount": .text("2000"), "penaltyFacts": .text("以亲属电话代替客户电话")],
            by: channel)
        guard let proposed = try await rows(Penalty.name, ["proposed"], by: channel).first else { return }
        penalty = proposed.id
        _ = try await take("hear", of: Penalty.name, on: penalty, ["statement": .text("本人承认代填，愿意整改")], by: office.compliance)
        _ = try await take(
            "decide", of: Penalty.name, on: penalty,
            ["measure": .text("commission"), "points": .whole(20), "amount": .text("2000"), "decision": .text("扣减佣金二千元，考核扣二十分")],
            by: office.generalManager)
        _ = try await take("acknowledge", of: Penalty.name, on: penalty, by: office.compliance)
    }

    // MARK: Lists and appraisals (第二十二条)

    /// The quarter before last has gone out and come back; the last one lies with compliance where no months went before.
    func sendList(on day: Day) async throws {
        let quarter = Period(.quarter, of: day)
        if try await desk.find(\FalseDataList.quarter, is: quarter.adding(-2)).isEmpty {
            let sent = try await take(
                "draw", of: FalseDataList.name, ["quarter": .text(quarter.adding(-2).description)], by: office.compliance)
            try await sendOut(sent, on: day)
        }
        if try await desk.find(\FalseDataList.quarter, is: quarter.adding(-1)).isEmpty {
            _ = try await take("draw", of: FalseDataList.name, ["quarter": .text(quarter.adding(-1).description)], by: office.compliance)
        }
        for (index, number) in Self.appraised.enumerated() {
            let sheet = try await sheet(of: number, quarter.adding(-1))
            if index == 2 { continue }
            _ = try await take(
                "rate", of: SellerAppraisal.name, on: sheet,
                ["rating": .text(index == 0 ? "good" : "excellent"), "consequences": .text("pay"), "remark": .text("按季度考核结果兑现")],
                by: channel)
            if index == 0 { _ = try await take("confirm", of: SellerAppraisal.name, on: sheet, by: office.compliance) }
        }
    }

    /// The one that the system has drawn up, or one that is drawn up now.
    private func sheet(of number: String, _ quarter: Period) async throws -> Int64 {
        let all = try await desk.all(SellerAppraisal.self, in: .drawn, limit: 500)
        if let sheet = all.first(where: { $0.value.codes == number && $0.value.quarter == quarter }) { return sheet.id.raw }
        return try await take(
            "draw", of: SellerAppraisal.name, ["quarter": .text(quarter.description), "agentNo": .text(number)], by: channel)
    }

    /// Whose appraisals somebody looks at.
    static let appraised = ["A441001", "A441002", "A441004"]

    /// A list goes out, and both receipts come back.
    func sendOut(_ list: Int64, on day: Day) async throws {
        _ = try await take("review", of: FalseDataList.name, on: list, ["opinion": .text("经核对，本季度无提供不实资料的认定")], by: office.compliance)
        _ = try await take("send", of: FalseDataList.name, on: list, by: office.generalManager)
        _ = try await take(
            "report", of: FalseDataList.name, on: list,
            [
                "outwardNo": .text("岭南寿粤办〔\(day.year)〕\(9 + day.month)号"), "reportedOn": .text(day.description),
                "recipients": .text("regulator;association"),
                "way": .text("专人送达"), "letter": try await file("季度报告.txt", "零报告", by: generalOffice),
            ], by: generalOffice)
        func receipt(_ from: String, _ number: String) -> JSONValue {
            .record([.init("recipient", .text(from)), .init("day", .text(day.description)), .init("number", .text(number))])
        }
        _ = try await take(
            "receipt", of: FalseDataList.name, on: list,
            ["receipts": .list([receipt("regulator", "收\(2060 + day.month)"), receipt("association", "协收\(310 + day.month)")])],
            by: generalOffice)
    }

    // MARK: Agencies (第二十三条)

    func beginAgencies(on day: Day) async throws {
        let names = [("穗诚保险代理有限公司", "广东省广州市越秀区环市东路371号"), ("珠江银行天河支行", "广东省广州市天河区天河路228号")]
        for (index, (name, address)) in names.enumerated() {
            let phone = JSONValue.record([.init("phone", .text("020-8333\(5000 + index)")), .init("purpose", .text("联络"))])
            let agency = try await take(
                "register", of: Agency.name,
                [
                    "agencyName": .text(name), "channel": .text(index == 0 ? "agency" : "bancassurance"), "address": .text(address),
                    "phones": .list([phone]),
                ], by: office.backOffices[1])
            _ = try await take(
                "record", of: AgencyContact.name,
                [
                    "agency": .whole(agency), "day": .text(day.description), "way": .text(index == 0 ? "visit" : "meeting"),
                    "with": .text(["廖经理", "韦行长"][index]), "content": .text("通报客户资料真实性要求，抽看投保单填写"),
                    "agreed": .text("机构一个月内自查并书面反馈"), "followUpOn": .text(day.adding(days: 30).description),
                ], by: channel)
            if index == 0 { try await sell(through: name, agency, on: day) }
        }
    }

    /// One application through the agency, and what was found of it.
    private func sell(through name: String, _ agency: Int64, on day: Day) async throws {
        var people = DemonstrationPeople(seed: 4242)
        var applicant = people.person(.applicant, on: day)
        (applicant.customerNo, applicant.mobile, applicant.landline, applicant.email) = ("C9000001", "13300009001", "", "")
        (applicant.account, applicant.accountHolder) = ("6227003324120000017", applicant.name)
        var insured = applicant
        (insured.role, insured.account, insured.accountHolder) = (.insured, "", "")
        var application = Application()
        (application.applicationNo, application.policyNo) = ("TZJ00001", "PZJ4400001")
        (application.productClass, application.term, application.applicationDate) = (.participating, "10", day)
        (application.channel, application.agencyName, application.isCheckedByAgent) = (.agency, name, true)
        application.persons = [applicant, insured]
        let filled = application
        try await desk.take(Application.submit, by: office.underwriter) { $0 = filled }
        let report = try await take(
            "report", of: AgencyReport.name,
            [
                "agency": .whole(agency), "discoveredOn": .text(day.description), "policyNos": .text("PZJ4400001"),
                "facts": .text("机构工作人员代客户填写联系地址"), "evidence": try await file("情况说明.txt", "地址系代填", by: channel),
            ], by: channel)
        _ = try await take(
            "uphold", of: AgencyReport.name, on: report, ["findings": .text("地址为机构办公地址，查实"), "measures": .text("约谈机构负责人，限期更正")],
            by: office.compliance)
        guard let finding = try await rows(FalseDataFinding.name, ["found"], by: channel).first else { return }
        _ = try await take(
            "waive", of: FalseDataFinding.name, on: finding.id, ["waiver": .text("机构首次发生，已主动更正，予以约谈")], by: channel)
    }

    // MARK: Notices, committee, accountability (第二十四条, 第二十七条)

    /// Nobody answers it, and it is overdue in the end; the other one is put right.
    func issueNotice(on day: Day) async throws {
        let organisation = try await desk.organisation()
        func issue(_ addressee: PersonID, _ article: Article, _ facts: String, due: Int) async throws -> Int64 {
            let unit = organisation.home(of: addressee, on: day) ?? office.branch
            return try await take(
                "issue", of: RectificationNotice.name,
                [
                    "unit": .whole(unit.raw), "addressee": .whole(addressee.raw), "breached": .text(article.key), "facts": .text(facts),
                    "demands": .text("查明原因，逐件补正，并书面报告"), "dueOn": .text(day.adding(days: due).description),
                ], by: office.compliance)
        }
        _ = try await issue(office.leaders[1], authenticity[13], "团队连续三件问题件未按期排查", due: 7)
        let answered = try await issue(office.backOffices[1].person, authenticity[11], "抽查发现两份投保单未经客户核对签名", due: 10)
        _ = try await take(
            "reply", of: RectificationNotice.name, on: answered, ["reply": .text("已逐件与客户核对并补签，组织内勤学习")], by: office.backOffices[1])
        _ = try await take("accept", of: RectificationNotice.name, on: answered, ["answer": .text("抽看补签材料，整改到位")], by: office.compliance)
    }

    mutating func convene(on day: Day) async throws {
        matter = try await take(
            "table", of: CommitteeMatter.name,
            [
                "subject": .text("业务员 A441001 一年内两次查实销售误导"), "facts": .text("两件投诉均已查实，重新核查中又认定一件不实资料"),
                "proposal": .text("建议通报批评并提请解除合同"), "agents": .list([.whole(try await agent("A441001"))]),
            ], by: office.compliance)
        _ = try await take("hear", of: CommitteeMatter.name, on: matter, ["statement": .text("本人承认误导，请求从轻处理")], by: office.compliance)
        session = try await take(
            "convene", of: CommitteeSession.name,
            [
                "day": .text(day.description), "place": .text("分公司第一会议室"), "chair": person(chair), "matters": .list([.whole(matter)]),
            ], by: office.compliance)
    }

    func sit() async throws {
        _ = try await take(
            "begin", of: CommitteeSession.name, on: session, ["present": .list(members.map { person($0) })], by: chair)
        _ = try await take("openVote", of: CommitteeMatter.name, on: matter, by: chair)
        let ballots = ["support", "support", "support", "against", "abstain"]
        for (index, voter) in voters.enumerated() {
            _ = try await take(
                "vote", of: CommitteeMatter.name, on: matter,
                ["ballot": .text(ballots[index]), "ballotReason": .text(index == 3 ? "建议先停止销售，观察整改" : "")], by: voter)
        }
        _ = try await take(
            "resolve", of: CommitteeMatter.name, on: matter, ["outcome": .text("penalise"), "resolution": .text("通报批评，提请渠道管理部解除合同")],
            by: chair)
        _ = try await take("close", of: CommitteeSession.name, on: session, ["minutes": .text("会议听取陈述并表决，决议如上。")], by: chair)
    }

    /// A session that sits: two have voted, the others have yet to.
    func sitAgain(on day: Day) async throws {
        let open = try await take(
            "table", of: CommitteeMatter.name,
            [
                "subject": .text("业务员 A441002 所销保单联系方式多次失实"), "facts": .text("三份保单的联系电话经回访均非客户本人所留"),
                "proposal": .text("建议责令限期整改，整改期间暂停销售"), "agents": .list([.whole(try await agent("A441002"))]),
            ], by: office.compliance)
        _ = try await take("hear", of: CommitteeMatter.name, on: open, ["statement": .text("本人称客户更换号码，愿逐户核实")], by: office.compliance)
        let sitting = try await take(
            "convene", of: CommitteeSession.name,
            [
                "day": .text(day.description), "place": .text("分公司第一会议室"), "chair": person(chair), "matters": .list([.whole(open)]),
            ], by: office.compliance)
        _ = try await take("begin", of: CommitteeSession.name, on: sitting, ["present": .list(members.map { person($0) })], by: chair)
        _ = try await take("openVote", of: CommitteeMatter.name, on: open, by: chair)
        for (voter, ballot) in [(voters[2], "support"), (voters[3], "against")] {
            _ = try await take(
                "vote", of: CommitteeMatter.name, on: open,
                ["ballot": .text(ballot), "ballotReason": .text(ballot == "against" ? "宜先核实全部保单，再议处理" : "")], by: voter)
        }
    }

    func account() async throws {
        _ = try await take(
            "open", of: AccountabilityCase.name,
            [
                "breached": .text(authenticity[13].key), "unit": .whole(office.teams[1].raw),
                "responsible": .list([.whole(office.leaders[1].raw)]),
                "facts": .text("收到问题件清单后未组织排查，整改通知逾期未回复"), "risk": .text("三名客户联系方式长期失实，续期通知无法送达"),
                "evidence": try await file("督办记录.txt", "三次督办均无反馈", by: office.compliance),
            ], by: office.compliance)
    }
}
