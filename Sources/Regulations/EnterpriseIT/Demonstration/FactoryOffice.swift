import Kernel
import WorkCalendar

/// The invented factory of the demonstration: its information centre, its workshops, and the people in their posts.
package struct FactoryOffice: Sendable {
    package let factory: UnitID
    package let workshop: UnitID
    package let leader: Principal
    package let deputy: Principal
    package let director: Principal
    package let network: Principal
    package let secondNetwork: Principal
    package let assets: Principal
    package let desk: Principal
    package let keeper: Principal
    package let finance: Principal
    package let workshopHead: Principal
    package let secondHead: Principal
    package let worker: Principal
    package let draughtsman: Principal
    package let clerk: Principal
    package let duty: Principal

    var askers: [Principal] { [worker, draughtsman, clerk, duty] }

    /// Founds it beside whatever organisation there is.
    package static func found(_ desk: Desk, from day: Day) async throws -> FactoryOffice {
        func unit(_ parent: UnitID?, _ zh: String, _ en: String) async throws -> UnitID {
            UnitID(try await desk.administer(.addUnit(parent: parent, zh: zh, en: en), by: .system))
        }
        func hire(_ login: String, _ zh: String, _ en: String, _ posts: [Post], _ unit: UnitID) async throws -> Principal {
            let id = PersonID(
                try await desk.administer(.addPerson(login: login, zh: zh, en: en, clearance: .internal, administrator: false), by: .system)
            )
            for post in posts {
                try await desk.administer(.appoint(id, unit, post: post.id, from: day.adding(days: -400), to: nil), by: .system)
            }
            return Principal(id)
        }
        let factory = try await unit(nil, "东江机械厂", "Dongjiang Machine Works")
        let centre = try await unit(factory, "信息中心", "Information centre"), first = try await unit(factory, "一车间", "Workshop one")
        let second = try await unit(factory, "二车间", "Workshop two"), finance = try await unit(factory, "财务科", "Finance")
        let store = try await unit(factory, "物资仓库", "Store")
        try await desk.administer(.adopt(regulation: enterpriseIT.id, version: 1, unit: factory, from: day.adding(days: -365)), by: .system)
        return FactoryOffice(
            factory: factory, workshop: first,
            leader: try await hire("tangguoqiang", "汤国强", "Tang Guoqiang", [factoryLeader, .head], factory),
            deputy: try await hire("daicheng", "戴成", "Dai Cheng", [factoryLeader, .head], factory),
            director: try await hire("fushan", "傅珊", "Fu Shan", [centreDirector, .head], centre),
            network: try await hire("bianjun", "卞俊", "Bian Jun", [.networkStaff], centre),
            secondNetwork: try await hire("kangli", "康丽", "Kang Li", [.networkStaff], centre),
            assets: try await hire("wuyueying", "伍月英", "Wu Yueying", [.assetStaff], centre),
            desk: try await hire("yuhao", "余浩", "Yu Hao", [.serviceDesk], centre),
            keeper: try await hire("gulan", "顾兰", "Gu Lan", [.storeKeeper], store),
            finance: try await hire("mengqi", "孟琪", "Meng Qi", [.finance], finance),
            workshopHead: try await hire("pingdawei", "平大伟", "Ping Dawei", [.head], first),
            secondHead: try await hire("huangyi", "黄毅", "Huang Yi", [.head], second),
            worker: try await hire("hechun", "和春", "He Chun", [.staff], first),
            draughtsman: try await hire("muxin", "穆欣", "Mu Xin", [.staff], first),
            clerk: try await hire("xiaohong", "萧虹", "Xiao Hong", [.staff], second),
            duty: try await hire("yinfeng", "尹峰", "Yin Feng", [.roomDuty], first))
    }
}
