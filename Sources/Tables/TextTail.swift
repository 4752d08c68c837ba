/// What it means that a text ends where it does.
enum TextTail: Equatable {
    /// It ends with a row; the last line end may be missing.
    case whole
    /// No row end was found as far as it is looked for.
    case endless(limit: Int)
    /// The file was read only as far as it reached at first, which is within a row that is still being written.
    case growing
    /// The file became shorter.
    case shrunk
    /// What follows could not be read.
    case unreadable(SystemCause)
    /// What follows is not in this encoding, or a UTF-8 line follows in GB18030, or the last character is cut.
    case badText(TextEncoding), mixed, cutOff

    func error(line: Int) -> PaperError? {
        switch self {
        case .whole: nil
        case .endless(let limit): .rowTooLong(line: line, limit: limit)
        case .growing: .stillBeingWritten(line: line)
        case .shrunk: .shrank(line: line)
        case .unreadable(let cause): .cannotRead(line: line, cause: cause)
        case .badText(let encoding): .badText(line: line, expected: encoding)
        case .mixed: .mixedEncodings(line: line)
        case .cutOff: .cutOff(line: line)
        }
    }
}
