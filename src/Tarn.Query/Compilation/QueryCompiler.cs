using Tarn.DuckDb.NativeTables;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding;
using Tarn.Query.Estimates;
using Tarn.Query.Executions;
using Tarn.Sql;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>
/// In two steps, so that a limit can refuse a query before anything is read:
/// <list type="number">
/// <item>plan: parse, look names up, translate, prune partitions, list files, estimate (Parquet footers are
/// read);</item>
/// <item>open: unpack what DuckDB cannot read, write the readers into the text.</item>
/// </list>
/// </summary>
internal sealed class QueryCompiler(
    TableResolver resolver,
    TableFiles files,
    ParquetColumns parquet,
    UnpackedObjects unpacker,
    IObjectStore objects) : IQueryCompiler
{
    public async Task<CompiledQuery> CompileAsync(string sql, CompileOptions options, CancellationToken cancellation)
    {
        var select = SqlParser.Parse(sql) as Statement.Select
            ?? throw new TarnException(
                ErrorKind.Unsupported, "only a SELECT can be compiled") { Code = "NOT_SUPPORTED" };
        var plan = await PlanAsync(select, options, cancellation).ConfigureAwait(false);
        return await OpenAsync(plan, cancellation).ConfigureAwait(false);
    }

    public async Task<QueryPlan> PlanAsync(
        Statement.Select select, CompileOptions options, CancellationToken cancellation)
    {
        var resolve = await resolver.ResolveAsync(select.Tables, options.Database, cancellation).ConfigureAwait(false);
        var query = SqlTranslator.Translate(select.Query, resolve);
        var scans = new List<PlannedScan>();
        try
        {
            foreach (var scan in query.Scans)
            {
                if (((BoundTable)scan.Table.Key).Table is not null)
                {
                    scans.Add(await PlanScanAsync(scan, options, cancellation).ConfigureAwait(false));
                }
            }
        }
        catch (Exception)
        {
            new QueryPlan(query, scans, new ScanEstimate(0, 0, 0)).Dispose();
            throw;
        }

        var bytes = scans.Sum(scan => scan.Bytes);
        var estimate = new ScanEstimate(bytes, scans.Sum(scan => scan.Files.Count), AthenaPrice.Usd(bytes));
        return new QueryPlan(query, scans, estimate);
    }

    /// <summary>Takes the plan over: it is disposed with the result, or here when this fails.</summary>
    public async Task<BoundQuery> OpenAsync(QueryPlan plan, CancellationToken cancellation)
    {
        var unpacked = new Dictionary<ObjectKey, LocalFile>();
        var objectsByPath = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var paths = new Dictionary<LocalFile, string>();
            foreach (var (file, _) in plan.Scans.SelectMany(scan => scan.Files))
            {
                var key = file.Info.Key;
                if (CompressionCodec.FromName(key.Key) == CompressionFormat.Bzip2 && !unpacked.ContainsKey(key))
                {
                    unpacked[key] = await unpacker.UnpackAsync(file, cancellation).ConfigureAwait(false);
                }

                paths[file] = unpacked.TryGetValue(key, out var plain) ? plain.Path : file.Path;
                objectsByPath[paths[file]] = key.ToString();
            }

            var live = new List<(string, INativeTable)>();
            var sql = plan.Query.Print(scan => Relation(plan, scan, paths, live));
            return new BoundQuery(plan, sql, live, [.. unpacked.Values], objectsByPath);
        }
        catch (Exception)
        {
            foreach (var file in unpacked.Values)
            {
                file.Dispose();
            }

            plan.Dispose();
            throw;
        }
    }

    private static string Relation(
        QueryPlan plan, TableScan scan, Dictionary<LocalFile, string> paths, List<(string, INativeTable)> live)
    {
        var planned = plan.Scans.FirstOrDefault(candidate => candidate.Scan == scan);
        if (planned is not null)
        {
            return ScanText.Print(
                scan,
                planned.Bound,
                planned.Reader,
                [.. planned.Files.Select(file => (paths[file.File], file.Values))],
                planned.Present);
        }

        var name = $"live_{scan.Alias}";
        live.Add((name, ((BoundTable)scan.Table.Key).Live!));
        var columns = scan.Columns.Order(StringComparer.Ordinal).Select(DuckText.Name).DefaultIfEmpty("1 AS \"$row\"");
        return $"SELECT {string.Join(", ", columns)} FROM {DuckText.Name(name)}";
    }

    private async Task<PlannedScan> PlanScanAsync(
        TableScan scan, CompileOptions options, CancellationToken cancellation)
    {
        var bound = (BoundTable)scan.Table.Key;
        var reader = TableReaders.Of(bound.Table!);
        var given = options.Inputs.GetValueOrDefault(bound.Name);
        var listed = await files.ListAsync(bound, scan.Filters, given, cancellation).ConfigureAwait(false);
        var opened = new List<(LocalFile File, IReadOnlyList<string> Values)>();
        try
        {
            foreach (var file in listed)
            {
                // An object deleted since the listing is simply no longer part of the table.
                if (await objects.OpenLocalAsync(file.Object.Key, cancellation).ConfigureAwait(false) is { } local)
                {
                    opened.Add((local, file.PartitionValues));
                }
            }

            return reader == TableReader.Json
                ? new PlannedScan(scan, bound, reader, opened, null, opened.Sum(file => file.File.Info.Size))
                : await PlanParquetAsync(scan, bound, opened, cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            foreach (var (file, _) in opened)
            {
                file.Dispose();
            }

            throw;
        }
    }

    private async Task<PlannedScan> PlanParquetAsync(
        TableScan scan,
        BoundTable bound,
        List<(LocalFile File, IReadOnlyList<string> Values)> opened,
        CancellationToken cancellation)
    {
        var sizes = await parquet.ReadAsync([.. opened.Select(file => file.File)], cancellation).ConfigureAwait(false);
        var withRows = new List<(LocalFile, IReadOnlyList<string>)>();
        var present = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0L;
        for (var i = 0; i < opened.Count; i++)
        {
            if (sizes[i].Count == 0)
            {
                opened[i].File.Dispose();
                continue;
            }

            withRows.Add(opened[i]);
            present.UnionWith(sizes[i].Keys);
            bytes += scan.Columns.Sum(column => sizes[i].GetValueOrDefault(column));
        }

        return new PlannedScan(scan, bound, TableReader.Parquet, withRows, present, bytes);
    }
}
