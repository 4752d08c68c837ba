/// The residence permit of Hong Kong, Macau and Taiwan residents (since 2018-09): numbered as residents are, with the region
/// 810000, 820000 or 830000.
package enum ResidencePermit {
    /// - Parameter today: yyyymmdd.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>, today: Int32) -> CheckResult {
        let finding = ResidentNumber.check(bytes, today: today)
        // Fifteen digits were given up long before this permit.
        if finding.faults.contains(.idOld) { return CheckResult(.idLength) }
        if finding.region == 0 { return finding }
        let isTheirs = finding.region == 810_000 || finding.region == 820_000 || finding.region == 830_000
        return isTheirs ? finding : CheckResult(.idRegion)
    }

    package static func check(_ text: String, today: Int32) -> CheckResult { text.withBytes { check($0, today: today) } }
}
