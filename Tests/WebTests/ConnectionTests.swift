import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Web

/// How a connection ends: a body that comes too slowly, and a server that stops.
struct ConnectionTests {
    private static let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/api/v1/memo"))

    private static func open(_ handler: any ChannelHandler) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private static func answers(_ channel: EmbeddedChannel) throws -> [HTTPResponsePart] {
        var parts: [HTTPResponsePart] = []
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) { parts.append(part) }
        return parts
    }

    @Test func aBodyByTheByteIsEndedInWords() throws {
        let channel = try Self.open(SlowBodies())
        try channel.writeInbound(Self.head)
        for _ in 0..<29 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
        }
        #expect(try Self.answers(channel).isEmpty, "30 seconds are for everybody")
        channel.embeddedEventLoop.advanceTime(by: .seconds(10))
        let parts = try Self.answers(channel)
        guard case .head(let head)? = parts.first, case .body(let body)? = parts.dropFirst().first else {
            Issue.record("no answer: \(parts)")
            return
        }
        #expect(head.status == .requestTimeout && head.headerFields[.connection] == "close")
        #expect(String(buffer: body).contains("传得过慢"))
    }

    @Test func aBodyThatKeepsThePaceComesToItsEnd() throws {
        let channel = try Self.open(SlowBodies())
        try channel.writeInbound(Self.head)
        let piece = HTTPRequestPart.body(ByteBuffer(repeating: 1, count: 20 << 10))
        for _ in 0..<300 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try channel.writeInbound(piece)
        }
        #expect(try Self.answers(channel).isEmpty && channel.isActive)
        // And one that keeps it at first and then stands still is ended.
        for _ in 0..<300 { channel.embeddedEventLoop.advanceTime(by: .seconds(1)) }
        #expect(try !Self.answers(channel).isEmpty)
    }

    @Test func aRequestThatIsThereIsNotWatched() throws {
        let channel = try Self.open(SlowBodies())
        try channel.writeInbound(Self.head)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(try Self.answers(channel).isEmpty && channel.isActive)
    }

    @Test func whenTheServerStopsWhatIsUnderWayIsAnswered() throws {
        let channel = try Self.open(LastRequests())
        try channel.writeInbound(Self.head)
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        #expect(channel.isActive)
        channel.write(HTTPResponsePart.head(HTTPResponse(status: .ok)), promise: nil)
        channel.write(HTTPResponsePart.end(nil), promise: nil)
        channel.embeddedEventLoop.run()
        guard case .head(let head)? = try Self.answers(channel).first else {
            Issue.record("no answer")
            return
        }
        #expect(head.headerFields[.connection] == "close")
        #expect(!channel.isActive)
    }

    @Test func whatWasSentBeforeItsSenderCouldKnowIsAnsweredToo() throws {
        let channel = try Self.open(LastRequests())
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(500))
        #expect(channel.isActive)
        try channel.writeInbound(Self.head)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(10))
        #expect(!channel.isActive, "no longer than ten seconds")
        let idle = try Self.open(LastRequests())
        idle.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        idle.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!idle.isActive)
    }
}
