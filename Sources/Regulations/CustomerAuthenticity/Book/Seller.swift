import Identifiers
import Kernel
import WorkCalendar

/// Who sold what an application asks for, and what has to be true of them (第十条, 第十一条).
struct Seller {
    let agent: Found<Agent>?
    let agency: Found<Agency>?

    init(of application: Application, _ act: Act) throws {
        agent = application.agentNo.isEmpty ? nil : try act.find(\Agent.agentNo, is: application.agentNo, limit: 1).first
        agency =
            application.agencyName.isEmpty ? nil : try act.find(\Agency.agencyName, is: application.agencyName, in: .active, limit: 1).first
    }

    /// 第十条. Left out, nobody could tell whether the seller may; so each channel says who sold.
    func faults(_ application: Application, _ act: Act) -> [Refusal.Fault] {
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
            if let day = application.applicationDate, !agent.value.isQualified(on: day, state: agent.state) {
                add("agentNo", DataFault.agentUnqualified.words, authenticity[10])
            }
        } else {
            add("agentNo", DataFault.agentUnknown.words, authenticity[10])
        }
        if !application.isCheckedByAgent {
            add(
                "isCheckedByAgent",
                Words(
                    "业务员（直销为经办人）须与客户核对资料并签名确认",
                    "The agent, or whoever took direct business, checks the data with the customer and signs for it"),
                authenticity[11])
        }
        return faults
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
