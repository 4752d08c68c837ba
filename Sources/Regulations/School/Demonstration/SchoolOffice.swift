import Kernel
import WorkCalendar

/// The invented school of the demonstration: head school, two sites, departments, the information office, and the people in their posts.
package struct SchoolOffice: Sendable {
    package let root: UnitID, teaching: UnitID, marketing: UnitID, east: UnitID, west: UnitID
    package let manager: Principal, director: Principal
    package let officeHead: Principal, clerk: Principal
    package let administrativeSpecialist: Principal, marketSpecialist: Principal
    package let dean: Principal, teacher: Principal, secondTeacher: Principal
    package let eastHead: Principal, eastTeacher: Principal, westHead: Principal, westReporter: Principal
    package let keeper: Principal, deputyKeeper: Principal, overseer: Principal

    /// Founds it beside whatever organisation there is.
    package static func found(_ desk: Desk, from day: Day) async throws -> SchoolOffice {
        func unit(_ parent: UnitID?, _ zh: String, _ en: String) async throws -> UnitID {
            UnitID(try await desk.administer(.addUnit(parent: parent, zh: zh, en: en), by: .system))
        }
        func hire(
            _ login: String, _ zh: String, _ en: String, _ posts: [Post], _ unit: UnitID, _ clearance: Level = .internal
        ) async throws -> Principal {
            let id = PersonID(
                try await desk.administer(
                    .addPerson(login: login, zh: zh, en: en, clearance: clearance, administrator: false), by: .system))
            for post in posts {
                try await desk.administer(.appoint(id, unit, post: post.id, from: day.adding(days: -400), to: nil), by: .system)
            }
            return Principal(id)
        }
        let root = try await unit(nil, "育才学校", "Yucai School")
        let information = try await unit(root, "信息室", "Information office"), administration = try await unit(root, "行政部", "Administration")
        let teaching = try await unit(root, "教务部", "Teaching"), marketing = try await unit(root, "市场部", "Marketing")
        let east = try await unit(root, "东城工作点", "East site"), west = try await unit(root, "西城工作点", "West site")
        try await desk.administer(
            .adopt(regulation: school.id, version: 1, unit: root, from: day.adding(days: -365)), by: .system)
        return SchoolOffice(
            root: root, teaching: teaching, marketing: marketing, east: east, west: west,
            manager: try await hire("haoyi", "郝毅", "Hao Yi", [.generalManager, .head], root, .topSecret),
            director: try await hire("nielan", "聂兰", "Nie Lan", [.businessDirector, .head], marketing, .topSecret),
            officeHead: try await hire(
                "tanwei", "谭威", "Tan Wei", [.informationOffice, .head, .unitInformationOfficer], information, .topSecret),
            clerk: try await hire("xiaoyun", "肖芸", "Xiao Yun", [.officeClerk], information, .secret),
            administrativeSpecialist: try await hire("duanjie", "段洁", "Duan Jie", [.administrativeSpecialist], administration, .secret),
            marketSpecialist: try await hire("luolin", "骆林", "Luo Lin", [.marketSpecialist, .unitInformationOfficer], marketing, .secret),
            dean: try await hire("geqing", "葛青", "Ge Qing", [.head], teaching, .secret),
            teacher: try await hire("jiaxin", "贾欣", "Jia Xin", [.staff, .unitInformationOfficer], teaching, .secret),
            secondTeacher: try await hire("xuepeng", "薛鹏", "Xue Peng", [.staff], teaching, .secret),
            eastHead: try await hire("yinhao", "尹浩", "Yin Hao", [.head], east),
            eastTeacher: try await hire("zhanfei", "詹飞", "Zhan Fei", [.staff], east),
            westHead: try await hire("wanmei", "万梅", "Wan Mei", [.head], west),
            westReporter: try await hire("moran", "莫然", "Mo Ran", [.marketReporter, .unitInformationOfficer], west),
            keeper: try await hire("ruanqi", "阮琦", "Ruan Qi", [.sealKeeper], administration),
            deputyKeeper: try await hire("jinyu", "靳宇", "Jin Yu", [.sealKeeper], administration),
            overseer: try await hire("yuefeng", "岳峰", "Yue Feng", [.overseer], root))
    }
}
