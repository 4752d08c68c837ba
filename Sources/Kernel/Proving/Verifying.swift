import Ledger
import Store
import Vault
import WorkCalendar

extension Desk {
    /// Proves the ledger and what rests on it: the tree against its entries, every signed checkpoint, each document with what hangs on it
    /// against its last entry, each row of the organisation against what the entries state of it, running numbers against the documents
    /// that bear them, that the files are there that documents name, and that the database runs no code of somebody else's. Entries that
    /// have no place yet are looked at where they wait. Writes nothing.
    /// - Parameters:
    ///   - kept: checkpoints that were printed or kept elsewhere; they catch a history that was rewritten or cut short as a whole.
    ///   - isDeep: makes anew what follows from documents and entries besides: see `DeepProof`. Opens every document and every file.
    package func verify(
        against kept: [CheckpointNote] = [], isDeep: Bool = false, progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) async throws -> VerificationReport {
        let now = clock.now()
        let expectation = Ledger.Expectation(
            key: try checkpointKey, entryKey: entryKey, kept: kept, placedBefore: now.adding(hours: -1).milliseconds,
            signedBefore: now.adding(seconds: -60).milliseconds)
        return try await store.read { [self] session in
            var report = try Ledger.verify(in: session, expecting: expectation, progress: progress)
            let documents = DocumentProof(self)
            try Ledger.verifyDocuments(in: session, into: &report) { session, after, limit in
                try documents.page(after: after, limit: limit, session)
            }
            try documents.finish(session, &report)
            try RowProof(self, Organisation.read(session)).verify(session, &report)
            try ForeignCode.verify(session, &report)
            if isDeep { try DeepProof(self).verify(session, &report) } else { report.say(.notDeep) }
            return report
        }
    }

    /// The newest signed head of the tree, to be printed or kept elsewhere; none where its note cannot be read.
    package func latestCheckpoint() async throws -> CheckpointNote? {
        do { return try await store.read { try Ledger.lastCheckpoint(in: $0) } } catch is LedgerError { return nil }
    }
}

extension VerificationReport.Limit {
    /// What the verification could not see, for whoever reads its report.
    package var words: Words {
        switch self {
        case .nothingKept(let newest):
            Words(
                "没有提供另存的检查点：如果有人换回了整个旧库，或截去了 \(Self.minute(newest)) 以后的末尾，本次校验看不出来。",
                "No checkpoint kept outside was given: an older whole database put back, or the end cut off since \(Self.minute(newest)), would not be seen."
            )
        case .keptUpTo(let size, let at):
            Words(
                "所给的检查点管到第 \(size) 条（\(Self.minute(at))）：此后的末尾如被截去，本次校验看不出来。",
                "The given checkpoints reach up to entry \(size) (\(Self.minute(at))): an end cut off after that would not be seen.")
        case .earlierForm(let size, let at):
            Words(
                "前 \(size) 条由旧版程序写入，\(Self.minute(at)) 升级时整体封存：此前的伪造，本次校验看不出来。",
                "The first \(size) entries were written by an earlier program and sealed as a whole at the upgrade, \(Self.minute(at)): what was forged before that would not be seen."
            )
        case .rowsAsFound(let at):
            Words(
                "人员、岗位、授权、时限等行自 \(Self.minute(at)) 升级起存证，此前按当时的现状为准：更早的改动，本次校验看不出来。",
                "Rows of people, posts, grants, clocks and the like are stated since the upgrade, \(Self.minute(at)), as they stood then: what was changed before that would not be seen."
            )
        case .notDeep:
            Words(
                "没有深入校验：查重和检索用的索引、附件内容、条文计数的改动，请运行 dianzhang verify --deep。",
                "Not verified deeply: changes of what documents are found by, of the files' contents and of the counts by article are seen by dianzhang verify --deep."
            )
        }
    }

    private static func minute(_ milliseconds: Int64) -> String {
        let moment = Moment(milliseconds: milliseconds)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(moment.day) \(two(moment.hour)):\(two(moment.minute))"
    }
}
