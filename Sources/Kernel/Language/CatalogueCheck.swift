/// Whether the tables of the regulations hold together. What the compiler cannot see is looked at when the program starts: a mistake
/// stops it then, in a sentence, and reaches no running server.
struct CatalogueCheck {
    private let contents: [RegulationContents]
    private let types: [DocumentType]
    private let articles: Set<String>
    /// One sentence for each mistake.
    private(set) var mistakes: [String] = []

    /// Words of the API's addresses, which no step may have as its name.
    private static let reserved: Set<String> = ["reveal", "export", "print"]
    /// Parts of the addresses below a document's page: a step of a document that stands would be asked for at one of them and not be
    /// found.
    private static let below: Set<String> = ["file", "handling", "whole", "readers", "reading"]

    init(_ contents: [RegulationContents], _ types: [DocumentType]) {
        self.contents = contents
        self.types = types
        articles = Set(contents.flatMap { contents in contents.articles.map { contents.regulation[$0.ref].key } })
        for name in Self.repeated(types.map(\.name)) { mistakes.append("two document types are called \(name)") }
        for contents in contents { check(contents) }
        for type in types { check(type) }
        let posts = Dictionary(grouping: contents.flatMap(\.posts), by: \.id).filter { Set($0.value).count > 1 }
        for id in posts.keys.sorted() {
            mistakes.append("the post \(id) is not the same in every regulation that has it")
        }
    }

    private mutating func require(_ holds: Bool, _ mistake: @autoclosure () -> String) {
        if !holds { mistakes.append(mistake()) }
    }

    private mutating func require(_ article: Article, of what: String) {
        if article == .named { return }
        require(articles.contains(article.key), "\(what) is under \(article.key), which no Articles.yaml has")
    }

    // MARK: Regulations

    private mutating func check(_ contents: RegulationContents) {
        let id = contents.regulation.id
        for name in Self.repeated(contents.posts.map(\.id)) { mistakes.append("\(id) has two posts \(name)") }
        for name in Self.repeated(contents.duties.map(\.name)) { mistakes.append("\(id) has two duties \(name)") }
        for name in Self.repeated(contents.findings.map(\.name)) { mistakes.append("\(id) has two findings \(name)") }
        for duty in contents.duties {
            require(duty.article, of: "\(id): the duty \(duty.name)")
            require(duty.article.regulation == id, "\(id): the duty \(duty.name) is under an article of \(duty.article.regulation)")
        }
        if let article = contents.readings { require(article, of: "\(id): the reading of personal data") }
        if let article = contents.adoption { require(article, of: "\(id): its adoption") }
        for post in contents.supervisors {
            require(contents.posts.contains(post), "\(id): the supervisors hold the post \(post.id), which is none of its posts")
        }
        for name in Self.repeated(contents.articles.flatMap { ($0.parameters ?? [:]).keys }) {
            mistakes.append("\(id): two articles set the parameter \(name)")
        }
        for name in Self.repeated(contents.guards.map(\.name)) { mistakes.append("\(id) has two guards \(name)") }
        for rule in contents.guards { require(rule.article, of: "\(id): the guard \(rule.name)") }
        for parameter in contents.parameters {
            let text = contents.articles.first { contents.regulation[$0.ref] == parameter.article }
            require(text?.parameters?[parameter.name] != nil, "\(id): \(parameter.article.key) sets no parameter \(parameter.name)")
        }
        let hasPractices = types.contains { $0.regulation == .practices }
        for practice in contents.practices {
            require(practice.article, of: "\(id): the practice \(practice.name)")
            require(
                practice.article.regulation == id,
                "\(id): the practice \(practice.name) is under an article of \(practice.article.regulation)")
            for type in practice.types where hasPractices && !types.contains(where: { $0.name == type }) {
                mistakes.append("\(id): the practice \(practice.name) has the document \(type), which no regulation has")
            }
        }
        let own = Set(contents.documents.map { $0.name })
        if let alarm = contents.alarm { require(own.contains(alarm.name), "\(id): its alarm \(alarm.name) is none of its documents") }
        for finding in contents.findings {
            require(
                own.contains(finding.type), "\(id): the finding \(finding.name) is about \(finding.type), which is none of its documents")
            require(finding.article, of: "\(id): the finding \(finding.name)")
            if let type = types.first(where: { $0.name == finding.type }) {
                check(finding.by, of: "\(id): the finding \(finding.name)", type)
            }
        }
    }

    // MARK: Document types

