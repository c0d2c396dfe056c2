using Tarn.Catalog.Tables;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction.Candidates;

/// <summary>A folder of a table with compaction: a partition's, or the table's own.</summary>
/// <param name="Folder">Ends with a slash, or is empty.</param>
/// <param name="PeriodEnd">When its time is over; null when it has none.</param>
internal sealed record TableFolder(
    Table Table, CompactionSettings Settings, ObjectKey Folder, DateTimeOffset? PeriodEnd)
{
    public static ObjectKey Parse(string location)
    {
        var key = ObjectKey.Parse(location);
        return key.Key.Length == 0 || key.Key.EndsWith('/') ? key : key with { Key = key.Key + "/" };
    }
}
