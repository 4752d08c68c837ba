/// 章: registers of a regulation that its people use together, as the menu shows them: plan and purchase, assets, the network.
package struct Chapter: Sendable {
    /// None where a regulation has so few registers that it needs no parts.
    package let title: Words?
    package let documents: [any Document.Type]

    package init(_ zh: String, _ en: String, _ documents: [any Document.Type]) {
        self.init(Words(zh, en), documents)
    }

    init(_ title: Words?, _ documents: [any Document.Type]) {
        self.title = title
        self.documents = documents
    }
}
