import Kernel

/// 陈述意见: what is put to somebody with a log-in who is complained about, and the answer (第十四条). It holds nothing of whoever complained,
/// and is all that the one complained about reads.
package struct RespondentStatement: Document {
    package enum State: String, CaseIterable, Sendable { case asked, answered, closed }
    package var complaintNo = ""
    package var complaint = ID<Complaint>.none
    package var respondent = PersonID.none
    package var allegation = "", statement = ""
    package var files: [FileReference] = []
    package init() {}

    package static let name = "respondent-statement"

    package static let form = Form<RespondentStatement>(
        "陈述意见", "Statement", number: "陈述",
        states: [
            .asked: .open("待陈述", "To be answered"), .answered: .done("已陈述", "Answered"), .closed: .no("不再需要", "Not needed any more"),
        ],
        readers: [],
        [
            .text(\.complaintNo, "投诉编号", "Complaint number").code().listed(), .reference(\.complaint, "投诉", "Complaint"),
            .person(\.respondent, "陈述人", "Who answers").unindexed(), .prose(\.allegation, "告知事项", "What is put to you"),
            .prose(\.statement, "陈述", "Your statement").onceFilled(), .files(\.files, "材料", "Papers").optional().onceFilled(),
        ])

    package static let ask = Step<RespondentStatement>(
        "ask", "告知", "Put it to the seller", to: .asked, by: .system, under: authenticity[14]
    ) {
        statement, act in
        act.notify([statement.respondent], "有一件投诉涉及您，请陈述意见", "A complaint is about you; say what there is to say")
    }
    package static let answer = Step<RespondentStatement>(
        "answer", "陈述", "Answer", from: .asked, to: .answered, by: .named(\RespondentStatement.respondent), under: authenticity[14],
        fields: [\.statement, \.files]
    ) { statement, act in
        let text = statement.statement
        guard let complaint = try act.load(statement.complaint), [.investigating, .concluded].contains(complaint.state) else { return }
        try act.take(Complaint.receiveStatement, on: complaint.id) { $0.statement = text }
    }
    package static let close = Step<RespondentStatement>(
        "close", "不再需要", "Close", from: .asked, to: .closed, by: .system, under: authenticity[14], isOptional: true)
    package static let steps = [ask, answer, close]

    /// Puts what the handler has written to whoever is complained about.
    static func ask(_ complaint: Complaint, of act: Act) throws {
        let id = ID<Complaint>(act.record.id)
        let isOpen = try act.find(\RespondentStatement.complaint, is: id, in: .asked, limit: 1).isEmpty
        try act.require(isOpen, "已告知被投诉人，尚未陈述", "It was put to the seller, who has yet to answer")
        var statement = RespondentStatement()
        (statement.complaintNo, statement.complaint) = (act.record.number ?? "", id)
        (statement.respondent, statement.allegation) = (complaint.respondent, complaint.allegation)
        try act.create(statement, by: ask, heldBy: complaint.respondent)
    }

    /// Once the complaint is decided or withdrawn, nobody has to answer.
    static func close(of act: Act) throws {
        for open in try act.find(\RespondentStatement.complaint, is: ID(act.record.id), in: .asked, limit: 20) {
            try act.take(close, on: open.id)
        }
    }
}
