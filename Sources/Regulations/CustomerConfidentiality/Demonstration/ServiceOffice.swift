import Kernel
import WorkCalendar

/// The invented company of the demonstration: its customer-service department with all posts filled, and those who bring and use customers.
package struct ServiceOffice: Sendable {
    package let company: UnitID
    package let service: UnitID
    package let market: UnitID
    package let finance: UnitID
    package let specialist: Principal
    package let supervisor: Principal
    package let manager: Principal
    package let generalManager: Principal
    package let archivist: Principal
    package let custodian: Principal
    package let courier: Principal
    package let marketHead: Principal
    package let financeHead: Principal
    /// Of the market department.
    package let clerks: [Principal]
    package let accountant: Principal

    /// Founds it beside whatever organisation there is.
    package static func found(_ desk: Desk, from day: Day) async throws -> ServiceOffice {
        func unit(_ parent: UnitID?, _ zh: String, _ en: String) async throws -> UnitID {
            UnitID(try await desk.administer(.addUnit(parent: parent, zh: zh, en: en), by: .system))
        }
        func hire(_ login: String, _ zh: String, _ en: String, _ posts: [Post], _ unit: UnitID, _ clearance: Level = .internal)
            async throws -> Principal
        {
            let id = PersonID(
                try await desk.administer(
                    .addPerson(login: login, zh: zh, en: en, clearance: clearance, administrator: false), by: .system))
            for post in posts {
                try await desk.administer(.appoint(id, unit, post: post.id, from: day.adding(days: -400), to: nil), by: .system)
            }
            return Principal(id)
        }
        let company = try await unit(nil, "和润实业有限公司", "Herun Industries")
        let service = try await unit(company, "客户服务部", "Customer service")
        let market = try await unit(company, "市场部", "Marketing"), finance = try await unit(company, "财务部", "Finance")
        try await desk.administer(
            .adopt(regulation: confidentiality.id, version: 1, unit: company, from: day.adding(days: -365)), by: .system)
        return ServiceOffice(
            company: company, service: service, market: market, finance: finance,
            specialist: try await hire("suwen", "苏雯", "Su Wen", [.informationSpecialist], service, .secret),
            supervisor: try await hire("guopeng", "郭鹏", "Guo Peng", [.informationSupervisor], service, .topSecret),
            manager: try await hire("dingyi", "丁怡", "Ding Yi", [.serviceManager, .head], service, .topSecret),
            generalManager: try await hire("luoxin", "罗昕", "Luo Xin", [.generalManager, .head], company, .topSecret),
            archivist: try await hire("tangmei", "汤梅", "Tang Mei", [.archivist], service),
            custodian: try await hire("songke", "宋可", "Song Ke", [.custodian], service, .topSecret),
            courier: try await hire("xiangdong", "向东", "Xiang Dong", [.courier], service),
            marketHead: try await hire("yuanfei", "袁飞", "Yuan Fei", [.head], market),
            financeHead: try await hire("zoujing", "邹静", "Zou Jing", [.head], finance),
            clerks: [
                try await hire("chengyu", "程宇", "Cheng Yu", [.staff], market), try await hire("baixue", "白雪", "Bai Xue", [.staff], market),
            ],
            accountant: try await hire("lingfang", "凌芳", "Ling Fang", [.staff], finance))
    }
}
