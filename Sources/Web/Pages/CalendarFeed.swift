import Crypto
import Hummingbird
import Kernel
import WorkCalendar

/// 日历订阅: what waits for a person and when it is due, as an iCalendar feed (RFC 5545) at an address that nobody can guess and that the
/// person takes back. It says the step and the document's number, and nothing personal; of what is classified, the step alone.
enum CalendarFeed {
    static let path = "/calendar/"

    static func add(to routes: Routes) {
        let edge = routes.edge
        routes.get("/calendar/:word") { request, context in try await answer(edge, context) }
        routes.form("/reach/calendar") { call, form in
            try await call.desk.setCalendarFeed(form["on"] == "1", of: call.person)
            return .redirect(to: "/reach")
        }
    }

    /// Where the person's feed is; made of the key that no database holds, and of how often one was made.
    private static func word(of person: PersonID, _ serial: Int64, _ edge: Edge) -> String {
        let mac = HMAC<SHA256>.authenticationCode(
            for: Array("calendar feed \(person.raw) \(serial)".utf8), using: SymmetricKey(data: edge.desk.keys.publicIDKey))
        return "\(edge.ids.word(person))-\(Token.hexadecimal(mac))"
    }

    private static func answer(_ edge: Edge, _ context: WebContext) async throws -> Response {
        let word = (context.parameters.get("word") ?? "").replacing(".ics", with: "")
        let person = PersonID(edge.ids.id(word.prefix { $0 != "-" }, .person))
        let serial = try await edge.desk.calendarFeed(of: person)
        // Whoever is unknown, and whose feed is taken back, is answered alike.
        let expected = self.word(of: person, serial ?? -1, edge)
        guard Token.same(word, expected), serial != nil, try await edge.desk.organisation().people[person]?.isActive == true else {
            throw DeskError.absent
        }
        let todo = try await edge.desk.todo(of: person, limit: 500)
        var response = Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: text(todo.items, edge))))
        response.headers[.contentType] = "text/calendar; charset=utf-8"
        return response
    }

    private static func text(_ items: [Todo], _ edge: Edge) -> String {
        let events = items.compactMap { item -> [String]? in
            guard let due = item.due else { return nil }
            let isOpen = item.row.level < .secret
            let number = isOpen ? item.row.number.map { " \($0)" } ?? "" : ""
            return [
                "BEGIN:VEVENT", "UID:\(edge.ids.word(item.task, .task))@dianzhang", "DTSTAMP:\(stamp(item.since))",
                "DTSTART:\(stamp(due.due))",
                "SUMMARY:\(escaped(item.title.zh + number))", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(escaped(item.title.zh))",
                "TRIGGER:-P1D", "END:VALARM", "END:VEVENT",
            ]
        }
        let lines =
            ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dianzhang//Deadlines//ZH", "X-WR-CALNAME:典章时限"] + events.flatMap(\.self) + [
                "END:VCALENDAR"
            ]
        return lines.map(folded).joined(separator: "\r\n") + "\r\n"
    }

    /// `20260304T052000Z`: eight hours behind Shanghai.
    private static func stamp(_ moment: Moment) -> String {
        let there = moment.adding(hours: -8)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return there.day.description.replacing("-", with: "") + "T\(two(there.hour))\(two(there.minute))00Z"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,").replacing("\n", with: "\\n")
    }

    /// No line is longer than 75 bytes; what follows begins with a blank.
    private static func folded(_ line: String) -> String {
        var (lines, count) = ([""], 0)
        for character in line {
            let bytes = String(character).utf8.count
            if count + bytes > 73 {
                lines.append(" ")
                count = 1
            }
            lines[lines.count - 1].append(character)
            count += bytes
        }
        return lines.joined(separator: "\r\n")
    }

    /// On the page on which a person says how to be told.
    static func sheet(_ call: Call) async throws -> HTML {
        let l = call.l
        let serial = try await call.desk.calendarFeed(of: call.person)
        let configuration = call.edge.configuration
        let host =
            configuration.link
            ?? "\(configuration.isHTTPS ? "https" : "http")://\(call.request.head.authority ?? "\(configuration.host):\(configuration.port)")"
        let address: HTML =
            serial.map { serial in
                """
                <p><code>\(host)/calendar/\(word(of: call.person, serial, call.edge)).ics</code></p>
                <p class="hint">\(l("知道此网址的人都能看到您待办的事项名称、编号和到期时间，请勿转发。", "Whoever knows this address sees what waits for you, its number and when it is due; do not pass it on."))</p>
                """
            } ?? ""
        let button =
            serial == nil
            ? l("开通日历订阅", "Make an address") : l("更换网址（旧的作废）", "Make another (the old one ends)")
        return """
            <section class="sheet"><header><h2>\(l("日历订阅", "Calendar"))</h2></header><div class="pad"><p>\(l("在手机或电脑的日历里订阅自己的待办到期时间。", "Subscribe in a calendar to when what waits for you is due."))</p>\(address)
            <form class="row" method="post" action="/reach/calendar">\(call.csrf)<button name="on" value="1">\(button)</button>\
            \("<button name=\"on\" value=\"0\">\(l("停用", "End it"))</button>", if: serial != nil)</form></div></section>
            """
    }
}
