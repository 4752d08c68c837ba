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
            .whole(\.copies, "份数", "Copies", in: 1...99).listed(),
            .text(\.shelf, "存放位置", "Shelf").optional().listed(),
        ])

    package static let steps: [Step<CustomerFile>] = [
        Step("open", "建档", "Open a file", to: .open, by: .post(informationSpecialist), under: confidentiality[4])
    ]
}
