import WorkCalendar

/// A type that a field can have. Every value has an empty form, since a form fills up as its document moves on.
package protocol FieldValue: Sendable, Equatable {
    init()
    /// - Returns: `nil` when the value is not one of this type.
    init?(stored: JSONValue)
    var stored: JSONValue { get }
}

extension String: FieldValue {
    package init?(stored: JSONValue) {
        switch stored {
        case .null: self = ""
        case .text(let text): self = text
        case .whole(let number): self = String(number)
        default: return nil
        }
    }
    package var stored: JSONValue { isEmpty ? .null : .text(self) }
}

extension Bool: FieldValue {
    package init?(stored: JSONValue) {
        switch stored {
        case .null, .flag(false), .text(""), .text("0"), .text("false"), .text("否"): self = false
        case .flag(true), .text("1"), .text("true"), .text("on"), .text("是"): self = true
        default: return nil
        }
    }
    package var stored: JSONValue { self ? .flag(true) : .null }
}

extension Int: FieldValue {
    package init?(stored: JSONValue) {
        switch stored {
        case .null, .text(""): self = 0
        case .whole(let number): self = Int(number)
        case .text(let text):
            guard let number = Int(text.filter { $0 != " " && $0 != "," }) else { return nil }
            self = number
        default: return nil
        }
    }
    package var stored: JSONValue { .whole(Int64(self)) }
}

extension ID: FieldValue {
    package init() { self = .none }
    package init?(stored: JSONValue) {
        switch stored {
        case .null, .text(""): self = .none
        case .whole(let number): self.init(number)
        case .text(let text):
            guard let number = Int64(text) else { return nil }
            self.init(number)
        default: return nil
        }
    }
    package var stored: JSONValue { isNone ? .null : .whole(raw) }
}

/// A value that may be missing. `nil` is the empty form.
extension Optional: FieldValue where Wrapped: PresentValue {
    package init() { self = nil }
    package init?(stored: JSONValue) {
        switch stored {
        case .null, .text(""): self = .none
        default:
            guard let value = Wrapped(stored: stored) else { return nil }
            self = .some(value)
        }
    }
    package var stored: JSONValue { self?.stored ?? .null }
}

/// A day, a moment, a decimal number, a period: values that have no empty form of their own.
package protocol PresentValue: Sendable, Equatable {
    init?(stored: JSONValue)
    var stored: JSONValue { get }
}

extension Day: PresentValue {
    package init?(stored: JSONValue) {
        guard case .text(let text) = stored, let day = Day(loose: text) else { return nil }
        self = day
    }
    package var stored: JSONValue { .text(description) }
}

extension Moment: PresentValue {
    package init?(stored: JSONValue) {
        guard case .text(let text) = stored else { return nil }
        guard let moment = Moment(iso: text) ?? Moment(iso: text + "+08:00") ?? Moment(iso: text + ":00+08:00") else { return nil }
        self = moment
    }
    package var stored: JSONValue { .text(description) }
}

/// A file that was handed in: its content is kept under its digest, sealed; here stands what the register says of it.
package struct FileReference: Sendable, Hashable {
    /// SHA-256 of the content, 64 hexadecimal digits.
    package let digest: String
    package let name: String
    package let size: Int

    package init(digest: String, name: String, size: Int) {
        self.digest = digest
        self.name = name
        self.size = size
    }

    package init?(stored: JSONValue) {
        guard let digest = stored["digest"].text, let name = stored["name"].text, let size = stored["size"].whole else { return nil }
        self.init(digest: digest, name: name, size: Int(size))
    }
    package var stored: JSONValue {
        .record([.init("digest", .text(digest)), .init("name", .text(name)), .init("size", .whole(Int64(size)))])
    }
}

extension Array: FieldValue where Element: ListElement {
    package init?(stored: JSONValue) {
        switch stored {
        case .null: self = []
        case .list(let list):
            self = []
            for element in list {
                guard let value = Element(stored: element) else { return nil }
                append(value)
            }
        default: return nil
        }
    }
    package var stored: JSONValue { isEmpty ? .null : .list(map { $0.stored }) }
}

/// What can stand in a list inside a form.
package protocol ListElement: Sendable, Equatable {
    init?(stored: JSONValue)
    var stored: JSONValue { get }
}

extension FileReference: ListElement {}
extension ID: ListElement {}

/// A row of a table inside a form: insured persons, purchase lines, attendance.
package protocol Line: Sendable, Equatable {
    init()
    static var fields: [Field<Self>] { get }
}

extension Line {
    package var stored: JSONValue { .record(Self.fields.map { .init($0.key, $0.read(self)) }.filter { !$0.value.isEmpty }) }
}

/// An answer out of a fixed list, each with its words.
package protocol Choosable: FieldValue, RawRepresentable<String>, CaseIterable {
    var words: Words { get }
}

extension Choosable {
    /// Not chosen yet: the case whose raw value is empty, or else the first.
    package init() { self = Self(rawValue: "") ?? Self.allCases[Self.allCases.startIndex] }

    package init?(stored: JSONValue) {
        switch stored {
        case .null, .text(""): self.init()
        case .text(let text):
            let found = Self.allCases.first { $0.rawValue == text || $0.words.zh == text || $0.words.en == text }
            guard let found else { return nil }
            self = found
        default: return nil
        }
    }
    package var stored: JSONValue { rawValue.isEmpty ? .null : .text(rawValue) }
}
