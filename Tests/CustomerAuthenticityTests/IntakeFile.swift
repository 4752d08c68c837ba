import CustomerAuthenticity
import Foundation
import Identifiers
import Tables

/// A small intake file, written for a test and removed after it.
struct IntakeFile {
    static let columns = [
        "application_no", "policy_no", "product_class", "term_years", "application_date", "role", "customer_no", "name", "sex",
        "birth_date",
        "document_type", "document_number", "mobile", "landline", "email", "address", "bank_account", "account_holder", "agent_no",
        "channel", "account_class", "phone_holder",
    ]
    /// An applicant without fault.
    static let good = [
        "application_no": "T1", "policy_no": "P1", "product_class": "life", "term_years": "20", "application_date": "2026-01-05",
        "role": "applicant", "customer_no": "C1", "name": "王小明", "sex": "M", "birth_date": "1980-02-03", "document_type": "resident-id",
        "document_number": number(birth: "19800203", sequence: 11), "mobile": "13912345670", "address": "北京市朝阳区建国路88号2栋301室",
        "bank_account": "622202000000", "account_holder": "王小明", "agent_no": "A1", "channel": "individual",
    ]

    let folder: URL
    let path: String
    var answers: String { folder.appending(path: "answers.csv").path }

    init(_ bytes: [UInt8], name: String = "intake.csv") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "intake-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: name).path
        try Data(bytes).write(to: URL(filePath: path))
    }

    /// Rows as changes to the good one.
    init(_ rows: [[String: String]], columns: [String] = IntakeFile.columns) throws {
        var text = CSVText()
        for column in columns { text.append(column) }
        text.endRow()
        for row in rows {
            let whole = IntakeFile.good.merging(row) { $1 }
            for column in columns { text.append(whole[column] ?? "") }
            text.endRow()
        }
        try self.init(text.bytes)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// A good resident number.
    static func number(birth: String, sequence: Int, region: String = "110105") -> String {
        let body = region + birth + String(String(1000 + sequence).suffix(3))
        return body + String(ResidentNumber.checkCharacter(for: body + "0") ?? "?")
    }

    /// What the check answers, each row by column.
    func check(workers: Int = 2) throws -> (rows: [[String: String]], summary: CheckSummary) {
        let writer = try CSVWriter(.file(answers))
        let summary = try FileCheck(.init(today: .init(iso: "2026-03-04")!), workers: workers).run(path, to: writer)
        try writer.close()
        return (try IntakeFile.read(answers), summary)
    }

    func screen(agents: AgentContacts? = nil) throws -> [[String: String]] {
        let writer = try CSVWriter(.file(answers))
        _ = try FileScreen(agents: agents).run(path, to: writer)
        try writer.close()
        return try IntakeFile.read(answers)
    }

    static func read(_ path: String) throws -> [[String: String]] {
        let table = try TableReader(path: path)
        var rows: [[String: String]] = []
        try table.forEachRow { row in
            rows.append(Dictionary(uniqueKeysWithValues: zip(table.columns, row.texts)))
        }
        return rows
    }
}
