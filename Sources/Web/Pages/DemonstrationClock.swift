import Hummingbird

/// Moves the demonstration's clock to the next working day, so that a visitor can watch limits pass.
enum DemonstrationClock {
    static func add(to routes: Routes) {
        guard let demonstration = routes.edge.configuration.openDemonstration else { return }
        routes.form("/demo/clock") { _, _ in
            try await demonstration.advance()
            return .redirect(to: "/")
        }
    }
}
