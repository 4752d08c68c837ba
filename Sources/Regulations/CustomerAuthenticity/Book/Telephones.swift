import Identifiers
import Kernel

extension Telephone {
    /// What keeps a telephone from being one that can be called and matched; nothing where none is given.
    static func faults(_ text: String, field: String) -> [Refusal.Fault] {
        if text.isEmpty || !Mobile.check(text).faults.hasBlock || !Landline.check(text).faults.hasBlock { return [] }
        return [
            .init(
                field: field, Words("电话不是手机或固定电话号码，请核对", "The telephone is neither a mobile number nor a land line; check it"), under: authenticity[11])
        ]
    }
}

extension Agent {
    func requireTelephones(_ act: Act) throws {
        try act.refuse(
            Telephone.faults(phone, field: "phone")
                + relatives.enumerated().flatMap { Telephone.faults($1.phone, field: "relatives.\($0).phone") })
    }
}

extension Agency {
    /// An agency may have a hot line.
    func requireTelephones(_ act: Act) throws {
        try act.refuse(
            phones.enumerated().filter { $1.phone.filter(\.isNumber).count < 5 }.map { index, _ in
                .init(field: "phones.\(index).phone", Words("电话号码无法识别，请核对", "The telephone cannot be read; check it"), under: authenticity[11])
            })
    }
}
