import Hummingbird
import Kernel
import Tables

/// 批量导入单位与人员: a file is looked at first, row by row, and taken when the administrator says so. Taken twice it adds nothing.
enum PeopleFilePage {
    private static let here = "/admin/people-file"

    static func add(to routes: Routes) {
        AdministrationForm.add(
            here, to: routes, within: FormLimits(file: 4 << 20, files: 4 << 20), show: { try await show($0, $1, $2) }, take: [:],
            tell: ["preview": preview, "take": take])
        routes.page("\(here)/template.xlsx") { call in
            try call.mustAdminister()
            return .download(
                try template(call), name: "\(call.l("单位与人员", "Units and people")).xlsx", type: RegisterExport.Format.xlsx.type)
        }
    }

    private static func template(_ call: Call) throws -> TemporaryFile {
        let l = call.l, file = try TemporaryFile()
        let writer = try XLSXWriter(
            path: file.path, sheet: l("单位与人员", "Units and people"), header: PeopleFile.header(l), widths: [32, 14, 16, 20, 12, 20])
        let posts = call.catalogue.posts.values.map { $0.title[l] }.sorted()
        writer.offer(posts, inColumn: 3, rows: PeopleFile.mostRows)
        writer.offer(Level.allCases.map { $0.words[l] }, inColumn: 4, rows: PeopleFile.mostRows)
        writer.explain(
            l("填表说明", "How to fill it in"), [l("栏目", "Column"), l("说明", "Explanation")],
            [
                [
                    PeopleFile.header(l)[0],
                    l(
                        "从上到下写，用“/”隔开，如 公司/客户服务部；上级可省略，但有同名单位时须写全；没有的单位会新设",
                        "from the top down with / between, such as Company/Customer service; what is above may be left out unless several "
                            + "have the name; units that are missing are added"),
                ],
                [PeopleFile.header(l)[1], l("必填", "needed")],
                [PeopleFile.header(l)[2], l("必填；每人一个，不要用姓名以外的个人信息", "needed; one a person")],
                [
                    PeopleFile.header(l)[3],
                    l("不填为一般员工；一人任几个岗位的，写几行。可填：", "left empty, a member of staff; a row for each post. Choices: ")
                        + posts.joined(separator: l("、", ", ")),
                ],
                [PeopleFile.header(l)[4], l("不填为内部", "left empty, internal")], [PeopleFile.header(l)[5], l("选填", "optional")],
            ])
        try writer.close()
        return file
    }

