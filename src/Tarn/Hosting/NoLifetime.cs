using Microsoft.Extensions.Hosting;

namespace Tarn.Hosting;

/// <summary>Leaves signals to <c>tarn up</c>, which stops the doors before the engines.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
