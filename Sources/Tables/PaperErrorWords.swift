/// The sentences. Chinese first, English second; the line, where there is one, is part of the sentence.
extension PaperError {
    package var zh: String {
        switch self {
        case .cannotOpen(let path, let cause): "打不开文件 \(path)：\(cause.zh)。请核对路径和权限后再试。"
        case .cannotRead(let line, let cause): "读到第 \(line) 行附近时出错：\(cause.zh)。请把文件复制到本机磁盘后再试。"
        case .empty: "文件是空的。请放入第一行为表头的表格。"
        case .utf16: "文件是 UTF-16 编码，不能读取。请另存为“CSV UTF-8”或 XLSX。"
        case .oldWorkbook: "这是旧版 XLS 或加了密码的工作簿。请去掉密码，另存为 XLSX 或“CSV UTF-8”。"
        case .notATable: "这是压缩包，但不是 XLSX 工作簿。请放入 CSV 或 XLSX 文件。"
        case .webPage: "这是网页（HTML）或 XML 表格，只是名字像工作簿。请用 Excel 或 WPS 打开，另存为 XLSX 再导入。"
        case .lockFile: "这是办公软件打开文件时留下的临时文件。请选不带“~$”的那个文件。"
        case .badText(let line, let expected): "第 \(line) 行不是有效的 \(expected.name) 文字。请改正这一行，或把整个文件另存为“CSV UTF-8”。"
        case .mixedEncodings(let line): "第 \(line) 行的编码与前面不同（GB18030 中混有 UTF-8）。请把整个文件统一另存为“CSV UTF-8”。"
        case .cutOff(let line): "文件在第 \(line) 行的一个字中间断了，大概没有传完。请重新取得完整的文件。"
        case .nul(let line): "第 \(line) 行有空字符（NUL）。这不是文本表格，或文件已损坏；请重新导出为“CSV UTF-8”。"
        case .unclosedQuote(let line): "第 \(line) 行开始的引号没有闭合。请在该栏末尾补上引号，栏内的引号写两遍。"
        case .tooManyColumns(let line, let limit): "第 \(line) 行超过 \(limit) 列。请核对分隔符，或删去多余的列。"
        case .fieldTooLong(let line, let column, let limit): "第 \(line) 行第 \(column) 列超过 \(limit) 字节。请缩短该栏，并核对引号是否闭合。"
        case .rowTooLong(let line, let limit): "第 \(line) 行超过 \(limit) 字节。请核对换行和引号。"
        case .stillBeingWritten(let line): "文件还在写入，第 \(line) 行只有半行。请等写完后再读。"
        case .shrank(let line): "文件在读取时变短了，读到第 \(line) 行。请等它不再变动后再读。"
        case .grew: "文件在读取时变长了，后来加的行没有读。请等写完后再运行一次。"
        case .missingColumns(let names, let line):
            "第 \(line) 行应是表头，缺少这些列：\(names.map { $0.split(separator: "/").last ?? "" }.joined(separator: "、"))。请补上表头后再读。"
        case .wideSeparator(let line): "第 \(line) 行的列名之间是全角逗号，无法分列。请改为半角逗号，或另存为 XLSX。"
        case .doubledColumn(let first, let firstIndex, let second, let secondIndex, let line):
            "第 \(line) 行表头有两列意思相同：第 \(firstIndex + 1) 列“\(first)”和第 \(secondIndex + 1) 列“\(second)”。请删去或改名其中一列。"
        case .damagedWorkbook(let part, let line):
            "工作簿的 \(part) \(line.map { "在第 \($0) 行附近" } ?? "")已损坏。请用表格软件打开，另存为新的 XLSX。"
        case .workbookTooLarge(let part, let limit): "工作簿的 \(part) 解开后超过允许的大小（\(limit) 字节）。请拆成几个文件，或另存为“CSV UTF-8”。"
        case .declaresEntities(let part): "工作簿的 \(part) 带有实体声明，正常的 XLSX 不会有，已拒绝。请用表格软件另存为新的 XLSX。"
        case .noSuchSheet(let name, let present): "没有名为“\(name)”的工作表。现有：\(present.joined(separator: "、"))。"
        case .noSheetFits(let missing, let sheets, let hidden):
            (sheets.isEmpty
                ? "没有可见的工作表。"
                : "没有一个可见的工作表（\(sheets.joined(separator: "、"))）有全部所需的列，缺少：\(PaperError.names(missing, isChinese: true))。")
                + (hidden.isEmpty ? "请补上表头后再读。" : "隐藏的工作表“\(hidden.joined(separator: "、"))”有这些列，确要读取请指明该工作表。")
        case .rowsOutOfOrder(let part, let line):
            "工作簿的 \(part) 从第 \(line) 行起次序错乱，且表太大或有合并单元格，无法重排。请用表格软件打开，另存为新的 XLSX。"
        case .cannotWrite(let path, let cause): "写不了 \(path)：\(cause.zh)。请核对路径和权限后再试。"
        case .diskFull(let path): "写 \(path) 时磁盘已满，没有留下半截文件。请腾出空间后再试。"
        case .tooManyRows(let limit): "XLSX 工作表最多 \(limit) 行。请改用 CSV，或分成几个文件。"
        case .unwritableText(let row, let column): "第 \(row) 行第 \(column) 列的文字放不进 XLSX（超过 32767 字或含有空字符）。请缩短它，或改用 CSV。"
        }
    }

