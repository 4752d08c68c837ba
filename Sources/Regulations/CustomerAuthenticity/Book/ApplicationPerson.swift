import Kernel

/// A person in an application, as the application form says it. Dates and numbers stand as they were written: what is wrong is kept, to
/// be put right.
package struct ApplicationPerson: Line {
    package var role = PersonRole.unknown
    package var customerNo = ""
    package var name = ""
    package var sex = PersonSex.unknown
    package var birthDate = ""
    package var documentType = CardKind.unknown
    package var documentNumber = ""
    package var mobile = ""
    package var landline = ""
    package var email = ""
    package var address = ""
    package var account = ""
    package var accountHolder = ""
    package var accountClass = AccountKind.unknown
    package var phoneHolder = ""
    package init() {}

    package static let fields: [Field<ApplicationPerson>] = [
        .choice(\.role, "角色", "Role"),
        .text(\.customerNo, "客户号", "Customer number").optional(),
        .name(\.name, "姓名", "Name"),
        .choice(\.sex, "性别", "Sex").hint("受益人可不填", "not needed of a beneficiary"),
        .birthday(\.birthDate, "出生日期", "Date of birth").hint("如 1985-03-14；受益人可不填", "like 1985-03-14; not needed of a beneficiary"),
        .choice(\.documentType, "证件类型", "Document").hint("不选视为身份证", "not chosen, it is taken for the identity card"),
        .sealed(\.documentNumber, "证件号码", "Document number", .document).hint(
            "受益人和未成年的被保险人可不填", "not needed of a beneficiary, nor of an insured who is a minor"),
        .sealed(\.mobile, "手机", "Mobile", .phone).hint(
            "投保人的手机和固定电话至少填一项，最好都填", "of an applicant at least one of mobile and land line, better both"),
        .sealed(\.landline, "固定电话", "Land line", .phone).hint("如 020-12345678", "like 020-12345678"),
        .sealed(\.email, "电子邮箱", "E-mail", .email).optional(),
        .sealed(\.address, "联系地址", "Address", .address).hint(
            "投保人须填客户本人的地址，写到门牌号", "of an applicant the customer's own, down to the house number"),
        .sealed(\.account, "银行账号", "Bank account", .account).optional(),
        .name(\.accountHolder, "账户户名", "Account holder").optional(),
        .choice(\.accountClass, "账户类别", "Class of the account").optional().hint(
            "请向客户询问：Ⅱ类、Ⅲ类账户付款有限额", "ask the customer: accounts of class II and III pay up to a limit only"),
        .name(\.phoneHolder, "手机登记人", "Mobile registered to").optional().hint(
            "号码不是客户本人实名登记的，填登记人姓名；未成年人填监护人", "where it is not the customer: who registered the number, a minor's guardian"),
    ]

    /// 第二条: applicants and insured are customers; beneficiaries are only named.
    var isCustomer: Bool { role == .applicant || role == .insured }

    /// What the rules look at, in the order of `PersonCells`.
    func texts(term: String, applied: String) -> [String] {
        [
            term, applied, role.rawValue, name, sex.rawValue, birthDate, documentType.rawValue, documentNumber, mobile, landline, email,
            address, account, accountHolder, accountClass.rawValue,
        ]
    }
}
