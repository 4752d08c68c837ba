import ArgumentParser
import Courier
import CustomerAuthenticity
import CustomerConfidentiality
import DrugQuality
import EnterpriseIT
import Foundation
import Hummingbird
import Kernel
import Logging
import Outbox
import School
import StoreSQLite
import Web
import Witnessing
import WorkCalendar

/// Runs the product: pages, API and jobs.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "启动服务 / Run the product")
    @OptionGroup var database: DatabaseOptions
    @Option(help: "Address to listen on") var host: String?
    @Option(help: "Port to listen on") var port: Int?
    @Flag(help: "A demonstration organisation on an empty database; loopback only") var demo = false

    func run() async throws {
        try await Failure.run {
            let settings = try await database.settings(["host": host, "port": port.map(String.init)])
            LoggingSystem.bootstrap { label in
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = Logger.Level(rawValue: settings["log-level"] ?? "info") ?? .info
                return handler
            }
            // What a killed server left of its uploads is gone before anybody can reach this one.
            TemporaryFolder.sweep()
            let moved = MovedClock()
            // A server runs for months, and each cache grows to its size and stays; what it leaves out the system keeps of the file.
            let desk = try await database.openDesk(
                settings, clock: demo ? moved.clock : MachineClock.clock, isFirst: true, caches: .server)
            if !demo, let warning = MasterKeyPlace(settings, settings["database"] ?? "").warning {
                Terminal.say("\(warning.zh)\n\(warning.en)")
            }
            var configuration = WebConfiguration(
                host: settings["host"] ?? "127.0.0.1", port: Int(settings["port"] ?? "") ?? 8080, isHTTPS: settings["https"] == "true",
                trustedProxies: try Self.proxies(settings["trusted-proxies"] ?? ""), wallClock: MachineClock.clock)
            configuration.liveSeconds = 50
            configuration.checkpoints = try database.delivery(settings, desk)
            let outbox = Outbox(desk: desk, courier: Courier(authorities: settings["trusted-ca"]), ways: try Self.ways(settings)) {
                try await OverviewPaper.outgoing(of: $0, dueOn: $1, $2, desk)
            }
            configuration.outgoing = outbox.ways.known
            configuration.link = settings["notice-link"]
            let isEmpty = try await desk.organisation().people.isEmpty
            if demo {
                guard configuration.isLoopback else {
                    throw ValidationError("演示只能在本机运行（127.0.0.1）；a demonstration runs on loopback only")
                }
                if isEmpty { try await prepareDemonstration(desk, moved) } else { try await resumeDemonstration(desk, moved) }
                configuration.demonstration = Web.Demonstration(tour: DemonstrationTour.parts) {
                    try await Self.nextWorkingDay(desk, moved)
                }
            } else if isEmpty {
                let code = String((0..<12).map { _ in "ABCDEFGHJKMNPQRSTUVWXYZ23456789".randomElement()! })
                configuration.setupCode = code
                Terminal.say("首次设置：打开 /setup 并输入一次性设置码 \(code)\nFirst start: open /setup and enter the one-time code \(code)")
            }
            let customers = try CustomerMessages(settings, desk, outbox.ways)
            try await serve(desk, configuration, outbox, customers, Self.codes(settings, customers, isDemonstration: demo, moved))
        }
    }

    /// By what codes to customers leave: by short message where a gateway is set up, else by mail, in a demonstration onto a page; else
    /// nothing is connected, and whoever asks for a code is told so.
    private static func codes(
        _ settings: Settings, _ customers: CustomerMessages, isDemonstration: Bool, _ moved: MovedClock
    ) -> any CodeDelivery {
        if let messages = customers.carrier.codes { return messages }
        if let server = settings["smtp-server"], let sender = settings["smtp-sender"] {
            let mail = MailServer(url: server, user: settings["smtp-user"], password: settings["smtp-password"])
            return MailedCodes(
                courier: Courier(authorities: settings["trusted-ca"]), server: mail, sender: sender, clock: MachineClock.clock)
        }
        return isDemonstration ? ShownCodes(clock: moved.clock) : NoCodeDelivery()
    }

    private static func proxies(_ text: String) throws -> [TrustedNetwork] {
        try text.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map { part in
            if let network = TrustedNetwork(part) { return network }
            throw ValidationError(
                "trusted-proxies 中的“\(part)”不是地址或网段，应如 10.0.0.7 或 10.0.0.0/8；"
                    + "“\(part)” in trusted-proxies is neither an address nor a network; write 10.0.0.7 or 10.0.0.0/8")
        }
    }

    private func serve(
        _ desk: Desk, _ configuration: WebConfiguration, _ outbox: Outbox, _ customers: CustomerMessages, _ codes: any CodeDelivery
    ) async throws {
        let logger = Logger(label: "dianzhang")
        let server = WebServer(
            desk: desk, configuration: configuration, extraPages: Regulations.pages(codesBy: codes),
            openPages: Regulations.openPages(codesBy: codes), signedAddresses: customers.addresses)
        let host = configuration.host
        let application = server.application(logger: logger) { port in
            Terminal.say("典章已启动 / Dianzhang is running: http://\(host):\(port)/")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    do {
                        try await desk.runJobs()
                        try await desk.settleAccounts(at: MachineClock.clock.now())
                    } catch { logger.error("a round of jobs failed", metadata: ["error": "\(error)"]) }
                    for words in desk.watch.takeAlarms() { logger.error("\(words.en)", metadata: ["zh": "\(words.zh)"]) }
                    try await Task.sleep(for: .seconds(2))
                }
            }
            group.addTask { await Self.sendCheckpoints(configuration.checkpoints, logger) }
            group.addTask { await Self.sendNotices(outbox, logger) }
            group.addTask { await customers.run(logger) }
            group.addTask { await Self.sendLetters(desk, outbox, logger) }
            group.addTask {
                while !Task.isCancelled {
                    try await Task.sleep(for: .seconds(2))
                    do { try await desk.refreshKeys() } catch { logger.error("the keys could not be read again: \(error)") }
                }
            }
            group.addTask { try await application.runService() }
            try await group.next()
            group.cancelAll()
        }
        // Nothing is left waiting for its place while no server watches it.
        do { try await desk.settleLedger() } catch { logger.error("the last entries could not be placed: \(error)") }
        await desk.store.close()
    }

    /// Beside the jobs: whoever is slow out there holds up nothing here.
    private static func sendCheckpoints(_ delivery: CheckpointDelivery?, _ logger: Logger) async {
        while !Task.isCancelled {
            do {
                for outcome in try await delivery?.round() ?? [] {
                    let place: Logger.Metadata = ["place": "\(outcome.place.name)", "size": "\(outcome.size)"]
                    guard let fault = outcome.fault else {
                        logger.info("a checkpoint left", metadata: place)
                        continue
                    }
                    let level: Logger.Level = outcome.isAlarm ? .critical : .error
                    logger.log(level: level, "a checkpoint did not arrive: \(fault.en)", metadata: place)
                }
            } catch { logger.error("a round of checkpoints failed", metadata: ["error": "\(error)"]) }
            // Ends with the program; a sleep that is cut short is no fault.
            try? await Task.sleep(for: .seconds(2))
        }
    }

    /// By which ways notices leave; one that is set wrong stops the start.
    private static func ways(_ settings: Settings) throws -> OutboxWays {
        let robot = try settings["notice-robot"].map { text in
            guard let robot = GroupRobot(text, secret: settings["notice-robot-secret"]) else {
                throw ValidationError(
                    "notice-robot 应写成 wecom https://…（或 dingtalk、feishu、webhook）；write notice-robot like wecom https://… (or dingtalk, feishu, webhook)"
                )
            }
            return robot
        }
        let server = settings["smtp-server"].map { MailServer(url: $0, user: settings["smtp-user"], password: settings["smtp-password"]) }
        return OutboxWays(server: server, sender: settings["smtp-sender"], robot: robot, base: settings["notice-link"])
    }

    private static func sendNotices(_ outbox: Outbox, _ logger: Logger) async {
        while !Task.isCancelled {
            do {
                for outcome in try await outbox.round() {
                    if let fault = outcome.fault { logger.error("a notice did not leave: \(fault.en)") }
                }
            } catch { logger.error("a round of notices failed", metadata: ["error": "\(error)"]) }
            try? await Task.sleep(for: .seconds(2))
        }
    }

    /// What the school writes to people outside.
    private static func sendLetters(_ desk: Desk, _ outbox: Outbox, _ logger: Logger) async {
        var send: LetterCarrier.Send?
        if let mail = outbox.mailer { send = { letter in await mail(letter.address, letter.subject, letter.text, letter.id, letter.date) } }
        let carrier = LetterCarrier(desk, send)
        while !Task.isCancelled {
            do {
                for fault in try await carrier.round() { logger.error("a letter was not handed over: \(fault.en)") }
            } catch { logger.error("a round of letters failed", metadata: ["error": "\(error)"]) }
            try? await Task.sleep(for: .seconds(2))
        }
    }

    private func prepareDemonstration(_ desk: Desk, _ moved: MovedClock) async throws {
        Terminal.say("正在准备演示数据… / Preparing the demonstration…")
        let now = MachineClock.clock.now()
        let demonstration = CustomerAuthenticity.Demonstration(before: 322)
        let history = CustomerAuthenticity.Demonstration.MovingClock(demonstration.start(before: now))
        moved.follow(history.clock)
        let trader = TraderDemonstration(desk, try await TraderOffice.found(desk, from: history.now.day))
        let service = ServiceDemonstration(desk, try await ServiceOffice.found(desk, from: history.now.day))
        let factory = FactoryDemonstration(desk, try await FactoryOffice.found(desk, from: history.now.day))
        let campus = SchoolDemonstration(desk, try await SchoolOffice.found(desk, from: history.now.day))
        let months = { (week: Int, part: Int) in
            try await trader.remember(week, part, at: history.now)
            try await service.remember(week, part, at: history.now)
            try await factory.remember(week, part, at: history.now)
            try await campus.remember(week, part, at: history.now)
        }
        try await demonstration.fill(desk, history, until: now, months: months) { number in
            try await trader.work(number, at: history.now)
            try await service.work(number, at: history.now)
            try await factory.work(number, at: history.now)
            try await campus.work(number, at: history.now)
        }
        try await service.letBorrow()
        moved.follow(nil)
        try await desk.runJobs()
    }

    /// A demonstration that was moved forward goes on from where it stood.
    private func resumeDemonstration(_ desk: Desk, _ moved: MovedClock) async throws {
        // The last by its number, which is found at once; the latest of all moments is not.
        let last = try await desk.store.read { session in try session.count("SELECT at FROM entry ORDER BY id DESC LIMIT 1") }
        if last > MachineClock.clock.now().milliseconds { moved.run(from: Moment(milliseconds: last)) }
    }

    /// 09:00 of the next working day; what falls due on the way happens in its order.
    private static func nextWorkingDay(_ desk: Desk, _ moved: MovedClock) async throws {
        let day = try await desk.calendar().workingDay(after: moved.clock.now().day)
        moved.run(from: Moment(day, hour: 9) ?? .startOfDay(day))
        try await desk.runJobs()
    }
}
