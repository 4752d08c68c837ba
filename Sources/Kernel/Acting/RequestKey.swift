import Crypto

/// The key that a request carries so that it is carried out once, however often it is sent.
package struct RequestKey: Sendable, Hashable {
    /// SHA-256 of the sender's word.
    let key: [UInt8]
    /// SHA-256 of what is asked: under one word there is one question.
    let question: [UInt8]

    package init(word: String, question: [UInt8]) {
        key = Array(SHA256.hash(data: Array(word.utf8)))
        self.question = Array(SHA256.hash(data: question))
    }

    private init(key: [UInt8], question: [UInt8]) { (self.key, self.question) = (key, question) }

    /// Of one act among several of different names that a request leads to.
    func part(_ name: String) -> RequestKey {
        RequestKey(key: Array(SHA256.hash(data: key + Array(name.utf8))), question: question)
    }
}

/// What became of a request, as it is kept for whoever sends it again.
enum RequestOutcome: Sendable {
    case taken(Desk.Taken)
    case refused(Refusal)
    case forbidden(Words)
    /// Something else was done; the id of what was made or changed, where it has one.
    case done(Int64)
}

extension RequestOutcome {
    /// - Throws: the refusal, where that is what became of it.
    func taken() throws -> Desk.Taken {
        switch self {
        case .taken(let taken): return taken
        case .refused(let refusal): throw refusal
        case .forbidden(let words): throw DeskError.forbidden(words)
        case .done: throw RequestKey.otherQuestion
        }
    }

    func done() throws -> Int64 {
        switch self {
        case .done(let id): return id
        case .refused(let refusal): throw refusal
        case .forbidden(let words): throw DeskError.forbidden(words)
        case .taken: throw RequestKey.otherQuestion
        }
    }
}

extension RequestKey {
    /// The field of a fault that lies in the key.
    package static let field = "Idempotency-Key"

    static let otherQuestion = DeskError.invalid([
        .init(
            field: field,
            Words("此请求键已用于另一个请求，请为新的请求换一个", "This key was used for another request; give a new request a new one"))
    ])
}

// MARK: As JSON

extension RequestOutcome {
    var stored: JSONValue {
        switch self {
        case .taken(let taken):
            .record([
                .init("id", .whole(taken.id)), .init("number", taken.number.map { .text($0) } ?? .null), .init("state", .text(taken.state)),
                .init("version", .whole(taken.version)), .init("refusal", taken.refusal.map(Self.stored) ?? .null),
            ])
        case .refused(let refusal): .record([.init("refused", Self.stored(refusal))])
        case .forbidden(let words): .record([.init("forbidden", .text(words.kept))])
        case .done(let id): .record([.init("done", .whole(id))])
        }
    }

    /// - Returns: `nil` where it is none, as after an older program.
    init?(stored: JSONValue) {
        if let refusal = Self.refusal(stored["refused"]) {
            self = .refused(refusal)
        } else if let words = stored["forbidden"].text {
            self = .forbidden(Words(kept: words))
        } else if let id = stored["done"].whole {
            self = .done(id)
        } else if let id = stored["id"].whole, let state = stored["state"].text, let version = stored["version"].whole {
            self = .taken(
                .init(id: id, number: stored["number"].text, state: state, version: version, refusal: Self.refusal(stored["refusal"])))
        } else {
            return nil
        }
    }

    private static func stored(_ refusal: Refusal) -> JSONValue {
        .record([
            .init("words", .text(refusal.words.kept)), .init("article", refusal.article.map { .text($0.key) } ?? .null),
            .init(
                "faults",
                .list(
                    refusal.faults.map { fault in
                        .record([
                            .init("field", .text(fault.field)), .init("words", .text(fault.words.kept)),
                            .init("article", fault.article.map { .text($0.key) } ?? .null),
                        ])
                    })),
        ])
    }

    private static func refusal(_ stored: JSONValue) -> Refusal? {
        guard let words = stored["words"].text else { return nil }
        let faults = stored["faults"].list.map { fault in
            Refusal.Fault(
                field: fault["field"].text ?? "", Words(kept: fault["words"].text ?? ""),
                under: fault["article"].text.flatMap(Article.init(key:)))
        }
        return Refusal(article: stored["article"].text.flatMap(Article.init(key:)), words: Words(kept: words), faults: faults)
    }
}
