import Ledger
import Store
import WorkCalendar

/// Documents that wait for nobody: when their step came, no head was there whom it addresses. Once somebody is, it waits for him.
extension Desk {
    /// - Parameter former: who stood in before, where that was changed.
    func giveOrphans(formerly former: [StandIn] = []) async throws {
        let now = clock.now()
        for type in catalogue.types {
            for state in type.states where type.steps(from: state.name).contains(where: { !$0.isOptional && $0.by.isByName }) {
                let found = try await store.read { session in
                    try session.all(
                        """
                        SELECT d.id FROM document d WHERE d.type = $1 AND d.state = $2 AND NOT EXISTS (
                            SELECT 1 FROM task t WHERE t.document = d.id AND t.step NOT LIKE '!%' AND t.step NOT LIKE '?%')
                        ORDER BY d.id LIMIT 1000
                        """, [.text(type.name), .text(state.name)]
                    ) { $0.int(0) }
                }
                for id in found {
                    try await store.write { [self] session in try Transaction(self, session, now: now).giveOrphan(id, type, state.name) }
                }
            }
        }
        try await followStandIns(formerly: former)
    }
}

extension Transaction {
    fileprivate func giveOrphan(_ id: Int64, _ type: DocumentType, _ state: String) throws {
        guard let record = try desk.provedForJob(id, session), record.state == state else { return }
        let fields = try JSONReader.read(record.body)
        let rows = TaskList.rows(
            record, try type.bypassed(by: record, Body(keys: desk.keys, session)), fields: fields, type: type, authority: authority,
            sender: .none,
            at: now, idGenerator: desk.idGenerator)
        if rows.isEmpty { return }
        for row in rows { try session.execute(TaskList.insertion, row) }
        try session.execute(TaskList.timing, [.int(record.id)])
        let addressees = try type.steps(of: record, Body(keys: desk.keys, session)).filter { !$0.isOptional }.flatMap {
            authority.addressees(of: $0.by, record, fields: fields)
        }
        let names = addressees.map { authority.words(of: $0) }
        try desk.enter(
            .note, record, principal: .system, step: TaskAction.returned,
            words: Words("转给 " + names.map(\.zh).joined(separator: "、"), "to " + names.map(\.en).joined(separator: ", ")), at: now, session)
        for person in Set(addressees.flatMap(authority.people)) {
            try notify(
                person,
                Words("有单据待您办理：\(record.number ?? type.title.zh)", "A document waits for you: \(record.number ?? type.title.en)"), about: id
            )
        }
    }
}

extension Who {
    /// It addresses people by name, and nobody where they are not there.
    fileprivate var isByName: Bool {
        switch self {
        case .head, .requester, .holder, .named, .each, .headOf: true
        case .any(let whos): whos.contains(where: \.isByName)
        case .staff, .post, .postOf, .system: false
        }
    }
}
