namespace Tarn.Aws.Protocol.EventStreams;

/// <summary>An operation that answers a JSON object with an event stream.</summary>
internal interface IEventStreamOperation : ITargetOperation
{
    /// <summary>The exceptions that its event stream knows; all others are sent as InternalFailureException.</summary>
    IReadOnlySet<string> StreamExceptions { get; }

    /// <summary>Checks the request; a failure here is an ordinary error answer.</summary>
    ValueTask<IEventSource> OpenAsync(EventStreamCall call, CancellationToken cancellation);
}
