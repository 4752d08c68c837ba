import Crypto
import HTTPTypes
import Hummingbird
import Kernel

/// What a program sends besides the address: its body, and the key by which it is carried out once.
struct APIRequest {
    let body: ByteBuffer
    let key: RequestKey?

    /// The longest key.
    static let longestKey = 200
    static let keyName = HTTPField.Name("Idempotency-Key")!

    /// - Throws: `DeskError.invalid` where the key is too long or has blanks, `WebFault.tooLarge`.
    static func read(_ request: Request, upTo limit: Int) async throws -> APIRequest {
        let word = request.headers[keyName]
        if let word, !(1...longestKey).contains(word.utf8.count) || !word.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            throw DeskError.invalid([
                .init(
                    field: RequestKey.field,
                    Words("应为 1 至 \(longestKey) 个可见的 ASCII 字符", "1 to \(longestKey) visible ASCII characters are taken"))
            ])
        }
        let body = try await request.body(upTo: limit)
        guard let word else { return APIRequest(body: body, key: nil) }
        var hash = SHA256()
        hash.update(data: Array("\(request.method.rawValue) \(request.uri.description)\n".utf8))
        body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        return APIRequest(body: body, key: RequestKey(word: "api \(word)", question: Array(hash.finalize())))
    }

    /// The body as a JSON record; empty where there is no body.
    func record(_ request: Request) throws -> [JSONValue.Entry] {
        if body.readableBytes == 0 { return [] }
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else { throw WebFault.unknownFormat }
        guard case .record(let entries) = try JSONReader.read(body.readableBytesView) else {
            throw WebFault.unreadable(Words("请求内容应为 JSON 对象", "The body must be a JSON object"))
        }
        return entries
    }
}

/// The parameters of an address, each known, once, and not empty.
struct APIQuery {
    private let form: FormData

    init(_ request: Request, known: [String]) throws {
        form = try FormData(urlEncoded: request.uri.query ?? "")
        let unknown = form.names.filter { !known.contains($0) }.sorted().map { "“\($0.prefix(40))”" }
        guard unknown.isEmpty else {
            throw WebFault.unreadable(
                Words(
                    "此地址没有参数\(unknown.joined(separator: "、"))，请去掉",
                    "This address takes no parameter \(unknown.joined(separator: ", ")); leave it out"))
        }
        try Self.requireSingle(form)
    }

    /// Of two values nobody could say which one counts, and an empty one says nothing.
    static func requireSingle(_ form: FormData) throws {
        let faults = form.names.sorted().filter { form.all($0).count > 1 || form[$0].isEmpty }.map { name in
            Refusal.Fault(field: name, Words("请只给一个值，且不为空", "Give one value, and not an empty one"))
        }
        guard faults.isEmpty else { throw DeskError.invalid(faults) }
    }

    subscript(_ name: String) -> String? { form.has(name) ? form[name] : nil }

    /// How many to answer with at most.
    static func limit(_ typed: String?, standard: Int) throws -> Int {
        guard let typed else { return standard }
        guard let limit = whole(typed), (1...500).contains(limit) else {
            throw DeskError.invalid([.init(field: "limit", Words("应在 1 至 500 之间", "It must be from 1 to 500"))])
        }
        return Int(limit)
    }

    /// Digits, and nothing else.
    static func whole(_ typed: String) -> Int64? {
        typed.utf8.allSatisfy { (0x30...0x39).contains($0) } && (1...18).contains(typed.utf8.count) ? Int64(typed) : nil
    }

    /// The version of the document that the program saw; at another one the step is a conflict.
    func version() throws -> Int64? {
        guard let typed = self["version"] else { return nil }
        guard let version = Self.whole(typed) else {
            throw DeskError.invalid([
                .init(field: "version", Words("应为所见单据的版本号，一个整数", "It must be the version of the document that was seen, a whole number"))
            ])
        }
        return version
    }

    /// By which of the steps that create a document of the type; `nil` where it is not said.
    func opening(of type: DocumentType) throws -> DocumentType.Step? {
        guard let typed = self["step"] else { return nil }
        guard let step = type.openings.first(where: { $0.name == typed }) else {
            let known = type.openings.map { "\($0.name)（\($0.title.zh)）" }.joined(separator: "、")
            throw DeskError.invalid([
                .init(
                    field: "step",
                    Words(
                        "应为新建此类单据的步骤之一：\(known)",
                        "It must be a step that creates such a document: \(type.openings.map(\.name).joined(separator: ", "))"))
            ])
        }
        return step
    }

    /// For whom a delegate acts.
    func behalf(_ ids: PublicIDs) throws -> PersonID? {
        guard let typed = self["behalf"] else { return nil }
        guard PublicIDs.isWord(typed) else {
            throw DeskError.invalid([.init(field: "behalf", Words("应为接口给出的人员编号", "It must be a person's id, as the API gives it"))])
        }
        return PersonID(ids.id(typed, .person))
    }
}
