using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Protocol.EventStreams;

/// <summary>An event stream that was accepted and has not begun.</summary>
/// <param name="Source">The holder disposes it.</param>
/// <param name="Format">Of its payloads.</param>
internal sealed record OpenEventStream(IEventStreamOperation Operation, IEventSource Source, BodyFormat Format);
