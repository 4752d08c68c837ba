import Kernel
import WorkCalendar

/// What opens a re-verification, what it takes in, and when it may be closed (第十四条).
extension ReVerification {
    /// Where one is open, the complaint joins it; where these acts were verified already, nothing is opened anew.
    static func open(_ seller: ID<SellerIdentity>, _ run: [MisSellingCount.CountedAct], _ count: MisSellingCount, _ act: Act) throws {
        let before = try act.find(\ReVerification.seller, is: seller, limit: 1000)
        let complaints = run.flatMap(\.complaints).map { ID<Complaint>($0) }
        if let open = before.first(where: { $0.state == .open }) {
            return try act.take(addComplaint, on: open.id) { $0.take(in: complaints, act) }
        }
        let isDone = before.contains { found in
            found.state == .finished && run.allSatisfy { act in act.complaints.contains { found.value.complaints.contains(ID($0)) } }
        }
        if isDone { return }
        var verification = ReVerification()
        (verification.seller, verification.complaints) = (seller, complaints)
        verification.codes = try act.load(seller)?.value.codes ?? ""
        verification.firstDay = run.first?.day
        verification.lastDay = run.first.map { MisSellingCount.lastDay(of: count.months, from: $0.day) }
        try act.create(verification, by: begin, in: act.scope)
    }

    private mutating func take(in more: [ID<Complaint>], _ act: Act) {
        let new = more.filter { !complaints.contains($0) }
        complaints += new
        hasLostGround = false
        if !new.isEmpty { events.append(ReVerificationEvent(.upheld, new.count, on: act.today)) }
    }

    /// What an open one rests on has changed: a complaint was overturned, or two turned out to be one.
    static func tell(_ seller: ID<SellerIdentity>, _ count: MisSellingCount, of complaint: ID<Complaint>, _ act: Act) throws {
        for open in try act.find(\ReVerification.seller, is: seller, in: .open, limit: 100) {
            let stands = count.run(with: Set(open.value.complaints.map(\.raw))) != nil
            guard open.value.complaints.contains(complaint), stands == open.value.hasLostGround else { continue }
            try act.take(tellChange, on: open.id) {
                $0.hasLostGround = !stands
                $0.events.append(ReVerificationEvent(stands ? .upheld : .fell, 1, on: act.today))
            }
        }
    }

    /// A seller sells under a number more.
    static func follow(_ seller: ID<SellerIdentity>, _ identity: SellerIdentity, _ act: Act) throws {
        for open in try act.find(\ReVerification.seller, is: seller, in: .open, limit: 100) {
            try act.take(gatherUnder, on: open.id) {
                $0.codes = identity.codes
                try $0.gather(of: open.id, identity, act)
            }
        }
    }

    // MARK: Policies

    mutating func gather(isOpening: Bool = false, _ act: Act) throws {
        guard let identity = try act.load(seller)?.value else { return }
        try gather(isOpening: isOpening, of: ID(act.record.id), identity, act)
    }

    /// Lists every policy that is not listed yet; those within their cooling-off are checked first.
    private mutating func gather(
        isOpening: Bool = false, of verification: ID<ReVerification>, _ identity: SellerIdentity, _ act: Act
    ) throws {
        let known = Set(try PolicyCheck.all(of: verification, act).map(\.value.policy))
        let new = try identity.policies(act).filter { !known.contains($0.id) }
        for policy in new {
            try act.create(
                PolicyCheck(of: policy, for: verification, due: dueOn, isLater: !isOpening, act), by: PolicyCheck.list, in: act.scope)
        }
        listed = known.count + new.count
        if isOpening {
            events.append(ReVerificationEvent(.opened, new.count, on: act.today))
        } else if let last = events.last, last.kind == .added {
            // One line for what was sold since; the day of each stands with its check.
            events[events.count - 1] = ReVerificationEvent(
                .added, last.count + new.count, on: new.isEmpty ? last.day ?? act.today : act.today)
        } else if !new.isEmpty {
            events.append(ReVerificationEvent(.added, new.count, on: act.today))
        }
    }

    func missing(of verification: ID<ReVerification>, _ inquiry: Inquiry) throws -> [ID<Policy>] {
        guard let identity = try inquiry.load(seller)?.value else { return [] }
        let known = Set(try PolicyCheck.all(of: verification, inquiry).map(\.value.policy))
        return try identity.policies(inquiry).map(\.id).filter { !known.contains($0) }
    }

    // MARK: Its end

    func requireAcknowledged(_ act: Act) throws {
        try act.require(
            !complianceBy.isNone && !channelBy.isNone, "合规和渠道管理均须知悉后方可办结", "Compliance and channel management acknowledge it first")
    }

    /// 第十四条: tracked to the last.
    func requireAllChecked(_ act: Act) throws {
        let id = ID<ReVerification>(act.record.id)
        let open = try PolicyCheck.all(of: id, act).count { $0.state == .listed }
        try act.require(open == 0, "还有 \(open) 份保单未核查，核查完最后一份方可办结", "\(open) policies are not checked yet; it ends with the last of them")
        let missing = try missing(of: id, act).count
        try act.require(
            missing == 0, "启动后又售出 \(missing) 份保单尚未列入，请先补列并核查", "\(missing) policies were sold since and are not listed; take them in first")
    }
}
