using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Query.Executions;
using Tarn.Query.Sources;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>
/// A query that is bound and estimated, before any data is read. Holds the files' leases until disposed.
/// </summary>
internal sealed class QueryPlan(
    TranslatedQuery query, IReadOnlyList<PlannedScan> scans, ScanEstimate estimate) : IDisposable
{
    private int _disposed;

    public TranslatedQuery Query => query;

    public IReadOnlyList<PlannedScan> Scans => scans;

    public ScanEstimate Estimate => estimate;

    /// <summary>Per table the objects of all its mentions.</summary>
    public IReadOnlyList<CompiledInput> Inputs { get; } =
    [
        .. scans.GroupBy(scan => scan.Bound.Name).Select(group => new CompiledInput(
            group.Key,
            [.. group.SelectMany(scan => scan.Files).Select(file => file.File.Info).DistinctBy(info => info.Key)])),
    ];

    /// <summary>See <see cref="CompiledQuery.Revision"/>; null too where a table goes on in a stream.</summary>
    public string? Revision =>
        query.Scans.Count > scans.Count || scans.Any(scan => IsHybrid(scan.Bound.Table!))
            ? null
            : string.Join('\n', scans.Select(scan => scan.Bound.Name + " " + Number(scan.Bound.Table!.Version))
                .Concat(scans.SelectMany(scan => scan.Files).Select(file =>
                    $"{file.File.Info.Key} {Number(file.File.Info.Size)} {file.File.Info.ETag} "
                    + $"{Number(file.File.Info.LastModified.UtcTicks)} {Number(file.Partition.CreatedAt.UtcTicks)} "
                    + string.Join('/', file.Partition.Values))));

    /// <summary>Whether no table is read by DuckDB itself.</summary>
    public bool CountsRows =>
        query.Scans.Count == scans.Count
        && scans.SelectMany(scan => scan.Parts).All(part => part.Rows is not null || part.Files.Count == 0);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        foreach (var file in scans.SelectMany(scan => scan.Files))
        {
            file.File.Dispose();
        }
    }

    private static bool IsHybrid(Table table) => table.Parameters.GetValueOrDefault(IHybridTables.Property, "")
        .Equals("true", StringComparison.OrdinalIgnoreCase);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
