namespace Tarn.Delivery;

/// <summary>
/// An HTTP endpoint of Firehose's request form. Records that it does not take within the retry time go to objects.
/// </summary>
public sealed record EndpointDestination : DeliveryDestination
{
    /// <summary>https, or http to a loopback address.</summary>
    public required string Url { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Sent with each request; null: none.</summary>
    public string? AccessKey { get; init; }

    /// <summary>Requests are compressed.</summary>
    public bool Gzip { get; init; }

    /// <summary>Sent with each request, in this order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CommonAttributes { get; init; } = [];

    /// <summary>A request is made when its oldest record is this old, 0 to 900 ...</summary>
    public int BufferSeconds { get; init; } = 300;

    /// <summary>... or when it holds this many bytes as they came, 1 MiB to 64 MiB.</summary>
    public long BufferBytesMax { get; init; } = 5L << 20;

    /// <summary>How long a request is repeated before its records are given up, 0 to 7,200.</summary>
    public int RetrySeconds { get; init; } = 300;

    /// <summary>Where records go that were given up; with <see cref="BackupAll"/> all, as they came.</summary>
    public required ObjectOutput Output { get; init; }

    public bool BackupAll { get; init; }
}
