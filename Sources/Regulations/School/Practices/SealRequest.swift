import Kernel
import WorkCalendar

/// 用印申请: what is to be sealed, how often, approved for this text and no other; each impression is counted (第十六条).
package struct SealRequest: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, stamped, refused, expired }

    /// One time that the seal was used for it.
    package struct Use: Line {
        package var at: Moment?
        package var count = 0
        package var keeper = PersonID.none
        package var present = ""
        package init() {}

        package static let fields: [Field<Use>] = [
            .moment(\.at, "时间", "Time"), .whole(\.count, "用印份数", "Impressions", in: 0...9999), .person(\.keeper, "用印人", "Sealed by"),
            .text(\.present, "在场人", "Who was present"),
        ]
    }
    package var seal = ID<Seal>.none
    package var document = ID<OutgoingDocument>.none
    package var subject = "", text = "", purpose = "", digest = "", present = "", answer = ""
    package var files: [FileReference] = []
    package var uses: [Use] = []
    package var copies = 1, count = 0, stamped = 0
    package var approver = PersonID.none, keeper = PersonID.none
    package init() {}

    package static let name = "seal-request"
    package var title: String { subject }

    package static let form = Form<SealRequest>(
        "用印申请", "Request for a seal", number: "用印",
        states: [
            .requested: .open("待审批", "Requested"), .approved: .open("待用印", "Approved"), .stamped: .done("已用印", "Sealed"),
            .refused: .no("不予用印", "Refused"), .expired: .no("已失效", "Over"),
        ],
        readers: [.office, .post(.sealKeeper)],
        [
            .reference(\.seal, "印章", "Seal").listed(), .reference(\.document, "发文", "Outgoing document").optional().listed(),
            .text(\.subject, "文件名称", "Document").listed(),
            .prose(\.text, "正文", "Text").optional()
                .hint("用印文件不是本系统发文的，请填写正文或附上文件", "where it is no document of this register"),
            .files(\.files, "文件", "Files").optional(), .text(\.purpose, "用途", "Purpose"),
            .whole(\.copies, "份数", "Copies", in: 1...9999).listed(), .text(\.digest, "批准文本校验值", "Digest as approved").code().onceFilled(),
            .person(\.approver, "批准人", "Approver").onceFilled(), .person(\.keeper, "用印人", "Sealed by").onceFilled(),
            .whole(\.count, "本次用印份数", "Impressions now", in: 0...9999).onceFilled(),
            .whole(\.stamped, "已用印份数", "Impressions so far", in: 0...9999).onceFilled().listed(),
            .text(\.present, "在场人", "Who was present").onceFilled(),
            .lines(\.uses, "历次用印", "Each use").optional().unindexed().onceFilled(), .text(\.answer, "不予用印的理由", "Why not").onceFilled(),
        ])

    static let stamping = Deadline("stamping", "用印", "Seal", under: school[16], escalatesTo: .post(.informationOffice))
    static let validity = Deadline("validity", "用印批准的有效期", "The approval's time", under: school[16], takes: expire)
    package static let deadlines = [stamping, validity]

    private static var asked: [PartialKeyPath<SealRequest>] {
        [\.seal, \.document, \.subject, \.text, \.files, \.purpose, \.copies]
    }

    package static let request = Step<SealRequest>(
        "request", "申请用印", "Request", to: .requested, by: .staff, under: school[16], fields: asked
    ) {
        request, act in try request.check(act)
    }
    /// Another text needs another approval.
    package static let amend = Step<SealRequest>(
        "amend", "修改", "Amend", from: .requested, .approved, to: .requested, by: .requester, under: school[16], fields: asked,
        isOptional: true
    ) { request, act in
        try act.require(request.stamped == 0, "已用印的不能修改，请另行申请", "What was sealed is not amended; ask anew")
        (request.digest, request.approver) = ("", .none)
        act.meet(stamping)
        act.meet(validity)
        try request.check(act)
    }
    package static let approve = Step<SealRequest>(
        "approve", "批准用印", "Approve", from: .requested, to: .approved, by: .any([.head, .management]), notBy: request, amend,
        under: school[16], fields: [], signs: true
    ) { request, act in
        try request.requireCopies(act)
        (request.approver, request.digest) = (act.person, try request.presentDigest(act))
        act.start(stamping, due: act.now.adding(hours: 24))
        act.start(validity, due: .endOfDay(act.today.adding(days: try act.parameter(.stampDays))))
    }
    package static let refuse = Step<SealRequest>(
        "refuse", "不予用印", "Refuse", from: .requested, to: .refused, by: .any([.head, .management]), notBy: request, under: school[16],
        fields: [\.answer])
    package static let stamp = Step<SealRequest>(
        "stamp", "用印", "Seal", from: .approved, to: .stamped, by: .post(.sealKeeper), notBy: request, amend, approve, under: school[16],
        fields: [\.count, \.present], isIrrevocable: true
    ) { request, act in
        try request.press(act)
        act.meet(stamping)
    }.checking { request, check in request.checkCount(check) }
    package static let stampMore = Step<SealRequest>(
        "stamp-more", "续用印", "Seal the rest", from: .stamped, to: nil, by: .post(.sealKeeper), notBy: request, amend, approve,
        when: { $0.value.stamped < $0.value.copies }, under: school[16], fields: [\.count, \.present], isOptional: true
    ) { request, act in try request.press(act) }.checking { request, check in request.checkCount(check) }
    package static let expire = Step<SealRequest>(
        "expire", "失效", "End", from: .approved, .stamped, to: .expired, by: .system, under: school[16]
    ) { _, act in act.meet(stamping) }
    package static let steps = [request, amend, approve, refuse, stamp, stampMore, expire]

    private func check(_ act: Act) throws {
        guard let seal = try act.load(seal) else { throw DeskError.absent }
        try act.require(seal.state == .inUse, "该印章已停用，请改选在用的印章", "This seal is not in use; choose another")
        try act.require(
            !document.isNone || !text.isEmpty || !files.isEmpty, "空白或未定稿的文件不得用印，请选择发文、填写正文或附上文件",
            "Nothing is sealed that is blank; attach the document")
        guard let found = try act.load(document) else { return }
        try act.require(
            found.state == .numbered || found.state == .printed, "发文登记编号之后方可申请用印", "A seal is asked for when the document has its number")
        try act.require(
            found.value.issuer == seal.value.issuer, "发文署名“\(found.value.issuer)”与印文“\(seal.value.issuer)”不一致",
            "The name under the document is not the seal's")
        try requireCopies(act)
    }

    /// Each printed copy is sealed once: so many are asked for as have no seal yet. Before it is printed nobody knows how many there are.
    private func requireCopies(_ act: Act) throws {
        guard let found = try act.load(document), found.state != .numbered else { return }
        let sealed = try act.find(\SealRequest.document, is: document, limit: 1000).reduce(0) { $0 + $1.value.stamped }
        let left = max(found.value.copyCount - sealed, 0)
        try act.require(
            copies == left, "该发文印制\(found.value.copyCount)份，尚未用印\(left)份，与申请的\(copies)份不一致；请按尚未用印的份数修改申请，重新报批",
            "\(found.value.copyCount) were printed and \(left) have no seal yet, but \(copies) are asked for; amend the request")
    }

    private func presentDigest(_ act: Act) throws -> String {
        guard let found = try act.load(document)?.value else { return TextDigest.of(subject + "\n" + text, files) }
        return found.digest
    }

    private func checkCount(_ check: Checking<SealRequest>) {
        check.require(count > 0, "请填写本次用印份数", "Say how many impressions", at: \.count)
        check.require(
            stamped + count <= copies, "批准用印\(copies)份，已用\(stamped)份，本次不能用\(count)份；要多用请另行申请",
            "\(copies) were approved, \(stamped) made; \(count) more are too many", at: \.count)
    }

    /// So many impressions now, and never more than were approved.
    private mutating func press(_ act: Act) throws {
        guard let seal = try act.load(seal) else { throw DeskError.absent }
        let keeper = act.organisation.name(seal.value.keeper)
        try act.require(seal.state == .inUse, "该印章已停用", "This seal is not in use")
        try act.require(seal.value.keeper == act.person, "印章现由\(keeper.zh)保管，请由其用印", "\(keeper.en) has the seal now")
        try act.require(
            seal.value.keptUntil.map { act.now < $0 } ?? true, "代管期已满，请交回保管人后再用印", "The deputy's time is over; hand the seal back")
        try act.require(
            act.person != act.requester && act.person != approver, "保管人不得为自己申请或批准的文件用印，请交代管人办理",
            "A keeper does not seal what he asked for or approved")
        try act.require(
            try presentDigest(act) == digest, "文件在批准后已改动，原批准失效，请重新申请", "The text was changed after the approval, which is void")
        if let found = try act.load(document) {
            try act.require(
                found.state == .printed, "该发文现在不能用印（须已印制，且未作废、未用完印），请核对后再办理",
                "The document is not to be sealed now: it is printed first, and neither void nor sealed already")
            try requireCopies(act)
        }
        stamped += count
        self.keeper = act.person
        var use = Use()
        (use.at, use.count, use.keeper, use.present) = (act.now, count, act.person, present)
        uses.append(use)
        guard stamped == copies else { return }
        act.meet(Self.validity)
        // It goes out when each of its copies bears the seal.
        if !document.isNone { try act.take(OutgoingDocument.seal, on: document) }
    }
}
