import Kernel

/// 客户档案: the file of one customer in the archive (第4条).
package struct CustomerFile: Document {
    package enum State: String, CaseIterable, Sendable { case open }
    package static let name = "customer-file"

    var customer = ""
    var copies = 1
    var shelf = ""

    package init() {}
    package var title: String { customer }

    package static let form = Form<CustomerFile>(
        "客户档案", "Customer file", number: "客档", states: [.open: .done("已建档", "On file")],
        readers: [.post(informationSpecialist), .staff],
        [
            .text(\.customer, "客户名称", "Customer").listed(),
            .whole(\.copies, "份数", "Copies", in: 0...99).listed(),
            .text(\.shelf, "存放位置", "Shelf").optional().listed(),
        ])

    package static let openFile = Step<CustomerFile>(
        "open", "建档", "Open a file", to: .open, by: .post(informationSpecialist), under: confidentiality[4]
    ) { file, act in
        try act.require(file.copies > 0, "建档至少一份", "A file has one copy at least")
    }
    package static let amend = Step<CustomerFile>(
        "amend", "更正份数、位置", "Correct copies or shelf", from: .open, to: nil, by: .post(informationSpecialist), under: confidentiality[4],
        fields: [\.copies, \.shelf], isOptional: true
    ) { file, act in
        let out = try act.find(\Loan.file, is: ID(act.record.id), in: .lent, limit: 1000).reduce(0) { $0 + $1.value.copies }
        try act.require(file.copies >= out, "现有 \(out) 份借出，份数不能少于此数", "\(out) copies are on loan; there cannot be fewer")
    }
    package static let lose = Step<CustomerFile>(
        "lose", "遗失核减", "Copies lost", from: .open, to: nil, by: .system, under: confidentiality[20], isOptional: true)
    package static let steps = [openFile, amend, lose]
}
