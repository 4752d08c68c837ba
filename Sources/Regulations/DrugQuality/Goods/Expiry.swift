import Kernel
import WorkCalendar

/// 有效期至: a day or a month, as it stands on the pack. It is already the day, or month, before the anniversary of production; so that day, or
/// the last of that month, is the last good day.
package enum Expiry {
    /// - Returns: `nil` where it is no day and no month, or one that is in no calendar.
    package static func lastGoodDay(_ typed: String) -> Day? {
        let text = PlainCode.normalForm(typed).replacing("有效期", with: "").replacing("至", with: "").replacing(":", with: "")
        let parts = text.split { "年月日.-/".contains($0) }.map(String.init)
        guard parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
        switch parts.count {
        case 1 where parts[0].count == 8: return day(Int(parts[0].prefix(4)), Int(parts[0].dropFirst(4).prefix(2)), Int(parts[0].suffix(2)))
        case 1 where parts[0].count == 6: return lastOfMonth(Int(parts[0].prefix(4)), Int(parts[0].suffix(2)))
        case 2 where parts[0].count == 4: return lastOfMonth(Int(parts[0]), Int(parts[1]))
        case 3 where parts[0].count == 4: return day(Int(parts[0]), Int(parts[1]), Int(parts[2]))
        default: return nil
        }
    }

    private static func day(_ year: Int?, _ month: Int?, _ day: Int?) -> Day? {
        guard let year, let month, let day else { return nil }
        return Day(year: year, month: month, day: day)
    }

    private static func lastOfMonth(_ year: Int?, _ month: Int?) -> Day? {
        day(year, month, 1)?.adding(months: 1).adding(days: -1)
    }
}
