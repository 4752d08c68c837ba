import ArgumentParser
import Courier
import Foundation
import Kernel
import Ledger
import Witnessing

/// The newest checkpoint: for paper, or to be handed over now.
struct Checkpoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "最新检查点 / The newest checkpoint, to print or to send")
    @Flag(help: "Hand it over to every place that is configured, now") var send = false
    @Flag(help: "As a sheet of paper: with its meaning, and the root in groups for reading aloud") var sheet = false
    @Flag(help: "The public key by which others check this ledger's checkpoints") var key = false
    @Option(help: "A folder: writes every cosigned note and time stamp that came back") var receipts: String?
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let settings = try await database.settings()
            let desk = try await database.openDesk(settings)
            let delivery = try database.delivery(settings, desk)
            if key {
                Terminal.answer(try desk.checkpointKey.text)
            } else if let receipts {
                try await write(delivery, to: receipts)
            } else if send {
                try await send(delivery)
            } else {
                try await show(desk)
            }
            await desk.store.close()
        }
    }

    private func show(_ desk: Desk) async throws {
        try await desk.settleLedger()
        guard let note = try await desk.latestCheckpoint() else {
            throw PlaceFault("还没有记录，也就没有检查点。", "There are no entries yet, and so no checkpoint.")
        }
        Terminal.answer(sheet ? CheckpointMail.text(note, at: MachineClock.clock.now()) : String(note.note.dropLast()))
    }

    private func send(_ delivery: CheckpointDelivery) async throws {
        guard !delivery.places.isEmpty else { throw PlaceFault(DeliveryOverview.noPlace.zh, DeliveryOverview.noPlace.en) }
        let outcomes = try await delivery.sendNow()
        for outcome in outcomes {
            let (place, fault) = (outcome.place.words, outcome.fault)
            Terminal.answer("\(place.zh)：\(fault?.zh ?? "已送达，\(outcome.size) 条")\n\(place.en): \(fault?.en ?? "delivered, \(outcome.size) entries")")
        }
        let missed = delivery.places.filter { place in !outcomes.contains { $0.place == place } }
        for place in missed {
            Terminal.answer("\(place.words.zh)：另一进程正在送，或者还没有检查点\n\(place.words.en): another process is at it, or there is no checkpoint yet")
        }
        if outcomes.contains(where: { $0.fault != nil }) || outcomes.isEmpty { throw ExitCode(1) }
    }

    private func write(_ delivery: CheckpointDelivery, to folder: String) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let receipts = try await delivery.receipts()
        for receipt in receipts {
            let kept = KeptCheckpoint(Array(receipt.kept.utf8))
            let kind = receipt.place.prefix { $0 != " " }
            let name = "\(folder)/\(receipt.at.milliseconds)-\(receipt.size)-\(kind)"
            if let note = kept.notes.first { try Data(note.note.utf8).write(to: URL(filePath: name + ".note")) }
            if let stamp = kept.timeStamps.first { try Data(stamp).write(to: URL(filePath: name + ".tsr")) }
        }
        Terminal.answer("写出 \(receipts.count) 份 / \(receipts.count) written")
    }
}

extension DatabaseOptions {
    /// - Throws: `PlaceFault` where a setting names no place.
    func delivery(_ settings: Settings, _ desk: Desk) throws -> CheckpointDelivery {
        let address = settings["database"] ?? ""
        return CheckpointDelivery(
            desk: desk, places: try CheckpointPlace.all { settings[$0] }, courier: Courier(authorities: settings["trusted-ca"]),
            rhythm: try .init(settings["checkpoint-every"] ?? "1h"),
            databasePath: address.hasPrefix("sqlite:") ? String(address.dropFirst(7)) : nil)
    }
}
