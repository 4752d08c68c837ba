import Kernel

/// On a phone what can be done stays at the foot of the page; a wide page has it beside the document and shows no bar.
enum ActBar {
    static func html(_ view: DocumentView, _ type: DocumentType, _ call: Call) -> HTML {
        let own = view.availableSteps.filter { !view.takesOver($0.step, of: type) }
        guard let first = own.first else { return "" }
        let l = call.l, name = first.step.name
        if let place = ActingPlace(of: view, call) { return bar(place.link(l), l) }
        // What asks for nothing is done here; what asks for something is filled in first.
        let asks = !first.step.fields.isEmpty || first.step.signs
        let main: HTML =
            asks
            ? "<a class=\"button act\" href=\"#act-\(name)\">\(first.step.title[l])</a>"
            : "<button class=\"act\" form=\"act-\(name)\">\(first.step.title[l])</button>"
        return bar(main, l)
    }

    private static func bar(_ main: HTML, _ l: Language) -> HTML {
        let more: HTML = "<a class=\"button\" href=\"#acts\">\(l("更多", "More"))</a>"
        return "<div class=\"actbar noprint\" role=\"group\" aria-label=\"\(l("办理", "Act"))\">\(main)\(more)</div>"
    }
}
