package enum Sex: UInt8, Sendable { case male = 1, female = 2 }

/// What a document number says: its faults, and about its holder as far as the number tells.
package struct CheckResult: Sendable, Hashable {
    package var faults: FaultSet
    /// yyyymmdd; below 1,000,000 only yymmdd, as on the older foreigner's card; 0 when the number does not tell.
    package var birth: Int32
    /// The six digits of the region; 0 when the number does not tell.
    package var region: Int32
    package var sex: Sex?

    package init(_ fault: DataFault) { self.init(FaultSet(fault)) }

    package init(_ faults: FaultSet = FaultSet(), birth: Int32 = 0, region: Int32 = 0, sex: Sex? = nil) {
        self.faults = faults
        self.birth = birth
        self.region = region
        self.sex = sex
    }

    /// Where the row says otherwise than the number. Judged only when the number itself is good.
    ///
    /// - Parameter sex: as entered; `nil` when missing, which is no conflict.
    /// - Parameter birth: as entered, yyyymmdd; 0 when missing, which is no conflict.
    package func conflicts(sex: Sex?, birth: Int32) -> FaultSet {
        var conflicts = FaultSet()
        if faults.hasBlock { return conflicts }
        if let sex, let own = self.sex, own != sex { conflicts.insert(.idSexConflict) }
        if birth != 0, self.birth != 0 {
            // Where the old foreigner's card has its date is not confirmed: no ground to refuse.
            let (entered, fault) = self.birth < 1_000_000 ? (birth % 1_000_000, DataFault.documentUnverified) : (birth, .idBirthConflict)
            if entered != self.birth { conflicts.insert(fault) }
        }
        return conflicts
    }
}
