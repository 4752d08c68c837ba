"""docs_rename.py ROOT: the documentation after the renames and the static steps."""
import sys, re
from pathlib import Path
root = Path(sys.argv[1])
def sub(p, *pairs):
    p = root / p; t = p.read_text()
    for a, b in pairs:
        if a not in t: print('MISSING', p.name, a[:90]); continue
        t = t.replace(a, b)
    p.write_text(t)
sub('docs/ARCHITECTURE.md',
 ('Start reading at `Sources/CustomerConfidentiality/Loans/Loan.swift`, then `Sources/Kernel/Transaction.swift`', 'Start reading at `Sources/Regulations/CustomerConfidentiality/Loans/Loan.swift`, then `Sources/Kernel/Acting/Transaction.swift`'),
 ('## A step, top to bottom (`Kernel/Transaction.swift`)', '## A step, top to bottom (`Kernel/Acting/Transaction.swift`)'),
 ('─► Papers', '─► Tables'), ('| Papers | CSV and XLSX in and out, streaming. |', '| Tables | CSV and XLSX in and out, streaming. |'),
 ('`Act.keepRefused`', '`Act.keepAsDraft`'), ('A `Hand` may carry', 'A `Principal` may carry'),
 ('| CustomerAuthenticity, CustomerConfidentiality, EnterpriseIT | one regulation each. No regulation names another. |',
  '| Regulations/ | CustomerAuthenticity, CustomerConfidentiality, EnterpriseIT: a target for each regulation. No regulation names another. |'),
 ('''`Tests/TidyTests` reads the imports and fails on an arrow that is not in its list.
''', '''`Tests/TidyTests` reads the imports and fails on an arrow that is not in its list.

The Kernel is a book in chapters:

| chapter | what is in it |
|---|---|
| Language | what a regulation is written in: Document, Form, Field, Step, Who, Deadline, Duty, Finding, and the Catalogue with its check. The only chapter that the author of a regulation opens. |
| Values | what fields hold and how it is spelt: JSONValue, Body. |
| Acting | one step being taken: Desk, Principal, Input, Transaction, Authority, Act, DryRun, RequestKey. |
| Handling | what is done with a task of any document. |
| Organisation | units, posts, people, delegations, and how they end. |
| Rights | who may read what, and what a value may name: Access, Naming, Granting, ReadingLimit. |
| Accounts | log-ins, their requests and their trace. |
| Persisting | how a step goes to disk: Record, IndexKey, UnitOfWork, StepWriter, FileKeeping, migrations. |
| Proving | the ledger as the kernel uses it. |
| Reading | what a person sees of registers, documents, tasks, notices and the charter. |
| Timekeeping | what happens by itself: tasks, clocks, duties, findings, jobs. |
| Searching | by which pieces of text a document is found. |
'''),
 ('''- **Steps and fields are plain static tables**; a mistake in one (an unknown field, an article that no Articles.yaml has) stops the
  program at its start.''', '''- **Steps, clocks and fields are static values** and refer to each other as values; what is still a name (posts, articles, fields that name a
  person or a unit) is checked by `CatalogueCheck` when the program starts, and a mistake stops it in a sentence.'''))
sub('docs/recipes/add-a-document-type.md',
 ('Worked examples: `CustomerConfidentiality/Loans/Loan.swift` and', 'Worked examples in `Sources/Regulations`: `CustomerConfidentiality/Loans/Loan.swift` and'),
 ('3. **Write the steps in the order in which they are taken.** The step', '3. **Write each step as a static value, in the order in which they are taken, and list them in `steps`.** Steps refer to each other as values:\n   `notBy: request`, `act.take(Customer.suspect, on: customer)`. The step'),
 ('`asks:` says', '`fields:` says'), ('`isBinding:`', '`isIrrevocable:`'), ('`act.keepRefused`', '`act.keepAsDraft`'))
sub('docs/recipes/add-a-regulation.md', ('A folder `Sources/<Name>`', 'A folder `Sources/Regulations/<Name>`'), ('= Contents(', '= RegulationContents('),
 ('A target in `Package.swift` that depends on `Kernel`, with', 'A target in `Package.swift` that depends on `Kernel`, with `path: "Sources/Regulations/<Name>"` and'))
