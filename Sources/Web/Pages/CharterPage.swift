import Hummingbird
import Kernel

/// 制度条文: law beside deed. Each article in our own words, and what carries it out and how often that acted; what nothing carries says so.
enum CharterPage {
    static func add(to routes: Routes) {
        routes.page("/charter", list)
        routes.page("/charter/:regulation", show)
    }

    private static func list(_ call: Call) async throws -> Response {
        let l = call.l
        let rows = call.catalogue.regulations.map { contents -> HTML in
            let regulation = contents.regulation
            let adopters = call.organisation.adoptions.filter { $0.regulation == regulation.id && $0.isInForce(on: call.today) }
                .map { call.organisation.name($0.unit)[l] }
            let adopted = adopters.isEmpty ? l("尚未启用", "not adopted yet") : adopters.joined(separator: l("、", ", "))
            return """
                <tr><td data-label="\(l("制度", "Regulation"))"><a href="/charter/\(regulation.id)">\(regulation.title[l])</a></td>\
                <td data-label="\(l("适用单位", "Adopted by"))">\(adopted)</td>\
                <td class="n" data-label="\(l("条文", "Articles"))">\(contents.articles.count)</td></tr>
                """
        }
        return try await call.page(
            l("制度条文", "Charter"), here: "/charter",
            """
            <div class="head"><h1>\(l("制度条文", "Charter"))</h1></div>
            <section class="sheet"><div class="scroll"><table class="stack"><thead><tr><th scope="col">\(l("制度", "Regulation"))</th>\
            <th scope="col">\(l("适用单位", "Adopted by"))</th><th scope="col" class="n">\(l("条文", "Articles"))</th></tr></thead><tbody>\
            \(rows)</tbody></table></div></section>
            """)
    }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l
        let charter = try await call.desk.charter(try call.part("regulation"), by: call.person)
        let title = charter.contents.regulation.title[l]
        let waiting = try await RuleRequestsSheet.html([charter.contents.regulation.id], call)
        var adoption: [String] = []
        if let adopter = charter.adopter { adoption.append(l("\(adopter.zh)启用", "adopted by \(adopter.en)")) }
        if let day = charter.inForce { adoption.append(l("\(l.day(day))起执行", "in force since \(l.day(day))")) }
        if let version = charter.version { adoption.append(l("第 \(version) 版", "version \(version)")) }
        let facts = adoption.isEmpty ? l("尚未启用", "not adopted yet") : adoption.joined(separator: " · ")
        return try await call.page(
            title, here: "/charter",
            """
            <p class="quiet"><a href="/charter">\(l("制度条文", "Charter"))</a> / \(charter.contents.regulation.short[l])</p>
            <div class="head"><h1>\(title)</h1><span class="quiet">\(facts)</span>\(PrintButton.html(l))</div>
            \(waiting)\(figures(charter, l))\(contents(charter, l))
            <section class="sheet">\(charter.laws.map { law($0, charter, call) })</section>
            """)
    }

    /// Every article, to go to.
    private static func contents(_ charter: CharterView, _ l: Language) -> HTML {
        let links = charter.laws.map { law -> HTML in
            let isOpen = law.carriers.isEmpty && !isStatement(law)
            let mark: HTML = isOpen ? " <span class=\"kind trust\">\(l("尚无系统承担", "nothing yet"))</span>" : ""
            return "<li><a href=\"#\(law.article.ref)\">\(ArticleName.ref(law.article.ref, l))</a>\(mark)</li>"
        }
        return """
            <details class="sheet pad noprint contents"><summary>\(l("目录", "Contents"))</summary><ul>\(links)</ul></details>
            """
    }

    private static func figures(_ charter: CharterView, _ l: Language) -> HTML {
        func has(_ kind: CharterView.CarrierKind) -> Int { charter.laws.count { $0.carriers.contains { $0.kind == kind } } }
        let signatures = charter.laws.count { !$0.carriers.isEmpty && $0.carriers.allSatisfy { $0.kind == .signature } }
        let open = charter.laws.count { $0.carriers.isEmpty && !isStatement($0) }
        let figures: [(String, String)] = [
            (l("条文", "Articles"), l.count(charter.laws.count)), (l("有系统控制点", "With a guard"), l.count(has(.guardian))),
            (l("有时限", "With a limit"), l.count(has(.deadline))), (l("仅靠签字", "By signature only"), l.count(signatures)),
            (l("尚无系统承担", "Carried by nothing yet"), l.count(open)),
            (l("近 90 天拒绝", "Refusals in 90 days"), l.count(charter.refusalsOf90Days)),
        ]
        return "<dl class=\"figures\">\(figures.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML })</dl>"
    }

    /// A purpose or a definition that only has to be shown asks for nothing to be done.
    private static func isStatement(_ law: CharterView.Law) -> Bool {
        law.text.kind.allSatisfy { $0 == .principle || $0 == .definition } && law.text.demands.allSatisfy { $0.hasPrefix("shown") }
    }

    private static func law(_ law: CharterView.Law, _ charter: CharterView, _ call: Call) -> HTML {
        let l = call.l
        let parameters = charter.parameters.filter { $0.article == law.article }.map { parameter -> HTML in
            let changed =
                parameter.value == parameter.standard ? "" : l("（条文为 \(parameter.standard)）", " (the article says \(parameter.standard))")
            return
                "<li><span class=\"kind\">\(l("参数", "number"))</span><span>\(ParameterName.words(parameter.name, in: call.catalogue.text(of: parameter.article))[l])</span><span>\(parameter.value)\(changed)</span></li>"
        }
        var carriers = law.carriers.map { carrier($0, law, call) }
        if carriers.isEmpty {
            carriers = [
                isStatement(law)
                    ? "<li><span class=\"kind\">\(law.text.kind.first?.words[l] ?? "")</span><span class=\"quiet\">\(l("说明性条文，无需办理", "a statement; nothing to be done"))</span><span></span></li>"
                    : "<li><span class=\"kind trust\">\(l("尚无系统承担", "nothing yet"))</span><span class=\"quiet\">\(law.text.kind.map { $0.words[l] }.joined(separator: l("、", ", ")))</span><span></span></li>"
            ]
        } else if law.text.partly == true {
            carriers.append(
                "<li><span class=\"kind trust\">\(l("部分", "in part"))</span><span class=\"quiet\">\(l("另有要求尚无系统承担", "more is demanded, and carried by nothing yet"))</span><span></span></li>"
            )
        }
        // What never acted is folded away behind what did.
        let idle = law.carriers.filter { $0.acts == 0 && $0.refusals == 0 }
        if law.carriers.count > 3, idle.count > 1 {
            let busy = law.carriers.filter { $0.acts > 0 || $0.refusals > 0 }
            let folded: HTML = """
                <li><details><summary>\(l("另有 \(idle.count) 项尚未发生", "\(idle.count) more, not used yet"))</summary><ul>\(idle.map { Self.carrier($0, law, call) })</ul></details></li>
                """
            carriers = busy.map { Self.carrier($0, law, call) } + [folded] + carriers.dropFirst(law.carriers.count)
        }
        return """
            <div class="law" id="\(law.article.ref)"><h2>\(ArticleName.ref(law.article.ref, l))</h2>\
            <div class="text">\(law.text.words[l])\(law.answers.map { answer($0, call) })</div><ul>\(carriers)\(parameters)</ul></div>
            """
    }

    /// 解释: what was asked about the article, and what the interpreting unit answers.
    private static func answer(_ answer: CharterAnswer, _ call: Call) -> HTML {
        let l = call.l
        return """
            <details class="answer"><summary>\(l("解释", "Interpretation"))\(l("：", ": "))\(UserText.html(answer.question, l))</summary>\
            <p>\(UserText.html(answer.answer, l))</p><p class="quiet"><a href="\(call.address(answer.document))">\(UserText.html(answer.number, l))</a>\
             \(l.day(answer.day))</p></details>
            """
    }

    private static func carrier(_ carrier: CharterView.Carrier, _ law: CharterView.Law, _ call: Call) -> HTML {
        let l = call.l
        let (kind, style): (Words, String) =
            switch carrier.kind {
            case .guardian: (Words("控制点", "guard"), "kind guard")
            case .step: (Words("步骤", "step"), "kind")
            case .deadline: (Words("时限", "limit"), "kind")
            case .duty: (Words("定期", "duty"), "kind")
            case .finding: (Words("问题", "finding"), "kind guard")
            case .reading: (Words("存证", "ledger"), "kind guard")
            case .signature: (Words("靠签字", "signature"), "kind trust")
            }
        let (acts, refusals) = (l.count(carrier.acts), l.count(carrier.refusals))
        let counts: String =
            switch carrier.kind {
            case .guardian: l("通过 \(acts) 拒绝 \(refusals)", "passed \(acts), refused \(refusals)")
            case .deadline:
                l(
                    "按时 \(l.share(carrier.acts, of: carrier.acts + carrier.refusals)) 逾期 \(refusals)",
                    "in time \(l.share(carrier.acts, of: carrier.acts + carrier.refusals)), late \(refusals)")
            case .duty: l("\(acts) 期", "\(acts) runs")
            case .finding: l("发现 \(acts) 尚存 \(refusals)", "found \(acts), standing \(refusals)")
            case .reading: l("\(acts) 次", "\(acts) times")
            case .signature: l("签收 \(acts)", "signed \(acts)")
            case .step: l("办结 \(acts)", "done \(acts)") + (carrier.refusals > 0 ? l(" 拒绝 \(refusals)", ", refused \(refusals)") : "")
            }
        let title: HTML = carrier.type.map { "<a href=\"/r/\($0)\">\(carrier.title[l])</a>" } ?? HTML(carrier.title[l])
        let regulation = law.article.regulation
        var list: String?
        if carrier.kind == .reading, call.watchedReadings[regulation] != nil { list = "/readings?regulation=\(regulation)" }
        // The documents behind it that the reader may see; where there are none, nothing leads anywhere.
        if carrier.isSeenThrough, let type = carrier.type, let name = carrier.source.split(separator: ".").last.map(String.init) {
            list = carrier.kind == .deadline ? "/r/\(type)?clock=late:\(name)" : "/r/\(type)?act=\(name)"
        }
        let counted: HTML = list.map { "<a href=\"\($0)\">\(counts)</a>" } ?? HTML(counts)
        let source: HTML = carrier.source.isEmpty ? "" : " <code class=\"quiet source\">\(carrier.source)</code>"
        return "<li><span class=\"\(style)\">\(kind[l])</span><span>\(title)\(source)</span><span>\(counted)</span></li>"
    }
}
