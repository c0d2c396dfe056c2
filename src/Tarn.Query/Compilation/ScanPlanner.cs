using Tarn.Catalog.Tables;
using Tarn.Query.Binding;
using Tarn.Query.Binding.Lines;
using Tarn.Query.Estimates;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>
/// Plans how one mention of a table of files is read: prunes partitions, lists and opens files, and groups them by how
/// they are read.
/// </summary>
internal sealed class ScanPlanner(ScanFiles files, ParquetFooters parquet, QueryOptions options)
{
    private static readonly HashSet<string> NoColumns = [];

    public async Task<PlannedScan> PlanAsync(
        TableScan scan, CompileOptions compile, CancellationToken cancellation)
    {
        var bound = (BoundTable)scan.Table.Key;
        var table = bound.Table!;
        TableReaders.Of(Owner(table), table.Storage);
        var given = compile.Inputs.GetValueOrDefault(bound.Name);
        var opened = await files.OpenAsync(bound, scan.Filters, given, cancellation).ConfigureAwait(false);
        try
        {
            var parts = new List<ScanPart>();
            foreach (var group in opened.GroupBy(file => file.Partition.Storage, DescriptorComparer.Instance))
            {
                parts.Add(await PlanPartAsync(scan, bound, [.. group], cancellation).ConfigureAwait(false));
            }

            if (parts.Count == 0)
            {
                // What no file would be read by is refused all the same.
                parts.Add(await PlanPartAsync(scan, bound, [], cancellation).ConfigureAwait(false));
            }

            return new PlannedScan(scan, bound, parts);
        }
        catch (Exception)
        {
            ScanFiles.Release(opened);
            throw;
        }
    }

    private async Task<ScanPart> PlanPartAsync(
        TableScan scan, BoundTable bound, List<OpenFile> opened, CancellationToken cancellation)
    {
        var table = bound.Table!;
        var own = opened.Count > 0 ? opened[0].Partition.Storage : null;
        var storage = own ?? table.Storage;
        var name = own is null ? "" : PartitionName(table, opened[0]);
        var owner = own is null ? Owner(table) : $"partition '{name}' of {Owner(table)}";
        var constants = FileConstant.Of(scan, bound);
        var reader = TableReaders.Of(owner, storage);
        var format = reader == TableReader.Lines ? LineFormats.Of(owner, table, storage) : null;
        var columns = ScanColumn.Of(scan, bound, storage, name, format?.IsByName ?? true);
        if (format is null)
        {
            return await PlanParquetAsync(columns, constants, scan.Filters, opened, cancellation).ConfigureAwait(false);
        }

        var lines = new LineTable(
            owner, format, columns, constants, opened, LineFormats.HeaderLines(table), options.UnpackedBytesMax);
        return new ScanPart(
            opened, columns, constants, NoColumns, lines, opened.Sum(file => file.File.Info.Size));
    }

    private async Task<ScanPart> PlanParquetAsync(
        IReadOnlyList<ScanColumn> columns,
        IReadOnlyList<FileConstant> constants,
        IReadOnlyList<ScanFilter> filters,
        List<OpenFile> opened,
        CancellationToken cancellation)
    {
        var footers = await parquet
            .ReadAsync([.. opened.Select(file => file.File)], cancellation).ConfigureAwait(false);
        var names = columns.Select(column => column.Name).ToList();
        var stored = columns.ToDictionary(column => column.Name, column => column.Stored, StringComparer.Ordinal);
        var withRows = new List<OpenFile>();
        var present = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0L;
        for (var i = 0; i < opened.Count; i++)
        {
            if (footers[i].Groups.Count == 0)
            {
                opened[i].File.Dispose();
                continue;
            }

            withRows.Add(opened[i]);
            present.UnionWith(footers[i].Columns);
            bytes += footers[i].Bytes(names, filters, stored);
        }

        return new ScanPart(withRows, columns, constants, present, null, bytes);
    }

    private static string Owner(Table table) => $"table '{table.Name}'";

    private static string PartitionName(Table table, OpenFile file) =>
        string.Join('/', table.PartitionKeys.Zip(file.Partition.Values, (key, value) => $"{key.Name}={value}"));
}
