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
                    if form.has("first") {
                        try await call.desk.administer(.addHolidays(try typed(form, call)), by: call.principal)
                        return
                    }
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

    /// The days of the form: from one to another, all off or all worked.
    private static func typed(_ form: FormData, _ call: Call) throws -> [HolidayTable.Row] {
        func day(_ text: String) -> Day? { Day(spoken: text, today: call.today, calendar: call.calendar) }
        let (first, name) = (day(form["first"]), form["name"].trimmingBlanks)
        let last = form["last"].trimmingBlanks.isEmpty ? first : day(form["last"])
        var faults: [Refusal.Fault] = []
        if first == nil { faults.append(.init(field: "first", Words("请填写日期，如 \(call.today)", "Enter a date like \(call.today)"))) }
        if let first, last.map({ !(first...first.adding(days: 30)).contains($0) }) ?? true {
            faults.append(.init(field: "last", Words("最后一日应在第一日之后 30 天内", "The last day lies within 30 days after the first")))
        }
        if name.isEmpty || name.contains(",") { faults.append(.init(field: "name", Words("请填写节日名称，如 春节", "Enter the holiday's name"))) }
        guard faults.isEmpty, let first, let last, let kind = HolidayTable.Kind(rawValue: form["kind"]) else {
            throw DeskError.invalid(faults)
        }
        return (0...first.distance(to: last)).map { .init(day: first.adding(days: $0), kind: kind, holiday: name) }
    }

    private static func days(_ form: FormData, _ faults: [Refusal.Fault], _ l: Language) -> HTML {
        let kinds = [Option(value: "holiday", title: l("放假", "Day off")), Option(value: "workday", title: l("调休上班", "Make-up day"))]
        return """
            \(PlainField.text("first", l("第一日", "First day"), form["first"], faults, l, type: "date"))\
            \(PlainField.text("last", l("最后一日（只一天的不填）", "Last day (left empty for one day)"), form["last"], faults, l, type: "date"))\
            <div class="field"><label for="kind">\(l("类别", "Kind"))</label><select id="kind" name="kind">\(PlainField.options(kinds, form["kind"], blank: nil))</select></div>\
            \(PlainField.text("name", l("名称", "Name"), form["name"], faults, l))
            """
    }

    private static func show(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l
        let years = call.calendar.announcedYears.sorted().map(String.init).joined(separator: l("、", ", "))
        let year = call.today.year
        let columns = l("日期,类别,名称", "date,kind,holiday")
        let hint = l(
            "首行为列名“\(columns)”；放假写“放假”，调休上班写“上班”。同一天再次上传，以后一次为准。",
            "The first line is \(columns); write holiday for a day off, workday for a make-up day. A day given again replaces the earlier row."
        )
        let fields: HTML = """
            \(PlainField.prose("rows", l("粘贴节假日表", "Paste the table"), form["rows"], faults, l))\
            <div class="field"><label for="file">\(l("或选择 CSV 文件", "Or choose its CSV file"))</label>\
            <input id="file" name="file" type="file" accept=".csv,text/csv"></div>
            """
        return try await AdministrationForm.page(
            call, l("节假日", "Holidays"), here: "/admin/holidays", faults,
            """
            \(try await StartSheet.html(call))<p class="quiet">\(hint)</p><p class="quiet">\(l("已公布的年份：\(years)。未公布年份的时限只按周末推算，并标明“暂计”。", "Announced years: \(years). Limits in other years count weekends only and say so."))</p>
            \(AdministrationForm.sheet(call, l("增加假期或调休", "Add days off or a make-up day"), action: "/admin/holidays/add", button: l("增加", "Add"), days(form, faults, l)))
            \(AdministrationForm.sheet(call, l("按表增加", "Add a table"), action: "/admin/holidays/add", button: l("增加", "Add"), isMultipart: true, fields))
            \(YearCalendar(year: year, call: call).html)
            """)
    }
}
