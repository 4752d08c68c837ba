/// Makes a portable table definition a STRICT one, which SQLite checks as PostgreSQL does.
enum StrictTables {
    /// - Returns: the text as it is, unless it defines or alters a table.
    static func translate(_ sql: String) -> String {
        guard sql.hasPrefixOfDefinition else { return sql }
        let words = pieces(of: sql)
        let verbs = words.lazy.filter { $0.isWord }.prefix(2).map { $0.text.uppercased() }
        guard verbs.elementsEqual(["CREATE", "TABLE"]) || verbs.elementsEqual(["ALTER", "TABLE"]) else { return sql }
        var translated = ""
        var before: String?
        for word in words {
            translated += word.isWord ? type(word.text, after: before) : word.text
            if !word.text.allSatisfy(\.isWhitespace) { before = word.isName ? word.text.uppercased() : nil }
        }
        let isTable = translated.last { !$0.isWhitespace } == ")" && sql.first?.uppercased() == "C"
        guard isTable else { return translated }
        // A table whose key is several columns is its own index; a second copy of every row under a rowid would double each insert.
        let isKeyed = translated.uppercased().contains("PRIMARY KEY (")
        return translated + (isKeyed ? " STRICT, WITHOUT ROWID" : " STRICT")
    }

    /// A type stands after a column's name; what stands elsewhere is itself a name.
    private static func type(_ word: String, after before: String?) -> String {
        guard let before, !["ADD", "COLUMN", "CONSTRAINT", "TABLE", "EXISTS", "RENAME", "TO"].contains(before) else { return word }
        return switch word.uppercased() {
        case "BIGINT", "BOOLEAN": "INTEGER"
        case "BYTEA": "BLOB"
        case "JSONB": "TEXT"
        case "DOUBLE": "REAL"
        case "PRECISION" where before == "DOUBLE": ""
        default: word
        }
    }

    private struct Piece {
        var text: String
        var isWord: Bool
        var isName: Bool { isWord || text.hasPrefix("\"") }
    }

    /// Words, and what stands between them; quoted text and comments are one piece each and never words.
    private static func pieces(of sql: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(sql)
        while let first = rest.first {
            let end: Substring.Index
            let isWord = first.isLetter || first == "_"
            if isWord {
                end = rest.firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") } ?? rest.endIndex
            } else if first == "'" || first == "\"" {
                end = rest.dropFirst().firstIndex(of: first).map { rest.index(after: $0) } ?? rest.endIndex
            } else if rest.hasPrefix("--") {
                end = rest.firstIndex(where: \.isNewline) ?? rest.endIndex
            } else {
                end = rest.index(after: rest.startIndex)
            }
            pieces.append(Piece(text: String(rest[..<end]), isWord: isWord))
            rest = rest[end...]
        }
        return pieces
    }
}

extension String {
    /// Begins with CREATE, ALTER or DROP.
    var hasPrefixOfDefinition: Bool {
        let start = drop { $0.isWhitespace }.prefix(6).uppercased()
        return start == "CREATE" || start.hasPrefix("ALTER") || start.hasPrefix("DROP")
    }
}
