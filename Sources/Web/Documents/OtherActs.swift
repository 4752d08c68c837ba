import Kernel

/// 其他操作: what takes work out of others' hands or passes it on stands folded below what is one's own to do.
enum OtherActs {
    static func html(_ steps: [HTML], _ handling: HTML, isOpen: Bool, _ l: Language) -> HTML {
        """
        <details class="others"\(" open", if: isOpen)><summary>\(l("其他操作", "Other acts"))</summary><div class="deeds">\(steps)\(handling)</div></details>
        """
    }
}

extension DocumentView {
    /// Whether a step takes work away from whoever has it: one that the person may take without being asked, while it waits for others.
    /// What leaves the document in its state and names nobody leaves the work where it is.
    func takesOver(_ step: DocumentType.Step, of type: DocumentType) -> Bool {
        let stays = step.to == nil || step.to == row.state
        let namesSomebody = step.fields.contains { type.field($0)?.kind.named == .person }
        if stays, !namesSomebody { return false }
        let steps = waiting.filter { $0.kind == .step }
        guard step.isOptional, !steps.isEmpty, !steps.contains(where: \.isMine) else { return false }
        return step.by.isByPost
    }
}

extension Who {
    /// Through a post, and not as somebody whom the document names.
    fileprivate var isByPost: Bool {
        switch self {
        case .post, .postOf: true
        case .any(let whos): whos.allSatisfy(\.isByPost)
        case .staff, .head, .requester, .holder, .named, .each, .headOf, .system: false
        }
    }
}

extension FieldKind {
    /// A box: nothing is typed.
    var isChecked: Bool { if case .flag = self { true } else { false } }
}
