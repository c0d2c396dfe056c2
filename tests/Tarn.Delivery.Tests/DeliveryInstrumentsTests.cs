using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Tarn.Delivery.Notifications;
using Tarn.Testing;

namespace Tarn.Delivery.Tests;

public sealed class DeliveryInstrumentsTests
{
    private const string Name = "measured-delivery";

    [Fact]
    public async Task Counters_OfADelivery_TellWhatBecameOfItsRecords()
    {
        using var directory = new TempDirectory();
        var measured = new Dictionary<string, long>();
        using var listener = Listen(measured);
        var isDown = true;
        var faults = Faults.Where(point => isDown && point.StartsWith("put:", StringComparison.Ordinal));
        FakeTimeProvider time = DeliveryLake.NewTime();
        await using var lake = await DeliveryLake.CreateAsync(directory.Path, time, faults);
        await lake.Delivery.PutAsync(DeliveryLake.Spec with { Name = Name }, default);

        await lake.AppendAsync("""{"n":1}""", "broken", """{"n":2}""");
        var flush = lake.Delivery.FlushAsync(Name, default);
        await lake.UntilAsync(() => Task.FromResult(Of("tarn.delivery.failed_attempts") > 0));
        isDown = false;
        await lake.UntilAsync(() => Task.FromResult(flush.IsCompleted));

        Assert.Equal(
            (2, 1, 1),
            (Of("tarn.delivery.records"), Of("tarn.delivery.objects"), Of("tarn.delivery.failed_records")));

        long Of(string instrument)
        {
            lock (measured)
            {
                return measured.GetValueOrDefault(instrument);
            }
        }
    }

    private static MeterListener Listen(Dictionary<string, long> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == NotificationInstruments.MeterName && !instrument.IsObservable)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.Length == 1 && Name.Equals(tags[0].Value))
            {
                lock (measured)
                {
                    measured[instrument.Name] = measured.GetValueOrDefault(instrument.Name) + value;
                }
            }
        });
        listener.Start();
        return listener;
    }
}
