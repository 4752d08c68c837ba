/// The medical certificate of birth (出生医学证明), which a newborn has before there is a resident number.
package enum BirthCertificate {
    /// A letter and nine digits; the seventh edition (2023-04-01) only adds a bar code.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> CheckResult {
        withPlain(bytes) { plain in
            let isNumber = plain.count == 10 && isLetter(plain[0]) && plain[1...].allSatisfy(isDigit)
            return isNumber ? CheckResult() : CheckResult(.documentFormat)
        }
    }

    package static func check(_ text: String) -> CheckResult { text.withBytes { check($0) } }
}
