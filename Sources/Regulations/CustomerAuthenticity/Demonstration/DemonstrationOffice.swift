import Kernel
import WorkCalendar

/// The invented group: its units, and the people in their posts.
package struct DemonstrationOffice: Sendable {
    package let branch: UnitID
    package let teams: [UnitID]
    /// The leader of each team, in the same order.
    package let leaders: [PersonID]
    package let service: Principal
    package let secondService: Principal
    /// The back offices of the individual and of the bancassurance channel.
    package let backOffices: [Principal]
    package let underwriter: Principal
    package let compliance: Principal
    package let trainer: Principal
    package let generalManager: Principal

    /// The back office of a team: the last team sells through banks.
    func backOffice(ofTeam team: Int) -> Principal { backOffices[team == teams.count - 1 ? 1 : 0] }

    /// Founds it on an empty database.
    static func found(_ desk: Desk, from day: Day) async throws -> DemonstrationOffice {
        func unit(_ parent: UnitID?, _ zh: String, _ en: String) async throws -> UnitID {
            UnitID(try await desk.administer(.addUnit(parent: parent, zh: zh, en: en), by: .system))
        }
        func hire(_ login: String, _ zh: String, _ en: String, _ posts: [Post], _ unit: UnitID, administrator: Bool = false) async throws
            -> PersonID
        {
            let id = PersonID(
                try await desk.administer(
                    .addPerson(login: login, zh: zh, en: en, clearance: .secret, administrator: administrator), by: .system))
            for post in posts {
                try await desk.administer(.appoint(id, unit, post: post.id, from: day.adding(days: -400), to: nil), by: .system)
            }
            return id
        }
        let group = try await unit(nil, "岭南人寿集团", "Lingnan Life Group")
        let branch = try await unit(group, "广东分公司", "Guangdong branch")
        let office = try await unit(branch, "综合办公室", "General office")
        let service = try await unit(branch, "客户服务部", "Customer service")
        let support = try await unit(branch, "业务支持部", "Business support")
        let compliance = try await unit(branch, "合规部", "Compliance")
        let training = try await unit(branch, "培训部", "Training")
        let individual = try await unit(branch, "个险渠道部", "Individual channel")
        let banks = try await unit(branch, "银保渠道部", "Bancassurance channel")
        let teams = [
            try await unit(individual, "个险一部", "Individual team 1"), try await unit(individual, "个险三部", "Individual team 3"),
            try await unit(banks, "银保一部", "Bancassurance team 1"),
        ]
        try await desk.administer(
            .adopt(regulation: authenticity.id, version: 1, unit: branch, from: day.adding(days: -365)), by: .system)
        _ = try await hire("wuhao", "吴昊", "Wu Hao", [.staff], office, administrator: true)
        return DemonstrationOffice(
            branch: branch, teams: teams,
            leaders: [
                try await hire("huangwei", "黄伟", "Huang Wei", [.teamLeader, .head], teams[0]),
                try await hire("liuyang", "刘洋", "Liu Yang", [.teamLeader, .head], teams[1]),
                try await hire("gaofeng", "高峰", "Gao Feng", [.teamLeader, .head], teams[2]),
            ],
            service: Principal(try await hire("zhoumin", "周敏", "Zhou Min", [.customerService, .head], service)),
            secondService: Principal(try await hire("chenjing", "陈静", "Chen Jing", [.customerService], service)),
            backOffices: [
                Principal(try await hire("lintao", "林涛", "Lin Tao", [.backOffice], individual)),
                Principal(try await hire("xuna", "徐娜", "Xu Na", [.backOffice], banks)),
            ],
            underwriter: Principal(try await hire("hejing", "何静", "He Jing", [.underwriter], support)),
            compliance: Principal(try await hire("songlan", "宋岚", "Song Lan", [.compliance, .head], compliance)),
            trainer: Principal(try await hire("tangli", "唐丽", "Tang Li", [.trainer], training)),
            generalManager: Principal(try await hire("zhengguodong", "郑国栋", "Zheng Guodong", [.generalManager, .head], office)))
    }
}
