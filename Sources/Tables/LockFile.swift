/// What office programs leave beside a file that they have open: it names who has it, and holds nothing of the file.
enum LockFile {
    private static let size = 165
    private static let longestName = 54

    /// - Throws: `PaperError.lockFile`.
    static func refuse(_ path: String, _ opening: UnsafeBufferPointer<UInt8>) throws(PaperError) {
        let name = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        if name.hasPrefix("~$") || name.hasPrefix(".~") { throw .lockFile }
        // Under another name it is known by its form: the length of a name, the name, nothing more.
        guard (size - 3...size).contains(opening.count), let length = opening.first, (1...longestName).contains(Int(length)) else { return }
        let rest = opening[(1 + Int(length))..<(longestName + 1)]
        if rest.allSatisfy({ $0 == 0 || $0 == 32 }), opening.contains(0) { throw .lockFile }
    }
}
