import ArgumentParser
import Foundation
import Kernel
import Practices
import School
import StoreSQLite
import Tables
import WorkCalendar

/// A school of many sites with the items that bench/lists.py wrote, each delivered to one reader: the in-tray, the search and the figures
/// of whoever asks, and one item that goes to everybody at once. In milliseconds but for what takes seconds.
struct BenchSchool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "school")
    @Argument(help: "Items as bench/lists.py writes them") var file: String
    @Option var units = 300
    @Option var people = 20_000
    @Option var asked = 2_000

    private struct Campus {
        let root: UnitID
        let office: Principal
        /// Of each unit: who releases, and who works there.
        let heads: [Principal]
        let members: [[Principal]]
        let sites: [UnitID]
        var everybody: [Principal] { members.flatMap { $0 } }
    }

    func run() async throws {
        try await Bench.inScratch { folder in
            let desk = try await Bench.desk(in: folder, [schoolContents, practicesContents])
            let campus = try await found(desk)
            try await fill(desk, campus)
            try await desk.settleLedger()
            try await desk.settleSearch()
            var lines = try await ask(desk, campus)
            lines += try await circulate(desk, campus)
            await desk.store.close()
            Terminal.answer(lines.joined(separator: "\n"))
        }
    }

    private func found(_ desk: Desk) async throws -> Campus {
        let day = desk.clock.now().day.adding(days: -30)
        func unit(_ parent: UnitID?, _ name: String) async throws -> UnitID {
            UnitID(try await desk.administer(.addUnit(parent: parent, zh: name, en: name), by: .system))
        }
        func hire(_ login: String, _ post: Post, _ unit: UnitID) async throws -> Principal {
            let add = try await desk.administer(
                .addPerson(login: login, zh: login, en: login, clearance: .secret, administrator: false), by: .system)
            try await desk.administer(.appoint(PersonID(add), unit, post: post.id, from: day, to: nil), by: .system)
            return Principal(PersonID(add))
        }
        let root = try await unit(nil, "学校")
        try await desk.administer(.adopt(regulation: school.id, version: 1, unit: root, from: day), by: .system)
        let office = try await hire("office", .informationOffice, root)
        var sites: [UnitID] = [], heads: [Principal] = [], members: [[Principal]] = []
        for number in 0..<units {
            let site = try await unit(root, "工作点\(number)")
            sites.append(site)
            heads.append(try await hire("head\(number)", .head, site))
            var here: [Principal] = []
            for place in 0..<max(1, people / units) { here.append(try await hire("p\(number)x\(place)", .staff, site)) }
            members.append(here)
        }
        return Campus(root: root, office: office, heads: heads, members: members, sites: sites)
    }

    /// Each row is an item of its unit, and its delivery to the reader whom it names by number.
    private func fill(_ desk: Desk, _ campus: Campus) async throws {
        var batch: [(unit: Int, item: InformationItem)] = []
        let everybody = campus.everybody, now = desk.clock.now()
        func flush() async throws {
            for (unit, rows) in Dictionary(grouping: batch, by: \.unit).sorted(by: { $0.key < $1.key }) {
                let writer = campus.members[unit % campus.members.count][0]
                let taken = try await desk.takeMany(InformationItem.write, rows.map(\.item), by: writer).map { try $0.get().id }
                let deliveries = zip(taken, rows).map { id, row -> Delivery in
                    var delivery = Delivery()
                    (delivery.item, delivery.reader, delivery.subject) = (ID(id), row.item.readers[0], row.item.subject)
                    (delivery.secrecy, delivery.deliveredAt) = (.inside, now)
                    return delivery
                }
                for result in try await desk.takeMany(
                    Delivery.deliver, deliveries, by: .system, in: (campus.sites[unit % campus.sites.count], .none))
                { _ = try result.get() }
            }
            batch = []
        }
        var rows: [[String]] = []
        try TableReader(path: file).forEachRow { rows.append($0.texts) }
        for row in rows {
            var item = InformationItem()
            (item.subject, item.text) = (row[1], row[2])
            (item.kind, item.administrative, item.medium) = (.administrative, .notice, .text)
            (item.direction, item.secrecy) = (.down, .inside)
            let unit = (Int(row[0]) ?? 0) % campus.members.count, writer = campus.members[unit][0]
            var reader = everybody[(Int(row[3]) ?? 0) % everybody.count]
            if reader == writer { reader = campus.heads[unit] }
            item.readers = [reader.person]
            batch.append((unit, item))
            if batch.count == 20_000 { try await flush() }
        }
        try await flush()
    }

    private func ask(_ desk: Desk, _ campus: Campus) async throws -> [String] {
        let everybody = campus.everybody, words = ["教学检查", "安全月", "家长开放日", "期末复习", "校车线路"]
        let tray = try await Bench.times(asked) { number in _ = try await desk.todo(of: everybody[number * 7919 % everybody.count].person) }
        let search = try await Bench.times(asked) { number in
            _ = try await desk.search("\(words[number % words.count])", by: campus.office.person)
        }
        var query = RegisterQuery()
        (query.limit, query.isCounted) = (500, false)
        let figures = try await Bench.times(asked / 10) { _ in
            _ = try await desk.register(SchoolFigures.name, query, by: campus.office.person)
        }
        return Bench.percentiles("tray", tray) + Bench.percentiles("search", search) + Bench.percentiles("figures", figures)
    }

    /// One item for everybody, released once.
    private func circulate(_ desk: Desk, _ campus: Campus) async throws -> [String] {
        var item = InformationItem()
        (item.subject, item.text) = ("全校通知", "请各工作点遵照执行。")
        (item.kind, item.administrative, item.medium) = (.administrative, .notice, .text)
        (item.direction, item.secrecy) = (.down, .inside)
        let writer = campus.members[0][0]
        item.readers = campus.everybody.map(\.person).filter { $0 != writer.person }
        let id = try await desk.takeMany(InformationItem.write, [item], by: writer)[0].get().id
        let started = ContinuousClock.now
        try await desk.take(InformationItem.release, on: id, by: campus.heads[0])
        let seconds = Bench.seconds(since: started)
        return ["circulation \(seconds) s", "circulation_readers \(item.readers.count) people"]
    }
}
