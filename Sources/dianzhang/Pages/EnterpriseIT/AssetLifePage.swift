import EnterpriseIT
import Kernel
import Web
import WorkCalendar

/// 设备全程: one page for a device, from the need for which it was bought to its scrapping, each part with a link to its document
/// (第二章20). Every part is read through its own register's rule; what the reader may not see is left out.
enum AssetLifePage {
    static let all = [
        RegulationPage(
            path: "/it/life/:id", regulation: enterpriseIT.id, title: Words("设备全程", "Whole life"), isListed: false,
            document: ITAsset.name, show: { .page(try await html($0)) })
    ]

    /// Documents of a type, and which of their fields tell what was done.
    private struct Part {
        let type: String
        let keys: [String]
        /// The field that names the device.
        let device: String

        init(_ type: String, _ keys: [String], by device: String = "asset") { (self.type, self.keys, self.device) = (type, keys, device) }
    }

    private static let moves = [
        Part(AssetRequest.name, ["what", "need", "receiver"]),
        Part(AssetMove.name, ["kind", "fromKeeper", "fromPlace", "receiver", "toPlace", "until", "reason"]),
    ]
    private static let checks = [
        Part(AssetCheck.name, ["result", "sealNo", "note"]), Part(StocktakeDifference.name, ["kind", "foundPlaces", "cause", "decision"]),
        Part(ComputerFinding.name, ["kind", "line", "explanation", "measure"]), Part(InventoryReport.name, ["result"]),
    ]
    private static let uses = [
        Part(SecretComputer.name, ["grade", "custodian"]), Part(NetworkAddress.name, ["address", "host"]),
        Part(ConnectionPoint.name, ["label", "place"]), Part(InstallRequest.name, ["software", "version"]),
    ]
    private static let repairing = [
        ITAsset.seal, ITAsset.reportSeal, ITAsset.repair, ITAsset.repaired, ITAsset.putBack, ITAsset.putBackLent,
    ]
    /// So many of a type are drawn, the newest of them.
    private static let most = 100

    private struct Line {
        let at: Moment
        let cells: [HTML]
    }

    private static func html(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language, view = try await ConsequencePages.view(request, of: ITAsset.name), row = view.row
        let number = row.values["number"]?.text ?? ""
        let repairs = try await lines([Part(ServiceTicket.name, ["subject", "solution"], by: "device")], number, request)
        let stages: [(title: String, lines: [Line])] = [
            (l("需求、比价与合同", "Need, quotes and contract"), try await purchase(of: row, request)),
            (l("验收与入账", "Acceptance and ledger"), try await acceptance(of: row, request) + [entry(of: row, request)]),
            (l("申请与调配", "Requests and moves"), try await lines(moves, String(row.id), request)),
            (
                l("核查、盘点与问题", "Checks, stocktakes and findings"),
                try await lines(checks, String(row.id), request) + stocktakes(of: number, request)
            ),
            (l("封条、维修与服务", "Seals, repairs and service"), repairs + acts(repairing, view, l)),
            (l("网络、软件与涉密使用", "Network, software and secret use"), try await lines(uses, String(row.id), request)),
            (l("报废", "Scrapping"), acts([ITAsset.proposeScrap, ITAsset.scrap, ITAsset.keep], view, l)),
        ]
        let heads = [l("日期", "Day"), l("单据或办理", "Document or act"), l("内容", "What"), l("状态或经办人", "State or by whom")]
        let sections = stages.filter { !$0.lines.isEmpty }.map { stage -> HTML in
            let cells = stage.lines.sorted { $0.at < $1.at }.map(\.cells)
            return ConsequencePages.section(stage.title, "", ConsequencePages.table(heads, cells, l))
        }
        let left = l(
            "只列出您可查看的单据，每类最多列最近 \(most) 份；维修、报废等办理取自该资产最近 200 条记录。",
            "What you may see is listed, of each type the newest \(most); repairs and scrapping are taken from its last 200 entries.")
        let title: HTML = "\(UserText.html(row.title, l)) \(ConsequencePages.state(row, request))"
        return "\(ConsequencePages.head(view, title, [enterpriseIT["第二章20"]], request))<p class=\"quiet\">\(left)</p>\(sections)"
    }

    // MARK: Where it came from

    private static func purchase(of asset: DocumentRow, _ request: RegulationRequest) async throws -> [Line] {
        let acceptance = try await named("acceptance", by: asset, request)
        guard let purchase = try await named("purchase", by: acceptance, request) else { return [] }
        var found: [Line] = []
        for (key, keys) in [("planItem", ["what", "quarter", "budget"]), ("exception", ["kind", "subject"])] {
            if let basis = try await named(key, by: purchase, request) { found.append(line(basis, keys, request)) }
        }
        let told = line(purchase, ["need", "supplier", "choiceReason", "contractNo", "contractDay", "contractSum"], request)
        let what: HTML = "\(told.cells[2])\(quotes(of: purchase, request))"
        found.append(Line(at: told.at, cells: [told.cells[0], told.cells[1], what, told.cells[3]]))
        for claim in try await rows(Reimbursement.name, "purchase", String(purchase.id), request) {
            found.append(line(claim, ["amount"], request))
        }
        return found
    }

