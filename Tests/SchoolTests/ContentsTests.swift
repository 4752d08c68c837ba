import Kernel
import Practices
import School
import Testing

@Suite struct ContentsTests {
    @Test func theTablesHoldTogether() { #expect(Catalogue.mistakes(in: [schoolContents, practicesContents]) == []) }

    /// 19 is followed by 21.
    @Test func theGapOfTheOriginalStays() {
        let refs = schoolContents.articles.map(\.ref)
        #expect(refs.count == 22 && !refs.contains("第二十条") && refs.last == "第二十三条")
        #expect(refs[18] == "第十九条" && refs[19] == "第二十一条")
    }
}
