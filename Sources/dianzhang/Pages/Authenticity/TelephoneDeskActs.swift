import CustomerAuthenticity
import Kernel
import Web

/// What the forms of the telephone desk do.
extension TelephoneDeskPage {
    func act(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let found = try await found(request)
        do {
            switch form["do"] {
            case "answer": return try await answer(request, form, found)
            case "send": return try await send(request, found)
            case "code":
                return try await take(TelephoneQuery.enterCode, ["typedCode": .text(form["typedCode"])], request, found)
            case "dial": return try await take(TelephoneQuery.dial, [:], request, found)
            case "called":
                return try await take(
                    TelephoneQuery.callBack, ["isOwnVoice": .flag(form.has("isOwnVoice")), "callNote": .text(form["callNote"])], request,
                    found)
            case "tell": return try await tell(request, form, found)
            case "withdraw": return try await take(TelephoneQuery.withdrawConsent, ["askedConsent": .text(form["consent"])], request, found)
            case "finish": return try await take(TelephoneQuery.finish, ["note": .text(form["note"])], request, found)
            case "hangUp": return try await take(TelephoneQuery.hangUp, [:], request, found)
            default: throw DeskError.absent
            }
        } catch let refusal as Refusal {
            return .page(try await show(request, request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, request.summary(faults)), isFault: true)
        }
    }

    private func take(
        _ step: Step<TelephoneQuery>, _ input: [String: JSONValue], _ request: RegulationRequest, _ found: Found<TelephoneQuery>
    ) async throws -> RegulationResponse {
        try await EvenTime.of(floor) {
            let taken = try await request.desk.take(step, on: found.id.raw, input: input, by: request.principal)
            if let refusal = taken.refusal {
                // The field that it is about may stand on the page no more.
                let words = Refusal(article: refusal.article, words: refusal.words)
                return .page(try await show(request, request.summary(words)), isFault: true)
            }
            return .redirect(address(found.id.raw, request))
        }
    }

    private func answer(_ request: RegulationRequest, _ form: FormData, _ found: Found<TelephoneQuery>) async throws -> RegulationResponse {
        let answers = found.value.asked.enumerated().map { place, question -> JSONValue in
            .record([.init("question", .text(question.rawValue)), .init("answer", .text(String(form["answer.\(place)"].prefix(200))))])
        }
        return try await take(TelephoneQuery.answer, ["answers": .list(answers)], request, found)
    }

    private func send(_ request: RegulationRequest, _ found: Found<TelephoneQuery>) async throws -> RegulationResponse {
        let drawn = QueryCode.Drawn(request.desk)
        try await request.desk.take(TelephoneQuery.sendCode, on: found.id.raw, by: request.principal) { document in
            guard var query = document as? TelephoneQuery else { return }
            query.drawn = drawn
            document = query
        }
        guard let query = try await request.desk.load([found.id]).first else { throw DeskError.absent }
        if try await QueryCode.send(query.value.code, drawn, by: delivery, request.desk) {
            return .redirect(address(found.id.raw, request))
        }
        let words = Words(
            "验证码没有发出。请让客户挂机，按留存号码回拨，由本人接听。", "The code did not leave. Let the caller hang up, and call back on the number on file.")
        return .page(try await show(request, note: words), isFault: true)
    }

    private func tell(_ request: RegulationRequest, _ form: FormData, _ found: Found<TelephoneQuery>) async throws -> RegulationResponse {
        let scope = QueryScope(rawValue: form["scope"]) ?? .unknown, number = form["policy"]
        try await request.desk.take(
            TelephoneQuery.tell, on: found.id.raw, input: ["askedPolicy": .text(number), "askedScope": .text(scope.rawValue)],
            by: request.principal)
        let told = try await request.desk.inquire(within: found.record.scope) { inquiry -> PolicyDisclosure? in
            let right = try TelephoneQuery.rights(of: found, inquiry).first { $0.policy.value.title == number }
            return try right.map { try PolicyDisclosure(scope, of: $0.policy, inquiry) }
        }
        guard let told else { throw DeskError.absent }
        return .page(try await show(request, told: DisclosureSheet.html(told, request.language)))
    }
}
