using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Sinks;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.Tests.Sinks;

/// <summary>Parts of an epoch.</summary>
internal static class EpochParts
{
    /// <summary>The epoch with its first rows only.</summary>
    public static SinkEpoch FirstRows(this SinkEpoch epoch, int count)
    {
        using var file = new MemoryStream();
        var writer = new SnapshotWriter(file);
        foreach (var column in epoch.Rows.Columns)
        {
            column.Save(writer, count);
        }

        writer.Finish();
        file.Position = 0;
        var types = epoch.Rows.Columns.Select(column => column.Type).ToList();
        return epoch with { Rows = ColumnBatch.Load(new SnapshotReader(file), types, count), Removed = null };
    }
}
