import Kernel

/// What would become of one document among several, were the step taken now.
enum Prospect {
    case free
    /// The form asks for what it lacks yet.
    case incomplete
    case refused(Words, Article?)

    var isAble: Bool { if case .refused = self { false } else { true } }

    func html(_ call: Call) -> HTML {
        let l = call.l
        switch self {
        case .free: return "<span class=\"state done\">\(l("可办理", "can be taken"))</span>"
        case .incomplete: return "<span class=\"state open\">\(l("填写下列各项后可办理", "can be taken once what is below is filled in"))</span>"
        case .refused(let words, let article):
            let link = ArticleName.links(article.map { [$0] } ?? [], in: call.catalogue, named: true, l)
            return "<span class=\"state no\">\(l("不能办理", "cannot be taken"))</span><br><span class=\"wrong\">\(words[l])</span> \(link)"
        }
    }
}

extension Batch {
    /// By a dry run with what the form holds so far, in the same name and with the same rights as the step itself: nothing of it stands.
    /// - Returns: `nil` where the document is not there any more for this person.
    func prospect(of item: Item, _ input: FormInput) async throws -> Prospect? {
        let id = item.view.row.id
        do {
            guard let offered = item.offered else {
                if item.view.gate != nil { return .refused(Self.unstated, nil) }
                let told = try await call.desk.dryRun(step.name, of: type.name, on: id, by: Principal(call.person))
                // What it waits for is not this person's to do, though nothing of the step itself is against it.
                if case .success = told { return .refused(Self.gone, nil) }
                return prospect(told, lacking: [])
            }
            let told = try await call.desk.dryRun(
                step.name, of: type.name, on: id, input: handed(offered, input), by: Principal(call.person, onBehalfOf: offered.behalf))
            return prospect(told, lacking: asked.map(\.key).filter { offered.values[$0]?.isEmpty ?? true })
        } catch DeskError.absent {
            return nil
        } catch let error as DeskError {
            return .refused(ErrorResponse(error).words, nil)
        } catch let error where ErrorResponse.keepsForm(error) {
            // It is judged when it is taken; the page is there also when nobody can judge just now.
            return .free
        }
    }

    private static let unstated = Words("须先说明查阅目的，请打开单据办理", "What it is read for is stated first; open the document and act there")

    /// - Parameter lacking: the fields that the form asks for on this document's behalf: what is wrong with them alone is no refusal.
    private func prospect(_ told: Result<Desk.Taken, any Error>, lacking: [String]) -> Prospect {
        switch told {
        case .success(let taken):
            guard let refusal = taken.refusal else { return .free }
            return .refused(refusal.words, refusal.article)
        case .failure(DeskError.invalid(let faults)): return prospect(faults, ErrorResponse(DeskError.invalid(faults)).words, nil, lacking)
        case .failure(let refusal as Refusal): return prospect(refusal.faults, refusal.words, refusal.article, lacking)
        case .failure(let error): return .refused(ErrorResponse(error).words, nil)
        }
    }

    private func prospect(_ faults: [Refusal.Fault], _ words: Words, _ article: Article?, _ lacking: [String]) -> Prospect {
        if faults.isEmpty { return .refused(words, article) }
        let rest = faults.filter { !lacking.contains(String($0.field.prefix { $0 != "." })) }
        guard let first = rest.first else { return .incomplete }
        let said = Words(rest.map(\.words.zh).joined(separator: "；"), rest.map(\.words.en).joined(separator: "; "))
        return .refused(said, first.article ?? article)
    }
}
