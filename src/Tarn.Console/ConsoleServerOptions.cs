using Microsoft.AspNetCore.Routing;

namespace Tarn.Console;

/// <summary>Where the console listens and whom it answers.</summary>
public sealed record ConsoleServerOptions
{
    /// <summary>IP address to bind, or <c>localhost</c>; default: loopback only.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 4580;

    /// <summary>
    /// Names, beside the loopback ones and <see cref="Host"/>, under which browsers may reach the console. A
    /// request for any other name is refused, which keeps foreign pages from reaching it by DNS rebinding.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>
    /// Maps <c>/metrics</c>. It is for programs: as on <c>/api</c>, who asks sends an access key or is signed in.
    /// </summary>
    public Action<IEndpointRouteBuilder>? MapMetrics { get; init; }

    /// <summary>The static assets' manifest; null: the entry assembly's, beside the executable.</summary>
    internal string? AssetsManifest { get; init; }
}
