using Tarn.Query.Binding;
using Tarn.Sql.Translation;

namespace Tarn.Query.Compilation;

/// <summary>A table of the catalog as one mention in a query reads it.</summary>
internal sealed record PlannedScan(TableScan Scan, BoundTable Bound, IReadOnlyList<ScanPart> Parts)
{
    /// <summary>Opened; the plan owns the leases. Disposing them lets the objects go.</summary>
    public IEnumerable<OpenFile> Files => Parts.SelectMany(part => part.Files);

    public long Bytes => Parts.Sum(part => part.Bytes);
}
