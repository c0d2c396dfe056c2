using System.Diagnostics.Metrics;
using System.Text;
using Tarn.Delivery.Notifications;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Notifications;
using Tarn.Streams;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Notifications;

public sealed class NotificationInstrumentsTests
{
    private const string Stream = "measured";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task EventsThatWait_AreCountedWithTheirAge_UntilTheyAreSent()
    {
        using var directory = new TempDirectory();
        var measured = new Dictionary<string, long>();
        await using var lake = await DeliveryLake.OpenAsync(directory.Path, DeliveryLake.NewTime(), Faults.None);
        using var instruments = new NotificationInstruments(lake.Outbox, lake.Time);
        using var listener = Listen(instruments.Meter, measured);
        await lake.Store.CreateBucketAsync("lake", None);
        await lake.Notifications.SetAsync(
            "lake",
            new NotificationConfiguration([new("all", Stream, ["s3:ObjectCreated:*"], null, null)]),
            None);
        await PutAsync(lake, "a");
        lake.Time.Advance(TimeSpan.FromMinutes(2));
        await PutAsync(lake, "b");

        Look(listener, measured);
        Assert.Equal((2, 120_000), (measured["tarn.notification.waiting"], measured["tarn.notification.lag"]));

        await lake.Streams.CreateAsync(new StreamSpec { Name = Stream }, None);
        await lake.UntilAsync(() =>
        {
            Look(listener, measured);
            return Task.FromResult(!measured.ContainsKey("tarn.notification.waiting"));
        });
        await lake.UntilAsync(() => Task.FromResult(measured.GetValueOrDefault("tarn.notification.sent") == 2));
        Assert.False(measured.ContainsKey("tarn.notification.lag"));
    }

    private static MeterListener Listen(Meter looked, Dictionary<string, long> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                // The relay counts on a meter of its own; other tests' lakes have meters of that name too.
                if (instrument.IsObservable
                    ? ReferenceEquals(instrument.Meter, looked)
                    : instrument.Meter.Name == NotificationInstruments.MeterName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags[0].Value is string stream && stream == Stream)
            {
                lock (measured)
                {
                    measured[instrument.Name] =
                        (instrument.IsObservable ? 0 : measured.GetValueOrDefault(instrument.Name)) + value;
                }
            }
        });
        listener.Start();
        return listener;
    }

    private static void Look(MeterListener listener, Dictionary<string, long> measured)
    {
        lock (measured)
        {
            measured.Remove("tarn.notification.waiting");
            measured.Remove("tarn.notification.lag");
        }

        listener.RecordObservableInstruments();
    }

    private static Task<ObjectInfo> PutAsync(DeliveryLake lake, string key) => lake.Store.PutAsync(
        new ObjectKey("lake", key), new MemoryStream(Encoding.UTF8.GetBytes("x")), ObjectAttributes.None, None);
}
