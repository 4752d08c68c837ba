import CustomerAuthenticity
import Kernel
import Print
import Web
import WorkCalendar

/// What is fetched by a link, and where else customers may ask.
extension PortalPages {
    /// Whatever the link is: whether there is one is not said.
    func offer(_ request: OpenRequest, _ faults: [Words]) -> OpenResponse {
        let l = request.language, word = (try? request.part("word")) ?? ""
        return OpenResponse(
            """
            <h1>\(l("下载查询结果", "Fetch an extract"))</h1>\(QueryForm.faults(faults, l))
            <form class="sheet pad" method="post" action="/portal/extract/\(FormData.encode(word))">\(QueryForm.text("number", l("证件号码", "Document number"), isFirst: true))
            <div class="row"><button class="act">\(l("下载", "Fetch"))</button></div></form>
            """, isFault: !faults.isEmpty)
    }

    func fetch(_ request: OpenRequest, _ form: FormData) async throws -> OpenResponse {
        try await EvenTime.of(floor) {
            let digest = request.desk.keyedDigest(of: String(try request.part("word").prefix(128)), for: "portal-extract")
            let typed = String(form["number"].prefix(60))
            guard let found = try await request.desk.find(\QueryExtract.word, is: digest).first, found.state == .ready else {
                return offer(request, [QueryExtract.closed])
            }
            let taken = try await request.desk.take(QueryExtract.fetch, on: found.id.raw, by: .system) { document in
                guard var extract = document as? QueryExtract else { return }
                extract.typed = typed
                document = extract
            }
            if let refusal = taken.refusal { return offer(request, refusal.faults.map(\.words)) }
            let told = try await request.desk.inquire(within: found.record.scope) { try QueryExtract.disclosures(of: found, $0) }
            guard !told.isEmpty else { return offer(request, [QueryExtract.closed]) }
            let paper = paper(told, found, try await request.desk.organisation().name(found.record.scope), request)
            let pdf = try await Press.shared.make { try FormPrinter().pdf(paper) }
            return .bytes(pdf, name: "\(taken.number ?? "extract").pdf", type: "application/pdf")
        }
    }

    private func paper(
        _ told: [PolicyDisclosure], _ found: Found<QueryExtract>, _ house: Words, _ request: OpenRequest
    ) -> PaperForm {
        let l = request.language, name = SealedKind.maskName(found.value.name), now = l.moment(request.now)
        var cells = [PaperForm.Cell(l("保单号", "Policy number"), found.value.policyNo), PaperForm.Cell(l("查询人", "Asked by"), name)]
        for one in told {
            if one.heads.isEmpty {
                cells += one.facts.map { PaperForm.Cell($0.label[l], DisclosureSheet.plain($0.value, l)) }
            } else {
                let rows = one.rows.map { $0.map { DisclosureSheet.plain($0, l) } }
                cells.append(PaperForm.Cell(one.scope.words[l], heads: one.heads.map { $0[l] }, rows: rows))
            }
        }
        return PaperForm(
            organisation: house[l], title: l("保单查询结果", "Policy extract"), number: found.record.number ?? "", cells: cells,
            foot: l("\(name) 于 \(now) 下载，只供本人使用", "fetched by \(name) at \(now), for that person alone"), watermark: "\(name) \(now)",
            words: l == .zh ? .zh : .en)
    }

    /// 查询渠道, in public (第十五条).
    func channels(_ request: OpenRequest) async throws -> OpenResponse {
        let l = request.language
        var sheets: [HTML] = []
        for scope in try await scopes(request) {
            guard let found = try await request.desk.inquire(within: scope.unit, { try QueryChannels.inForce($0) }) else { continue }
            let offices = found.offices.map { office -> HTML in
                """
                <tr><td data-label="\(l("网点", "Office"))">\(UserText.html(office.office, l))<td data-label="\(l("地址", "Address"))">\(UserText.html(office.address, l))\
                <td data-label="\(l("电话", "Telephone"))">\(office.telephone)<td data-label="\(l("营业时间", "Hours"))">\(UserText.html(office.hours, l))
                """
            }
            sheets.append(
                """
                <section class="sheet"><header><h2>\(scope.words[l])</h2></header><div class="pad"><dl class="grid"><dt>\(l("客服热线", "Hot line"))</dt><dd><b class="number">\(found.hotLine)</b> \(UserText.html(found.hours, l))</dd>\
                <dt>\(l("查询网站", "Web site"))</dt><dd><span class="number">\(found.webSite)</span></dd></dl><p>\(UserText.html(found.explanation, l))</p></div>
                <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th scope="col">\(l("柜面网点", "Office"))<th scope="col">\(l("地址", "Address"))<th scope="col">\(l("电话", "Telephone"))<th scope="col">\(l("营业时间", "Hours"))</thead><tbody>\(offices)</tbody></table></div></section>
                """)
        }
        let title = l("查询渠道", "Where to ask")
        if sheets.isEmpty { return OpenResponse("<h1>\(title)</h1><p>\(l("目前没有公布查询渠道。", "Nothing is published at present."))</p>") }
        return OpenResponse(
            """
            <h1>\(title)</h1><p>\(l("请主动核实您的保单：电话、网站、柜面都可以查询。", "Do verify your policies: by telephone, on the web, or at a counter."))
            <a href="/portal">\(l("网上查询", "Query on the web"))</a></p>\(sheets)
            """)
    }
}
