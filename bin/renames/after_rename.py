"""after_rename.py ROOT: Package.swift, the tidy tests' tables, docs."""
import re, sys
from pathlib import Path
r = Path(sys.argv[1])
p = r/'Package.swift'; t = p.read_text()
t = t.replace('"Papers"', '"Tables"').replace('"PapersTests"', '"TablesTests"')
for n in ['CustomerConfidentiality', 'EnterpriseIT']:
    t = t.replace(f'.target(name: "{n}", dependencies: ["Kernel"], resources: [.embedInCode("Articles.yaml")]),',
                  f'.target(\n            name: "{n}", dependencies: ["Kernel"], path: "Sources/Regulations/{n}",\n            resources: [.embedInCode("Articles.yaml")]),')
t = t.replace('name: "CustomerAuthenticity", dependencies: ["Kernel", "Identifiers", "WorkCalendar", "Tables"],',
              'name: "CustomerAuthenticity", dependencies: ["Kernel", "Identifiers", "WorkCalendar", "Tables"],\n            path: "Sources/Regulations/CustomerAuthenticity",')
for a in ['foundation.sql', 'witness.sql', 'rows.sql']:
    t = t.replace(f'.embedInCode("{a}")', f'.embedInCode("Persisting/{a}")')
t = t.replace('.embedInCode("pinyin-initials.txt")', '.embedInCode("Searching/pinyin-initials.txt")')
p.write_text(t)
p = r/'Tests/TidyTests/TidyTests.swift'; t = p.read_text()
t = t.replace('"Papers"', '"Tables"')
t = t.replace('''        var target: String { String(path.split(separator: "/")[1]) }''',
'''        var target: String {
            let parts = path.split(separator: "/")
            return String(parts[1] == "Regulations" ? parts[2] : parts[1])
        }''')
t = t.replace('Sources/CustomerConfidentiality/', 'Sources/Regulations/CustomerConfidentiality/').replace('Sources/EnterpriseIT/', 'Sources/Regulations/EnterpriseIT/').replace('Sources/CustomerAuthenticity/', 'Sources/Regulations/CustomerAuthenticity/')
p.write_text(t)

p = r/'Tests/TidyTests/TidyTests.swift'; t = p.read_text()
if 'noFileHoldsTwoVersions' not in t:
    t = t.replace('''    /// Arrows point one way. What a target''', '''    @Test func noFileHoldsTwoVersions() {
        for file in ["Sources", "Tests", "bench", "bin", "docs", "soak"].flatMap({ Self.files(under: $0, "") }) {
            for (number, line) in file.lines.enumerated() where line.hasPrefix("<<<<" + "<<< ") || line.hasPrefix(">>>>" + ">>> ") {
                Issue.record("\\(file):\\(number + 1): a merge that nobody ended; choose one version")
            }
        }
    }

    /// Arrows point one way. What a target''', 1)
    p.write_text(t)
