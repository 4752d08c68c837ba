import Kernel
import WorkCalendar

/// 值班日历 as an iCalendar file (RFC 5545). Its times stand in a time zone that is given with it by the name of the standard: Windows' own
/// name for it is read eight hours off by some programs.
package enum DutyFeed {
    package struct Entry: Sendable {
        /// The same for the same shift ever, so that a calendar moves what it has instead of adding another.
        let uid: String
        let from: Moment, until: Moment
        let summary: String
        let isCancelled: Bool
        /// Grows with each change.
        let sequence: Int

        package init(uid: String, from: Moment, until: Moment, summary: String, isCancelled: Bool = false, sequence: Int = 0) {
            (self.uid, self.from, self.until, self.summary) = (uid, from, until, summary)
            (self.isCancelled, self.sequence) = (isCancelled, sequence)
        }
    }

    package static func text(_ entries: [Entry], named name: String, at now: Moment) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dianzhang//Duty//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "X-WR-CALNAME:\(escaped(name))", "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19910915T000000",
            "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
        ]
        for entry in entries {
            lines += [
                "BEGIN:VEVENT", "UID:\(entry.uid)@dianzhang", "DTSTAMP:\(utc(now))", "SEQUENCE:\(entry.sequence)",
                "DTSTART;TZID=Asia/Shanghai:\(local(entry.from))", "DTEND;TZID=Asia/Shanghai:\(local(entry.until))",
                "SUMMARY:\(escaped(entry.summary))", "STATUS:\(entry.isCancelled ? "CANCELLED" : "CONFIRMED")", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map(folded).joined()
    }

    private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func local(_ moment: Moment) -> String {
        let day = moment.day
        return "\(day.yyyymmdd)T\(digits(moment.hour))\(digits(moment.minute))\(digits(moment.second))"
    }

    /// Days and hours of a moment are those of Shanghai; eight hours earlier they are those of Greenwich.
    private static func utc(_ moment: Moment) -> String { local(moment.adding(hours: -8)) + "Z" }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "\\", ";", ",": escaped += "\\\(character)"
            case _ where character.isNewline: escaped += "\\n"
            default: escaped.append(character)
            }
        }
    }

    /// No line is longer than 75 octets, and none is broken inside a character.
    private static func folded(_ line: String) -> String {
        var folded = "", used = 0
        for character in line {
            let size = String(character).utf8.count
            if used + size > 74 {
                folded += "\r\n "
                used = 1
            }
            folded.append(character)
            used += size
        }
        return folded + "\r\n"
    }
}
