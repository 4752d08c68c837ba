import Papers

/// Where the columns of an intake file are, by any of their names, in any order. A column that the file does not have is -1, which
/// every row answers with an empty cell.
package struct IntakeColumns: Sendable {
    package let applicationNo, policyNo, productClass, termYears, applicationDate, role, customerNo: Int
    package let name, sex, birthDate, documentType, documentNumber, mobile, landline, email, address: Int
    package let bankAccount, accountHolder, agentNo, channel: Int
    /// The name of each column as the file writes it, in order.
    package let names: [String]

    /// The columns of an intake file, in the order in which the product writes them.
    package static let known: [Header.Column] = columns(isRequired: true)
    /// The same for a file that is only screened: nothing is missed by name.
    package static let lenient: [Header.Column] = columns(isRequired: false)

    private static func columns(isRequired: Bool) -> [Header.Column] {
        [
            .init("application_no", "投保单号", "投保单号码", "application"),
            .init("policy_no", "保单号", "保单号码", "保险单号", "policy"),
            .init("product_class", "险种", "险种类别", "产品类别"),
            .init("term_years", "保险期限", "保险期间", "保险期间（年）", "保险期限（年）"),
            .init("application_date", "投保日期", "投保申请日期"),
            .init("role", "角色", isRequired: isRequired),
            .init("customer_no", "客户号", "客户编号", "客户号码"),
            .init("name", "姓名", "客户姓名", isRequired: isRequired),
            .init("sex", "性别", "gender"),
            .init("birth_date", "出生日期", "生日", "birthday", "date_of_birth"),
            .init("document_type", "证件类型", "证件种类", "id_type"),
            .init("document_number", "证件号码", "证件号", "身份证号码", "身份证号", "resident_id", "id_number"),
            .init("mobile", "手机", "手机号", "手机号码", "移动电话", "phone"),
            .init("landline", "固定电话", "座机", "固话"),
            .init("email", "电子邮箱", "邮箱", "电子邮件", "e-mail"),
            .init("address", "联系地址", "地址", "通讯地址"),
            .init("bank_account", "银行账号", "银行帐号", "账号", "account"),
            .init("account_holder", "账户户名", "户名", "帐户户名", "开户名"),
            .init("agent_no", "业务员代码", "业务员工号", "代理人代码", "agent_id", "agent"),
            .init("channel", "渠道", "销售渠道"),
        ]
    }

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
        agentNo = place("agent_no")
        channel = place("channel")
    }
}
