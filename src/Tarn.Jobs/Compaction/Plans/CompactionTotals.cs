using Tarn.Catalog.Tables;

namespace Tarn.Jobs.Compaction.Plans;

/// <summary>What compaction has done for a table.</summary>
/// <remarks>
/// Layout: resource kind <c>compaction</c>, name <c>&lt;database&gt;/&lt;table&gt;</c>, spec
/// <c>{"objectsIn":120,"bytesIn":1200000,"objectsOut":2,"bytesOut":1100000,"lastAt":"…"}</c>.
/// </remarks>
internal sealed record CompactionTotals(
    long ObjectsIn, long BytesIn, long ObjectsOut, long BytesOut, DateTimeOffset? LastAt)
{
    public const string Kind = "compaction";

    public static CompactionTotals None { get; } = new(0, 0, 0, 0, null);

    public static string NameOf(TableName table) => $"{table.Database}/{table.Name}";
}
