import Kernel
import WorkCalendar

/// 督办: what is to be done and until when; and the work given to somebody else.
struct SupervisionForms {
    let call: Call
    let view: DocumentView
    let type: DocumentType
    let occasion: DocumentPage.PageMode

    private var l: Language { call.l }
    private var address: String { call.address(view.row.id) }

    var html: HTML {
        guard view.mayDirect, view.waiting.contains(where: { $0.kind == .step || $0.kind == .other }) else { return "" }
        // Beside one's own work it stands folded; where nothing else is to be done it is what the page is for.
        let isDue =
            !view.waiting.contains { $0.isMine && $0.kind == .step }
            && view.waiting.contains { $0.isMine && $0.kind == .other && $0.step.hasPrefix("!") }
        let (typed, faults): (FormData?, [Refusal.Fault]) =
            if case .handling("supervise", let form, let wrong, let refusal) = occasion { (form, wrong + (refusal?.faults ?? [])) } else {
                (nil, [])
            }
        let next = nextWorkingDay
        let form: HTML = """
            <form id="act-supervise" method="post" action="\(address)/handling/supervise">\(call.csrf)\
            \(PlainField.day("until", l("要求完成日期", "To be done by"), typed?["until"] ?? next.description, faults, call))\
            \(Opinion.control("supervise", typed, isNeeded: true, faults, own: view.phrases, l, label: l("督办意见", "What is to be done")))\
            <button\(" class=\"act\"", if: isDue)>\(l("督办", "Supervise"))</button>\
            <p class="hint">\(l("提交后此件从您的督办清单移出，办理情况列在“督办过的事项”；到期仍未完成时再次列入。原时限照常考核。",
                "It then leaves your list; what becomes of it stands under “What you have supervised”. It comes back where the limit is "
                    + "missed again. The clock that ran out stays judged as it was."))</p></form>
            """
        let passing = view.waiting.filter { !$0.isMine && $0.kind == .step && !$0.others.isEmpty }.map(pass)
        if isDue { return "\(form)\(passing)" }
        return "<details class=\"others\"\(" open", if: typed != nil)><summary>\(l("督办", "Supervise"))</summary>\(form)\(passing)</details>"
    }

    private var nextWorkingDay: Day {
        var day = call.today.adding(days: 1)
        while !call.calendar.isWorkingDay(day) { day = day.adding(days: 1) }
        return day
    }

    /// What was typed for this task and not taken.
    private func typedTo(_ task: String) -> String {
        guard case .handling("reassign", let form, _, _) = occasion, form["task"] == task else { return "" }
        return form.chosen("to")
    }

    private func pass(_ waiting: Waiting) -> HTML {
        let people = Options.people(call) { waiting.others.contains($0.id) }, word = call.ids.word(waiting.task, .task)
        let title = l("改派：\(waiting.title.zh)", "Give to somebody else: \(waiting.title.en)")
        return """
            <details><summary>\(title)</summary><form method="post" action="\(address)/handling/reassign">\(call.csrf)\
            <input type="hidden" name="task" value="\(word)"><div class="field"><label for="to-\(word)">\(l("改派给", "To"))</label>\
            \(TypeAhead.choice("id=\"to-\(word)\" name=\"to\"", id: "to-\(word)", name: "to", people, typedTo(word), l, blank: l("请选择", "Choose")))</div>\
            <div class="field"><label for="why-\(word)">\(l("理由", "Reason"))</label><textarea id="why-\(word)" name="reason"></textarea></div>\
            <button>\(l("改派", "Give"))</button></form></details>
            """
    }
}
