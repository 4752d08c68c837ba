import Hummingbird
import Kernel
import Logging

/// The web edge: pages, API, sessions and assets over one desk.
package struct WebServer: Sendable {
    let edge: Edge
    private let openPages: [OpenPage]
    private let signedAddresses: [SignedAddress]

    /// - Parameters:
    ///   - extraPages: pages that a regulation brings along.
    ///   - openPages: those among them that are for whoever comes.
    ///   - signedAddresses: at which other houses' programs report.
    package init(
        desk: Desk, configuration: WebConfiguration, extraPages: [RegulationPage] = [], openPages: [OpenPage] = [],
        signedAddresses: [SignedAddress] = []
    ) {
        (self.openPages, self.signedAddresses) = (openPages, signedAddresses)
        edge = Edge(desk: desk, configuration: configuration, extraPages: extraPages)
    }

    /// The server, to be run as a service.
    /// - Parameter listening: called when it takes requests, with the port that it got.
    package func application(
        logger: Logger = Logger(label: "dianzhang.web"), listening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: makeRouter().router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [SlowBodies(), LastRequests { [edge] in edge.liveUpdates.end() }],
                    idleTimeout: .seconds(75))),
            configuration: .init(address: .hostname(edge.configuration.host, port: edge.configuration.port), backlog: 1024),
            onServerRunning: { channel in await listening(channel.localAddress?.port ?? 0) }, logger: logger)
    }

    /// All addresses, with what answers them.
    func makeRouter() -> (router: Router<WebContext>, paths: RoutePaths) {
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        let paths = RoutePaths()
        router.add(middleware: SecurityHeaders(edge: edge))
        router.add(middleware: AuthenticationMiddleware(edge: edge, paths: paths))
        addPages(to: Routes(edge: edge, router: router, paths: paths))
        return (router, paths)
    }

    private func addPages(to routes: Routes) {
        // The router asks in this order, and programs ask most.
        API.add(to: routes)
        Assets.add(to: routes)
        LoginPage.add(to: routes)
        SetupPage.add(to: routes)
        FirstPasswordPage.add(to: routes)
        AccountPage.add(to: routes)
        TokenForms.add(to: routes)
        LanguageSwitch.add(to: routes)
        DemonstrationClock.add(to: routes)
        HomePage.add(to: routes)
        ManyActs.add(to: routes)
        SupervisedPage.add(to: routes)
        LiveUpdates.add(to: routes)
        MyDocumentsPage.add(to: routes)
        NoticesPage.add(to: routes)
        ReachPage.add(to: routes)
        DelegationsPage.add(to: routes)
        SearchPage.add(to: routes)
        OverviewPage.add(to: routes)
        CalendarFeed.add(to: routes)
        SpokenDays.add(to: routes)
        RegisterRoutes.add(to: routes)
        SavedViewForms.add(to: routes)
        NewDocumentPage.add(to: routes)
        DocumentPage.add(to: routes)
        WholeFilePage.add(to: routes)
        PrintedDocument.add(to: routes)
        ReadersPage.add(to: routes)
        ReadingsPage.add(to: routes)
        ReadingPage.add(to: routes)
        FilePage.add(to: routes)
        StepSubmission.add(to: routes)
        HandlingForms.add(to: routes)
        CharterPage.add(to: routes)
        LedgerPage.add(to: routes)
        UnitsPage.add(to: routes)
        PersonsPage.add(to: routes)
        PeopleFilePage.add(to: routes)
        TokensPage.add(to: routes)
        LoginRecordPage.add(to: routes)
        AdoptionsPage.add(to: routes)
        ParametersPage.add(to: routes)
        RuleRequestsSheet.add(to: routes)
        HolidaysPage.add(to: routes)
        OutgoingPage.add(to: routes)
        for page in edge.extraPages { page.add(to: routes) }
        for page in openPages { page.add(to: routes) }
        for address in signedAddresses { address.add(to: routes) }
    }
}
