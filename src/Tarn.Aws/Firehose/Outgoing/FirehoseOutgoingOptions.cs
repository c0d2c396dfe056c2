namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>Where delivery calls out to, and how long it waits there.</summary>
public sealed record FirehoseOutgoingOptions
{
    /// <summary>
    /// Functions by ARN. An address without a path is that of a runtime interface emulator or of Lambda's API; one with
    /// a path is posted to as it is.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> Functions { get; init; } = new Dictionary<string, Uri>();

    /// <summary>How long a function may take, as Firehose waits: 5 minutes.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an endpoint may take, as Firehose waits: 3 minutes.</summary>
    public TimeSpan EndpointTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
