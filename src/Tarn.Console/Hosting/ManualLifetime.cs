using Microsoft.Extensions.Hosting;

namespace Tarn.Console.Hosting;

/// <summary>Lets the executable decide when to stop: the console itself handles no signals.</summary>
internal sealed class ManualLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
