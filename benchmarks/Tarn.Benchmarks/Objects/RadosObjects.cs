using Tarn.Benchmarks.Lakes;
using Tarn.Testing;

namespace Tarn.Benchmarks.Objects;

/// <summary>
/// Debian's radosgw over a monitor and one store of its own, whose objects are in a file that is synced: another S3
/// service on the same disk.
/// </summary>
internal sealed class RadosObjects(RadosGateway gateway) : S3Objects(gateway.Address)
{
    public override string Name => "radosgw";

    public override TimeSpan CpuTime => gateway.CpuTime;

    public static async Task<RadosObjects> StartAsync(string directory)
    {
        var target = new RadosObjects(await RadosGateway.StartAsync(
            directory, isDurable: true, BenchmarkLake.Key.AccessKeyId, BenchmarkLake.Key.Secret));
        await target.MakeBucketAsync();
        return target;
    }

    public override void Dispose() => gateway.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
