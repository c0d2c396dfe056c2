using Tarn.ContinuousQueries.History;
using Tarn.Delivery;

namespace Tarn.Hosting;

/// <summary>Gives continuous queries the records that delivery streams have written into the lake.</summary>
internal sealed class DeliveredHistory(IDeliveredRecords records) : IRecordHistory
{
    public async Task<RecordHistory> OpenAsync(string stream, CancellationToken cancellation)
    {
        var found = await records.FindAsync(stream, cancellation);
        return new RecordHistory(
            $"delivery stream '{found.Delivery}'",
            found.StreamId,
            found.Next,
            [
                .. found.Objects.Select(item => new HistoryPart(
                    item.ShardId, item.First, item.Last, item.WrittenAt, stop => records.OpenAsync(item, stop))),
            ]);
    }
}
