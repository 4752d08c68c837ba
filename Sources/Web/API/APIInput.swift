import Hummingbird
import Kernel

/// What a program hands in to a step: a JSON record of the fields that the step asks for, and nothing else.
enum APIInput {
    private static let largest = 2 << 20

    static func read(
        _ request: Request, _ step: DocumentType.Step, _ type: DocumentType, _ edge: Edge, _ person: PersonID
    ) async throws -> [String: Stored] {
        let body = try await request.body(upTo: largest)
        if body.readableBytes == 0 { return [:] }
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else { throw WebFault.unknownFormat }
        guard case .record(let entries) = try JSONReader.read(String(buffer: body)) else {
            throw WebFault.unreadable(Words("请求内容应为 JSON 对象", "The body must be a JSON object"))
        }
        var input: [String: Stored] = [:]
        var faults: [Refusal.Fault] = []
        for entry in entries {
            guard step.asks.contains(entry.key), let field = type.field(entry.key) else {
                faults.append(
                    .init(field: entry.key, Words("此步骤不收栏目“\(entry.key)”，请去掉", "This step takes no field “\(entry.key)”; leave it out")))
                continue
            }
            if case .files = field.kind {
                input[entry.key] = .list(files(entry, edge, person, &faults))
            } else {
                input[entry.key] = entry.value
            }
        }
        guard faults.isEmpty else { throw DeskError.invalid(faults) }
        return input
    }

    /// Files go by the words that `POST /api/v1/files` gave.
    private static func files(_ entry: Stored.Entry, _ edge: Edge, _ person: PersonID, _ faults: inout [Refusal.Fault]) -> [Stored] {
        entry.value.list.compactMap { word in
            if let file = word.text.flatMap({ edge.keptFiles.file($0, of: person) }) { return file.stored }
            faults.append(
                .init(
                    field: entry.key,
                    Words(
                        "文件须先由 /api/v1/files 上传，请用其返回的 file 值", "Upload the file to /api/v1/files first and give the word that it answers"))
            )
            return nil
        }
    }
}
