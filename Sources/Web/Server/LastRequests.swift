import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Lets a connection come to its end when the server stops: what is under way is answered, and so is what was sent before the sender
/// could know; then it is closed. No longer than ten seconds.
final class LastRequests: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// So long an idle connection is kept for a request that may be on its way.
    static let grace = TimeAmount.seconds(1)
    static let longest = TimeAmount.seconds(10)

    /// Called when the server stops: for answers that would stay open.
    private let ending: @Sendable () -> Void
    private var unanswered = 0
    private var isEnding = false
    private var isClosed = false

    init(ending: @escaping @Sendable () -> Void = {}) { self.ending = ending }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { unanswered += 1 }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard isEnding else {
            if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
            return context.write(data, promise: promise)
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            unanswered -= 1
            let written = promise ?? context.eventLoop.makePromise()
            context.writeAndFlush(data, promise: written)
            guard unanswered == 0 else { return }
            let handler = NIOLoopBound(self, eventLoop: context.eventLoop), bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            written.futureResult.whenComplete { _ in handler.value.close(bound.value) }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        if isEnding { return }
        isEnding = true
        ending()
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop), bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.grace) {
            if handler.value.unanswered == 0 { handler.value.close(bound.value) }
        }
        context.eventLoop.scheduleTask(in: Self.longest) { handler.value.close(bound.value) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosed = true
        context.fireChannelInactive()
    }

    private func close(_ context: ChannelHandlerContext) {
        if isClosed { return }
        isClosed = true
        context.close(promise: nil)
    }
}
