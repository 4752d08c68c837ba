extension TaskAction {
    /// The longest reason or note, in characters.
    package static let longestText = 2_000

    /// - Throws: `DeskError.invalid` where what was written to it is longer.
    func requireShortTexts() throws(DeskError) {
        let (field, text) =
            switch self {
            case .sendBack(_, _, let reason), .reassign(_, _, let reason), .withdraw(_, let reason), .delegate(_, _, _, let reason),
                .decline(_, let reason), .withdrawSigner(_, let reason):
                ("reason", reason)
            case .addSigner(_, _, let note), .sign(_, let note), .object(_, let note), .answer(_, let note): ("note", note)
            case .circulate(_, _, let note): ("note", note)
            case .supervise(_, let opinion, _): ("opinion", opinion)
            case .comment(_, let text): ("comment", text)
            case .remind, .endDelegation, .undo, .claim, .release, .acknowledge: ("", "")
            }
        if let fault = TextLimit.fault(field, text, longest: Self.longestText) { throw .invalid([fault]) }
    }
}
