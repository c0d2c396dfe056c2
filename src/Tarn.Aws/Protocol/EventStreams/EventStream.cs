using System.IO.Pipelines;
using System.Text.Json;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Protocol.EventStreams;

/// <summary>
/// An answer that goes on: messages to one caller, over HTTP/2 or chunked HTTP/1.1. A send returns when the connection
/// has room for more, so a caller who does not read holds up only himself and one message. Not for concurrent use.
/// </summary>
internal sealed class EventStream(PipeWriter output, BodyFormat format)
{
    public const string ContentType = "application/vnd.amazon.eventstream";

    private readonly string _payloadType = RequestForm.ContentType(format);

    /// <summary>How payloads are to be written.</summary>
    public BodyFormat Format { get; } = format;

    /// <summary>A send was given up because the caller did not read: what was sent may not have arrived.</summary>
    public bool IsHeldUp { get; private set; }

    /// <summary>The headers of the events of one type.</summary>
    public EventHeaders HeadersOf(string eventType) => new(
        (":message-type", "event"), (":event-type", eventType), (":content-type", _payloadType));

    /// <summary>The first message: the members of the answer that are no events, of which there are none.</summary>
    public Task BeginAsync(CancellationToken cancellation)
    {
        EventMessage.Write(
            output, HeadersOf("initial-response"), Format == BodyFormat.Cbor ? [0xA0] : "{}"u8);
        return FlushAsync(cancellation);
    }

    /// <summary>Sends an event. The payload is copied before this returns to wait.</summary>
    public Task SendAsync(EventHeaders headers, ReadOnlySpan<byte> payload, CancellationToken cancellation)
    {
        EventMessage.Write(output, headers, payload);
        return FlushAsync(cancellation);
    }

    /// <summary>The last message when it ends for a reason that the caller must know.</summary>
    public Task FailAsync(AwsException failure, CancellationToken cancellation)
    {
        var headers = new EventHeaders(
            (":message-type", "exception"), (":exception-type", failure.Code), (":content-type", _payloadType));
        using var payload = new PooledBuffer(256);
        using (var writer = new Utf8JsonWriter(payload))
        {
            writer.WriteStartObject();
            writer.WriteString("message", failure.Message);
            writer.WriteEndObject();
        }

        using var cbor = Format == BodyFormat.Cbor ? JsonToCbor.Translate(payload.Written.Span) : null;
        EventMessage.Write(output, headers, (cbor ?? payload).Written.Span);
        return FlushAsync(cancellation);
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        IsHeldUp = true;
        var result = await output.FlushAsync(cancellation);
        IsHeldUp = false;
        if (result.IsCompleted)
        {
            throw new OperationCanceledException("the caller has gone");
        }
    }
}
