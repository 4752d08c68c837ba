import Kernel
import WorkCalendar

/// The invented trader of the demonstration: its departments, and the people in their posts.
package struct TraderOffice: Sendable {
    package let enterprise: UnitID
    package let purchaser: Principal
    package let seller: Principal
    package let keeper: Principal
    package let dispatcher: Principal
    package let officer: Principal
    package let secondOfficer: Principal
    package let qualityHead: Principal
    package let deputy: Principal
    package let manager: Principal

    var reporters: [Principal] { [purchaser, seller, keeper, dispatcher] }

    /// Founds it beside whatever organisation there is.
    package static func found(_ desk: Desk, from day: Day) async throws -> TraderOffice {
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
        let enterprise = try await unit(nil, "康宁医药有限公司", "Kangning Pharmaceuticals")
        let purchase = try await unit(enterprise, "采购部", "Purchase"), sales = try await unit(enterprise, "销售部", "Sales")
        let store = try await unit(enterprise, "仓储部", "Store"), dispatch = try await unit(enterprise, "运输部", "Dispatch")
        let quality = try await unit(enterprise, "质量管理部", "Quality")
        try await desk.administer(
            .adopt(regulation: drugQuality.id, version: 1, unit: enterprise, from: day.adding(days: -365)), by: .system)
        for (login, zh, en, unit) in [
            ("panyu", "潘宇", "Pan Yu", purchase), ("shenyue", "沈悦", "Shen Yue", sales), ("jiangtao", "江涛", "Jiang Tao", store),
            ("weilei", "魏磊", "Wei Lei", dispatch),
        ] { _ = try await hire(login, zh, en, [.head], unit) }
        return TraderOffice(
            enterprise: enterprise, purchaser: try await hire("fangli", "方丽", "Fang Li", [.staff], purchase),
            seller: try await hire("kongmin", "孔敏", "Kong Min", [.staff], sales),
            keeper: try await hire("yaogang", "姚刚", "Yao Gang", [.staff], store),
            dispatcher: try await hire("renbo", "任波", "Ren Bo", [.staff], dispatch),
            officer: try await hire("luxin", "陆欣", "Lu Xin", [.qualityOfficer], quality),
            secondOfficer: try await hire("jinping", "金萍", "Jin Ping", [.qualityOfficer], quality),
            qualityHead: try await hire("qinyun", "秦芸", "Qin Yun", [.qualityHead, .head], quality),
            deputy: try await hire("shijun", "石军", "Shi Jun", [.deputyManager], enterprise),
            manager: try await hire("yanhong", "严宏", "Yan Hong", [.enterpriseManager, .head], enterprise))
    }
}
