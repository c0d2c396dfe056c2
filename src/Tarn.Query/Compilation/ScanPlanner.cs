using Tarn.Catalog.Tables;
using Tarn.Query.Binding;
using Tarn.Query.Binding.Avro;
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
        var opened = await files.OpenAsync(bound, PartitionFilter.Of(scan), given, cancellation).ConfigureAwait(false);
        try
        {
            var parts = new List<ScanPart>();
            foreach (var group in opened.GroupBy(file => file.Partition.Storage, DescriptorComparer.Instance))
            {
                parts.AddRange(await PlanPartsAsync(scan, bound, [.. group], cancellation).ConfigureAwait(false));
            }

            if (parts.Count == 0)
            {
                // What no file would be read by is refused all the same.
                parts.AddRange(await PlanPartsAsync(scan, bound, [], cancellation).ConfigureAwait(false));
            }

            return new PlannedScan(scan, bound, parts);
        }
        catch (Exception)
        {
            ScanFiles.Release(opened);
            throw;
        }
    }

    private async Task<IReadOnlyList<ScanPart>> PlanPartsAsync(
        TableScan scan, BoundTable bound, List<OpenFile> opened, CancellationToken cancellation)
    {
        var table = bound.Table!;
        var own = opened.Count > 0 ? opened[0].Partition.Storage : null;
        var storage = own ?? table.Storage;
        var name = own is null ? "" : PartitionName(table, opened[0]);
        var owner = own is null ? Owner(table) : $"partition '{name}' of {Owner(table)}";
        var constants = FileConstant.Of(scan, bound);
        var reader = TableReaders.Of(owner, storage);
        if (reader == TableReader.Parquet)
        {
            var isByPosition = ParquetSerDe.IsByPosition(owner, table, storage);
            return await PlanParquetAsync(
                ScanColumn.Of(scan, bound, storage, name, !isByPosition),
                isByPosition,
                constants,
                scan.Filters,
                opened,
                cancellation).ConfigureAwait(false);
        }

        var format = reader == TableReader.Lines ? LineFormats.Of(owner, table, storage) : null;
        var columns = ScanColumn.Of(scan, bound, storage, name, format?.IsByName ?? true);
        IFileTable rows = format is null
            ? new AvroTable(
                AvroSerDe.Of(owner, table, storage),
                new FileColumns(owner, columns, constants),
                opened,
                options.UnpackedBytesMax)
            : new LineTable(
                owner, format, columns, constants, opened, LineFormats.HeaderLines(table), options.UnpackedBytesMax);
        return [new ScanPart(opened, columns, constants, NoColumns, rows, opened.Sum(file => file.File.Info.Size))];
    }

    /// <summary>Files whose columns go by position are a part for each order of names that is among them.</summary>
    private async Task<IReadOnlyList<ScanPart>> PlanParquetAsync(
        IReadOnlyList<ScanColumn> columns,
        bool isByPosition,
        IReadOnlyList<FileConstant> constants,
        IReadOnlyList<ScanFilter> filters,
        List<OpenFile> opened,
        CancellationToken cancellation)
    {
        var footers = await parquet
            .ReadAsync([.. opened.Select(file => file.File)], cancellation).ConfigureAwait(false);
        var withRows = new List<(OpenFile File, ParquetFooter Footer)>();
        foreach (var (file, footer) in opened.Zip(footers))
        {
            if (footer.Groups.Count == 0)
            {
                file.File.Dispose();
                continue;
            }

            withRows.Add((file, footer));
        }

        return isByPosition
            ? [.. withRows.GroupBy(pair => string.Join('\u0000', pair.Footer.Names))
                .Select(group => Part([.. group], ByPosition(columns, group.First().Footer.Names), constants, filters))]
            : [Part(withRows, columns, constants, filters)];
    }

    private static ScanPart Part(
        List<(OpenFile File, ParquetFooter Footer)> files,
        IReadOnlyList<ScanColumn> columns,
        IReadOnlyList<FileConstant> constants,
        IReadOnlyList<ScanFilter> filters)
    {
        var inFile = columns.ToDictionary(column => column.Name, column => column.InFile, StringComparer.Ordinal);
        var stored = columns.ToDictionary(column => column.InFile, column => column.Stored, StringComparer.Ordinal);
        var own = filters.Where(filter => inFile.ContainsKey(filter.Column))
            .Select(filter => filter with { Column = inFile[filter.Column] }).ToList();
        var present = files.SelectMany(pair => pair.Footer.Columns).ToHashSet(StringComparer.Ordinal);
        return new ScanPart(
            [.. files.Select(pair => pair.File)],
            columns,
            constants,
            present,
            null,
            files.Sum(pair => pair.Footer.Bytes(inFile.Values, own, stored)));
    }

    /// <summary>The columns by the names that the files have in their places.</summary>
    private static IReadOnlyList<ScanColumn> ByPosition(
        IReadOnlyList<ScanColumn> columns, IReadOnlyList<string> names) =>
    [
        .. columns.Select(column => column.Position >= 0 && column.Position < names.Count
            ? column with { InFile = names[column.Position] }
            : column with { Position = -1, InFile = $"{column.Name} is nowhere" }),
    ];

    private static string Owner(Table table) => $"table '{table.Name}'";

    private static string PartitionName(Table table, OpenFile file) =>
        string.Join('/', table.PartitionKeys.Zip(file.Partition.Values, (key, value) => $"{key.Name}={value}"));
}
