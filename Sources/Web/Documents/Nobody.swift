import Kernel

/// A request that nobody could decide: it is said before, with the post that is vacant and who can fill it. What anybody may ask for
/// himself is not taken then; what is entered in a book, or reported as an alarm, is never turned away for it.
enum Nobody {
    static func note(_ type: DocumentType, _ step: DocumentType.Step, _ call: Call) -> HTML {
        guard let words = words(type, step, call) else { return "" }
        return "<div class=\"note\" role=\"status\"><p>\(words[call.l])</p></div>"
    }

    static func refusal(_ type: DocumentType, _ step: DocumentType.Step, _ call: Call) -> Refusal? {
        isTurnedAway(type, step, call) ? words(type, step, call).map { Refusal(article: step.articles.first, words: $0) } : nil
    }

    private static func isTurnedAway(_ type: DocumentType, _ step: DocumentType.Step, _ call: Call) -> Bool {
        let isAlarm = call.catalogue.contents.contains { $0.alarm.map { $0.name == type.name } ?? false }
        return step.by == .staff && !isAlarm
    }

    private static func words(_ type: DocumentType, _ step: DocumentType.Step, _ call: Call) -> Words? {
        let vacant = type.vacant(after: step, for: call.person, call.organisation, on: call.today)
        if vacant.isEmpty { return nil }
        let posts = Words(vacant.map(\.zh).joined(separator: "、"), vacant.map(\.en).joined(separator: ", "))
        let names = call.organisation.people.values.filter { $0.isActive && $0.isAdministrator }.map(\.words).sorted { $0.zh < $1.zh }
        let who = Words(
            names.isEmpty ? "系统管理员" : "系统管理员（\(names.prefix(3).map(\.zh).joined(separator: "、"))）",
            names.isEmpty ? "an administrator" : "an administrator (\(names.prefix(3).map(\.en).joined(separator: ", ")))")
        if isTurnedAway(type, step, call) {
            return Words(
                "暂不能提交：下一步由\(posts.zh)办理，目前无人任职。请\(who.zh)在“人员与岗位”任命后再提交",
                "It cannot be sent yet: the next step is for \(posts.en), and nobody holds that post. Ask \(who.en) to appoint somebody under "
                    + "“People and posts”, and send it then")
        }
        return Words(
            "下一步由\(posts.zh)办理，目前无人任职：登记后要等任命后才能办理。请联系\(who.zh)",
            "The next step is for \(posts.en), and nobody holds that post: it will wait until somebody is appointed. Ask \(who.en)")
    }
}
