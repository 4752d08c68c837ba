import Kernel

/// What a program hands in to a step: a JSON record of the fields that the step asks for, each in the form that the description of the API
/// says, and nothing else.
enum APIInput {
    /// What can be read of it, and what is wrong with the rest.
    struct Reading {
        let input: [String: JSONValue]
        let faults: [Refusal.Fault]

        /// - Throws: `DeskError.invalid` with all that is wrong, what the desk finds included.
        func require(_ step: DocumentType.Step, _ type: DocumentType, on id: Int64?, _ desk: Desk, by principal: Principal) async throws {
            if faults.isEmpty { return }
            let more = try await desk.faults(of: step.name, of: type.name, on: id, input, besides: faults, by: principal)
            throw DeskError.invalid(faults + more)
        }
    }

    static func read(_ entries: [JSONValue.Entry], _ step: DocumentType.Step, _ type: DocumentType, _ ids: PublicIDs) -> Reading {
        var input: [String: JSONValue] = [:]
        var faults: [Refusal.Fault] = []
        for entry in entries {
            guard step.fields.contains(entry.key), let field = type.field(entry.key) else {
                faults.append(unknown(entry.key, Words("此步骤", "This step")))
                continue
            }
            let wrong = Self.faults(entry.value, field, path: entry.key, allowsBlanks: step.allowsBlanks)
            faults += wrong
            if wrong.isEmpty { input[entry.key] = ids.inward(kept(entry.value, field.kind), field.kind) }
        }
        return Reading(input: input, faults: faults)
    }

    /// A record of texts.
    /// - Parameter numbers: those that are numbers instead.
    static func texts(_ entries: [JSONValue.Entry], known: [String], numbers: [String] = []) throws -> [String: String] {
        var texts: [String: String] = [:]
        var faults: [Refusal.Fault] = []
        for entry in entries {
            if !known.contains(entry.key) {
                faults.append(unknown(entry.key, Words("此请求", "This request")))
            } else if let number = entry.value.whole, numbers.contains(entry.key) {
                texts[entry.key] = String(number)
            } else if let text = entry.value.text, !numbers.contains(entry.key) {
                texts[entry.key] = text
            } else if numbers.contains(entry.key) {
                faults.append(shape(entry.key, Words("整数，不加引号", "a whole number, without quotes")))
            } else {
                faults.append(shape(entry.key, Words("文字，加引号", "a text, in quotes")))
            }
        }
        guard faults.isEmpty else { throw DeskError.invalid(faults) }
        return texts
    }

    private static func unknown(_ key: String, _ what: Words) -> Refusal.Fault {
        .init(
            field: key,
            Words("\(what.zh)不收栏目“\(key.prefix(40))”，请去掉", "\(what.en) takes no field “\(key.prefix(40))”; leave it out"))
    }

    private static func shape(_ path: String, _ form: Words) -> Refusal.Fault {
        .init(field: path, Words("应为\(form.zh)", "It must be \(form.en)"))
    }

    // MARK: The form of a value

    private static func faults(_ value: JSONValue, _ field: FieldDescription, path: String, allowsBlanks: Bool) -> [Refusal.Fault] {
        if value == .null {
            return field.isOptional || allowsBlanks ? [] : [.init(field: path, Words("请填写\(field.label.zh)", "Enter \(field.label.en)"))]
        }
        switch (field.kind, value) {
        case (.whole, .whole), (.flag, .flag): return []
        case (.whole, _): return [shape(path, Words("整数，不加引号", "a whole number, without quotes"))]
        case (.flag, _): return [shape(path, Words("true 或 false", "true or false"))]
        case (.references, .list(let list)), (.people, .list(let list)):
            return list.enumerated().flatMap { index, element in id(element, "\(path).\(index)") }
        case (.files, .list(let list)):
            return list.contains { $0.text.flatMap(PendingUploads.file) == nil } ? [file(path)] : []
        case (.lines(let columns), .list(let list)):
            return list.enumerated().flatMap { index, row in rowFaults(row, columns, path: "\(path).\(index)", allowsBlanks: allowsBlanks) }
        case (.references, _), (.people, _), (.files, _), (.lines, _): return [shape(path, Words("数组", "an array"))]
        case (.reference, _), (.person, _), (.unit, _): return id(value, path)
        case (.choice, .text("")), (.day, .text("")), (.moment, .text("")), (.decimal, .text("")), (.period, .text("")):
            return [shape(path, Words("所列的值之一；不填请去掉此栏或用 null", "a value; leave the field out, or give null, for none"))]
        case (_, .text): return []
        default: return [shape(path, Words("文字，加引号", "a text, in quotes"))]
        }
    }

    private static func rowFaults(_ row: JSONValue, _ columns: [FieldDescription], path: String, allowsBlanks: Bool) -> [Refusal.Fault] {
        guard case .record(let entries) = row else { return [shape(path, Words("JSON 对象", "a JSON object"))] }
        return entries.flatMap { entry -> [Refusal.Fault] in
            guard let column = columns.first(where: { $0.key == entry.key }) else {
                return [unknown("\(path).\(entry.key)", Words("此表", "This table"))]
            }
            return faults(entry.value, column, path: "\(path).\(entry.key)", allowsBlanks: allowsBlanks)
        }
    }

    private static func id(_ value: JSONValue, _ path: String) -> [Refusal.Fault] {
        guard let text = value.text, PublicIDs.isWord(text) else {
            return [shape(path, Words("接口给出的编号，加引号", "an id as the API gives it, in quotes"))]
        }
        return []
    }

    private static func file(_ path: String) -> Refusal.Fault {
        .init(
            field: path,
            Words("文件须先由 /api/v1/files 上传，请用其返回的 file 值", "Upload the file to /api/v1/files first and give the word that it answers"))
    }

    /// Files go by the words that `POST /api/v1/files` gave.
    private static func kept(_ value: JSONValue, _ kind: FieldKind) -> JSONValue {
        guard case .list(let list) = value else { return value }
        if case .files = kind { return .list(list.compactMap { $0.text.flatMap(PendingUploads.file)?.stored }) }
        guard case .lines(let columns) = kind else { return value }
        return .list(
            list.map { row in
                .record(
                    row.entries.map { entry in
                        .init(entry.key, columns.first { $0.key == entry.key }.map { kept(entry.value, $0.kind) } ?? entry.value)
                    })
            })
    }
}
