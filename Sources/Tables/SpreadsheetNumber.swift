import Glibc

/// What a number in a cell means, where the column is one that is read.
enum SpreadsheetNumber: Equatable {
    case asItStands
    case text(String)
    /// More figures than a spreadsheet keeps.
    case cut

    /// - Parameters:
    ///   - isDay: The column holds days.
    ///   - hasDayStyle: The cell shows its number as a day.
    ///   - from1904: Days are counted from 1904, as old Macintosh workbooks do.
    init(_ text: UnsafeBufferPointer<UInt8>, isDay: Bool, hasDayStyle: Bool, from1904: Bool) {
        let isPlain = text.count <= 15 && text.allSatisfy { $0 &- 48 <= 9 }
        if isPlain && !isDay {
            self = .asItStands
            return
        }
        guard let value = Double(String(decoding: text, as: UTF8.self).filter { !$0.isWhitespace }), value.isFinite else {
            self = .asItStands
            return
        }
        guard value.magnitude < 1e15 else {
            self = .cut
            return
        }
        if isDay, let day = Self.day(value, hasDayStyle: hasDayStyle, from1904: from1904) {
            self = .text(day)
        } else {
            self = value == value.rounded() ? .text(String(Int(value))) : .asItStands
        }
    }

    /// The day that a serial number means. Without a style a number of four figures may as well be a year, and one of eight a day.
    private static func day(_ value: Double, hasDayStyle: Bool, from1904: Bool) -> String? {
        let serial = Int(value.rounded(.down)) + (from1904 ? 1462 : 0)
        guard serial >= (hasDayStyle ? 1 : 10_000), serial < 2_958_466 else { return nil }
        // The spreadsheet's calendar has a 29 February 1900, which never was.
        guard serial != 60 else { return nil }
        return civil(serial < 60 ? serial + 1 : serial)
    }

    /// Days from 1899-12-30 as a date of the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func civil(_ serial: Int) -> String {
        let days = serial - 25_569 + 719_468
        let era = days / 146_097, dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let (day, month) = (dayOfYear - (153 * shifted + 2) / 5 + 1, shifted < 10 ? shifted + 3 : shifted - 9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
