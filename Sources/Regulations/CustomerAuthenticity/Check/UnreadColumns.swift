import Identifiers
import Kernel
import Tables

/// Columns under names that are not known, which look as if they held what no known column holds. What they hold is not missing: it was
/// not read.
struct UnreadColumns: Sendable {
    struct Column: Sendable {
        let name: String
        let place: Int
        /// What every row without it would be said to lack.
        let missing: DataFault
        /// The name under which it would be read.
        let proper: Words
    }

    let all: [Column]
    private let faults: FaultSet

    private static let kinds: [(keys: [String], missing: DataFault, proper: Words, words: [String])] = [
        (["sex"], .missingSex, Words("性别", "sex"), ["性别", "sex", "gender"]),
        (["birth_date"], .missingBirthDate, Words("出生日期", "birth_date"), ["出生", "生日", "birth"]),
        (
            ["document_number"], .missingDocumentNumber, Words("证件号码", "document_number"),
            ["证件号", "身份证", "证号", "证件编号", "idno", "idcard", "passportno"]
        ),
        (["mobile", "landline"], .missingPhone, Words("手机", "mobile"), ["手机", "电话", "联系方式", "phone", "tel", "mobile"]),
        (["address"], .missingAddress, Words("联系地址", "address"), ["地址", "住址", "address"]),
        (["application_date"], .applicationDateInvalid, Words("投保日期", "application_date"), ["投保日", "申请日", "投保时间", "applicationdate"]),
    ]
    /// Names that speak of somebody else.
    private static let others = ["业务员", "代理", "经办", "agent", "紧急", "单位", "公司", "受益人", "配偶"]

    init(_ header: Header) {
        var found: [Column] = []
        for kind in Self.kinds where kind.keys.contains(where: { header[$0] == nil }) {
            for place in header.unknown {
                let name = header.names[place], plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
                guard kind.words.contains(where: { plain.contains($0) }), !Self.others.contains(where: { plain.contains($0) }) else {
                    continue
                }
                found.append(Column(name: name, place: place, missing: kind.missing, proper: kind.proper))
                break
            }
        }
        all = found
        faults = found.reduce(into: FaultSet()) { $0.insert($1.missing) }
    }

    /// Faults of a row with what is said of unread columns.
    func told(_ faults: FaultSet) -> FaultSet {
        guard !all.isEmpty else { return faults }
        var told = faults
        for column in all where faults.contains(column.missing) {
            told.remove(column.missing)
            told.insert(.columnUnread)
        }
        return told
    }

    /// What is to be done to have them read.
    var words: Words {
        Words(
            "列" + all.map { "“\($0.name)”" }.joined(separator: "、") + "未识别，没有读取；如所填是"
                + all.map(\.proper.zh).joined(separator: "、") + "，请把表头改为这些列名",
            "The columns " + all.map { "\"\($0.name)\"" }.joined(separator: ", ") + " are not known and were not read; if they hold "
                + all.map(\.proper.en).joined(separator: ", ") + ", name them so in the header")
    }
}
