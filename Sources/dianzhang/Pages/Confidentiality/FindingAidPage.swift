import CustomerConfidentiality
import Kernel
import Web

/// 检索工具: files by name, initials, code, class, region, shelf, keyword and by what their attachments say; the level stands in the remark
/// column. What a person may not know of is neither listed nor counted (第6条, 第22条).
enum FindingAidPage {
    static let title = Words("档案检索", "Finding aid")
    private static let most = 100

    private struct Hit {
        let row: DocumentRow
        /// In which attachment it was found.
        let part: String
    }

    static func show(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language, text = request.query("text"), kind = request.query("kind"), region = request.query("region")
        let isAsked = !(text + kind + region + request.query("shelf")).isEmpty
        let hits = isAsked ? try await find(request) : []
        let options = CustomerKind.allCases.filter { $0 != .unknown }.map { one -> HTML in
            "<option value=\"\(one.rawValue)\"\(" selected", if: one.rawValue == kind)>\(one.words[l])</option>"
        }
        func box(_ name: String, _ label: String) -> HTML {
            """
            <div class="field"><label for="\(name)">\(label)</label><input id="\(name)" name="\(name)" value="\(request.query(name))"></div>
            """
        }
        return """
            \(ArchivePages.head(title[l], [request.link(confidentiality[6]), request.link(confidentiality[22])]))
            <form class="sheet pad" method="get" action="/archive"><div class="two">
            \(box("text", l("名称、拼音首字母、档号、主题词、附件内容", "Name, pinyin initials, code, keyword, text of attachments")))
            <div class="field"><label for="kind">\(l("客户子类", "Kind of customer"))</label><select id="kind" name="kind"><option value="">\
            \(l("全部", "All"))</option>\(options)</select></div>
            \(box("region", l("地区", "Region")))\(box("shelf", l("存放位置", "Shelf")))</div>
            <div class="row"><button class="act">\(l("检索", "Find"))</button></div></form>\(isAsked ? list(hits, request) : "")
            """
    }

    private static func find(_ request: RegulationRequest) async throws -> [Hit] {
        var query = RegisterQuery()
        (query.text, query.limit, query.isCounted) = (request.query("text"), most, false)
        query.equal = ["subclass": request.query("kind"), "region": request.query("region"), "shelf": request.query("shelf")]
        var hits = try await request.desk.register(CustomerFile.name, query, by: request.person).rows.map { Hit(row: $0, part: "") }
        guard !query.text.isEmpty, query.equal.values.allSatisfy(\.isEmpty) else { return hits }
        query.equal = [:]
        for found in try await request.desk.register(AttachmentText.name, query, by: request.person).rows {
            guard let file = found.values["file"]?.whole, !hits.contains(where: { $0.row.id == file }) else { continue }
            // Through the same gate as everything: a text alone opens no file.
            guard let view = try? await request.desk.document(file, by: request.person) else { continue }
            hits.append(Hit(row: view.row, part: found.values["part"]?.text ?? ""))
        }
        return hits
    }

    private static func list(_ hits: [Hit], _ request: RegulationRequest) -> HTML {
        let l = request.language
        guard !hits.isEmpty else {
            return """
                <section class="sheet pad"><p>\(l(
                    "没有找到您可以查阅的档案。需要查阅的，请向客户服务部申请。", "Nothing was found that you may read. Ask customer service if you need to."))</p></section>
                """
        }
        let heads = [l("档号", "Code"), l("客户", "Customer"), l("子类", "Kind"), l("地区", "Region"), l("位置", "Shelf"), l("备注", "Remark")]
        let rows = hits.map { hit -> HTML in
            let values = hit.row.values
            func cell(_ key: String, _ label: String) -> HTML { "<td data-label=\"\(label)\"><span>\(values[key]?.text ?? "")</span>" }
            let kind = CustomerKind(stored: values["subclass"] ?? .null)?.words[l] ?? ""
            let remark = (values["remark"]?.text ?? "") + (hit.part.isEmpty ? "" : l("见附件：", "in: ") + hit.part)
            return """
                <tr><td data-label="\(heads[0])"><span><a class="number" href="\(request.address(hit.row.id))">\
                \(values["referenceCode"]?.text ?? hit.row.number ?? "-")</a></span><td data-label="\(heads[1])"><span>\(hit.row.title)</span>\
                <td data-label="\(heads[2])"><span>\(kind)</span>\(cell("region", heads[3]))\(cell("shelf", heads[4]))\
                <td data-label="\(heads[5])"><span>\(remark)</span>
                """
        }
        return """
            <section class="sheet"><div class="scroll" tabindex="0"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)" as HTML })\
            </thead><tbody>\(rows)</tbody></table></div></section>
            """
    }
}
