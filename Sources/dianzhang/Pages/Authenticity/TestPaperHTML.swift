import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// The paper while it is sat: the time that is left, the questions with what is saved, a button for each.
struct TestPaperHTML {
    private let sheet: SheetOnPage
    private let request: RegulationRequest
    private var l: Language { request.language }

    init(_ sheet: SheetOnPage, _ request: RegulationRequest) { (self.sheet, self.request) = (sheet, request) }

    /// By which options are called on a page of either language.
    static let marks = ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"]

    func html(_ note: HTML) async throws -> HTML {
        let questions = try await sheet.questions(request.desk)
        let fields = zip(sheet.value.items, questions).enumerated().map { field($0 + 1, $1.0, $1.1) }
        let title = UserText.html(sheet.test?.value.title ?? "", l)
        return """
            <p class="quiet"><a href="/tests">\(SellerLearningPages.title[l])</a> / \(title)</p>
            <div class="head"><h1>\(title)</h1><span class="quiet">\(request.link(authenticity[10]))</span></div>
            \(note)\(time)
            <form method="post" action="\(TestSittingPage.address(sheet.id, request))" data-each>\(request.csrf)\(fields)\
            <div class="row"><button name="save" value="0">\(l("保存全部", "Save all"))</button>\
            <button class="act" name="to" value="hand-in">\(l("保存并交卷…", "Save and hand in…"))</button></div></form>
            """
    }

    private var time: HTML {
        let end = sheet.value.endsAt ?? request.now
        let seconds = Int(max(0, request.now.distance(to: end)) / 1000)
        let left = l("剩余 \(seconds / 60) 分 \(seconds % 60) 秒", "\(seconds / 60) min \(seconds % 60) s left")
        let saved = sheet.value.items.count { !$0.answer.isEmpty }
        let all = sheet.value.items.count
        let next = sheet.value.items.firstIndex { $0.answer.isEmpty }
        let link: HTML = next.map { " <a href=\"#q\($0 + 1)\">\(l("到第 \($0 + 1) 题", "To question \($0 + 1)"))</a>" } ?? ""
        return """
            <div class="strip" id="time" role="status"><span><b data-left="\(seconds)">\(left)</b> \
            <span class="quiet">\(l("\(clock(end)) 截止，以服务器时间为准", "until \(clock(end)), by the server's clock"))</span></span>\
            <span>\(l("已保存 \(saved) / \(all) 题", "\(saved) of \(all) saved"))\(link)</span></div>
            """
    }

    private func clock(_ moment: Moment) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(moment.hour)):\(two(moment.minute)):\(two(moment.second))"
    }

    private func field(_ serial: Int, _ item: SheetItem, _ question: TestQuestion) -> HTML {
        let chosen = item.chosen, isSeveral = question.kind == .multiple
        let options = item.places.enumerated().map { shown, place -> HTML in
            let id = "q\(serial)-\(shown + 1)"
            let text = question.options.indices.contains(place) ? question.options[place].text : ""
            return """
                <div class="check"><input id="\(id)" name="q\(serial)" type="\(isSeveral ? "checkbox" : "radio")" value="\(shown + 1)"\
                \(" checked", if: chosen.contains(shown + 1))><label for="\(id)">\(Self.marks[min(shown, Self.marks.count - 1)]) \(UserText.html(text, l))</label></div>
                """
        }
        let mark: HTML =
            item.answer.isEmpty
            ? "<span class=\"state open\">\(l("未作答", "Not answered"))</span>"
            : "<span class=\"state done\">\(l("已保存", "Saved"))</span>"
        let was = chosen.map(String.init).joined(separator: ";")
        return """
            <fieldset class="sheet pad field radios" id="q\(serial)"><legend>\(serial). \(UserText.html(question.stem, l)) \
            <span class="quiet">\(question.kind.words[l]) · \(l("\(item.points) 分", "\(item.points) points"))</span> \(mark)</legend>\
            <input type="hidden" name="was\(serial)" value="\(was)">\(options)\
            <div class="row"><button name="save" value="\(serial)">\(l("保存本题", "Save"))</button></div></fieldset>
            """
    }
}

/// The sheet when it is over, or for whoever looks at it: the result, and why.
struct TestReviewHTML {
    private let sheet: SheetOnPage
    private let request: RegulationRequest
    private var l: Language { request.language }

    init(_ sheet: SheetOnPage, _ request: RegulationRequest) { (self.sheet, self.request) = (sheet, request) }

