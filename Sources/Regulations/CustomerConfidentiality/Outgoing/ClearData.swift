import Identifiers
import Kernel

/// Personal numbers that stand in clear in a text.
enum ClearData {
    /// Without blanks and signs between figures, full-width figures as plain ones: 138 1234-5678 is a telephone too.
    static func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.compactMap { scalar -> Character? in
                let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
                guard let plain = Unicode.Scalar(value), !plain.properties.isWhitespace, !"-·—()".unicodeScalars.contains(plain) else {
                    return nil
                }
                return Character(plain)
            }
        ).uppercased()
    }

    static func kinds(in text: String) -> [Words] {
        var found: [Words] = []
        for figures in plain(text).split(whereSeparator: { !($0.isASCII && ($0.isNumber || $0 == "X")) }).map(String.init) {
            if figures.count == 18, ResidentNumber.checkCharacter(for: figures) == figures.last {
                found.append(Words("身份证号码", "an identity number"))
            } else if figures.count == 11, figures.first == "1" {
                found.append(Words("手机号码", "a mobile number"))
            } else if (16...19).contains(figures.count) {
                found.append(Words("银行账号", "a bank account"))
            }
        }
        // Whose it is is not asked: the answer would say who is a customer.
        if hasCreditCode(text) { found.append(Words("统一社会信用代码", "a unified social credit code")) }
        if text.firstMatch(of: /[\w.+\-]+@[\w\-]+(\.[\w\-]+)+/) != nil { found.append(Words("电子邮箱", "a mail address")) }
        return found
    }

    /// Among the runs of figures and capital letters.
    private static func hasCreditCode(_ text: String) -> Bool {
        plain(text).split { !($0.isASCII && ($0.isNumber || $0.isLetter)) }.contains { run in
            run.count == 18 && CreditCode.check(String(run))?.isBlock != true
        }
    }
}
