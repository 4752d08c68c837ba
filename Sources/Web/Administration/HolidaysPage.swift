import Hummingbird
import Kernel
import WorkCalendar

/// 节假日: the announced days off and make-up days; a new year is added from a table.
enum HolidaysPage {
    static func add(to routes: Routes) {
        AdministrationForm.add(
            "/admin/holidays", to: routes, within: FormLimits(file: 1 << 20, files: 1 << 20), show: { try await show($0, $1, $2) },
            take: [
                "add": { call, form in
                    var text = form["rows"]
                    if case .bytes(let bytes)? = form.files("file").first?.content { text = String(decoding: bytes, as: UTF8.self) }
                    guard !text.trimmingBlanks.isEmpty else {
                        throw DeskError.invalid([
                            .init(field: "rows", Words("请粘贴或选择节假日表", "Paste the table of holidays or choose its file"))
                        ])
                    }
                    do {
                        try await call.desk.administer(.addHolidays(HolidayTable(csv: text.utf8).rows), by: call.principal)
                    } catch let error as HolidayTableError {
                        throw DeskError.invalid([.init(field: "rows", Words(error.zh, error.en))])
                    }
                }
            ])
    }

    private static func show(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l
        let years = call.calendar.announcedYears.sorted().map(String.init).joined(separator: l("、", ", "))
        let year = call.today.year
        let days = (0..<366).compactMap { offset -> HTML? in
            guard let first = Day(year: year, month: 1, day: 1) else { return nil }
            let day = first.adding(days: offset)
            guard day.year == year, let name = call.calendar.holidayName(day) else { return nil }
            let isWorked = call.calendar.isWorkingDay(day)
            return
                "<li><span>\(l.dayWithWeekday(day))</span><span>\(DocumentName.spoken(name, l)) \(isWorked ? l("调休上班", "make-up day") : l("放假", "day off"))</span></li>"
        }
        let columns: HTML = "<code>date,kind,holiday</code>"
        let hint: HTML =
            l == .zh
            ? "首行为列名 \(columns)；放假写 <code>holiday</code>，调休上班写 <code>workday</code>。同一天再次上传，以后一次为准。"
            : "The first line is \(columns); write <code>holiday</code> for a day off, <code>workday</code> for a make-up day. A day given again replaces the earlier row."
        let fields: HTML = """
            \(PlainField.prose("rows", l("粘贴节假日表", "Paste the table"), form["rows"], faults, l))\
            <div class="field"><label for="file">\(l("或选择 CSV 文件", "Or choose its CSV file"))</label>\
            <input id="file" name="file" type="file" accept=".csv,text/csv"></div>
            """
        return try await AdministrationForm.page(
            call, l("节假日", "Holidays"), here: "/admin/holidays", faults,
            """
            <p class="quiet">\(hint)</p><p class="quiet">\(l("已公布的年份：\(years)。未公布年份的时限只按周末推算，并标明“暂计”。", "Announced years: \(years). Limits in other years count weekends only and say so."))</p>
            \(AdministrationForm.sheet(call, l("增加", "Add"), action: "/admin/holidays/add", button: l("增加", "Add"), isMultipart: true, fields))
            <section class="sheet"><header><h2>\(l("\(year) 年", "\(year)"))</h2></header><ul class="lines">\(days)</ul></section>
            """)
    }
}
