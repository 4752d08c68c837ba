/// Two texts beside each other, sentence by sentence or line by line: what went, what came, what stayed.
package struct LineComparison: Sendable {
    package enum Kind: Sendable, Equatable { case same, gone, new }

    package struct Piece: Sendable, Equatable {
        package let kind: Kind
        package let text: String
    }

    package let pieces: [Piece]

    /// Pieces end at line breaks and at the marks that end a sentence or a clause.
    package init(_ old: String, _ new: String) {
        let (before, after) = (Self.pieces(of: old), Self.pieces(of: new))
        let difference = after.difference(from: before)
        var gone: Set<Int> = [], come: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): gone.insert(offset)
            case .insert(let offset, _, _): come.insert(offset)
            }
        }
        var pieces: [Piece] = [], old = 0, new = 0
        while old < before.count || new < after.count {
            if old < before.count, gone.contains(old) {
                pieces.append(Piece(kind: .gone, text: before[old]))
                old += 1
            } else if new < after.count, come.contains(new) {
                pieces.append(Piece(kind: .new, text: after[new]))
                new += 1
            } else if old < before.count, new < after.count {
                pieces.append(Piece(kind: .same, text: after[new]))
                (old, new) = (old + 1, new + 1)
            } else {
                break
            }
        }
        self.pieces = pieces
    }

    /// The old text's pieces, or the new one's.
    package var old: [Piece] { pieces.filter { $0.kind != .new } }
    package var new: [Piece] { pieces.filter { $0.kind != .gone } }

    private static let ends: Set<Character> = ["\n", "。", "；", "，", "、", "：", ".", ";", ",", ":"]

    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = [], piece = ""
        for character in text {
            piece.append(character)
            if ends.contains(character) {
                pieces.append(piece)
                piece = ""
            }
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }
}
