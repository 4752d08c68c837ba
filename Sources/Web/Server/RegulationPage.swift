import Hummingbird
import Kernel
import WorkCalendar

/// A page that a regulation brings along where the derived ones do not serve: the upload of an intake, a map of shelves.
/// It gets the frame, the log-in and the reading of forms from here, and gives its body.
package struct RegulationPage: Sendable {
    package typealias Show = @Sendable (RegulationRequest) async throws -> RegulationResponse
    package typealias Take = @Sendable (RegulationRequest, FormData) async throws -> RegulationResponse

    /// Where it is: `/intake`, or with parts that it reads, `/intake/:run`.
    let path: String
    let regulation: String
    let title: Words
    /// A link at the left stands for it.
    let isListed: Bool
    /// The type of the document that it is about, from whose page a link leads here; its word stands in the path as `:id`.
    let document: String?
    /// The steps of that document that are taken on it: their own forms stand folded on the document's page, and the way leads here.
    let acts: [String]
    /// The type whose documents it draws: the link stands for those alone who read them; for everybody without it.
    let register: String?
    /// The type whose documents are started on it: the link stands for those alone who may.
    let starts: String?
    let uploadLimit: Int
    /// The type beside whose register its link stands; a page of none stands before them all.
    var about: String? { register ?? starts }
    let show: Show?
    let take: Take?

    /// - Parameters:
    ///   - regulation: the id of the regulation under which its link stands.
    ///   - document: the type of the document that it is about, where it is about one: the document's page links to it.
    ///   - acts: the names of that document's steps that are taken here rather than in the derived forms.
    ///   - uploadLimit: the greatest file that its form takes, in bytes. Files go to temporary files.
    package init(
        path: String, regulation: String, title: Words, isListed: Bool = true, document: String? = nil, acts: [String] = [],
        register: String? = nil, starts: String? = nil, uploadLimit: Int = 1 << 30, show: Show? = nil, take: Take? = nil
    ) {
        self.path = path
        self.regulation = regulation
        self.title = title
        self.isListed = isListed
        self.document = document
        self.acts = acts
        self.register = register
        self.starts = starts
        self.uploadLimit = uploadLimit
        self.show = show
        self.take = take
    }

    func add(to routes: Routes) {
        if let show {
            routes.page(path) { call in try await respond(call) { try await show(RegulationRequest(call)) } }
        }
        if let take {
            routes.form(path, within: FormLimits(file: uploadLimit, files: uploadLimit, spills: true)) { call, form in
                try await respond(call) { try await take(RegulationRequest(call), form) }
            }
        }
    }

    private func respond(_ call: Call, _ answer: () async throws -> RegulationResponse) async throws -> Response {
        switch try await answer() {
        case .page(let body, let isFault):
            let shelf = isListed ? path : String(path.split(separator: "/").first.map { "/\($0)" } ?? "/")
            return try await call.page(title[call.l], here: shelf, status: isFault ? .unprocessableContent : .ok, body)
        case .bytes(let bytes, let name, let type): return .download(bytes, name: name, type: type)
        case .file(let file, let name, let type): return .download(file, name: name, type: type)
        case .redirect(let address): return .redirect(to: LoginPage.inside(address))
        case .fragment(let html): return .html(html)
        }
    }
}

/// What an extra page is asked.
package struct RegulationRequest: Sendable {
    private let call: Call

    init(_ call: Call) { self.call = call }

    package var desk: Desk { call.desk }
    package var person: PersonID { call.person }
    package var principal: Principal { call.principal }
    package var language: Language { call.l }
    package var now: Moment { call.now }
    package var organisation: Organisation { call.organisation }
    /// To stand in every form that is sent.
    package var csrf: HTML { call.csrf }

    package func query(_ name: String) -> String { call.query[name] }
    /// A part of the path by its name.
    package func part(_ name: String) throws -> String { try call.part(name) }
    /// The document that a part of the path names. A made-up word names what nothing is.
    package func document(_ name: String) throws -> Int64 { try call.id(name) }
    /// By which the house was reached, for an address that is given to somebody outside: `https://dz.example.org`.
    package var origin: String {
        call.edge.configuration.link
            ?? "\(call.edge.configuration.isHTTPS ? "https" : "http")://\(call.request.head.authority ?? "\(call.edge.configuration.host):\(call.edge.configuration.port)")"
    }
    /// Where a document has its page.
    package func address(_ document: Int64) -> String { call.address(document) }
    /// By what a document is called in addresses.
    package func word(document: Int64) -> String { call.ids.word(document, .document) }
    /// The document of a type that a part of the path names, where the person sees it.
    package func found<D: Document>(_ type: D.Type, _ name: String = "id") async throws -> Found<D> {
        let id = try document(name), view = try await desk.document(id, by: person)
        guard view.row.type == D.name, let found = try await desk.load([ID<D>(id)]).first else { throw DeskError.absent }
        return found
    }
    /// A person as pages call them: the value of a choice, and whom it means. A made-up word means nobody.
    package func word(_ person: PersonID) -> String { call.ids.word(person) }
    package func person(_ word: String) -> PersonID { PersonID(max(0, call.ids.id(word, .person))) }
    /// What a form asks besides for a step that signs: the password, unless it was just given.
    /// - Parameter place: as `signed` has it.
    package func signing(in place: String, _ faults: [Refusal.Fault] = []) -> HTML { Signing.control(call, faults, in: place) }
    /// Whoever asks, having signed.
    /// - Throws: `DeskError.invalid` where the password is missing or wrong.
    package func signed(_ form: FormData, in place: String) async throws -> Principal {
        var call = call
        let signature = try await Signing.sign(&call, form, in: place)
        return Principal(call.person, signed: signature, request: call.key)
    }
    /// A link to an article.
    package func link(_ article: Article) -> HTML { ArticleName.link(article, in: call.catalogue, call.l) }
    /// What is wrong, above a form, each line a link to its field.
    package func summary(_ faults: [Refusal.Fault]) -> HTML { FaultSummary.html(faults, call) }
    package func summary(_ refusal: Refusal) -> HTML { FaultSummary.html(refusal, call) }
}

extension RegulationRequest {
    private func people(in scope: UnitID?) -> [Option] {
        Options.people(call) { person in scope.map { organisation.mayName(person.id, in: $0, on: call.today) } ?? false }
    }

    /// A person among those whom a document of a place may name: a list where they are few, else the name is typed.
    /// - Parameters:
    ///   - value: a word, or what was typed.
    ///   - blank: what nobody means.
    package func person(_ name: String, in scope: UnitID?, _ value: String, blank: String) -> HTML {
        TypeAhead.choice(
            "id=\"\(name)\" name=\"\(name)\"", id: name, name: name, people(in: scope), value, language, blank: blank, hint: blank)
    }

    /// Whom such a field names; nobody where it was left empty.
    /// - Throws: `DeskError.invalid` where nobody is called so, or more than one.
    package func person(_ name: String, in form: FormData, in scope: UnitID?) throws -> PersonID {
        let text = form.chosen(name)
        if text.isEmpty { return .none }
        return person(PublicIDs.isWord(text) ? text : try form.choosing(name, among: people(in: scope))[name])
    }
}

/// What an extra page answers.
package enum RegulationResponse: Sendable {
    /// The body of a page in the usual frame; with a fault it leaves with status 422.
    case page(HTML, isFault: Bool = false)
    /// A piece that the script puts into a page.
    case fragment(HTML)
    case bytes([UInt8], name: String, type: String)
    case file(TemporaryFile, name: String, type: String)
    case redirect(String)
}
