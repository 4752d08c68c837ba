import DrugQuality
import Kernel
import Web
import WorkCalendar

/// The pages for whoever comes: a questionnaire to answer, the opinion box, and where its answer is fetched. They need no account and no
/// script, set no cookie, and keep nothing of where a request comes from.
enum PublicPages {
    static let all = [
        OpenPage(path: "/q/:word", title: Words("问卷", "Questionnaire"), show: { try await question($0, [:]) }, take: submit),
        OpenPage(path: "/opinion", title: Words("职工意见箱", "Opinion box"), show: { try await box($0, FormData(), []) }, take: drop),
        OpenPage(path: "/opinion/answer", title: Words("查看意见的答复", "The answer to an opinion"), show: { fetching($0, nil) }, take: fetch),
    ]

    private static func summary(_ faults: [Refusal.Fault], _ l: Language) -> HTML {
        faults.isEmpty
            ? ""
            : """
            <div class="note refusal" role="alert"><ul>\(faults.map { "<li><a href=\"#\($0.field)\">\($0.words[l])</a></li>" as HTML })</ul></div>
            """
    }

    // MARK: Questionnaire

    private static func found(_ request: OpenRequest) async throws -> Found<Questionnaire> {
        let word = try request.part("word")
        guard !word.isEmpty, let found = try await request.desk.find(\Questionnaire.word, is: word).first, found.state != .draft else {
            throw DeskError.absent
        }
        return found
    }

    private static func question(
        _ request: OpenRequest, _ typed: [Int: String], key: String = AnswerCode.make(), _ faults: [Refusal.Fault] = []
    ) async throws -> OpenResponse {
        let found = try await found(request), l = request.language, value = found.value
        guard found.state == .open else {
            return OpenResponse(
                "<h1>\(UserText.html(value.heading, l))</h1><p>\(l("问卷已截止，谢谢您的关注。", "The questionnaire is closed. Thank you all the same."))</p>")
        }
        let fields = value.questions.enumerated().map { index, question in Self.field(question, index, typed[index] ?? "", l) }
        return OpenResponse(
            """
            <h1>\(UserText.html(value.heading, l))</h1><p>\(UserText.html(value.introduction, l))</p>
            <p class="quiet">\(l("不需登录，不记录您的身份和网络地址。", "No account is needed; who you are and where you come from is not kept."))</p>\(summary(faults, l))
            <form class="sheet pad" method="post" action="/q/\(value.word)"><input type="hidden" name="key" value="\(key)">\(fields)
            <div class="row"><button class="act">\(l("提交", "Send"))</button></div></form>
            """, isFault: !faults.isEmpty)
    }

    private static func field(_ question: Questionnaire.Question, _ index: Int, _ typed: String, _ l: Language) -> HTML {
        let name = "answer.\(index)", must: HTML = question.isRequired ? "<span class=\"quiet\">\(l("（必答）", " (required)"))</span>" : ""
        let label: HTML = "\(UserText.html(question.text, l))\(must)"
        if question.kind == .text {
            return """
                <div class="field"><label for="\(name)">\(label)</label><textarea id="\(name)" name="\(name)" maxlength="1000">
                \(typed)</textarea></div>
                """
        }
        let choices = question.kind == .score ? ["1", "2", "3", "4", "5"] : question.choices
        let radios = choices.enumerated().map { place, choice -> HTML in
            """
            <label class="check"><input type="radio" name="\(name)" value="\(choice)"\(" checked", if: choice == typed)\
            \(" id=\"\(name)\"", if: place == 0)> \(UserText.html(choice, l))</label>
            """
        }
        return "<fieldset class=\"field\"><legend>\(label)</legend>\(radios)</fieldset>"
    }

