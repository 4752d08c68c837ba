"""check.py ROOT: the catalogue's check in its place."""
import sys, shutil
from pathlib import Path
root = Path(sys.argv[1])
shutil.copy(Path(__file__).parent/'CatalogueCheck.swift.txt', root/'Sources/Kernel/Language/CatalogueCheck.swift')
shutil.copy(Path(__file__).parent/'CatalogueCheckTests.swift.txt', root/'Tests/KernelTests/CatalogueCheckTests.swift')
def sub(p, *pairs):
    p = root / p; t = p.read_text()
    for a, b in pairs:
        if a not in t: print('MISSING', p, a[:90]); continue
        t = t.replace(a, b)
    p.write_text(t)
sub('Sources/Kernel/Language/Catalogue.swift',
('''        for article in contents.compactMap(\\.readings) {
            precondition(articles[article.key] != nil, "readings are under \\(article.key), which no Articles.yaml has")
        }
''', ''),
('''        for type in types {
            for article in type.steps.flatMap(\\.articles) + type.deadlines.map(\\.article) + type.findings.map(\\.article) {
                precondition(articles[article.key] != nil, "\\(type.name) names \\(article.key), which no Articles.yaml has")
            }
        }
''', ''),
('''        typesByName = Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0) })
''', '''        let mistakes = CatalogueCheck(contents, types).mistakes
        precondition(mistakes.isEmpty, mistakes.joined(separator: "\\n"))
        typesByName = Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0) })
'''),
('''    package init(_ contents: [RegulationContents]) {
        self.contents = contents
        types = contents.flatMap { contents in
            contents.documents.map { DocumentType.describing($0, in: contents.regulation, contents.findings) }
        }
''', '''    package init(_ contents: [RegulationContents]) {
        self.contents = contents
        types = Self.types(contents)
'''),
('''    package func type(_ name: String) -> DocumentType? {''', '''    private static func types(_ contents: [RegulationContents]) -> [DocumentType] {
        contents.flatMap { contents in
            contents.documents.map { DocumentType.describing($0, in: contents.regulation, contents.findings) }
        }
    }

    /// What is wrong with tables, a sentence each; with any, the program does not start.
    package static func mistakes(in contents: [RegulationContents]) -> [String] { CatalogueCheck(contents, types(contents)).mistakes }

    package func type(_ name: String) -> DocumentType? {'''),
('''        let known = Set(fields.map(\\.key))
        for step in steps {
            for key in step.fields { precondition(known.contains(key), "\\(name).\\(step.name) asks for \\(key), not in the form") }
        }
        precondition(steps.contains { $0.creates }, "\\(name) has no step that creates it")
        // Words of the API's addresses.
        for word in ["reveal", "export"] { precondition(!steps.contains { $0.name == word }, "\\(name): no step is called \\(word)") }
''', ''))
