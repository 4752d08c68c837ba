// What each fault says to the person who has to put it right.

extension Fault {
    package var zh: String {
        switch self {
        case .missingName: "姓名未填，请按证件填写姓名"
        case .missingSex: "性别未填，请填写男或女"
        case .missingBirthDate: "出生日期未填，请按证件填写出生日期"
        case .missingDocumentNumber: "证件号码未填，请按证件填写号码"
        case .missingAddress: "联系地址未填，请填写客户本人的联系地址"
        case .missingPhone: "联系电话未填，请填写手机或固定电话中的至少一项"
        case .namePlaceholder: "姓名不是真实姓名，请按证件填写姓名"
        case .birthDateInvalid: "出生日期不存在或格式不对，请按证件填写，如 1985-03-14"
        case .birthDateFuture: "出生日期晚于今天，请按证件核对出生日期"
        case .idLength: "身份证号码应为18位（旧证15位），请对照证件检查是否多写或少写"
        case .idCharacters: "身份证号码只能是数字，最后一位可以是X，请对照证件改正"
        case .idRegion: "身份证号码前两位不是省级地区代码，请对照证件改正"
        case .idDate: "身份证号码第7至14位不是有效的出生日期，请对照证件改正"
        case .idCheck: "身份证号码的校验位不符，至少有一位写错，请对照证件逐位核对"
        case .idSexConflict: "性别与身份证号码不一致，请对照证件改正其中有误的一项"
        case .idBirthConflict: "出生日期与身份证号码不一致，请对照证件改正其中有误的一项"
        case .documentFormat: "证件号码不符合该类证件的格式，请核对证件类型和号码"
        case .mobileFormat: "手机号码应为11位有效号段的个人号码，请向客户核对后改正"
        case .mobileJunk: "手机号码是占位号码或服务热线，请填写客户本人的号码"
        case .landlineFormat: "固定电话应为区号加号码，如 010-12345678，且不能是服务热线或占位号码，请核对后改正"
        case .accountFormat: "银行账号应为12至19位数字，请对照存折或银行卡改正"
        case .accountNotApplicants: "账户户名不是投保人，请改用投保人本人的账户"
        case .agentUnknown: "查无此业务员代码，请核对代码"
        case .agentUnqualified: "该业务员当日没有销售此类产品的资格，请由有资格的业务员办理"
        case .applicationDateInvalid: "投保日期未填、不存在或格式不对，请填写，如 2026-03-04"
        case .roleUnknown: "角色无法识别，请填写投保人、被保险人或受益人"
        case .emailFormat: "电子邮箱格式不对，请填写如 name@example.com 的地址，没有则留空"
        case .addressPlaceholder: "联系地址不是真实地址，请填写到门牌号的地址"
        case .idCountyUnknown: "身份证号码前六位不是已知的县级地区代码，请对照证件核对"
        case .idSequence: "身份证号码的顺序码为000，此码不发放，请对照证件核对"
        case .idOld: "证件号码是15位旧号，请让客户提供现行的18位号码"
        case .accountLuhn: "银行账号未通过卡号校验，请对照银行卡核对；存折账号可不理会"
        case .cluePhone: "另有客户使用同一电话号码，已列为待核查线索"
        case .clueAccount: "另有客户使用同一银行账号，已列为待核查线索"
        case .clueAgentContact: "联系方式与业务员、中介机构或其关系人相同，已列为待核查线索"
        case .addressVague: "联系地址缺少省市或门牌号，请补充完整"
        case .documentUnverified: "该证件号码无法进一步校验，请核对证件原件"
        case .outsideRules: "该业务不在客户信息真实性管理的范围之内，仅作提示"
        }
    }

    package var en: String {
        switch self {
        case .missingName: "The name is missing; enter it as it stands on the document"
        case .missingSex: "The sex is missing; enter male or female"
        case .missingBirthDate: "The date of birth is missing; enter it as it stands on the document"
        case .missingDocumentNumber: "The document number is missing; enter it as it stands on the document"
        case .missingAddress: "The address is missing; enter the customer's own address"
        case .missingPhone: "The telephone is missing; enter at least one of mobile and land line"
        case .namePlaceholder: "The name is not a person's real name; enter it as it stands on the document"
        case .birthDateInvalid: "The date of birth does not exist or is not written as a date; enter it like 1985-03-14"
        case .birthDateFuture: "The date of birth is after today; compare it with the document"
        case .idLength: "An identity number has 18 characters (15 on old cards); look for one too many or too few"
        case .idCharacters: "An identity number has digits only, and perhaps an X at the end; correct it from the document"
        case .idRegion: "The first two digits of the identity number are no province's code; correct them from the document"
        case .idDate: "Digits 7 to 14 of the identity number are no valid date of birth; correct them from the document"
        case .idCheck: "The check character of the identity number does not agree, so at least one character is wrong; compare all of them"
        case .idSexConflict: "The sex does not agree with the identity number; correct the one that is wrong"
        case .idBirthConflict: "The date of birth does not agree with the identity number; correct the one that is wrong"
        case .documentFormat: "The number does not have the form of this kind of document; check the kind and the number"
        case .mobileFormat: "A mobile number has 11 digits of a range that persons use; ask the customer and correct it"
        case .mobileJunk: "The mobile number is a filler or a hot line; enter the customer's own number"
        case .landlineFormat:
            "A land line is an area code and a number, like 010-12345678, and neither a hot line nor a filler; correct it"
        case .accountFormat: "A bank account has 12 to 19 digits; correct it from the card or the passbook"
        case .accountNotApplicants: "The account is not held by the applicant; use the applicant's own account"
        case .agentUnknown: "There is no agent with this number; check the number"
        case .agentUnqualified: "The agent was not qualified to sell this product on that day; have a qualified agent take it over"
        case .applicationDateInvalid:
            "The application date is missing, does not exist or is not written as a date; enter it like 2026-03-04"
        case .roleUnknown: "The role is not known; enter applicant, insured or beneficiary"
        case .emailFormat: "The e-mail address is not well formed; enter one like name@example.com, or leave it empty"
        case .addressPlaceholder: "The address is not a real one; enter it down to the house number"
        case .idCountyUnknown: "The first six digits of the identity number are no known county's code; compare them with the document"
        case .idSequence: "The sequence of the identity number is 000, which is not issued; compare it with the document"
        case .idOld: "The number is an old one of 15 digits; ask the customer for the present one of 18"
        case .accountLuhn: "The account does not pass the check of card numbers; compare it with the card (passbook accounts may differ)"
        case .cluePhone: "Another customer has the same telephone number; it is listed as a clue to look into"
        case .clueAccount: "Another customer has the same bank account; it is listed as a clue to look into"
        case .clueAgentContact: "The contact is that of an agent, an agency or a relative of one; it is listed as a clue to look into"
        case .addressVague: "The address lacks the province or city, or the house number; complete it"
        case .documentUnverified: "This number cannot be checked any further; compare it with the document itself"
        case .outsideRules: "This business lies outside the rules on authentic customer information; for your information only"
        }
    }

    /// The Chinese sentence, which for `idCheck` also says which character the last one should be if the others are right.
    package func zh(expecting check: Character?) -> String {
        guard self == .idCheck, let check else { return zh }
        return "身份证号码的校验位不符：若前17位无误，第18位应为\(check)，请对照证件逐位核对"
    }

    /// The English sentence; see `zh(expecting:)`.
    package func en(expecting check: Character?) -> String {
        guard self == .idCheck, let check else { return en }
        return "The check character of the identity number does not agree: if the first 17 digits are right, the 18th should be \(check);"
            + " compare all of them with the document"
    }
}
