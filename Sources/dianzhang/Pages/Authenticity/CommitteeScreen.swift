import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// A session of the compliance committee on one screen (第二十四条): its agenda, and of each matter who was heard, who is excluded and why, the
/// votes, and the resolution. Whoever votes does it here.
struct CommitteeScreen {
    private let request: RegulationRequest
    private let session: DocumentView
    private let matters: [DocumentView]
    private var l: Language { request.language }

    init(of request: RegulationRequest) async throws {
        self.request = request
        session = try await ConsequencePages.view(request, of: CommitteeSession.name)
        var matters: [DocumentView] = []
        for id in session.row.values["matters"]?.list.compactMap(\.whole) ?? [] {
            if let matter = try? await request.desk.document(id, by: request.person) { matters.append(matter) }
        }
        self.matters = matters
    }

    /// - Parameter fault: what was wrong with a vote, above everything else.
    func html(_ fault: HTML?) -> HTML {
        let title = "\(l("合规委员会会议", "Session of the compliance committee")) \(session.row.values["day"]?.text ?? "")"
        let agenda = matters.enumerated().map { index, matter -> HTML in
            "<li><a href=\"#matter-\(index + 1)\">\(UserText.html(matter.row.title, l))</a> \(ConsequencePages.state(matter.row, request))</li>"
        }
        let facts: [(String, HTML)] = [
            (l("地点", "Place"), UserText.html(session.row.values["place"]?.text ?? "", l)),
            (l("主持人", "Chair"), "\(name(session.row.values["chair"]))"),
            (l("出席委员", "Present"), "\(names(session.row.values["present"]))"),
            (l("缺席", "Absent"), UserText.html(session.row.values["absent"]?.text ?? "", l)),
        ]
        let list = facts.filter { !$0.1.isEmpty }.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as HTML }
        let sheet: HTML = "<div class=\"pad\"><dl class=\"grid\">\(list)</dl><h3>\(l("议程", "Agenda"))</h3><ol>\(agenda)</ol></div>"
        let minutes = session.row.values["minutes"]?.text
        let closing: HTML =
            minutes.map {
                ConsequencePages.section(l("会议记录", "Minutes"), "", "<div class=\"pad\">\(ConsequencePages.paragraphs($0, l))</div>")
            } ?? ""
        return """
            \(fault ?? "")\(ConsequencePages.head(session, "\(title)", [authenticity[24]], request))\
            <section class="sheet"><header><h2>\(l("会议", "Session"))</h2><span>\(ConsequencePages.state(session.row, request))</span></header>\(sheet)</section>\
            \(matters.enumerated().map { html(of: $1, at: $0) })\(closing)
            """
    }

    private func name(_ value: JSONValue?) -> String { value?.whole.map { request.organisation.name(PersonID($0))[l] } ?? "" }
    private func names(_ value: JSONValue?) -> String {
        (value?.list.compactMap(\.whole) ?? []).map { request.organisation.name(PersonID($0))[l] }.joined(separator: l("、", ", "))
    }

    // MARK: One matter

    private func html(of matter: DocumentView, at index: Int) -> HTML {
        let values = matter.row.values
        func prose(_ title: String, _ key: String) -> HTML {
            guard let text = values[key]?.text, !text.isEmpty else { return "" }
            return "<h3>\(title)</h3>\(ConsequencePages.paragraphs(text, l))"
        }
        let concerned = names(values["concerned"])
        let who: HTML = concerned.isEmpty ? "" : "<p>\(l("涉及人员：", "People concerned: "))\(concerned)</p>"
        let resolution: HTML =
            matter.row.state == CommitteeMatter.State.resolved.rawValue
            ? """
            <div class="note"><p><b>\(l("决议", "Resolution")) \(UserText.html(matter.row.number ?? "", l))\(l("：", ": "))\(ConsequencePages.words("outcome", of: matter.row, request))</b></p>\
            \(ConsequencePages.paragraphs(values["resolution"]?.text, l))</div>
            """ : ""
        return """
            <section class="sheet" id="matter-\(index + 1)"><header><h2>\(index + 1). \(UserText.html(matter.row.title, l))</h2>\
            <span>\(ConsequencePages.state(matter.row, request))</span></header><div class="pad">\(who)\
            \(prose(l("事实", "Facts"), "facts"))\(prose(l("提请评议的意见", "What is proposed"), "proposal"))\(prose(l("当事人陈述", "What the seller says"), "statement"))\
            \(excluded(values))\(votes(matter))\(resolution)\(form(matter, at: index))\
            <p class="noprint"><a href="\(request.address(matter.row.id))">\(l("打开该事项办理", "Open the matter"))</a></p></div></section>
            """
    }

    private func excluded(_ values: [String: JSONValue]) -> HTML {
        let lines = (values["excluded"]?.list ?? []).map { line -> HTML in
            let reason = ExcludedMember.Reason(rawValue: line["reason"].text ?? "")?.words[l] ?? ""
            return "<li>\(name(line["member"]))\(l("：", ": "))\(reason) \(UserText.html(line["note"].text ?? "", l))</li>"
        }
        if lines.isEmpty { return "" }
        return "<h3>\(l("回避", "Excluded"))</h3><ul>\(lines)</ul>"
    }

    private func votes(_ matter: DocumentView) -> HTML {
        let values = matter.row.values, voters = values["voters"]?.list.compactMap(\.whole) ?? []
        if voters.isEmpty { return "" }
        let cast = values["votes"]?.list ?? []
        let rows = voters.map { voter -> [HTML] in
            let vote = cast.first { $0["member"].whole == voter }
            let ballot = vote.flatMap { CommitteeMatter.Ballot(rawValue: $0["ballot"].text ?? "") }?.words[l] ?? l("未表决", "not yet")
            return [
                "\(request.organisation.name(PersonID(voter))[l])", "\(ballot)", UserText.html(vote?["reason"].text ?? "", l),
            ]
        }
        func count(_ ballot: CommitteeMatter.Ballot) -> Int { cast.count { $0["ballot"].text == ballot.rawValue } }
        let (support, against, abstain) = (count(.support), count(.against), count(.abstain))
        let tally = l(
            "应表决 \(voters.count) 人，同意 \(support)，反对 \(against)，弃权 \(abstain)",
            "\(voters.count) vote: \(support) for, \(against) against, \(abstain) abstain")
        let isOver = [CommitteeMatter.State.voted.rawValue, CommitteeMatter.State.resolved.rawValue].contains(matter.row.state)
        let isCarried = values["isCarried"] == .flag(true)
        let result = isOver ? (isCarried ? l("，通过", ", carried") : l("，未通过", ", not carried")) : ""
        let heads = [l("委员", "Member"), l("表决", "Vote"), l("理由", "Reason")]
        return "<h3>\(l("表决", "Votes"))</h3><p><b>\(tally)\(result)</b></p>\(ConsequencePages.table(heads, rows, l))"
    }

    // MARK: Voting

    /// For whoever votes on it and has not.
    private func form(_ matter: DocumentView, at index: Int) -> HTML {
        guard matter.availableSteps.contains(where: { $0.step.name == CommitteeMatter.vote.name && $0.behalf == nil }) else { return "" }
        let choices = CommitteeMatter.Ballot.allCases.filter { $0 != .unknown }.map { ballot -> HTML in
            """
            <label class="check"><input type="radio" name="ballot" value="\(ballot.rawValue)" required> \(ballot.words[l])</label>
            """
        }
        return """
            <form method="post" class="noprint">\(request.csrf)<input type="hidden" name="matter" value="\(index + 1)">
            <fieldset class="field"><legend>\(l("我的表决", "My vote"))</legend><div class="row">\(choices)</div></fieldset>
            <div class="field"><label for="reason-\(index + 1)">\(l("理由", "Reason"))</label><input id="reason-\(index + 1)" name="reason"></div>
            <div class="row"><button class="act">\(l("表决", "Vote"))</button></div></form>
            """
    }

    @Sendable static func vote(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let screen = try await CommitteeScreen(of: request)
        guard let place = Int(form["matter"]), screen.matters.indices.contains(place - 1) else { throw DeskError.absent }
        do {
            try await request.desk.take(
                CommitteeMatter.vote, on: screen.matters[place - 1].row.id,
                input: ["ballot": .text(form["ballot"]), "ballotReason": .text(form["reason"])], by: request.principal)
        } catch let refusal as Refusal {
            return .page(screen.html(request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(screen.html(request.summary(faults)), isFault: true)
        }
        let word = request.word(document: screen.session.row.id)
        return .redirect("/consequences/session/\(word)")
    }
}
