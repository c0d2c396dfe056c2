using System.Net;
using Tarn.Storage.Objects.Remote;
using Tarn.Streams;
using Tarn.Webhooks;

namespace Tarn.Configuration;

/// <summary>Everything that can be set on a server: defaults, then tarn.yaml, then environment, then flags.</summary>
internal sealed record TarnOptions
{
    /// <summary>Absolute path of the data directory.</summary>
    public required string DataDirectory { get; init; }

    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Port of the AWS APIs; 0 takes a free one.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>Host names below which S3's buckets are hosts of their own.</summary>
    public IReadOnlyList<string> S3Hosts { get; init; } = ["localhost", "s3.localhost"];

    /// <summary>Port of the console and its API; 0 takes a free one.</summary>
    public int ConsolePort { get; init; } = 4580;

    /// <summary>Folder of a lake project that is applied at start, or null.</summary>
    public string? ProjectDirectory { get; init; }

    public string AccountId { get; init; } = "000000000000";

    public string Region { get; init; } = "us-east-1";

    /// <summary>Root key set from outside, or null for the generated one.</summary>
    public string? RootAccessKeyId { get; init; }

    public string? RootSecretAccessKey { get; init; }

    /// <summary>The S3 service that keeps the objects; null: the data directory.</summary>
    public RemoteLocation? Storage { get; init; }

    /// <summary>Key of that service, or null for what AWS' SDK finds by itself.</summary>
    public string? StorageAccessKeyId { get; init; }

    public string? StorageSecretAccessKey { get; init; }

    /// <summary>What local copies of objects may take, in MiB.</summary>
    public int StorageCacheMiB { get; init; } = 10_240;

    /// <summary>How often buckets' lifecycle rules are carried out, in minutes.</summary>
    public int LifecycleIntervalMinutes { get; init; } = 60;

    /// <summary>Memory of queries, in MiB. Continuous queries get a quarter of it beside.</summary>
    public int MemoryMiB { get; init; } = 2048;

    /// <summary>What queries may write to DIR/spill at once when their memory is full, in MiB.</summary>
    public int SpillMiB { get; init; } = 65_536;

    /// <summary>What 10^12 scanned bytes cost, in estimates and statistics of queries.</summary>
    public decimal TerabytePriceUsd { get; init; } = 5m;

    /// <summary>Narrows every stream's shards to Kinesis' rates.</summary>
    public StreamRates Limits { get; init; }

    /// <summary>Where the functions that delivery may call are, by ARN.</summary>
    public IReadOnlyDictionary<string, Uri> Functions { get; init; } = new Dictionary<string, Uri>();

    /// <summary>The webhooks that SQL may name.</summary>
    public IReadOnlyDictionary<string, Webhook> Webhooks { get; init; } = new Dictionary<string, Webhook>();

    /// <summary>Where an OpenTelemetry collector takes metrics over HTTP, or null.</summary>
    public Uri? OtlpEndpoint { get; init; }

    public int OtlpIntervalSeconds { get; init; } = 60;

    /// <summary>A temporary data directory that is removed at exit, and POST /_tarn/reset.</summary>
    public bool Ephemeral { get; init; }
}
