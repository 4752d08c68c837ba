import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import NIOHTTPTypes

/// Ends what comes too slowly: whoever sends a body a byte at a time would else hold a connection for ever. The first 64 KB may take 30
/// seconds, and from then on 16 KB a second come on the average.
final class SlowBodies: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How slow is too slow.
    struct Pace: Sendable {
        var first = 64 << 10
        var patience = TimeAmount.seconds(30)
        var perSecond = 16 << 10

        func isTooSlow(_ bytes: Int, after time: TimeAmount) -> Bool {
            guard time > patience else { return false }
            let late = Int64(perSecond) * (time - patience).nanoseconds / 1_000_000_000
            return bytes < first + Int(late)
        }
    }

    private let pace: Pace
    private var began: NIODeadline?
    private var bytes = 0
    private var path = ""
    private var isAnswering = false
    private var check: RepeatedTask?

    init(_ pace: Pace = Pace()) { self.pace = pace }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            (began, bytes, path) = (context.eventLoop.now, 0, head.path ?? "")
        case .body(let piece): bytes += piece.readableBytes
        case .end: rest()
        }
        context.fireChannelRead(data)
    }

    /// A body that came whole with its head is never watched.
    func channelReadComplete(context: ChannelHandlerContext) {
        if began != nil { watch(context) }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: isAnswering = true
        case .body: break
        case .end: isAnswering = false
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        rest()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { rest() }

    private func rest() {
        began = nil
        check?.cancel()
        check = nil
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard check == nil else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop), bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let step = TimeAmount.nanoseconds(max(pace.patience.nanoseconds / 6, 1_000_000))
        check = context.eventLoop.scheduleRepeatedTask(initialDelay: step, delay: step) { _ in handler.value.look(bound.value) }
    }

    private func look(_ context: ChannelHandlerContext) {
        guard let began, pace.isTooSlow(bytes, after: context.eventLoop.now - began) else { return }
        rest()
        // An answer that is under way goes on.
        guard !isAnswering else { return }
        let answer = ErrorResponse(WebFault.tooSlow)
        let isProgram = path.hasPrefix("/api/")
        let body = ByteBuffer(
            string: isProgram ? JSONText.text(ErrorResponder.problem(answer, .zh)) : "\(answer.words.zh)\n\(answer.words.en)\n")
        var head = HTTPResponse(status: answer.status)
        head.headerFields[.contentType] = isProgram ? "application/problem+json" : "text/plain; charset=utf-8"
        head.headerFields[.contentLength] = String(body.readableBytes)
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        // What still comes in must not take the answer back on its way: the other direction is closed a little later.
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            bound.value.close(mode: .output, promise: nil)
            bound.value.eventLoop.scheduleTask(in: .seconds(2)) { bound.value.close(promise: nil) }
        }
    }
}
