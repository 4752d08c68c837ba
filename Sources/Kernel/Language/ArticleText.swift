import Yams

/// An article in our own words, as Articles.yaml gives it.
package struct ArticleText: Sendable, Decodable {
    package enum Kind: String, Sendable, Decodable {
        case principle, definition, guarding = "guard", workflow, deadline, register, duty, report, notice, attestation

        package var words: Words {
            switch self {
            case .principle: Words("宗旨", "principle")
            case .definition: Words("定义", "definition")
            case .guarding: Words("防线", "guard")
            case .workflow: Words("流程", "workflow")
            case .deadline: Words("时限", "deadline")
            case .register: Words("登记", "register")
            case .duty: Words("定期", "duty")
            case .report: Words("报表", "report")
            case .notice: Words("通知", "notice")
            case .attestation: Words("靠签字", "by signature")
            }
        }
    }

    package let ref: String
    package let zh: String
    package let en: String
    package let kind: [Kind]
    /// Numbers that the article sets, with the value in its text.
    package let parameters: [String: Int]?
    /// What they are called in Chinese; in English their names say it.
    package let parameterNames: [String: String]?
    /// The least and the most that each may be set to: within them the article still holds.
    package let parameterBounds: [String: [Int]]?
    /// Something carries it, and not all that it demands.
    package let partly: Bool?
    /// What a person must be able to see working.
    package let demands: [String]

    package var words: Words { Words(zh, en) }

    /// The same article in other words, as it was amended.
    func reading(_ words: Words) -> ArticleText {
        ArticleText(
            ref: ref, zh: words.zh, en: words.en, kind: kind, parameters: parameters, parameterNames: parameterNames,
            parameterBounds: parameterBounds, partly: partly, demands: demands)
    }

    /// From what to what a parameter may be set; one without stated bounds is positive, and no more than ten times what the article says.
    package func bounds(of parameter: String) -> ClosedRange<Int>? {
        guard let standard = parameters?[parameter] else { return nil }
        if let bounds = parameterBounds?[parameter], bounds.count == 2, bounds[0] <= bounds[1] { return bounds[0]...bounds[1] }
        return 1...max(1, standard * 10)
    }

    /// The articles of a regulation's Articles.yaml, in their order.
    package static func read(_ yaml: [UInt8]) throws -> [ArticleText] {
        struct File: Decodable { let articles: [ArticleText] }
        return try YAMLDecoder().decode(File.self, from: String(decoding: yaml, as: UTF8.self)).articles
    }
}