    func html(_ note: HTML) async throws -> HTML {
        let title = UserText.html(sheet.test?.value.title ?? "", l)
        let head: HTML = """
            <p class="quiet"><a href="/tests">\(SellerLearningPages.title[l])</a> / \(title)</p>
            <div class="head"><h1>\(title)</h1><span class="quiet">\(UserText.html(sheet.row.number ?? "", l)) \(request.link(authenticity[10]))</span></div>\(note)
            """
        switch sheet.state {
        case .handedIn:
            let questions = try await sheet.questions(request.desk)
            let lines = zip(sheet.value.items, questions).enumerated().map { line($0 + 1, $1.0, $1.1) }
            return
                "\(head)\(result)<section class=\"sheet\"><header><h2>\(l("逐题", "Question by question"))</h2></header><ul class=\"lines\">\(lines)</ul></section>"
        case .open: return "\(head)\(waiting)"
        default: return "\(head)<section class=\"sheet pad\"><p>\(l("这份答卷已作废。", "This sheet was annulled."))</p></section>"
        }
    }

    /// Its time is over, or somebody else sits it.
    private var waiting: HTML {
        guard sheet.value.sitter == request.person else {
            return "<section class=\"sheet pad\"><p>\(l("应试人正在答题。", "It is being sat."))</p></section>"
        }
        return """
            <form class="sheet pad" method="post" action="\(TestSittingPage.address(sheet.id, request))/hand-in">\(request.csrf)\
            <p>\(l("答题时间已到，此前保存的答案均有效，即将自动交卷。", "The time is over. All that was saved counts, and is being handed in."))</p>\
            <button class="act">\(l("查看结果", "See the result"))</button></form>
            """
    }

    private var result: HTML {
        let value = sheet.value, least = (value.mark * value.total + 99) / 100
        let isPassed = value.result == .passed
        let at = value.handedInAt.map { l.moment($0) } ?? ""
        let markings = value.markings.dropFirst().map { marking -> HTML in
            let words = l(
                "\(marking.at.map { l.moment($0) } ?? "") 按试题更正重新评分：\(marking.points) 分，\(marking.result.words.zh)",
                "\(marking.at.map { l.moment($0) } ?? ""): marked anew after a correction, \(marking.points) points, \(marking.result.words.en.lowercased())"
            )
            return "<p class=\"quiet\">\(words)</p>"
        }
        return """
            <section class="sheet pad"><p><span class="state \(isPassed ? "done" : "no")">\(value.result.words[l])</span> \
            <b>\(l("\(value.points) 分", "\(value.points) points"))</b> \
            \(l("满分 \(value.total) 分，\(least) 分及格", "of \(value.total), \(least) to pass")) <span class="quiet">\(at)</span></p>\(markings)</section>
            """
    }

    /// The right answers are told when the test is over for everybody.
    private var tellsAnswers: Bool { sheet.test?.state == .closed || sheet.value.sitter != request.person }

    private func line(_ serial: Int, _ item: SheetItem, _ question: TestQuestion) -> HTML {
        let isRight = item.earned == item.points
        let state = item.answer.isEmpty && !isRight ? l("未作答", "Not answered") : isRight ? l("正确", "Right") : l("错误", "Wrong")
        func texts(_ places: [Int]) -> HTML {
            places.filter { question.options.indices.contains($0) }.map { UserText.html(question.options[$0].text, l) }.joined(
                by: HTML(l("；", "; ")))
        }
        let answer = texts(item.chosen.map { item.places[$0 - 1] })
        let ruled: HTML =
            question.ruling.isEmpty
            ? ""
            : "<br><span class=\"quiet\">\(l("本题已更正，按更正后的答案评分", "This question was corrected, and is marked by the correction"))</span>"
        let right = question.ruling.isEmpty ? question.rightAnswer : question.ruling
        let places = right.split(separator: ";").compactMap { Int($0) }
        let solution: HTML = """
            <br>\(places.isEmpty ? "" : "\(l("正确答案：", "Right: "))\(texts(places))<br>" as HTML)<span class="quiet">\(UserText.html(question.explanation, l))</span>
            """
        let given: HTML = answer.isEmpty ? "" : "<br>\(l("您的答案：", "Answered: "))\(answer)"
        return """
            <li><span>\(serial). \(UserText.html(question.stem, l)) <span class="quiet">\(question.topic.words[l])</span>\(given)\
            \(solution, if: tellsAnswers)\(ruled)</span>\
            <span><span class="state \(isRight ? "done" : "no")">\(state)</span> <span class="number">\(item.earned) / \(item.points)</span></span></li>
            """
    }
}
