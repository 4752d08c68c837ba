import DrugQuality
import Kernel
import Testing

@Suite struct ContentsTests {
    @Test func theTablesHoldTogether() { #expect(Catalogue.mistakes(in: [drugQualityContents]) == []) }
}
