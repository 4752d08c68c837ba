import ArgumentParser
import EnterpriseIT
import Foundation
import Kernel
import Practices
import StoreSQLite
import Synchronization
import Tables
import WorkCalendar

/// A factory with many assets: the rows of an inventory against the software list, the first free address for sixteen at once, and the
/// page of one asset.
struct BenchAssets: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "assets")
    @Argument(help: "Inventory rows as bench/lists.py writes them: asset, name, version, publisher") var file: String
    @Option var assets = 200_000
    @Option var addresses = 2_000
    @Option var asked = 2_000

    func run() async throws {
        try await Bench.inScratch { folder in
            let desk = try await Bench.desk(in: folder, [enterpriseITContents, practicesContents])
            let (director, network) = try await found(desk)
            let ids = try await fill(desk, director)
            try await desk.settleLedger()
            var lines = try compare()
            lines += try await allocate(desk, network)
            let pages = try await Bench.times(asked) { number in
                _ = try await desk.document(ids[number * 7919 % ids.count], by: director.person)
            }
            await desk.store.close()
            Terminal.answer((lines + Bench.percentiles("page", pages)).joined(separator: "\n"))
        }
    }

    private func found(_ desk: Desk) async throws -> (Principal, Principal) {
        let day = desk.clock.now().day.adding(days: -30)
        let root = UnitID(try await desk.administer(.addUnit(parent: nil, zh: "工厂", en: "Factory"), by: .system))
        try await desk.administer(.adopt(regulation: enterpriseIT.id, version: 1, unit: root, from: day), by: .system)
        func hire(_ login: String, _ post: Post) async throws -> Principal {
            let id = PersonID(
                try await desk.administer(
                    .addPerson(login: login, zh: login, en: login, clearance: .internal, administrator: false), by: .system))
            try await desk.administer(.appoint(id, root, post: post.id, from: day, to: nil), by: .system)
            return Principal(id)
        }
        return (try await hire("director", centreDirector), try await hire("network", .networkStaff))
    }

    private func fill(_ desk: Desk, _ director: Principal) async throws -> [Int64] {
        var ids: [Int64] = []
        for start in stride(from: 0, to: assets, by: 10_000) {
            let values = (start..<min(start + 10_000, assets)).map { number -> ITAsset in
                var asset = ITAsset()
                (asset.number, asset.what, asset.serial) = ("PC\(1_000_000 + number)", "台式电脑", "SN\(5_000_000 + number)")
                (asset.place, asset.note) = ("\(number % 400)号楼", "建账前已有")
                return asset
            }
            ids += try await desk.takeMany(ITAsset.takeOver, values, by: director).map { try $0.get().id }
        }
        return ids
    }

    /// Every row of the file against a list of some thousand programs.
    private func compare() throws -> [String] {
        var list = SoftwareWhitelist(), seen: [SeenSoftware] = []
        try TableReader(path: file).forEachRow { row in
            seen.append(SeenSoftware(name: row.text(1), publisher: row.text(3), version: row.text(2)))
        }
        for program in seen.prefix(4_000) where program.name.utf8.count % 5 != 0 {
            list.add(name: program.name, publisher: program.publisher)
        }
        let started = ContinuousClock.now
        var found = 0
        for program in seen where list.verdict(of: program) != .allowed { found += 1 }
        let seconds = Bench.seconds(since: started)
        return [
            "whitelist \(Int(Double(seen.count) / max(seconds, 0.000_001))) 1/s", "whitelist_rows \(seen.count) rows",
            "not_allowed \(found) rows",
        ]
    }

    private final class Taken: Sendable {
        let addresses = Mutex<Set<String>>([])
        /// Those that were given a second time.
        let doubles = Mutex<[String]>([])
        let times = Mutex<[Double]>([])
    }

    private func allocate(_ desk: Desk, _ network: Principal) async throws -> [String] {
        let subnet = try await desk.take(
            Subnet.register,
            input: ["domain": .text("内网"), "prefix": .text("10.20.0.0/16"), "isContainer": .flag(false), "purpose": .text("厂区")],
            by: network
        ).id
        let taken = Taken()
        let started = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask { [addresses, taken] in
                    for _ in 0..<(addresses / 16) {
                        let began = ContinuousClock.now
                        let id = try await desk.take(
                            NetworkAddress.allocate, input: ["subnet": .whole(subnet), "host": .text("h")], by: network
                        ).id
                        let length = Bench.seconds(since: began) * 1000
                        taken.times.withLock { $0.append(length) }
                        let row = try await desk.document(id, by: network.person).row
                        let address = row.values["address"]?.text ?? ""
                        let isNew = taken.addresses.withLock { $0.insert(address).inserted }
                        if !isNew { taken.doubles.withLock { $0.append(address) } }
                    }
                }
            }
            try await group.waitForAll()
        }
        let seconds = Bench.seconds(since: started), count = taken.addresses.withLock { $0.count }
        let doubles = taken.doubles.withLock { $0.count }
        return Bench.percentiles("address", taken.times.withLock { $0 }) + [
            "addresses \(Int(Double(count) / max(seconds, 0.000_001))) 1/s", "doubles \(doubles) addresses",
        ]
    }
}
