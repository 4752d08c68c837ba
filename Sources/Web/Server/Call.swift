import Hummingbird
import Kernel
import Store
import WorkCalendar

/// One request of a person who is logged in, with what every page needs at hand.
struct Call: Sendable {
    let edge: Edge
    let request: Request
    let context: WebContext
    var login: Login
    let token: Token
    let me: Person
    let query: FormData
    var organisation: Organisation
    let calendar: WorkCalendar
    let now: Moment
    /// The posts that the person holds today where a regulation is in force, by regulation.
    let postsUnder: [String: Set<String>]
    /// By which the form that was sent is taken once.
    var key: RequestKey?
    /// The word of the forms on the page; a new one for each where there is none.
    private var word: String?

    /// - Throws: `WebFault.loggedOut` when nobody is.
    init(_ edge: Edge, _ request: Request, _ context: WebContext) async throws {
        guard case .browser(let login, let token) = context.caller else { throw WebFault.loggedOut }
        guard let organisation = context.organisation else { throw WebFault.loggedOut }
        self.organisation = organisation
        guard let me = organisation.people[login.person], me.isActive else { throw WebFault.loggedOut }
        (self.edge, self.request, self.context, self.login, self.token, self.me) = (edge, request, context, login, token, me)
        query = try FormData(urlEncoded: request.uri.query ?? "")
        calendar = try await edge.desk.calendar()
        now = edge.desk.clock.now()
        let regulations = Set(edge.desk.catalogue.contents.map(\.regulation.id)), today = now.day
        postsUnder = Dictionary(
            uniqueKeysWithValues: regulations.map { ($0, OfferedTypes.posts(of: login.person, under: $0, organisation, on: today)) })
    }

    var desk: Desk { edge.desk }
    var ids: PublicIDs { edge.ids }
    var catalogue: Catalogue { edge.desk.catalogue }
    /// The language of the page.
    var l: Language { context.language }
    var person: PersonID { me.id }
    var principal: Principal { Principal(me.id, request: key) }
    var today: Day { now.day }
    /// Where the request comes from.
    var place: CallerPlace { context.place(request, edge.configuration) }

    /// A part of the address that the route names.
    func part(_ name: String) throws -> String {
        guard let raw = context.parameters.get(name) else { throw DeskError.absent }
        guard let part = FormData.decode(part: raw) else { throw DeskError.absent }
        return part
    }

    /// What the address names. A made-up word names what nothing is, and is asked for all the same.
    func id(_ name: String = "id", _ kind: PublicIDs.Kind = .document) throws -> Int64 { ids.id(try part(name), kind) }

    /// Where a document has its page.
    func address(_ document: Int64) -> String { "/d/\(ids.word(document, .document))" }

    /// What a field of a form names.
    /// - Throws: `DeskError.absent`.
    func named(_ field: String, in form: FormData, _ kind: PublicIDs.Kind) throws -> Int64 {
        guard let id = ids.read(form[field], kind) else { throw DeskError.absent }
        return id
    }

    /// In whose name a form is sent; `nil` where in nobody else's. Whom nobody knows has delegated nothing.
    func behalf(_ form: FormData) -> PersonID? { form["behalf"].isEmpty ? nil : PersonID(ids.id(form["behalf"], .person)) }

    /// With what the page before ended; `nil` on the first page.
    /// - Throws: `WebFault.unreadable` when the address holds something else.
    func after(_ kind: PublicIDs.Kind) throws -> Int64? {
        guard query.has("after") else { return nil }
        guard let id = ids.read(query["after"], kind) else { throw WebFault.notNext }
        return id
    }

    func type() throws -> DocumentType {
        guard let type = catalogue.type(try part("type")) else { throw DeskError.absent }
        return type
    }

    /// The start of every form that is sent: the word by which it is known as one of this log-in's, and one of its own.
    var csrf: HTML {
        """
        <input type="hidden" name="csrf" value="\(login.csrf)"><input type="hidden" name="\(FormData.once)" value="\(word ?? FormData.newWord())">
        """
    }

    /// The call as its page is shown after an error. Where nobody knows whether the form was taken, it keeps its word: sent again as it is,
    /// it is taken once.
    func after(_ error: any Error, _ form: FormData) -> Call {
        guard case StoreError.unknown = error, form.has(FormData.once) else { return self }
        var call = self
        call.word = form[FormData.once]
        return call
    }

    /// The posts that the person holds today, with their units.
    var posts: [(post: Words, unit: UnitID)] {
        organisation.holdings(of: person, on: today).map { (catalogue.posts[$0.post]?.title ?? Words($0.post, $0.post), $0.unit) }
    }

    /// The regulations that bind the person, in the program's order; an administrator sees all that anybody adopted.
    var regulations: [RegulationContents] {
        let units = organisation.holdings(of: person, on: today).map(\.unit)
        return catalogue.contents.filter { contents in
            let id = contents.regulation.id
            if me.isAdministrator { return organisation.adoptions(of: id).contains { $0.regulation == id && $0.isInForce(on: today) } }
            return units.contains { organisation.adopter(of: id, for: $0, on: today) != nil }
        }
    }

    /// Administrators and whoever watches over what others do.
    var maySupervise: Bool {
        me.isAdministrator
            || organisation.holdings(of: person, on: today).contains { catalogue.posts[$0.post]?.isSupervising == true }
    }

    /// Where the person watches over who reads personal data, by regulation.
    var watchedReadings: [String: [UnitID]] { desk.watchedReadings(person, organisation, at: now) }

    /// The articles of the regulations that bind the person, for a choice among them.
    var articles: [Option] {
        regulations.flatMap { contents in
            contents.articles.map { text in
                let article = contents.regulation[text.ref]
                return Option(value: article.key, title: ArticleName.words(article, in: catalogue, l))
            }
        }
    }

    func mustAdminister() throws {
        guard me.isAdministrator else {
            throw DeskError.forbidden(Words("只有系统管理员可以使用此页", "Only administrators use this page"))
        }
    }
}
