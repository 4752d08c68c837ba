import Kernel
import Tables

/// Units, people and posts in one table, a row a post of a person: the first day's work of an administrator as one file.
struct PeopleFile: Sendable {
    struct Row: Sendable {
        let line: Int
        /// From the top down: `公司/客户服务部`.
        var unit = "", name = "", login = "", post = "", clearance = "", english = ""
    }

    static let mostRows = 500
    private(set) var rows: [Row] = []

    private static let columns: [(Header.Column, WritableKeyPath<Row, String> & Sendable)] = [
        (.init("unit", "单位", "部门", "unit", isRequired: true), \.unit), (.init("name", "姓名", "中文姓名", "name", isRequired: true), \.name),
        (.init("login", "登录名", "工号", "login", "log-in", isRequired: true, content: .code), \.login),
        (.init("post", "岗位", "职务", "post"), \.post),
        (.init("clearance", "涉密等级", "密级", "clearance"), \.clearance), (.init("english", "英文姓名", "english name", "english"), \.english),
    ]
    private static let form = TableForm(columns.map(\.0), needs: [["unit"], ["name"], ["login"]])

    static func header(_ l: Language) -> [String] { columns.map { l == .zh ? $0.0.names.first ?? $0.0.key : $0.0.key } }

    /// - Throws: `PaperError` where it is no such table.
    init(_ content: [UInt8], name: String) throws {
        rows = try TableReader.reading(content: content, name: name, form: Self.form) { table in
            let header = try table.header(Self.form)
            var rows: [Row] = []
            try table.forEachRow { row in
                var read = Row(line: row.number)
                for (column, path) in Self.columns {
                    if let index = header[column.key] { read[keyPath: path] = row.text(index).trimmingBlanks }
                }
                let isEmpty = Self.columns.allSatisfy { read[keyPath: $0.1].isEmpty }
                if !isEmpty, rows.count <= Self.mostRows { rows.append(read) }
            }
            return rows
        }
    }

    /// As a form carries it from the preview to the taking.
    var kept: String {
        // Whatever breaks a line in a cell would make two rows of one, and neither would be read again.
        func plain(_ cell: String) -> String { String(cell.map { $0 == "\t" || $0.isNewline ? " " : $0 }) }
        return rows.map { row in
            ([String(row.line)] + Self.columns.map { plain(row[keyPath: $0.1]) }).joined(separator: "\t")
        }.joined(separator: "\n")
    }

    init(kept: String) {
        rows = kept.split(whereSeparator: \.isNewline).prefix(Self.mostRows).compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == Self.columns.count + 1, let number = Int(cells[0]) else { return nil }
            var row = Row(line: number)
            for (cell, column) in zip(cells.dropFirst(), Self.columns) { row[keyPath: column.1] = cell }
            return row
        }
    }
}

/// What a row would do.
struct PlannedPerson {
    let row: PeopleFile.Row
    let unit: PlannedUnit
    let person: Person?
    let post: Post?
    let level: Level
    let faults: [Words]

    static func plan(_ file: PeopleFile, _ call: Call) -> [PlannedPerson] {
        var logins: [String: String] = [:], made: Set<[String]> = []
        return file.rows.map { row in
            let unit = PlannedUnit(row.unit, call.organisation, made: made)
            let planned = PlannedPerson(row, in: unit, call, earlier: logins[row.login])
            if planned.faults.isEmpty { made.formUnion(unit.added) }
            if logins[row.login] == nil { logins[row.login] = row.name }
            return planned
        }
    }

    /// - Parameter earlier: whose log-in name it is in a row above.
    init(_ row: PeopleFile.Row, in unit: PlannedUnit, _ call: Call, earlier: String?) {
        (self.row, self.unit) = (row, unit)
        let organisation = call.organisation
        let person = organisation.people.values.first { $0.login == row.login }
        self.person = person
        let wanted = row.post.lowercased()
        let posts = call.catalogue.posts.values
        post =
            wanted.isEmpty
            ? .staff : posts.first { $0.title.zh == row.post || $0.title.en.lowercased() == wanted || $0.id == wanted }
        let level = Level.allCases.first { $0.words.zh == row.clearance || $0.words.en.lowercased() == row.clearance.lowercased() }
        self.level = level ?? .internal
        var faults: [Words] = []
        if unit.path.isEmpty { faults.append(Words("请填写单位", "Enter the unit")) }
        if !unit.candidates.isEmpty { faults.append(Self.ambiguous(unit)) }
        if row.name.isEmpty { faults.append(Words("请填写姓名", "Enter the name")) }
        if row.login.isEmpty { faults.append(Words("请填写登录名", "Enter the log-in name")) }
        if post == nil {
            faults.append(
                Words(
                    "没有“\(row.post.prefix(20))”这个岗位，请从模板的选项中选择", "There is no post “\(row.post.prefix(20))”; choose one of the template's"))
        }
        if !row.clearance.isEmpty, level == nil {
            faults.append(Words("没有“\(row.clearance.prefix(20))”这个涉密等级", "There is no clearance “\(row.clearance.prefix(20))”"))
        }
        if let other = person?.words.zh ?? earlier, other != row.name, !row.login.isEmpty {
            faults.append(Words("登录名已由\(other)使用，请换一个", "\(other) has this log-in name; choose another"))
        }
        self.faults = faults
    }

    private static func ambiguous(_ unit: PlannedUnit) -> Words {
        let name = unit.path.first ?? "", count = unit.candidates.count, some = unit.candidates.prefix(5)
        let (zh, en) = (count > 5 ? "等" : "", count > 5 ? " and others" : "")
        return Words(
            "有 \(count) 个“\(name)”，请从最上级写全：\(some.joined(separator: "、"))\(zh)",
            "There are \(count) called “\(name)”; write the whole path: \(some.joined(separator: ", "))\(en)")
    }
}
