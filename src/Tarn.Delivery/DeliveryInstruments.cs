using System.Diagnostics.Metrics;
using Tarn.Delivery.Notifications;

namespace Tarn.Delivery;

/// <summary>
/// What delivery streams did, on the meter of this room. How far they are behind is told by the meter of streams, as of
/// every consumer.
/// </summary>
internal sealed class DeliveryInstruments : IDisposable
{
    private readonly Meter _meter = new(NotificationInstruments.MeterName);
    private readonly Counter<long> _records;
    private readonly Counter<long> _objects;
    private readonly Counter<long> _failedRecords;
    private readonly Counter<long> _failedAttempts;

    public DeliveryInstruments()
    {
        _records = _meter.CreateCounter<long>("tarn.delivery.records", "{record}", "Records delivered.");
        _objects = _meter.CreateCounter<long>(
            "tarn.delivery.objects", "{object}", "Objects put, or requests that an endpoint took.");
        _failedRecords = _meter.CreateCounter<long>(
            "tarn.delivery.failed_records", "{record}", "Records put where failures go.");
        _failedAttempts = _meter.CreateCounter<long>(
            "tarn.delivery.failed_attempts", "{attempt}", "Batches that could not be delivered and are tried again.");
    }

    /// <param name="lane">Name of the delivery stream, of its backup with <c>/backup</c> after it.</param>
    public void Delivered(string lane, long records, long objects, long failedRecords)
    {
        var tag = Tag(lane);
        _records.Add(records, tag);
        _objects.Add(objects, tag);
        _failedRecords.Add(failedRecords, tag);
    }

    public void Failed(string lane) => _failedAttempts.Add(1, Tag(lane));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string lane) => KeyValuePair.Create("delivery", (object?)lane);
}
