import CustomerAuthenticity
import Kernel
import Tables
import Web

/// The table to be filled in for an intake: its header, and in a workbook the choices of each column and a sheet that explains them.
enum IntakeTemplate {
    private static let required: Set<String> = ["application_no", "product_class", "term_years", "application_date", "role", "name"]

    private static func titles(_ l: Language) -> [String] {
        IntakeColumns.known.map { l == .zh ? $0.names.first ?? $0.key : $0.key }
    }

    static func csv(_ l: Language) throws -> TemporaryFile {
        let file = try TemporaryFile()
        let writer = try CSVWriter(.file(file.path), byteOrderMark: true)
        try writer.row(titles(l))
        try writer.close()
        return file
    }

    static func workbook(_ l: Language) throws -> TemporaryFile {
        let file = try TemporaryFile()
        let writer = try XLSXWriter(path: file.path, sheet: l("投保资料", "Applications"), header: titles(l))
        for (index, column) in IntakeColumns.known.enumerated() {
            let choices = choices(of: column.key, l)
            if !choices.isEmpty { writer.offer(choices, inColumn: index, rows: 5_000) }
        }
        writer.explain(
            l("填表说明", "How to fill it in"),
            [l("栏目", "Column"), l("是否必填", "Needed"), l("说明", "Explanation"), l("可选值", "Choices")],
            zip(IntakeColumns.known, titles(l)).map { column, title in
                [
                    title, required.contains(column.key) ? l("必填", "always") : l("视情况", "as it applies"), explanation(of: column.key)[l],
                    choices(of: column.key, l).joined(separator: l("、", ", ")),
                ]
            })
        try writer.close()
        return file
    }

    private static func choices(of key: String, _ l: Language) -> [String] {
        func words<C: Choosable>(_ type: C.Type) -> [String] { C.allCases.filter { !$0.rawValue.isEmpty }.map { $0.words[l] } }
        return switch key {
        case "product_class": words(ProductClass.self)
        case "role": words(PersonRole.self)
        case "sex": words(PersonSex.self)
        case "document_type": words(CardKind.self)
        case "account_class": words(AccountKind.self)
        case "channel": words(Channel.self)
        default: []
        }
    }

    private static func explanation(of key: String) -> Words {
        switch key {
        case "application_no": Words("同一份投保单的各行相邻，投保单号相同", "rows of one application stand together under one number")
        case "term_years": Words("如 20年、6个月，“终身”或“至70岁”", "such as 20 years, 6 months, life, or to age 70")
        case "application_date": Words("如 2026-03-04，不晚于今天", "like 2026-03-04, not after today")
        case "role": Words("一行一人；投保人为自己投保的，可不另填被保险人", "a row a person; applicants who insure themselves need no second row")
        case "sex", "birth_date": Words("受益人可不填", "not needed of a beneficiary")
        case "document_type": Words("不填视为身份证", "left empty, the identity card is meant")
        case "document_number": Words("请按文本填写，以免末位变成 0", "as text, or the last figures become 0")
        case "mobile", "landline": Words("投保人至少填一项，须为客户本人的", "of an applicant at least one, the customer's own")
        case "address": Words("投保人须填客户本人的地址，写到门牌号", "of an applicant the customer's own, down to the house number")
        case "bank_account": Words("缴费账户须为投保人本人的；请按文本填写", "the applicant's own; as text")
        case "phone_holder": Words("号码不是客户本人实名登记的，填登记人姓名", "where the number is registered to somebody else")
        case "agent_no": Words("除直销外须填", "needed unless sold directly")
        case "agency_name": Words("渠道为中介的填写", "where an agency sold")
        default: Words("", "")
        }
    }
}
