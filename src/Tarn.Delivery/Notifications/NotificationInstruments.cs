using System.Diagnostics.Metrics;
using Tarn.Storage.Objects.Notifications;

namespace Tarn.Delivery.Notifications;

/// <summary>The meter <c>Tarn.Delivery</c>: events of objects, by the stream that they go to.</summary>
internal sealed class NotificationInstruments : IDisposable
{
    public const string MeterName = "Tarn.Delivery";

    private readonly Counter<long> _sent;

    public NotificationInstruments(IEventOutbox outbox, TimeProvider time)
    {
        _sent = Meter.CreateCounter<long>(
            "tarn.notification.sent", "{event}", "Events of objects that their stream has acknowledged.");
        Meter.CreateObservableGauge(
            "tarn.notification.waiting",
            () => outbox.ListWaiting().Select(waiting => Of(waiting.Stream, waiting.Count)),
            "{event}",
            "Events of objects that wait for their stream.");
        Meter.CreateObservableGauge(
            "tarn.notification.lag",
            () => outbox.ListWaiting().Select(waiting => Of(
                waiting.Stream, (long)Math.Max(0, (time.GetUtcNow() - waiting.Oldest).TotalMilliseconds))),
            "ms",
            "Age of the oldest of them.");
    }

    public Meter Meter { get; } = new(MeterName);

    public void Sent(string stream, int count) => _sent.Add(count, Tag(stream));

    public void Dispose() => Meter.Dispose();

    private static Measurement<long> Of(string stream, long value) => new(value, Tag(stream));

    private static KeyValuePair<string, object?> Tag(string stream) => KeyValuePair.Create("stream", (object?)stream);
}