    private static func show(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> Response {
        try await page(call, faults, upload(call, faults))
    }

    private static func page(_ call: Call, _ faults: [Refusal.Fault], _ body: HTML) async throws -> Response {
        try await AdministrationForm.page(call, call.l("批量导入单位与人员", "Units and people by file"), here: here, faults, body)
    }

    private static func upload(_ call: Call, _ faults: [Refusal.Fault]) -> HTML {
        let l = call.l
        return """
            <form class="sheet pad" method="post" action="\(here)/preview" enctype="multipart/form-data">\(call.csrf)
            <p>\(l("一行一人一岗：单位、姓名、登录名、岗位。先预览，确认后才新增；已有的不会重复。",
                "A row for each post of a person: unit, name, log-in name, post. It is looked at first and taken after you confirm; what is there already is not doubled."))
            <a href="\(here)/template.xlsx">\(l("下载模板（XLSX，含选项和填表说明）", "Template (XLSX, with choices and explanations)"))</a></p>
            <div class="field"><label for="file">\(l("文件（XLSX 或 CSV）", "File (XLSX or CSV)"))</label>
            <input id="file" name="file" type="file" accept=".xlsx,.csv" data-drop></div>
            <button class="act">\(l("预览", "Preview"))</button></form>
            """
    }

    @Sendable private static func preview(_ call: Call, _ form: FormData) async throws -> Response {
        guard let file = form.files("file").first, case .bytes(let bytes) = file.content, !bytes.isEmpty else {
            throw DeskError.invalid([.init(field: "file", Words("请选择文件", "Choose a file"))])
        }
        let read: PeopleFile
        do {
            read = try PeopleFile(bytes, name: file.name)
        } catch let error as PaperError {
            throw DeskError.invalid([.init(field: "file", Words(error.zh, error.en))])
        }
        guard !read.rows.isEmpty, read.rows.count <= PeopleFile.mostRows else {
            throw DeskError.invalid([
                .init(
                    field: "file",
                    Words("文件应有 1 至 \(PeopleFile.mostRows) 行，请分成几个文件", "The file must have from 1 to \(PeopleFile.mostRows) rows; split it")
                )
            ])
        }
        let planned = PlannedPerson.plan(read, call), wrong = planned.count { !$0.faults.isEmpty }, l = call.l
        let note = l(
            wrong == 0 ? "共 \(planned.count) 行，没有问题。" : "共 \(planned.count) 行，其中 \(wrong) 行有问题，不会导入；请改正文件后重新上传，或先导入其余的行。",
            wrong == 0
                ? "\(planned.count) rows, nothing wrong."
                : "\(planned.count) rows, \(wrong) of them at fault and left out; correct the file, or take the others first.")
        return try await page(
            call, [],
            """
            <form class="sheet pad" method="post" action="\(here)/take">\(call.csrf)<input type="hidden" name="rows" value="\(read.kept)">
            <p>\(note)</p><div class="row"><button class="act"\(" disabled", if: wrong == planned.count)>\(l("确认导入", "Take them"))</button>
            <a class="button" href="\(here)">\(l("重新选择", "Choose again"))</a></div></form>\(added(planned, call))\(table(planned, call))
            """)
    }

    /// Every unit that would be made, with its whole path: one that stands in the wrong place is bound by no regulation.
    private static func added(_ planned: [PlannedPerson], _ call: Call) -> HTML {
        let l = call.l
        var paths: [[String]] = []
        for path in planned.filter(\.faults.isEmpty).flatMap(\.unit.added) where !paths.contains(path) { paths.append(path) }
        if paths.isEmpty { return "" }
        let lines = paths.map { path -> HTML in
            let top: HTML =
                path.count > 1
                ? "" : "<span class=\"late\">\(l("最上级单位，不在任何现有单位之下", "at the top, below no unit that there is"))</span>"
            return "<li><span>\(l("新设：", "New: "))\(UserText.html(path.joined(separator: " / "), l))</span>\(top)</li>"
        }
        return """
            <section class="sheet"><header><h2>\(l("将新设的单位", "Units that will be made"))</h2></header>\
            <ul class="lines">\(lines)</ul></section>
            """
    }

    private static func table(_ planned: [PlannedPerson], _ call: Call) -> HTML {
        let l = call.l
        let heads = [l("行号", "Row"), l("单位", "Unit"), l("姓名", "Name"), l("登录名", "Log-in"), l("岗位", "Post"), l("结果", "What becomes of it")]
        let rows = planned.map { one -> HTML in
            let unit: HTML =
                "\(UserText.html(one.unit.path.joined(separator: "/"), l))\(" <span class=\"state open\">\(l("新设", "new"))</span>", if: !one.unit.added.isEmpty)"
            let result: HTML =
                one.faults.isEmpty
                ? HTML(one.person == nil ? l("新增人员并任职", "added and appointed") : l("已有此人，任职", "there already; appointed"))
                : "<span class=\"late\">\(one.faults.map { $0[l] }.joined(separator: l("；", "; ")))</span>"
            let cells: [HTML] = [
                "\(one.row.line)", unit, UserText.html(one.row.name, l), "<code>\(one.row.login)</code>",
                one.post.map { HTML($0.title[l]) } ?? UserText.html(one.row.post, l), result,
            ]
            return "<tr>\(zip(heads, cells).map { "<td data-label=\"\($0)\"><span>\($1)</span></td>" as HTML })</tr>"
        }
        return """
            <section class="sheet"><div class="scroll"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>\
            <tbody>\(rows)</tbody></table></div></section>
            """
    }

    // MARK: Taking

    @Sendable private static func take(_ given: Call, _ form: FormData) async throws -> Response {
        var call = given
        var words: [(person: PlannedPerson, word: OneTimeWord)] = [], faults: [Refusal.Fault] = [], done = 0
        let file = PeopleFile(kept: form["rows"])
        // Where each row belongs is as the preview said, whatever became of those above.
        for (row, plan) in zip(file.rows, PlannedPerson.plan(file, given)) {
            // A row above may have added its unit, or the same person.
            call.organisation = try await call.desk.organisation()
            let planned = PlannedPerson(row, in: plan.unit.looked(upIn: call.organisation), call, earlier: nil)
            guard planned.faults.isEmpty, let post = planned.post else { continue }
            do {
                let unit = try await unit(of: planned, call)
                let person = try await person(planned, call) { words.append((planned, $0)) }
                try await appoint(person, unit, post, call)
                done += 1
            } catch DeskError.invalid(let wrong) {
                faults += wrong.map { fault($0.words, row) }
            } catch DeskError.conflict(let told), DeskError.forbidden(let told) {
                // Such as the administrator's own post: the words of those above are shown this once, and are not lost by it.
                faults.append(fault(told, row))
            }
        }
        call.organisation = try await call.desk.organisation()
        return try await page(call, faults, told(done, of: file.rows.count, words, call))
    }

    private static func fault(_ told: Words, _ row: PeopleFile.Row) -> Refusal.Fault {
        .init(field: "", Words("第 \(row.line) 行：\(told.zh)", "Row \(row.line): \(told.en)"))
    }

    private static func unit(of planned: PlannedPerson, _ call: Call) async throws -> UnitID {
        var unit = planned.unit.standing.unit
        for name in planned.unit.path.dropFirst(planned.unit.standing.count) {
            unit = UnitID(try await call.desk.administer(.addUnit(parent: unit, zh: name, en: ""), by: Principal(call.person)))
        }
        return unit ?? .none
    }

    private static func person(_ planned: PlannedPerson, _ call: Call, given: (OneTimeWord) -> Void) async throws -> PersonID {
        if let person = planned.person { return person.id }
        let word = OneTimeWord(), row = planned.row
        let hash = try await call.edge.passwords.make(word.text)
        let id = PersonID(
            try await call.desk.administer(
                .addPerson(login: row.login, zh: row.name, en: row.english, clearance: planned.level, administrator: false),
                by: Principal(call.person)))
        try await call.desk.administer(.giveWord(id, hash: hash), by: Principal(call.person))
        given(word)
        return id
    }

    private static func appoint(_ person: PersonID, _ unit: UnitID, _ post: Post, _ call: Call) async throws {
        let holdsIt = call.organisation.holdings(of: person, on: call.today).contains { $0.unit == unit && $0.post == post.id }
        if holdsIt { return }
        try await call.desk.administer(.appoint(person, unit, post: post.id, from: call.today, to: nil), by: Principal(call.person))
    }

    /// The one-time words, shown this once.
    private static func told(
        _ done: Int, of all: Int, _ words: [(person: PlannedPerson, word: OneTimeWord)], _ call: Call
    ) -> HTML {
        let l = call.l
        let left = all == done ? "" : l("未导入 \(all - done) 行。", " \(all - done) rows left out.")
        let rows = words.map { one -> HTML in
            """
            <tr><td data-label="\(l("姓名", "Name"))">\(UserText.html(one.person.row.name, l))</td><td data-label="\(l("登录名", "Log-in"))">\
            <code>\(one.person.row.login)</code></td><td data-label="\(l("一次性口令", "One-time word"))"><code>\(one.word.text)</code></td></tr>
            """
        }
        let table: HTML =
            rows.isEmpty
            ? ""
            : """
            <section class="sheet"><header><h2>\(l("一次性口令（只显示这一次，请打印或抄下后分别告知本人）", "One-time words, shown this once: print them, and tell each person the own one"))</h2></header>\
            <div class="scroll"><table class="stack"><thead><tr><th scope="col">\(l("姓名", "Name"))</th><th scope="col">\(l("登录名", "Log-in"))</th>\
            <th scope="col">\(l("一次性口令", "One-time word"))</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
        return """
            <div class="note" role="status" tabindex="-1" data-focus><p><b>\(l("已导入 \(done) 行，新增 \(words.count) 人。", "\(done) rows taken, \(words.count) people added."))\(left)</b>
            <a href="/admin/persons">\(l("人员与岗位", "People and posts"))</a></p></div>\(table)\(upload(call, []))
            """
    }
}