    private mutating func check(_ type: DocumentType) {
        let keys = Set(type.fields.map(\.key)), steps = Set(type.steps.map(\.name))
        for name in Self.repeated(type.steps.map(\.name)) { mistakes.append("\(type.name) has two steps \(name)") }
        for name in Self.repeated(type.deadlines.map(\.name)) { mistakes.append("\(type.name) has two clocks \(name)") }
        require(type.steps.contains { $0.creates }, "\(type.name) has no step that creates it")
        for key in type.summary { require(keys.contains(key), "the summary of \(type.name) has \(key), which the form has not") }
        for (place, field) in type.fields.enumerated() {
            guard let condition = field.condition else { continue }
            let choice = type.fields[..<place].first { $0.key == condition.key }
            require(
                choice.map { Self.isChoice($0.kind) } ?? false,
                "\(type.name).\(field.key) hangs on \(condition.key), which is no choice before it")
        }
        let hasLaw = type.field("law").map { if case .article = $0.kind { true } else { false } } ?? false
        for step in type.steps {
            let name = "\(type.name).\(step.name)"
            require(!Self.reserved.contains(step.name), "\(name): the API has another use for this word")
            require(step.creates || !Self.below.contains(step.name), "\(name): the pages below a document have another use for this word")
            for key in step.fields { require(keys.contains(key), "\(name) asks for \(key), which the form has not") }
            for other in step.notBy {
                require(steps.contains(other), "\(name) is not for who took \(other), which is no step of \(type.name)")
            }
            for article in step.articles { require(article, of: name) }
            require(!step.articles.isEmpty, "\(name) carries out no article")
            require(
                !step.articles.contains(.named) || hasLaw, "\(name) is under the article that the document names, and no field names one")
            require(!step.creates || step.when == nil, "\(name) creates the document, and no document says yet when")
            require(!step.isShared || !step.isOptional, "\(name) is taken by several people, and nobody is asked to")
            require(
                !step.countsTries || !type.isForSeveral(step),
                "\(name) counts its tries, and is offered for several documents at once, which rehearses it without counting")
            check(step.by, of: name, type)
        }
        for deadline in type.deadlines {
            let name = "\(type.name): the clock \(deadline.name)"
            require(deadline.article, of: name)
            if let step = deadline.takes { require(steps.contains(step), "\(name) takes \(step), which is no step of \(type.name)") }
            if let step = deadline.moves { require(steps.contains(step), "\(name) moves by \(step), which is no step of \(type.name)") }
            check(deadline.escalatesTo, of: name, type)
        }
        for field in type.fields {
            if let article = field.unique { require(article, of: "\(type.name): the value of \(field.key), which no two may have,") }
        }
        if let reserved = type.reserved {
            require(reserved.article, of: "\(type.name): what reading does not imply")
            for post in reserved.keepers { check(post, of: "\(type.name): the keepers", type) }
            for state in reserved.notIn {
                require(type.state(state) != nil, "\(type.name): nothing is made of it in \(state), which is no state")
            }
            for parameter in [reserved.stated?.from, reserved.stated?.minutes].compactMap({ $0 }) {
                let known = contents.first { $0.regulation.id == type.regulation.id }?.parameters ?? []
                require(known.contains(parameter), "\(type.name): its readings ask for \(parameter.name), which is no parameter")
            }
            if let copies = reserved.copies {
                require(types.contains { $0.name == copies.name }, "\(type.name): its copies are \(copies.name), which is no document type")
            }
        }
        for who in type.readers {
            check(who, of: "\(type.name): the readers", type)
            if case .named(let key) = who {
                require(type.field(key)?.isIndexed ?? false, "\(type.name): the readers are named in \(key), which is not indexed")
            }
        }
    }

    private mutating func check(_ who: Who, of what: String, _ type: DocumentType) {
        switch who {
        case .staff, .head, .requester, .holder, .system: break
        case .post(let post): check(post, of: what, type)
        case .postOf(let post, let field):
            check(post, of: what, type)
            require(Self.isUnit(type.field(field)?.kind), "\(what): the field \(field) names no unit")
        case .named(let field), .headOf(let field):
            require(Self.isPerson(type.field(field)?.kind), "\(what): the field \(field) names no person")
        case .each(let field):
            require(Self.isPeople(type.field(field)?.kind), "\(what): the field \(field) names no people")
        case .any(let whos): for who in whos { check(who, of: what, type) }
        }
    }

    private mutating func check(_ post: Post, of what: String, _ type: DocumentType) {
        let posts = contents.first { $0.regulation.id == type.regulation.id }?.posts ?? []
        let isKnown = (posts + [.head, .staff]).contains(post)
        require(isKnown, "\(what): \(post.id) is no post of \(type.regulation.id)")
    }

    private static func isChoice(_ kind: FieldKind) -> Bool { if case .choice = kind { true } else { false } }
    private static func isUnit(_ kind: FieldKind?) -> Bool { if case .unit = kind { true } else { false } }
    private static func isPeople(_ kind: FieldKind?) -> Bool { if case .people = kind { true } else { false } }
    private static func isPerson(_ kind: FieldKind?) -> Bool { if case .person = kind { true } else { false } }

    private static func repeated(_ names: [String]) -> [String] {
        Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }
}
