using Microsoft.Extensions.Hosting;

namespace Tarn.Aws;

/// <summary>The server stops when its owner stops it; signals are the executable's.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