    /// Each supplier with the price that was asked.
    private static func quotes(of purchase: DocumentRow, _ request: RegulationRequest) -> HTML {
        let l = request.language
        let items = (purchase.values["quotes"]?.list ?? []).map { quote -> HTML in
            let price = "\(quote["price"].text ?? "") \(l("元", "yuan"))"
            return "<li>\(UserText.html(quote["supplier"].text ?? "", l)) \(price)"
        }
        if items.isEmpty { return "" }
        return "<br>\(l("报价", "Quotes"))<ul>\(items)</ul>"
    }

    private static func acceptance(of asset: DocumentRow, _ request: RegulationRequest) async throws -> [Line] {
        guard let acceptance = try await named("acceptance", by: asset, request) else { return [] }
        let back = try await rows(GoodsReturn.name, "acceptance", String(acceptance.id), request)
        let told = line(acceptance, ["item", "delivered", "passed", "failed"], request)
        return [told] + back.map { line($0, ["action", "quantity"], request) }
    }

    /// When it came into the ledger, and by whom.
    private static func entry(of asset: DocumentRow, _ request: RegulationRequest) -> Line {
        let l = request.language, isBought = asset.values["acceptance"]?.whole != nil
        let title = isBought ? ITAsset.enter.title : ITAsset.takeOver.title, who = request.organisation.name(asset.creator)
        return Line(at: asset.created, cells: ["\(l.day(asset.created.day))", "\(title[l])", "", "\(who[l])"])
    }

    // MARK: What was done with it

    private static func lines(_ parts: [Part], _ device: String, _ request: RegulationRequest) async throws -> [Line] {
        var found: [Line] = []
        if device.isEmpty { return found }
        for part in parts {
            found += try await rows(part.type, part.device, device, request).map { line($0, part.keys, request) }
        }
        return found
    }

    /// The counts in whose books it stood.
    private static func stocktakes(of number: String, _ request: RegulationRequest) async throws -> [Line] {
        var query = RegisterQuery()
        (query.limit, query.isCounted) = (most, false)
        let counts = try await request.desk.register(Stocktake.name, query, by: request.person).rows
        let held = counts.filter { count in (count.values["books"]?.list ?? []).contains { $0["number"].text == number } }
        return held.map { line($0, ["place"], request) }
    }

    /// Its own steps of some kind, and who took them.
    private static func acts(_ steps: [Step<ITAsset>], _ view: DocumentView, _ l: Language) -> [Line] {
        view.trail.filter { entry in entry.kind == .act && steps.contains { $0.title == entry.title } }.map { entry in
            Line(at: entry.at, cells: ["\(l.day(entry.at.day))", "\(entry.title[l])", UserText.html(entry.written, l), "\(entry.who[l])"])
        }
    }

    // MARK: Reading

    private static func rows(_ type: String, _ key: String, _ value: String, _ request: RegulationRequest) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.equal[key], query.limit, query.isCounted) = (value, most, false)
        return try await request.desk.register(type, query, by: request.person).rows
    }

    /// The document that a field names, where the reader may see it.
    private static func named(_ key: String, by row: DocumentRow?, _ request: RegulationRequest) async throws -> DocumentRow? {
        guard let id = row?.values[key]?.whole else { return nil }
        do { return try await request.desk.document(id, by: request.person).row } catch DeskError.absent { return nil }
    }

    private static func line(_ row: DocumentRow, _ keys: [String], _ request: RegulationRequest) -> Line {
        let l = request.language, type = request.desk.catalogue.type(row.type)
        let name: HTML =
            "<a href=\"\(request.address(row.id))\">\(type?.title[l] ?? row.type) \(UserText.html(row.number ?? "", l))</a>"
        let told = keys.compactMap { key -> HTML? in
            guard let field = type?.field(key), let value = row.values[key] else { return nil }
            let said = words(value, of: field, request)
            if said.isEmpty { return nil }
            return "\(field.label[l])\(l("：", ": "))\(UserText.html(said, l))"
        }
        return Line(
            at: row.created,
            cells: ["\(l.day(row.created.day))", name, told.joined(by: HTML(l("；", "; "))), ConsequencePages.state(row, request)])
    }

    private static func words(_ value: JSONValue, of field: FieldDescription, _ request: RegulationRequest) -> String {
        if let number = value.whole {
            return field.kind.named == .person ? request.organisation.name(PersonID(number))[request.language] : String(number)
        }
        return ConsequencePages.words(value, of: field, request.language)
    }
}