    private static func submit(_ request: OpenRequest, _ form: FormData) async throws -> OpenResponse {
        let found = try await found(request), l = request.language, questions = found.value.questions
        let typed = Dictionary(uniqueKeysWithValues: questions.indices.map { ($0, form["answer.\($0)"]) })
        let key = form["key"]
        guard key.count == 20 else { return try await question(request, typed) }
        do {
            try await request.desk.take(QuestionnaireAnswer.submit, by: .system, in: (found.record.unit, .none)) { document in
                var answer = QuestionnaireAnswer()
                (answer.questionnaire, answer.key) = (found.id, key)
                answer.answers = questions.enumerated().map { index, question in
                    var line = QuestionnaireAnswer.Answer()
                    (line.question, line.answer) = (question.text, typed[index] ?? "")
                    return line
                }
                document = answer
            }
        } catch let refusal as Refusal {
            let faults = refusal.faults.isEmpty ? [Refusal.Fault(field: "main", refusal.words)] : refusal.faults
            return try await question(request, typed, key: key, faults)
        }
        return OpenResponse("<h1>\(l("已收到", "Received"))</h1><p>\(l("谢谢您的答复。", "Thank you for your answer."))</p>")
    }

    // MARK: Opinion box

    /// The enterprises that have the box.
    private static func scopes(_ organisation: Organisation, on day: Day) -> [UnitID] {
        organisation.adoptions.filter { $0.regulation == drugQuality.id && $0.isInForce(on: day) }.map(\.unit)
    }

    private static func departments(_ organisation: Organisation, on day: Day, least: Int) -> [UnitID] {
        let held = Dictionary(grouping: organisation.holdings.filter { $0.holds(on: day) }, by: \.unit)
        return organisation.units.keys.filter { Set((held[$0] ?? []).map(\.person)).count >= least }.sorted { $0.raw < $1.raw }
    }

    private static func least(_ desk: Desk) async throws -> Int {
        try await desk.charter(drugQuality.id, by: nil).parameters.first { $0.name == "leastAnonymousUnit" }?.value ?? 5
    }

