import Kernel

/// 批准文号: 国药准字 with a letter or two and eight digits; certificates of imports without the four characters. The eight digits are not
/// always a year and a serial, so that their form alone is looked at.
package enum ApprovalNumber {
    package enum Finding: Equatable {
        case good
        /// Taken, with a word to the quality department.
        case doubtful(Words)
        case bad(Words)
    }

    package static func normalForm(_ typed: String) -> String { PlainCode.normalForm(typed) }

    /// `国药准字`: H chemical, Z traditional, S biological, each with C (Hong Kong, Macau, Taiwan) or J (made abroad); B T F J are older.
    package static func check(_ typed: String) -> Finding {
        let number = normalForm(typed)
        if let old = number.wholeMatch(of: /国药准字([BTFJ])[0-9]{8}/) {
            return .doubtful(
                Words(
                    "批准文号 \(number) 为旧式字母 \(old.1)，请核对是否仍有效",
                    "Approval number \(number) has the older letter \(old.1); check that it is still valid"))
        }
        if number.wholeMatch(of: /国药准字[HZS][CJ]?[0-9]{8}/) != nil { return .good }
        if number.wholeMatch(of: /B?[HZS]C?[0-9]{8}/) != nil { return .good }
        return .bad(
            Words(
                "批准文号应为“国药准字”加字母（H、Z、S，境外或港澳台加 J 或 C）和 8 位数字，进口注册证为字母加 8 位数字，请照包装核对",
                "An approval number is 国药准字, a letter (H, Z or S, with J or C for goods from abroad) and 8 digits, or an import certificate's letters and 8 digits; check it on the pack"
            ))
    }
}

/// 药品追溯码: usually twenty digits; the thirteen that begin with 69 are the shop's bar code.
package enum TraceCode {
    package static func check(_ typed: String) -> ApprovalNumber.Finding {
        let code = PlainCode.normalForm(typed)
        let isDigits = code.allSatisfy { $0.isASCII && $0.isNumber }
        if isDigits, code.count == 20 { return .good }
        if isDigits, code.count == 13, code.hasPrefix("69") {
            return .bad(
                Words("这是商品条码，不是药品追溯码；请填写包装上“药品追溯码”字样旁的号码", "This is the shop's bar code; enter the number printed beside 药品追溯码"))
        }
        return .doubtful(Words("药品追溯码不是常见的 20 位数字，请照包装核对", "The traceability code is not the usual 20 digits; check it on the pack"))
    }
}
