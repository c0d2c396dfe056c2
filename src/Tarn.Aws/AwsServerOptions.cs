using System.Net;

namespace Tarn.Aws;

/// <summary>Where the AWS door listens and what it may do beyond AWS.</summary>
public sealed record AwsServerOptions
{
    /// <summary>The interface to listen on; loopback unless the user opens the lake to others.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>Host names below which S3's buckets are hosts of their own: <c>bucket.s3.localhost</c>.</summary>
    public IReadOnlyList<string> S3Hosts { get; init; } = ["localhost", "s3.localhost"];

    /// <summary>
    /// What a signed <c>POST /_tarn/reset</c> runs, or null: that path does not exist. Set for ephemeral servers only.
    /// </summary>
    public Func<CancellationToken, Task>? Reset { get; init; }
}