    package var en: String {
        switch self {
        case .cannotOpen(let path, let cause): "Cannot open \(path): \(cause.en). Check the path and the permission."
        case .cannotRead(let line, let cause): "Reading failed near line \(line): \(cause.en). Copy the file to a local disk and try again."
        case .empty: "The file is empty. Give a table whose first line is the header."
        case .utf16: "The file is in UTF-16, which is not read. Save it as \"CSV UTF-8\" or XLSX."
        case .oldWorkbook: "This is an old XLS workbook, or one with a password. Remove the password and save it as XLSX or \"CSV UTF-8\"."
        case .notATable: "This is a ZIP archive, but not an XLSX workbook. Give a CSV or an XLSX file."
        case .webPage:
            "This is a web page (HTML) or an XML table under the name of a workbook. Open it in Excel or WPS and save it as XLSX."
        case .lockFile: "This is what an office program leaves beside a file that it has open. Choose the file without \"~$\" in its name."
        case .badText(let line, let expected):
            "Line \(line) is not valid \(expected.name). Correct this line, or save the whole file as \"CSV UTF-8\"."
        case .mixedEncodings(let line):
            "Line \(line) is encoded otherwise than the lines before (UTF-8 within GB18030). Save the whole file as \"CSV UTF-8\"."
        case .cutOff(let line): "The file ends within a character on line \(line): it was probably cut off. Fetch the whole file again."
        case .nul(let line):
            "Line \(line) has a NUL byte. This is no text table, or the file is damaged; export it again as \"CSV UTF-8\"."
        case .unclosedQuote(let line):
            "The quote opened on line \(line) is never closed. Close it at the end of the field, and double the quotes within a field."
        case .tooManyColumns(let line, let limit): "Line \(line) has more than \(limit) columns. Check the separator, or remove columns."
        case .fieldTooLong(let line, let column, let limit):
            "Line \(line), column \(column) is longer than \(limit) bytes. Shorten it, and check that its quotes are closed."
        case .rowTooLong(let line, let limit): "Line \(line) is longer than \(limit) bytes. Check the line ends and the quotes."
        case .stillBeingWritten(let line): "The file is still being written: line \(line) is only half there. Wait until it is complete."
        case .shrank(let line): "The file became shorter while it was read, at line \(line). Wait until it no longer changes."
        case .grew: "The file grew while it was read; the rows added since were not read. Wait until it is complete and run this again."
        case .missingColumns(let names, let line):
            "Line \(line) should be the header and lacks these columns: \(names.map { $0.split(separator: "/").first ?? "" }.joined(separator: ", ")). Add them and try again."
        case .wideSeparator(let line):
            "The names on line \(line) have full-width commas between them. Use plain commas, or save the table as XLSX."
        case .doubledColumn(let first, let firstIndex, let second, let secondIndex, let line):
            "The header on line \(line) has two columns of one meaning: column \(firstIndex + 1) \"\(first)\" and "
                + "column \(secondIndex + 1) \"\(second)\". Remove or rename one of them."
        case .damagedWorkbook(let part, let line):
            "\(part) of the workbook is damaged\(line.map { " near row \($0)" } ?? ""). "
                + "Open it in a spreadsheet program and save it as a new XLSX."
        case .workbookTooLarge(let part, let limit):
            "\(part) of the workbook unpacks to more than is allowed (\(limit) bytes). Split the file, or save it as \"CSV UTF-8\"."
        case .declaresEntities(let part):
            "\(part) of the workbook declares entities, which a proper XLSX never does; it is refused. Save it as a new XLSX."
        case .noSuchSheet(let name, let present): "There is no sheet named \"\(name)\". There are: \(present.joined(separator: ", "))."
        case .noSheetFits(let missing, let sheets, let hidden):
            (sheets.isEmpty
                ? "No sheet is visible. "
                : "No visible sheet (\(sheets.joined(separator: ", "))) has all the columns; lacking are: "
                    + "\(PaperError.names(missing, isChinese: false)). ")
                + (hidden.isEmpty
                    ? "Add them and try again."
                    : "The hidden sheet \(hidden.joined(separator: ", ")) has them; name the sheet if it is the one to be read.")
        case .rowsOutOfOrder(let part, let line):
            "The rows of \(part) stand out of order from row \(line), in a sheet too large or with merged cells, so that they cannot be put in "
                + "order. Open it in a spreadsheet program and save it as a new XLSX."
        case .cannotWrite(let path, let cause): "Cannot write \(path): \(cause.en). Check the path and the permission."
        case .diskFull(let path): "The disk is full while writing \(path); no half file was left. Make room and try again."
        case .tooManyRows(let limit): "An XLSX sheet holds at most \(limit) rows. Use CSV, or several files."
        case .unwritableText(let row, let column):
            "Row \(row), column \(column) has text that XLSX cannot hold (over 32,767 characters, or a NUL). Shorten it, or use CSV."
        }
    }
}

extension PaperError {
    private static func names(_ columns: [String], isChinese: Bool) -> String {
        columns.map { column in
            let names = column.split(separator: "/")
            return String((isChinese ? names.last : names.first) ?? "")
        }
        .joined(separator: isChinese ? "、" : ", ")
    }
}

extension PaperError: CustomStringConvertible {
    package var description: String { "\(zh) \(en)" }
}
