import Kernel
import WorkCalendar

/// The days off and the make-up days of a year, month by month; each with its name, so that colour says nothing alone.
struct YearCalendar {
    let year: Int
    let call: Call

    private var l: Language { call.l }

    var html: HTML {
        let months = (1...12).map(month)
        return """
            <section class="sheet"><header><h2>\(l("\(year) 年", "\(year)"))</h2><span class="quiet">\(l("休：放假　班：调休上班", "off: day off; work: make-up day"))</span></header>\
            <div class="months">\(months)</div></section>
            """
    }

    private func month(_ month: Int) -> HTML {
        guard let first = Day(year: year, month: month, day: 1) else { return "" }
        let count = first.distance(to: first.adding(months: 1))
        let lead = first.weekday.rawValue - 1
        let cells = (0..<lead).map { _ in "<td></td>" as HTML } + (0..<count).map { cell(first.adding(days: $0)) }
        let weeks = stride(from: 0, to: cells.count, by: 7).map { start -> HTML in
            "<tr>\(Array(cells[start..<min(start + 7, cells.count)]))</tr>"
        }
        let heads = l == .zh ? ["一", "二", "三", "四", "五", "六", "日"] : ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
        return """
            <table class="month"><caption>\(l("\(month)月", "\(year)-\(month)"))</caption><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>\
            <tbody>\(weeks)</tbody></table>
            """
    }

    private func cell(_ day: Day) -> HTML {
        let isWorked = call.calendar.isWorkingDay(day)
        guard let name = call.calendar.holidayName(day) else {
            return "<td\(" class=\"off\"", if: !isWorked)>\(day.day)</td>"
        }
        let mark = isWorked ? l("班", "work") : l("休", "off")
        return
            "<td class=\"\(isWorked ? "worked" : "off named")\" title=\"\(name)\">\(day.day)<small>\(mark)</small><small>\(DocumentName.spoken(name, l))</small></td>"
    }
}
