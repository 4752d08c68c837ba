import Kernel
import WorkCalendar

/// The shapes of single fields, as the API takes and as it gives them.
enum OpenAPIFields {
    /// As a step takes it; what may be left out may be null as well.
    static func input(_ field: FieldDescription, allowsBlanks: Bool) -> JSONValue {
        described(input(field.kind, field, allowsBlanks: allowsBlanks), field, isNullable: field.isOptional || allowsBlanks)
    }

    /// As a document says it. Personal data is masked, and documents of long ago may be longer than what is taken now.
    static func output(_ field: FieldDescription) -> JSONValue { described(output(field.kind), field, isNullable: false) }

    /// As a register is filtered by it.
    static func filter(_ field: FieldDescription) -> JSONValue {
        switch field.kind {
        case .choice(let choices): OpenAPISchemas.one(of: choices.map(\.value))
        case .whole(let range): number(range)
        case .person, .people, .unit: OpenAPISchemas.id
        case .decimal(let places, _): decimal(places)
        case .period(let length): period(length)
        default: OpenAPISchemas.short(field.longest, isRequired: true)
        }
    }

    private static func described(_ schema: JSONValue, _ field: FieldDescription, isNullable: Bool) -> JSONValue {
        let pairs = schema.entries.map { entry -> (String, JSONValue) in
            guard isNullable else { return (entry.key, entry.value) }
            switch entry.key {
            case "type": return ("type", .list([entry.value, .text("null")]))
            case "enum": return ("enum", .list(entry.value.list + [.null]))
            default: return (entry.key, entry.value)
            }
        }
        return JSONValue.object(pairs + [("description", .text("\(field.label.zh) \(field.label.en)"))])
    }

    private static func input(_ kind: FieldKind, _ field: FieldDescription, allowsBlanks: Bool) -> JSONValue {
        let isRequired = !field.isOptional && !allowsBlanks
        switch kind {
        case .whole(let range): return number(range)
        case .flag: return JSONValue.object([("type", .text("boolean"))])
        case .day: return JSONValue.object([("type", .text("string")), ("format", .text("date"))])
        case .moment: return JSONValue.object([("type", .text("string")), ("format", .text("date-time"))])
        case .choice(let choices): return OpenAPISchemas.one(of: choices.map(\.value))
        case .reference, .person, .unit: return OpenAPISchemas.id
        case .references: return list(OpenAPISchemas.id, field, isRequired)
        case .people: return .record(list(OpenAPISchemas.id, field, isRequired).entries + [.init("uniqueItems", .flag(true))])
        case .decimal(let places, _): return decimal(places)
        case .period(let length): return period(length)
        case .files: return list(OpenAPISchemas.matching("^[0-9a-f]{64}\\.[1-9][0-9]{0,8}\\..+$"), field, isRequired)
        case .lines(let columns):
            let row = OpenAPISchemas.record(
                columns.map { ($0.key, input($0, allowsBlanks: allowsBlanks)) },
                required: allowsBlanks ? [] : columns.filter { !$0.isOptional }.map(\.key), isClosed: true)
            return list(row, field, isRequired)
        case .text, .prose, .birthday, .codes, .article, .name, .sealed: return OpenAPISchemas.short(field.longest, isRequired: isRequired)
        }
    }

    private static func list(_ schema: JSONValue, _ field: FieldDescription, _ isRequired: Bool) -> JSONValue {
        JSONValue.object([
            ("type", .text("array")), ("items", schema), ("minItems", .whole(isRequired ? 1 : 0)),
            ("maxItems", .whole(Int64(field.longest))),
        ])
    }

    /// A text, so that no program makes a binary fraction of it.
    private static func decimal(_ places: Int) -> JSONValue { OpenAPISchemas.matching("^-?[0-9]{1,13}(\\.[0-9]{1,\(places)})?$") }

    private static func period(_ length: Period.Length) -> JSONValue {
        switch length {
        case .month: OpenAPISchemas.matching("^[0-9]{4}-(0[1-9]|1[0-2])$")
        case .quarter: OpenAPISchemas.matching("^[0-9]{4}-Q[1-4]$")
        case .halfYear: OpenAPISchemas.matching("^[0-9]{4}-H[12]$")
        case .year: OpenAPISchemas.matching("^[0-9]{4}$")
        }
    }

    private static func number(_ range: ClosedRange<Int>) -> JSONValue {
        JSONValue.object([
            ("type", .text("integer")), ("minimum", .whole(Int64(range.lowerBound))), ("maximum", .whole(Int64(range.upperBound))),
        ])
    }

    private static func output(_ kind: FieldKind) -> JSONValue {
        switch kind {
        case .whole: return OpenAPISchemas.whole
        case .flag: return JSONValue.object([("type", .text("boolean"))])
        case .day: return JSONValue.object([("type", .text("string")), ("format", .text("date"))])
        case .moment: return JSONValue.object([("type", .text("string")), ("format", .text("date-time"))])
        case .choice(let choices): return OpenAPISchemas.one(of: choices.map(\.value))
        case .references, .people: return OpenAPISchemas.list(of: OpenAPISchemas.text)
        case .decimal(let places, _): return decimal(places)
        case .period(let length): return period(length)
        case .files:
            return OpenAPISchemas.list(
                of: OpenAPISchemas.record([("digest", OpenAPISchemas.text), ("name", OpenAPISchemas.text), ("size", OpenAPISchemas.whole)]))
        case .lines(let columns): return OpenAPISchemas.list(of: OpenAPISchemas.record(columns.map { ($0.key, output($0)) }))
        case .text, .prose, .birthday, .codes, .article, .reference, .person, .unit, .name, .sealed: return OpenAPISchemas.text
        }
    }
}
