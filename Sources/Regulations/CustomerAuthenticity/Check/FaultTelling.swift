import Identifiers
import Kernel
import Tables

/// What is said of the faults of a row of a file: the cell, and what stands in it where that is what cannot be read.
struct FaultTelling {
    let columns: IntakeColumns
    let row: TableRow
    let cells: PersonCells
    /// yyyymmdd.
    let today: Int32
    /// Another row of the file with the same document under another name or day of birth.
    var twin: Int?

    /// With the place before it, such as `J7：…`.
    func words(_ fault: DataFault) -> Words {
        let said = said(fault)
        let places = columns.cells(of: fault, row)
        if places.isEmpty { return said }
        return Words(places.joined(separator: "、") + "：" + said.zh, places.joined(separator: ", ") + ": " + said.en)
    }

    /// Without it.
    func said(_ fault: DataFault) -> Words {
        switch fault {
        case .sexUnknown:
            let value = value(columns.sex)
            return Words("性别“\(value)”无法识别，请填男或女", "The sex \"\(value)\" cannot be read; enter male or female")
        case .roleUnknown where !isBlank(cells.role):
            let value = value(columns.role)
            return Words(
                "角色“\(value)”无法识别，请填写投保人、被保险人或受益人", "The role \"\(value)\" is not known; enter applicant, insured or beneficiary")
        case .documentTypeUnknown where Self.networkIdentities.contains(where: value(columns.documentType).contains):
            return Words(
                "网号、网证不是证件，不作为证件登记；请填客户的身份证件类型和号码",
                "A network number is no document and is not kept as one; enter the kind and number of an identity document")
        case .documentTypeUnknown:
            let value = value(columns.documentType)
            return Words(
                "证件类型“\(value)”无法识别，请填身份证、护照等证件的名称",
                "The kind of document \"\(value)\" is not known; enter its name, such as resident identity card or passport")
        case .applicationDateInvalid where isBlank(cells.applicationDate):
            return Words("投保日期未填，请填写，如 2026-03-04", "The application date is missing; enter it like 2026-03-04")
        case .applicationDateInvalid:
            let value = value(columns.applicationDate)
            return Words(
                "投保日期“\(value)”不存在或无法识别，请填写如 2026-03-04",
                "The application date \"\(value)\" does not exist or cannot be read; enter it like 2026-03-04")
        case .valueError: return error
        case .columnUnread: return columns.unread.words
        case .clueIdentity where twin != nil:
            let place = CellPlace.name(column: columns.documentNumber, row: twin ?? 0)
            return Words(
                "证件号码与 \(place) 相同，姓名或出生日期却不同，请对照证件改正有误的一行",
                "The document is that of \(place) under another name or date of birth; compare the documents and correct the row that is wrong")
        default:
            let kind = DocumentKind(cell: cells.documentType) ?? .residentID
            let told = fault.sentences(of: String(decoding: cells.documentNumber, as: UTF8.self), kind, today: today)
            return Words(told.zh, told.en)
        }
    }

    /// The national service for identity on the network (since 2025-07-15) gives numbers that tell nobody anything.
    private static let networkIdentities = ["网号", "网证"]

    private var error: Words {
        var values: [String] = []
        for place in columns.places.sorted() where row.damage(place) == .error && !values.contains(value(place)) {
            values.append(value(place))
        }
        return Words(
            "公式出错（\(values.joined(separator: "、"))），没有值，请改正后再导入",
            "A formula failed (\(values.joined(separator: ", "))) and left no value; correct it before the import")
    }

    /// What stands there, shortened.
    private func value(_ place: Int) -> String {
        let text = row.text(place).filter { !$0.isNewline }
        return text.count > 20 ? text.prefix(20) + "…" : text
    }
}
