#pragma warning disable RS0030
using Tarn.Configuration;

namespace Tarn.Hosting;

internal sealed class TarnServer
{
    public string ReadyLine { get; } = "";
    public static Task<TarnServer> StartAsync(TarnOptions options, CancellationToken cancellation) =>
        throw new NotSupportedException(options.ToString() + cancellation);
    public Task StopAsync(TimeSpan max) => Task.Delay(ReadyLine.Length).WaitAsync(max);
}
