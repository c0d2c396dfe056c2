using Microsoft.Extensions.Hosting;
using Tarn.Streams.Metrics;
using Tarn.Streams.Resharding;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Hosting;

/// <summary>
/// Opens the logs before the server is ready, looks after retention and load while it runs, drains at its end.
/// </summary>
internal sealed class StreamsLifetime(
    StreamRegistry registry,
    StreamUpkeep upkeep,
    StreamMeters meters,
    DamageReports damages,
    IConsumerLags lags,
    StreamsOptions options,
    TimeProvider clock)
    : IHostedService, IDisposable
{
    private ITimer? _upkeep;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await registry.OpenAsync(cancellationToken);
        StreamInstruments.Create(meters.Meter, registry, damages);
        ShardInstruments.Create(meters.Meter, registry);
        ConsumerInstruments.Create(meters.Meter, lags);
        _upkeep = clock.CreateTimer(
            _ => upkeep.Begin(), state: null, options.RetentionInterval, options.RetentionInterval);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_upkeep is not null)
        {
            await _upkeep.DisposeAsync();
        }

        await upkeep.Running;
        await Task.Run(registry.Stop, cancellationToken);
    }

    public void Dispose() => _upkeep?.Dispose();
}