    private static func box(_ request: OpenRequest, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> OpenResponse {
        let l = request.language, organisation = try await request.desk.organisation(), day = request.now.day
        let scopes = scopes(organisation, on: day)
        if scopes.isEmpty { throw DeskError.absent }
        func options(_ units: [UnitID], _ chosen: String) -> [HTML] {
            units.enumerated().map { index, unit in
                "<option value=\"\(index)\"\(" selected", if: chosen == String(index))>\(organisation.name(unit)[l])</option>"
            }
        }
        let enterprise: HTML =
            scopes.count == 1
            ? "<input type=\"hidden\" name=\"scope\" value=\"0\">"
            : """
            <div class="field"><label for="scope">\(l("企业", "Enterprise"))</label><select id="scope" name="scope">\(options(scopes, form["scope"]))</select></div>
            """
        let least = try await least(request.desk)
        let units = departments(organisation, on: day, least: least)
        let stages = Stage.allCases.filter { $0 != .unknown }.map { stage -> HTML in
            "<option value=\"\(stage.rawValue)\"\(" selected", if: form["stage"] == stage.rawValue)>\(stage.words[l])</option>"
        }
        return OpenResponse(
            """
            <h1>\(l("职工意见箱", "Opinion box"))</h1>
            <p>\(l("不需登录。不记录您是谁、从哪里来、几点写的：只记日期，次日与其他意见一起不分先后取出。不足 \(least) 人的部门不列出。",
                "No account is needed. Who you are, where you come from and at what hour you write is not kept: only the day; it is taken out the next day, in no order. Departments of fewer than \(least) are not listed."))</p>
            <p><a href="/opinion/answer">\(l("凭取件码查看答复", "Fetch an answer with your code"))</a></p>\(summary(faults, l))
            <form class="sheet pad" method="post" action="/opinion">\(enterprise)
            <div class="field"><label for="stage">\(l("环节", "Stage"))</label><select id="stage" name="stage">\(stages)</select></div>
            <div class="field"><label for="unit">\(l("部门（可不填）", "Department, if you like"))</label><select id="unit" name="unit">\
            <option value="">\(l("不填", "None"))</option>\(options(units, form["unit"]))</select></div>
            <div class="field"><label for="opinion">\(l("意见", "Opinion"))</label><textarea id="opinion" name="opinion" maxlength="2000" autocomplete="off">
            \(form["opinion"])</textarea></div>
            <div class="row"><button class="act">\(l("投入意见箱", "Drop it"))</button></div></form>
            """, isFault: !faults.isEmpty)
    }

    private static func drop(_ request: OpenRequest, _ form: FormData) async throws -> OpenResponse {
        let l = request.language, organisation = try await request.desk.organisation(), day = request.now.day
        let scopes = scopes(organisation, on: day), least = try await least(request.desk)
        let units = departments(organisation, on: day, least: least)
        var faults: [Refusal.Fault] = []
        let text = form["opinion"]
        if !text.contains(where: { !$0.isWhitespace }) { faults.append(.init(field: "opinion", Words("请写下您的意见", "Write your opinion"))) }
        if text.count > 2000 { faults.append(.init(field: "opinion", Words("意见最多 2000 字，请缩短", "At most 2000 characters; shorten it"))) }
        let scope = Int(form["scope"]).flatMap { scopes.indices.contains($0) ? scopes[$0] : nil }
        if scope == nil { faults.append(.init(field: "scope", Words("请选择企业", "Choose the enterprise"))) }
        let stage = Stage(rawValue: form["stage"]) ?? .unknown
        if stage == .unknown { faults.append(.init(field: "stage", Words("请选择环节", "Choose the stage"))) }
        guard faults.isEmpty, let scope else { return try await box(request, form, faults) }
        let unit = Int(form["unit"]).flatMap { units.indices.contains($0) ? units[$0] : nil } ?? .none
        let code = AnswerCode.make()
        let slip = StaffOpinion.slip(text, stage, from: unit, code: code, least: least, organisation, on: day)
        try await request.desk.drop(slip, into: StaffOpinion.box, of: scope)
        return OpenResponse(
            """
            <h1>\(l("已投入意见箱", "Dropped"))</h1>
            <p>\(l("取件码，请自行记下，只显示这一次：", "Your code. Write it down; it is shown this once:"))</p><p><b><code>\(code)</code></b></p>
            <p>\(l("一两个工作日后可凭码查看答复。", "After a working day or two the answer can be fetched with it."))
            <a href="/opinion/answer">\(l("查看答复", "Fetch the answer"))</a></p>
            """)
    }

    private static func fetching(_ request: OpenRequest, _ answer: HTML?) -> OpenResponse {
        let l = request.language
        return OpenResponse(
            """
            <h1>\(l("查看意见的答复", "The answer to an opinion"))</h1>\(answer ?? "")
            <form class="sheet pad" method="post" action="/opinion/answer"><div class="field"><label for="code">\(l("取件码", "Code"))</label>
            <input id="code" name="code" autocomplete="off" spellcheck="false" maxlength="40"></div>
            <div class="row"><button class="act">\(l("查看", "Fetch"))</button></div></form>
            """)
    }

    private static func fetch(_ request: OpenRequest, _ form: FormData) async throws -> OpenResponse {
        let l = request.language, code = AnswerCode.normalForm(form["code"])
        let found = code.count == 20 ? try await request.desk.find(\StaffOpinion.code, is: StaffOpinion.digest(of: code)).first : nil
        guard let found else {
            return fetching(
                request,
                """
                <div class="note" role="status"><p>\(l("没有找到：意见次日才取出，请核对取件码或改日再查。", "Nothing found: a slip is taken out the next day. Check the code, or look again another day."))</p></div>
                """)
        }
        let answer: HTML =
            found.state == .answered
            ? "<p><b>\(l("答复", "Answer"))</b></p><p>\(UserText.html(found.value.answer, l))</p>"
            : "<p>\(l("尚未答复。", "Not answered yet."))</p>"
        return fetching(
            request, "<section class=\"sheet pad\"><p class=\"quiet\">\(UserText.html(found.value.opinion, l))</p>\(answer)</section>")
    }
}
