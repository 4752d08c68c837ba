import Kernel
import Practices
import TestOffice
import WorkCalendar

/// A house whose rules are signed and whose rooms are inspected.
let houseRules = Regulation("house-rules", Words("内务管理制度", "House rules"), short: Words("内务", "House"), numbering: .arabic)
let porter = Post("porter", "门卫", "Porter")
let houseContents = RegulationContents(
    houseRules,
    articles: Array(
        """
        articles:
        - {ref: 第1条, zh: 门卫须签署承诺书, en: Porters sign an undertaking, kind: [attestation], demands: [a]}
        - {ref: 第2条, zh: 定期检查房间, en: Rooms are inspected, kind: [workflow], demands: [b]}
        """.utf8),
    posts: [porter], documents: [],
    practices: [
        .undertaking(under: houseRules[1], Words("门卫保密承诺书", "Porter's undertaking"), of: porter),
        .inspection(under: houseRules[2], Words("房间安全检查", "Inspection of rooms"), by: porter),
    ])
