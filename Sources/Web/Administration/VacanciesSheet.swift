import Kernel
import WorkCalendar

/// 空缺岗位: posts that an adopted regulation needs and nobody holds.
enum VacanciesSheet {
    static func html(_ call: Call) async throws -> HTML {
        let l = call.l
        let vacancies = try await call.desk.vacancies()
        if vacancies.isEmpty { return "" }
        let lines = vacancies.map { vacancy -> HTML in
            let since = vacancy.since.map { l("自 \(l.day($0)) 起空缺", "vacant since \(l.day($0))") } ?? l("尚未任命", "never appointed")
            let waiting: HTML =
                vacancy.waiting == 0
                ? ""
                : "<span class=\"clock late\">\(l("\(vacancy.waiting) 件待办等待", "\(vacancy.waiting) waiting"))</span>"
            return """
                <li class="vacant"><span><b>\(vacancy.title[l])</b> \(call.organisation.name(vacancy.unit)[l])<br><span class="quiet">\(since)</span></span>\(waiting)</li>
                """
        }
        return """
            <section class="sheet"><header><h2>\(l("空缺岗位", "Vacant posts"))</h2></header><ul class="lines">\(lines)</ul></section>
            """
    }
}
