import Store
import WorkCalendar

/// What a value of a document names: another document of a type, a person, a unit.
struct Naming {
    enum Thing: Hashable {
        case document(Int64, type: String)
        case person(PersonID)
        case unit(UnitID)

        init(_ named: FieldKind.Named, _ id: Int64) {
            self =
                switch named {
                case .document(let type): .document(id, type: type)
                case .person: .person(PersonID(id))
                case .unit: .unit(UnitID(id))
                }
        }
    }

    /// With lines `persons.0.leader`.
    let field: String
    let label: Words
    let thing: Thing

    static func all(_ value: JSONValue, _ field: FieldDescription, at path: String) -> [Naming] {
        guard let named = field.kind.named else {
            return value.list.enumerated().flatMap { index, line in
                field.kind.columns.flatMap { all(line[$0.key], $0, at: "\(path).\(index).\($0.key)") }
            }
        }
        return value.each.compactMap(\.whole).map { Naming(field: path, label: field.label, thing: Thing(named, $0)) }
    }

    /// The same words for what is hidden, never was, is of another type or belongs elsewhere.
    var fault: Refusal.Fault {
        .init(
            field: field,
            Words("\(label.zh)：查无此项，或者不能由您选用，请重新选择", "\(label.en): there is no such entry that you may choose; choose again"))
    }
}

/// What a person may name in the documents of a scope, asked once in a transaction. Thousands of rows name the same few things.
final class NamingGate {
    private struct Question: Hashable {
        let principal: Principal
        let scope: UnitID
        let thing: Naming.Thing
    }

    private var known: [Question: Bool] = [:]
    private static let most = 10_000

    /// Those of the things that may be named.
    func allowed(
        among things: Set<Naming.Thing>, by principal: Principal, in scope: UnitID, ask: (Set<Naming.Thing>) throws -> Set<Naming.Thing>
    ) rethrows -> Set<Naming.Thing> {
        if known.count + things.count > Self.most { known.removeAll() }
        let new = things.filter { known[Question(principal: principal, scope: scope, thing: $0)] == nil }
        if !new.isEmpty {
            let found = try ask(new)
            for thing in new { known[Question(principal: principal, scope: scope, thing: thing)] = found.contains(thing) }
        }
        return things.filter { known[Question(principal: principal, scope: scope, thing: $0)] == true }
    }
}

extension Transaction {
    /// Everything that a hand has put in newly and that names something else must be there for this hand: a document that it may read, of
    /// the field's type and of the same scope; a person in service there; an open unit there. What stood in the field before is not asked
    /// again.
    func requireNamed<D: Document>(
        in document: D, since before: PendingStep.Before?, _ record: Record, _ type: DocumentType, by principal: Principal
    ) throws {
        guard !principal.isSystem, !type.naming.isEmpty else { return }
        var new: [Naming] = []
        for place in type.naming {
            let field = type.fields[place], value = D.form.fields[place].read(document)
            if value.isEmpty { continue }
            let known = Set(before.map { Naming.all($0.values[place], field, at: field.key).map(\.thing) } ?? [])
            new += Naming.all(value, field, at: field.key).filter { !known.contains($0.thing) }
        }
        guard !new.isEmpty else { return }
        let allowed = try gate.allowed(among: Set(new.map(\.thing)), by: principal, in: record.scope) { things in
            try known(things, to: principal, in: record.scope)
        }
        var faults: [Refusal.Fault] = []
        for naming in new where !allowed.contains(naming.thing) && !faults.contains(where: { $0.field == naming.field }) {
            faults.append(naming.fault)
        }
        if !faults.isEmpty { throw DeskError.invalid(faults) }
    }

    private func known(_ things: Set<Naming.Thing>, to principal: Principal, in scope: UnitID) throws -> Set<Naming.Thing> {
        var found: Set<Naming.Thing> = []
        var documents: [String: [Int64]] = [:]
        for thing in things {
            switch thing {
            case .document(let id, let type): documents[type, default: []].append(id)
            case .person(let person): if organisation.mayName(person, in: scope, on: now.day) { found.insert(thing) }
            case .unit(let unit): if organisation.mayName(unit, in: scope) { found.insert(thing) }
            }
        }
        for (type, ids) in documents {
            for access in [access(of: principal)] + (accessOfGiver(principal).map { [$0] } ?? []) {
                for part in ids.sorted().chunked(500) {
                    found.formUnion(try readable(part, type, in: scope, access).map { .document($0, type: type) })
                }
            }
        }
        return found
    }

    private func access(of principal: Principal) -> Access {
        desk.access(of: principal.person, organisation, at: now)
    }

    /// What a delegate comes at in the name of the one who delegated.
    private func accessOfGiver(_ principal: Principal) -> Access? {
        principal.behalf.map {
            desk.access(of: $0, organisation, at: now, delegate: principal.person)
        }
    }

    private func readable(_ ids: ArraySlice<Int64>, _ type: String, in scope: UnitID, _ access: Access) throws -> [Int64] {
        let (rule, values) = access.condition(type: type, startingAt: 2)
        var arguments: [Value] = [.int(scope.raw)] + values
        func bind(_ value: Value) -> String {
            arguments.append(value)
            return "$\(arguments.count)"
        }
        let kind = bind(.text(type)), listed = ids.map { bind(.int($0)) }.joined(separator: ", ")
        return try database.all(
            "SELECT d.id FROM document d WHERE d.id IN (\(listed)) AND d.type = \(kind) AND d.scope = $1 AND \(rule)", arguments
        ) { $0.int(0) }
    }

    /// A document that a person may not even know of is absent. Whose delegate the person says to be counts only while the delegation is in
    /// force; a delegation that is not tells nothing of the document.
    /// - Parameter type: what it is thought to be; one of another type is absent.
    func requireVisible(_ id: Int64, of type: String? = nil, to principal: Principal) throws {
        let asked = database
        let type = try type ?? desk.presumedType(of: id, asked)
        let isDelegate = isInForce(principal)
        if try desk.mayRead(id, of: type, access(of: principal), asked) {
            if !isDelegate { throw Self.noDelegation }
            return
        }
        guard isDelegate, let giver = accessOfGiver(principal), try desk.mayRead(id, of: type, giver, asked) else { throw DeskError.absent }
    }

    /// Who acts is active; whoever acts for another does so by a delegation of this moment.
    func requireStanding(_ principal: Principal) throws {
        if principal.isSystem { return }
        guard isInForce(principal) else { throw Self.noDelegation }
        guard organisation.people[principal.person]?.isActive == true else {
            throw DeskError.forbidden(Words("您的账号已停用，不能办理", "Your account is not active any more"))
        }
    }

    private func isInForce(_ principal: Principal) -> Bool {
        principal.behalf.map { organisation.givers(to: principal.person, at: now).contains($0) } ?? true
    }

    private static let noDelegation = DeskError.forbidden(Words("没有这样的委托，或该委托已失效", "There is no such delegation in force"))
}
