/// The unified social credit code of an organisation, GB 32100-2015.
package enum CreditCode {
    /// In the order in which they are looked for; only the first is given.
    package enum Fault: String, Sendable, CaseIterable {
        case length = "credit_code.length"
        case characters = "credit_code.characters"
        case check = "credit_code.check"
        /// The organisation code inside (GB 11714) has a check of its own; codes taken over from older registers may fail it.
        case organisation = "credit_code.organisation"

        package var isBlock: Bool { self != .organisation }

        package var zh: String {
            switch self {
            case .length: "统一社会信用代码应为18位，请对照证照检查是否多写或少写"
            case .characters: "统一社会信用代码只能是数字和大写字母，且不含 I、O、Z、S、V，请对照证照改正"
            case .check: "统一社会信用代码的校验位不符，至少有一位写错，请对照证照逐位核对"
            case .organisation: "统一社会信用代码第9至17位（组织机构代码）的校验位不符，请对照证照核对"
            }
        }

        package var en: String {
            switch self {
            case .length: "A unified social credit code has 18 characters; look for one too many or too few"
            case .characters:
                "A unified social credit code has digits and capital letters other than I, O, Z, S, V; correct it from the licence"
            case .check: "The check character of the credit code does not agree, so at least one character is wrong; compare all of them"
            case .organisation:
                "Characters 9 to 17 of the credit code (the organisation code) fail their own check; compare them with the licence"
            }
        }
    }

    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> Fault? {
        withPlain(bytes) { plain in
            guard plain.count == 18 else { return .length }
            var sum = 0
            for (place, weight) in [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28].enumerated() {
                guard let value = value(plain[place]) else { return .characters }
                sum += value * weight
            }
            guard let check = value(plain[17]) else { return .characters }
            guard check == (31 - sum % 31) % 31 else { return .check }
            return isOrganisationCode(plain[8..<17]) ? nil : .organisation
        }
    }

    package static func check(_ text: String) -> Fault? { text.withBytes { check($0) } }

    /// Upper case without spaces, as equal codes are matched; `nil` when it has not 18 characters.
    package static func normalForm(_ text: String) -> String? {
        text.withBytes { withPlain($0) { $0.count == 18 ? String(decoding: $0, as: UTF8.self) : nil } }
    }

    /// The place in 0123456789ABCDEFGHJKLMNPQRTUWXY.
    private static func value(_ byte: UInt8) -> Int? {
        if isDigit(byte) { return Int(byte - 48) }
        return "ABCDEFGHJKLMNPQRTUWXY".utf8.enumerated().first { $0.element == byte }.map { $0.offset + 10 }
    }

    /// GB 11714-1997: eight characters (letters count from A = 10), weights 3 7 9 10 5 8 4 2, 11 less the sum modulo 11; X is 10.
    private static func isOrganisationCode(_ code: Slice<UnsafeMutableBufferPointer<UInt8>>) -> Bool {
        let sum = zip(code, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { $0 + (isDigit($1.0) ? Int($1.0 - 48) : Int($1.0) - 55) * $1.1 }
        let check = (11 - sum % 11) % 11
        return code.last == (check == 10 ? UInt8(ascii: "X") : UInt8(48 + check))
    }
}
