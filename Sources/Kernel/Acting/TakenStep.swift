extension Desk.Taken {
    init(_ outcome: Transaction.Outcome) {
        let record = outcome.record
        self.init(id: record.id, number: record.number, state: record.state, version: record.version, refusal: outcome.refusal)
    }
}
