import Kernel
import WorkCalendar

extension Act {
    /// Lets those see this document of a practice whom the regulation names for it (`Practice.seenBy`), as long as they hold the post.
    func letWatchersSee<D: Document>(_ type: D.Type, under law: String) throws {
        for (person, post) in watchers(of: type, under: law) where try !may(.read, ID<D>(record.id), person) {
            try grant(person, as: post, until: now.adding(days: 3650), "岗位查阅", "Seen by the post")
        }
    }
}

extension Inquiry {
    fileprivate func watchers<D: Document>(of type: D.Type, under law: String) -> [(person: PersonID, post: Post)] {
        guard let practice = practices(of: type).first(where: { $0.article.key == law }) else { return [] }
        return practice.seenBy.flatMap { post in
            organisation.holders(of: post.id, within: scope, on: today).map { (person: $0, post: post) }
        }
    }
}

extension DutyAct {
    /// Whoever came into such a post since sees what was laid before.
    func letWatchersSee<D: Document>(_ documents: [Found<D>], _ law: (D) -> String, by step: Step<D>) throws {
        for document in documents {
            let isHidden = try watchers(of: D.self, under: law(document.value)).contains { try !may(.read, document.id, $0.person) }
            if isHidden { try take(step, on: document.id) }
        }
    }
}
