import Identifiers
import Kernel
import WorkCalendar

/// Who sold what an application asks for, and what has to be true of them (第十条, 第十一条).
struct Seller {
    let agent: Found<Agent>?
    let agency: Found<Agency>?
    /// The agent's own, where the agent has a log-in and the article asks for it.
    private let confirmation: Found<CheckConfirmation>?
    private let mustConfirm: Bool

    init(of application: Application, _ act: Act) throws {
        let agent: Found<Agent>? = application.agentNo.isEmpty ? nil : try act.find(\Agent.agentNo, is: application.agentNo, limit: 1).first
        self.agent = agent
        mustConfirm = try agent.map { try !$0.value.user.isNone && act.parameter(.ownConfirmation) == 1 } ?? false
        confirmation =
            mustConfirm
            ? try act.find(\CheckConfirmation.applicationNo, is: application.applicationNo, in: .confirmed, limit: 5).first {
                $0.value.agent == agent?.id
            } : nil
        agency =
            application.agencyName.isEmpty ? nil : try act.find(\Agency.agencyName, is: application.agencyName, in: .active, limit: 1).first
    }

    /// 第十条. Left out, nobody could tell whether the seller may; so each channel says who sold.
    func faults(_ application: Application, _ act: Act) throws -> [Refusal.Fault] {
        var faults: [Refusal.Fault] = []
        func add(_ field: String, _ words: Words, _ article: Article) { faults.append(.init(field: field, words, under: article)) }
        if !application.agencyName.isEmpty, agency == nil {
            add(
                "agencyName", Words("查无此中介机构，或合作已终止，请核对名称", "There is no such agency, or it has ended; check the name"),
                authenticity[10])
        }
        if application.agentNo.isEmpty {
            if let missing = missing(application, act) { add(missing.field, missing.words, authenticity[10]) }
        } else if let agent {
            if let obstacle = try obstacle(application, agent, act) { add("agentNo", obstacle, authenticity[10]) }
        } else {
            add("agentNo", DataFault.agentUnknown.words, authenticity[10])
        }
        if mustConfirm {
            if let words = unconfirmed(application) { add("isCheckedByAgent", words, authenticity[11]) }
        } else if !application.isCheckedByAgent {
            add(
                "isCheckedByAgent",
                Words(
                    "业务员（直销为经办人）须与客户核对资料并签名确认",
                    "The agent, or whoever took direct business, checks the data with the customer and signs for it"),
                authenticity[11])
        }
        return faults
    }

    /// Judged on the day of signing. What stood there when the application came in first is not made good by another date, nor by what was
    /// recorded of the agent since.
    private func obstacle(_ application: Application, _ agent: Found<Agent>, _ act: Act) throws -> Words? {
        guard let day = application.applicationDate else { return nil }
        if let obstacle = try agent.value.obstacle(on: day, state: agent.state, application.productClass, act) { return obstacle }
        guard let refused = application.refusedDate, application.refusedAgentNo == application.agentNo else { return nil }
        guard refused == day else {
            return Words(
                "首次录入的投保日期为 \(refused)，当日该业务员没有资格，更改日期不能补正：请由有资格的业务员与客户重新签署投保单，确系录入笔误的由合规核实",
                "The application came in dated \(refused), when the agent was not qualified; another date mends nothing: have a qualified agent "
                    + "sign a new application with the customer, or compliance verify that it was a slip")
        }
        guard !agent.value.wasOnRecord(for: day, at: act.record.created) else { return nil }
        return Words(
            "该业务员的资格系投保单录入之后补登，不能用于此投保单，请由有资格的业务员与客户重新签署投保单",
            "The agent's qualification was recorded after this application came in, and does not serve it: have a qualified agent sign a new "
                + "application with the customer")
    }

    /// 第十一条: who, when and what was checked; with the day on which it was signed.
    private func unconfirmed(_ application: Application) -> Words? {
        guard let confirmation else {
            return Words(
                "该业务员已开通账号，请由其本人登录办理“核对确认”后再录入", "The agent has a log-in: he confirms the check in person before the application is entered"
            )
        }
        guard let day = application.applicationDate, confirmation.value.applicationDate != day else { return nil }
        return Words(
            "业务员确认的投保日期为 \(confirmation.value.applicationDate?.description ?? "")，与投保单不一致，请核对",
            "The agent confirmed the check of an application dated \(confirmation.value.applicationDate?.description ?? ""); compare the dates"
        )
    }

    /// What the application keeps of it.
    func mark(_ application: inout Application, _ act: Act) throws {
        application.confirmation = confirmation?.id ?? .none
        guard let agent, let day = application.applicationDate else { return }
        if try agent.value.obstacle(on: day, state: agent.state, application.productClass, act) != nil {
            if application.refusedDate == nil { (application.refusedDate, application.refusedAgentNo) = (day, application.agentNo) }
        } else if day < act.today {
            application.sellerStanding = standing(agent, on: day, act)
        }
    }

    private func standing(_ agent: Found<Agent>, on day: Day, _ act: Act) -> SellerStanding {
        guard agent.value.wasOnRecord(for: day, at: .endOfDay(day)) else { return .recordedLater }
        return agent.value.isQualified(on: act.today, state: agent.state) ? .both : .signingOnly
    }

    private func missing(_ application: Application, _ act: Act) -> (field: String, words: Words)? {
        if application.channel.sellsThroughAgents {
            let words = Words(
                "请填写业务员代码：除直销和中介渠道外，须能核实销售人员的资格",
                "Enter the agent's number: but for direct business and agencies, the seller's qualification has to be checked")
            return ("agentNo", words)
        }
        if application.channel == .agency {
            if !application.agencyName.isEmpty { return nil }
            return ("agencyName", Words("渠道为中介的，请填写中介机构或其业务员代码", "Where an agency sold, enter the agency, or its agent's number"))
        }
        if act.principal.isSystem
            || act.organisation.holdings(of: act.principal.effective, on: act.today).contains(where: Self.takesDirectBusiness)
        {
            return nil
        }
        let words = Words(
            "直销业务由客户服务或核保录入；经业务员销售的，请改选渠道并填写业务员代码",
            "Direct business is entered by customer service or underwriting; where an agent sold, choose that channel and enter the agent's number"
        )
        return ("channel", words)
    }

    /// A channel's back office has sellers, and direct business has none.
    private static func takesDirectBusiness(_ holding: Appointment) -> Bool {
        [Post.underwriter.id, Post.customerService.id].contains(holding.post)
    }

    /// 第十一条: no premium comes from an account of whoever sells, of a relative, or of an agency, whatever was approved.
    func hasAccount(_ exception: AccountException, _ act: Act) throws -> Bool {
        if agent?.value.names(exception.accountHolder) == true { return true }
        if try !act.find(\Agency.agencyName, is: exception.accountHolder, limit: 1).isEmpty { return true }
        return try !act.ids(of: Agent.self, .account, is: exception.account, limit: 1).isEmpty
            || !act.ids(of: Agency.self, .account, is: exception.account, limit: 1).isEmpty
    }
}
