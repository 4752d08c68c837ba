"""steps2.py ROOT: the second part: the desk by values; what a script cannot decide."""
import re, sys, subprocess
from pathlib import Path
root = Path(sys.argv[1])
sys.argv = ['x', str(root)]
def sub(p, *pairs, optional=False):
    p = root / p; t = p.read_text()
    for a, b in pairs:
        if a not in t: print('MISSING', p, a[:80]); continue
        t = t.replace(a, b)
    p.write_text(t)
RES = {'return': 'giveBack', 'open': 'openUp', 'import': 'takeIn'}
def ident(n):
    parts = re.split(r'[ -]', n); n = parts[0] + ''.join(w[:1].upper() + w[1:] for w in parts[1:])
    return RES.get(n, n)
for f in subprocess.run(['git', '-C', str(root), 'ls-files', '*.swift'], capture_output=True, text=True).stdout.split():
    p = root / f
    if not p.exists() or not (f.startswith('Sources/Regulations') or f.startswith('Tests/') or f.startswith('Sources/dianzhang')): continue
    t = o = p.read_text()
    t = re.sub(r'\b(desk\.take)\("([\w ]+)", (\w+)\.self, ', lambda m: f'{m.group(1)}({m.group(3)}.{ident(m.group(2))}, ', t)
    t = re.sub(r'\b(desk\.take|desk\.dryRun|\btake)\("([\w ]+)", of: (\w+)\.name', lambda m: f'{m.group(1)}({m.group(3)}.{ident(m.group(2))}', t)
    t = re.sub(r'\b(desk\.take)\("([\w ]+)", (\w+)\.self, ', lambda m: f'{m.group(1)}({m.group(3)}.{ident(m.group(2))}, ', t)
    t = re.sub(r'\b(takeMany|desk\.dryRun)\("(submit|supplement)"', r'\1(Application.\2', t)
    t = t.replace('act.take(isOpen ? "amend" : "correct"', 'act.take(isOpen ? Customer.amend : Customer.correct')
    t = t.replace('act.take(corrected.contains(customer) ? "correct" : "clear"', 'act.take(corrected.contains(customer) ? Customer.correct : Customer.clear')
    t = t.replace('takeMany("hand in", ', 'takeMany(Slip.handIn, ').replace('takeMany("plan", ', 'takeMany(Plan.plan, ')
    t = t.replace('act.take("go on", on: known.id)', 'act.take(Counter.goOn, on: known.id)')
    if f.endswith('CustomerFile.swift'): t = t.replace('openUp', 'openFile')
    if t != o: p.write_text(t)
K = 'Sources/Kernel/'
sub(K+'Language/Step.swift',
 ('by: Who, notBy: String..., under', 'by: Who, notBy: Step<D>..., under'),
 ('self.notBy = notBy\n', 'self.notBy = notBy.map(\\.name)\n'),
 ('''    package init(_ name: String, _ zh: String, _ en: String, under article: Article, escalatesTo: Who = .head, takes: String? = nil) {
        self.takes = takes
''', '''    package init(_ name: String, _ zh: String, _ en: String, under article: Article, escalatesTo: Who = .head) {
        self.init(name, Words(zh, en), under: article, escalatesTo: escalatesTo, takes: nil)
    }

    package init<D: Document>(_ name: String, _ zh: String, _ en: String, under article: Article, takes step: Step<D>) {
        self.init(name, Words(zh, en), under: article, escalatesTo: .head, takes: step.name)
    }

    private init(_ name: String, _ title: Words, under article: Article, escalatesTo: Who, takes: String?) {
        self.takes = takes
'''),
 ('''        self.name = name
        title = Words(zh, en)
        self.article = article
        self.escalatesTo''','''        self.name = name
        self.title = title
        self.article = article
        self.escalatesTo'''))
sub(K+'Acting/Act.swift',
 ('_ document: D, by step: String, in unit', '_ document: D, by step: Step<D>, in unit'),
 ('            D.self, step, on: nil, principal: .system, place: (unit', '            D.self, step.name, on: nil, principal: .system, place: (unit'),
 ('package func take<D: Document>(_ step: String, on id: ID<D>', 'package func take<D: Document>(_ step: Step<D>, on id: ID<D>'),
 ('try transaction.take(D.self, step, on: id.raw', 'try transaction.take(D.self, step.name, on: id.raw'))
sub(K+'Timekeeping/DutyAct.swift',
 ('package func take<D: Document>(_ step: String, on id', 'package func take<D: Document>(_ step: Step<D>, on id'),
 ('try transaction.take(D.self, step, on: id.raw', 'try transaction.take(D.self, step.name, on: id.raw'),
 ('_ document: D, by step: String, in unit', '_ document: D, by step: Step<D>, in unit'),
 ('try transaction.take(D.self, step, on: nil', 'try transaction.take(D.self, step.name, on: nil'))
sub(K+'Acting/Desk.swift',
 ('''    /// Takes a step with a value, as programs do.
    @discardableResult
    package func take<D: Document>(
        _ step: String, _ type: D.Type, on id''', '''    /// The same by the step's own value, as programs and tests do.
    @discardableResult
    package func take<D: Document>(
        _ step: Step<D>, on id: Int64? = nil, input: [String: JSONValue] = [:], by principal: Principal
    ) async throws -> Taken {
        try await take(step.name, of: D.name, on: id, input: input, by: principal)
    }

    /// Takes a step with a value.
    @discardableResult
    package func take<D: Document>(
        _ step: Step<D>, on id: Int64? = nil, by principal: Principal, in place: (unit: UnitID, holder: PersonID)? = nil,
        _ fill: @escaping @Sendable (inout any Document) throws -> Void
    ) async throws -> Taken {
        try await take(step.name, D.self, on: id, by: principal, in: place, fill)
    }

    private func take<D: Document>(
        _ step: String, _ type: D.Type, on id'''),
 ('''    package func takeMany<D: Document>(
        _ step: String, _ values''', '''    package func takeMany<D: Document>(
        _ step: Step<D>, _ values'''),
 ('results += try await takeTogether(step, values', 'results += try await takeTogether(step.name, values'))
sub(K+'Acting/DryRun.swift',
 ('''    package func dryRun<D: Document>(
        _ step: String, _ values: [D]''', '''    package func dryRun<D: Document>(
        _ step: Step<D>, _ values: [D]'''),
 ('try await dryRun(D.self, step, on: id, by: principal, values.map', 'try await dryRun(D.self, step.name, on: id, by: principal, values.map'))
