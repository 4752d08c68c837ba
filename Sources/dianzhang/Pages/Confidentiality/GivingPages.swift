import CustomerConfidentiality
import Kernel
import Web

/// What the regulation on customers' archives shows besides its registers: the package that leaves the house, and an amendment beside what
/// it amends.
enum GivingPages {
    static let all = [package, comparison]

    // MARK: The package (第24条)

    private static let package = RegulationPage(
        path: "/giving/package/:id", regulation: confidentiality.id, title: Words("资料包", "Package"), isListed: false,
        document: OutsideProvision.name,
        show: { request in .page(try await offer(request)) },
        take: { request, _ in
            let (provision, number) = try await approved(request)
            // Whoever hands it over makes it.
            let held = request.organisation.holdings(of: request.person, on: request.now.day)
            guard held.contains(where: { $0.post == Post.informationSpecialist.id }) else { throw DeskError.absent }
            // The reading stands on the file's trail before the package leaves.
            _ = try await request.desk.reveal(
                provision.file.raw, of: CustomerFile.name, by: request.person, purpose: "对外提供 \(number)：\(provision.recipient)")
            guard let file = try await request.desk.load([provision.file]).first else { throw DeskError.absent }
            let text = GivenField.package(of: file.value, provision.given)
            guard file.state == .open || file.state == .closed, provision.digest.isEmpty || provision.digest == GivenField.digest(text)
            else {
                throw DeskError.conflict(
                    Words(
                        "档案已限制处理，或内容与交付时不同，不能再生成资料包；需要时请重新申请对外提供",
                        "The file is restricted, or says something else than when it was handed over; ask for another provision"))
            }
            return .bytes(Array(text.utf8), name: "\(number).txt", type: "text/plain; charset=utf-8")
        })

    /// The provision, if this person reads it and it is approved.
    private static func approved(_ request: RegulationRequest) async throws -> (OutsideProvision, number: String) {
        let id = try request.document("id"), view = try await request.desk.document(id, by: request.person)
        guard view.row.type == OutsideProvision.name, ["approved", "handedOver"].contains(view.row.state),
            let found = try await request.desk.load([ID<OutsideProvision>(id)]).first
        else { throw DeskError.absent }
        return (found.value, view.row.number ?? "")
    }

    private static func offer(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language, (provision, number) = try await approved(request)
        let fields = GivenField.titles(of: provision.given).map { "<li>\($0[l])" as HTML }
        return """
            <div class="head"><h1>\(l("资料包", "Package")) \(number)</h1><span class="quiet">\(request.link(confidentiality[24]))</span></div>\
            <section class="sheet pad"><p>\(l("交给 \(provision.recipient)，只含批准的栏目：", "For \(provision.recipient), the approved fields alone:"))</p>\
            <ul>\(fields)</ul><form method="post">\(request.csrf)<button class="primary">\(l("生成资料包", "Make the package"))</button></form>\
            <p class="quiet">\(l("生成即记入该档案的查阅记录。", "Making it stands on the file's trail."))</p></section>
            """
    }

    // MARK: The amendment beside the text in force (第28条)

    private static let comparison = ComparisonPage.of(CharterAmendment.self, at: "/amendments/compare", under: confidentiality[28])
}
