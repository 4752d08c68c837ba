import Kernel
import WorkCalendar

/// What all pages share.
struct Edge: Sendable {
    let desk: Desk
    let configuration: WebConfiguration
    /// How ids are called outside.
    let ids: PublicIDs
    let extraPages: [RegulationPage]
    let logins: Logins
    let apiTokens: APITokens
    let passwords = PasswordHash()
    /// Passwords from networks that try many names, one at a time: they keep nobody else waiting, and whoever waits there comes in.
    let slowLane = ConcurrencyLimiter(limit: 1, waiting: 16)
    /// When it was counted, and in which state of the organisation.
    let punctuality = BoundedCache<PersonID, (figures: Task<Punctuality, any Error>, read: Moment, organisation: Int64)>(limit: 10_000)
    let shelfCounts = BoundedCache<PersonID, NavigationBadges>(limit: 10_000)
    let typed = TypedValues()
    /// Verifying reads the whole record: one at a time.
    let verifications = ConcurrencyLimiter(limit: 1)
    let openAPI: [UInt8]
    let articles: ArticleSearch
    let liveUpdates = LiveUpdates()

    init(desk: Desk, configuration: WebConfiguration, extraPages: [RegulationPage]) {
        self.desk = desk
        self.configuration = configuration
        ids = PublicIDs(key: desk.keys.publicIDKey)
        self.extraPages = extraPages
        logins = Logins(desk: desk, clock: configuration.wallClock)
        apiTokens = APITokens(desk: desk, clock: configuration.wallClock)
        openAPI = OpenAPI(desk.catalogue).bytes
        articles = ArticleSearch(desk.catalogue)
        desk.stirrings.listen { [liveUpdates, shelfCounts] people in
            for person in people { shelfCounts[person] = nil }
            liveUpdates.stir(people)
        }
    }

    var json: DocumentJSON { DocumentJSON(ids: ids) }
}
