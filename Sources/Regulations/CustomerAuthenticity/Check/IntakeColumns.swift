import Identifiers
import Tables

/// Where the columns of an intake file are, by any of their names, in any order. A column that the file does not have is -1, which
/// every row answers with an empty cell. One object, so that no row counts references to what it holds.
package final class IntakeColumns: Sendable {
    package let applicationNo, policyNo, productClass, termYears, applicationDate, role, customerNo: Int
    package let name, sex, birthDate, documentType, documentNumber, mobile, landline, email, address: Int
    package let bankAccount, accountHolder, accountClass, phoneHolder, agentNo, channel, agency: Int
    /// The same in the order of `CellDamages.Field`, with the others behind.
    let places: [Int]
    /// Columns that look as if they held what is missing.
    let unread: UnreadColumns
    /// The name of each column as the file writes it, in order.
    package let names: [String]

    /// The columns of an intake file, in the order in which the product writes them.
    package static let known: [Header.Column] = columns(isRequired: true)
    /// The same for a file that is only screened: nothing is missed by name.
    package static let lenient: [Header.Column] = columns(isRequired: false)

    private static func columns(isRequired: Bool) -> [Header.Column] {
        [
            .init("application_no", "投保单号", "投保单号码", "投保书号", "application", content: .code),
            .init("policy_no", "保单号", "保单号码", "保险单号", "policy", content: .code),
            .init("product_class", "险种", "险种类别", "产品类别", content: .code),
            .init("term_years", "保险期限", "保险期间", "保险期间（年）", "保险期限（年）", content: .code),
            .init("application_date", "投保日期", "投保申请日期", content: .day),
            .init("role", "角色", "客户角色", isRequired: isRequired, content: .code),
            .init("customer_no", "客户号", "客户编号", "客户号码", content: .code),
            .init("name", "姓名", "客户姓名", isRequired: isRequired),
            .init("sex", "性别", "gender", content: .code),
            .init("birth_date", "出生日期", "出生年月日", "生日", "birthday", "date_of_birth", content: .day),
            .init("document_type", "证件类型", "证件种类", "id_type", content: .code),
            .init("document_number", "证件号码", "证件号", "身份证号码", "身份证号", "resident_id", "id_number", content: .number),
            .init("mobile", "手机", "手机号", "手机号码", "移动电话", "phone", content: .number),
            .init("landline", "固定电话", "座机", "固话", content: .number),
            .init("email", "电子邮箱", "邮箱", "电子邮件", "e-mail"),
            .init("address", "联系地址", "地址", "通讯地址"),
            .init("bank_account", "银行账号", "银行帐号", "账号", "account", content: .number),
            .init("account_holder", "账户户名", "户名", "帐户户名", "开户名"),
            .init("account_class", "账户类别", "银行账户类别", "账户分类", content: .code),
            .init("phone_holder", "手机登记人", "号码归属", "号码登记人", "机主", "机主姓名"),
            .init("agent_no", "业务员代码", "业务员工号", "代理人代码", "agent_id", "agent", content: .code),
            .init("channel", "渠道", "销售渠道", content: .code),
            .init("agency_name", "中介机构", "代理机构", "中介机构名称", "代理机构名称"),
        ]
    }

    /// A file that is checked.
    package static let checked = TableForm(known, needs: [["role"], ["name"]])
    /// A file that is taken in: rows are gathered by their application.
    package static let imported = TableForm(known, needs: [["role"], ["name"], ["application_no"]])
    /// A file that is screened: something that can be shared, and whose it is.
    package static let screened = TableForm(
        lenient, needs: [["document_number", "name"], ["mobile", "landline", "bank_account"]])

    package init(_ header: Header) {
        func place(_ key: String) -> Int { header[key] ?? -1 }
        names = header.names
        applicationNo = place("application_no")
        policyNo = place("policy_no")
        productClass = place("product_class")
        termYears = place("term_years")
        applicationDate = place("application_date")
        role = place("role")
        customerNo = place("customer_no")
        name = place("name")
        sex = place("sex")
        birthDate = place("birth_date")
        documentType = place("document_type")
        documentNumber = place("document_number")
        mobile = place("mobile")
        landline = place("landline")
        email = place("email")
        address = place("address")
        bankAccount = place("bank_account")
        accountHolder = place("account_holder")
        accountClass = place("account_class")
        phoneHolder = place("phone_holder")
        agentNo = place("agent_no")
        channel = place("channel")
        agency = place("agency_name")
        places = [
            termYears, applicationDate, role, name, sex, birthDate, documentType, documentNumber, mobile, landline, email, address,
            bankAccount, accountHolder, applicationNo, policyNo, productClass, customerNo, agentNo, channel,
            accountClass, phoneHolder, agency,
        ]
        unread = UnreadColumns(header)
    }

    /// The cells of a row at which a fault is found, such as `J7`.
    func cells(of fault: DataFault, _ row: TableRow) -> [String] {
        places(of: fault, row).map { CellPlace.name(column: $0, row: row.number) }
    }

    private func places(of fault: DataFault, _ row: TableRow) -> [Int] {
        let place: Int
        switch fault {
        case .valueError: return places.filter { row.damage($0) == .error }.sorted()
        case .valueCut: return places.filter { row.damage($0) == .cut }.sorted()
        case .valuePerhapsCut:
            let found = places.filter { row.damage($0) == .perhapsCut }
            return found.isEmpty && bankAccount >= 0 ? [bankAccount] : found
        case .columnUnread: return unread.all.map(\.place)
        case .roleUnknown: place = role
        case .applicationDateInvalid: place = applicationDate
        case .outsideRules, .termUnknown: place = termYears
        case .accountClassUnknown, .accountLimited: place = accountClass
        case .agentUnknown, .agentUnqualified: place = agentNo
        case .missingPhone: place = mobile >= 0 ? mobile : landline
        case .cluePhone, .clueAgentContact: place = isBlank(row[mobile]) ? landline : mobile
        default:
            place = self.place(ofField: fault.field) ?? -1
        }
        return place >= 0 ? [place] : []
    }

    /// Where a field of an application, or of a person in it, stands.
    func place(ofField key: String) -> Int? {
        let place =
            switch key {
            case "applicationNo": applicationNo
            case "policyNo": policyNo
            case "productClass": productClass
            case "term": termYears
            case "applicationDate": applicationDate
            case "agentNo": agentNo
            case "channel": channel
            case "agencyName": agency
            case "role": role
            case "name": name
            case "sex": sex
            case "birthDate": birthDate
            case "documentType": documentType
            case "documentNumber": documentNumber
            case "mobile": mobile >= 0 ? mobile : landline
            case "landline": landline
            case "address": address
            case "account": bankAccount
            case "accountHolder": accountHolder
            case "accountClass": accountClass
            case "phoneHolder": phoneHolder
            case "email": email
            default: -1
            }
        return place >= 0 ? place : nil
    }
}
