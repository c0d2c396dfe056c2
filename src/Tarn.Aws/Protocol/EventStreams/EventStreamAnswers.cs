using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.EventStreams;

/// <summary>
/// Runs an operation that answers with an event stream:
/// <code>
/// open (errors as usual) -> 200 -> initial-response -> events ... -> end, or an exception as the last message
/// </code>
/// A caller who has not read what was sent when the stream is over is cut off: there is no way to tell him.
/// </summary>
internal sealed partial class EventStreamAnswers(
    TimeProvider time, ILogger<EventStreamAnswers> logger, CancellationToken stopping)
{
    private static readonly TimeSpan LastMessageTimeMax = TimeSpan.FromSeconds(5);

    /// <summary>Opens it; a failure is an ordinary error answer.</summary>
    public async Task<OpenEventStream> OpenAsync(
        Exchange exchange,
        IEventStreamOperation operation,
        AccessKey caller,
        ReadOnlyMemory<byte> json,
        BodyFormat format)
    {
        var source = await operation.OpenAsync(new EventStreamCall(caller, json, stopping), exchange.Aborted);
        return new OpenEventStream(operation, source, format);
    }

    /// <summary>Sends it to its end.</summary>
    public async Task RunAsync(Exchange exchange, OpenEventStream open)
    {
        if (exchange.Context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null; // a consumer may take its time; the source bounds how long
        }

        exchange.Response.ContentType = EventStream.ContentType;
        var stream = new EventStream(exchange.Response.BodyWriter, open.Format);
        await stream.BeginAsync(exchange.Aborted);
        try
        {
            await open.Source.RunAsync(stream, exchange.Aborted);
        }
        catch (Exception failure) when (!exchange.Aborted.IsCancellationRequested)
        {
            await FailAsync(exchange, open.Operation, stream, failure);
        }

        if (stream.IsHeldUp)
        {
            exchange.Context.Abort();
        }
    }

    private async Task FailAsync(
        Exchange exchange, IEventStreamOperation operation, EventStream stream, Exception failure)
    {
        var error = failure switch
        {
            AwsException known => known,
            TarnException engine => ErrorTable.Of(operation.Service, engine),
            _ => new AwsException("InternalFailureException", 500, $"see tarn's log for request {exchange.RequestId}"),
        };
        if (!operation.StreamExceptions.Contains(error.Code))
        {
            error = new AwsException("InternalFailureException", 500, $"{error.Code}: {error.Message}");
        }

        if (error.Status >= 500)
        {
            LogFailure(logger, failure, exchange.RequestId, operation.Name);
        }
        else
        {
            LogEnd(logger, exchange.RequestId, operation.Name, error.Code, error.Message);
        }

        if (!stream.IsHeldUp)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted);
            using var timer = time.CreateTimer(_ => limit.Cancel(), null, LastMessageTimeMax, Timeout.InfiniteTimeSpan);
            await stream.FailAsync(error, limit.Token);
        }
    }

    [LoggerMessage(1111, LogLevel.Error, "event stream {RequestId} of {Operation} failed")]
    private static partial void LogFailure(ILogger logger, Exception failure, string requestId, string operation);

    [LoggerMessage(1112, LogLevel.Debug, "event stream {RequestId} of {Operation} ended: {Code} {Message}")]
    private static partial void LogEnd(
        ILogger logger, string requestId, string operation, string code, string message);
}
