extension DocumentType {
    /// Whether several documents can take a step together, each after what would become of it was shown: nothing is asked for that has to
    /// be typed and differs from one to the next, as a number that each has for itself does.
    package func isForSeveral(_ step: Step) -> Bool {
        let asked = step.fields.compactMap { field($0) }
        return !step.creates && !step.isOptional && asked.count <= 4 && asked.allSatisfy { $0.kind.isSimple && !$0.isOwn }
    }
}

extension FieldKind {
    /// One answer that is typed or chosen, and not personal.
    fileprivate var isSimple: Bool {
        switch self {
        case .text, .prose, .whole, .decimal, .flag, .day, .moment, .choice, .person, .unit: true
        default: false
        }
    }
}
