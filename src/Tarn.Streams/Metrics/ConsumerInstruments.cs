using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Tarn.Streams.Metrics;

/// <summary>Lag under one name, whoever lags.</summary>
internal static class ConsumerInstruments
{
    public static void Create(Meter meter, IConsumerLags lags)
    {
        meter.CreateObservableGauge(
            "tarn.consumer.lag",
            () => lags.List().Select(lag => Of(lag, lag.LagMilliseconds)),
            "ms",
            "Age of the oldest record that the consumer has not consumed.");
        meter.CreateObservableGauge(
            "tarn.consumer.lag.records",
            () => lags.List().Select(lag => Of(lag, lag.LagRecords)),
            "{record}",
            "Records that the consumer has not consumed.");
    }

    private static Measurement<long> Of(ConsumerLag lag, long value) => new(
        value,
        KeyValuePair.Create("stream", (object?)lag.Stream),
        KeyValuePair.Create("consumer", (object?)lag.Consumer),
        KeyValuePair.Create("kind", (object?)JsonNamingPolicy.SnakeCaseLower.ConvertName($"{lag.Kind}")));
}
