using Tarn.Benchmarks.Ingest.Servers;

namespace Tarn.Benchmarks.Objects;

/// <summary>A server started by <c>./tarn up</c>, with one bucket.</summary>
internal sealed class TarnObjects(ServerProcess server) : S3Objects(server.Address)
{
    public override string Name => "tarn";

    public override TimeSpan CpuTime => server.CpuTime;

    public static async Task<TarnObjects> StartAsync(string directory)
    {
        var target = new TarnObjects(await Targets.StartTarnAsync(directory));
        await target.MakeBucketAsync();
        return target;
    }

    public override void Dispose() => server.Dispose();
}
