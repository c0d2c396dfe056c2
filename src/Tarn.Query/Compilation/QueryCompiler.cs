using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding;
using Tarn.Query.Binding.JsonLines;
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
/// <item>open: write the readers into the text.</item>
/// </list>
/// </summary>
internal sealed class QueryCompiler(
    TableResolver resolver,
    TableFiles files,
    ParquetColumns parquet,
    IObjectStore objects,
    QueryOptions options) : IQueryCompiler
{
    private const int ListingsMax = 5;

    private static readonly HashSet<string> NoColumns = [];

    public async Task<CompiledQuery> CompileAsync(string sql, CompileOptions options, CancellationToken cancellation)
    {
        var select = SqlParser.Parse(sql) as Statement.Select
            ?? throw new TarnException(
                ErrorKind.Unsupported, "only a SELECT can be compiled") { Code = "NOT_SUPPORTED" };
        var plan = await PlanAsync(select, options, cancellation).ConfigureAwait(false);
        return Open(plan);
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
    public static BoundQuery Open(QueryPlan plan)
    {
        try
        {
            var objectsByPath = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (file, _) in plan.Scans.SelectMany(scan => scan.Files))
            {
                objectsByPath[file.Path] = file.Info.Key.ToString();
            }

            var inMemory = new List<(string, INativeTable)>();
            var sql = plan.Query.Print(scan => Relation(plan, scan, inMemory));
            return new BoundQuery(plan, sql, inMemory, objectsByPath);
        }
        catch (Exception)
        {
            plan.Dispose();
            throw;
        }
    }

    private static string Relation(QueryPlan plan, TableScan scan, List<(string, INativeTable)> inMemory)
    {
        var planned = plan.Scans.FirstOrDefault(candidate => candidate.Scan == scan);
        if (planned?.Json is { } json)
        {
            var source = $"json_{scan.Alias}";
            inMemory.Add((source, json));
            return json.Select(source, planned.Bound);
        }

        if (planned is not null)
        {
            return ScanText.Print(
                scan, planned.Bound, [.. planned.Files.Select(file => (file.File.Path, file.Values))], planned.Present);
        }

        var name = $"live_{scan.Alias}";
        inMemory.Add((name, ((BoundTable)scan.Table.Key).Live!));
        var columns = scan.Columns.Order(StringComparer.Ordinal).Select(DuckText.Name).DefaultIfEmpty("1 AS \"$row\"");
        return $"SELECT {string.Join(", ", columns)} FROM {DuckText.Name(name)}";
    }

    private async Task<PlannedScan> PlanScanAsync(
        TableScan scan, CompileOptions options, CancellationToken cancellation)
    {
        var bound = (BoundTable)scan.Table.Key;
        var reader = TableReaders.Of(bound.Table!);
        var given = options.Inputs.GetValueOrDefault(bound.Name);
        var opened = await OpenFilesAsync(bound, scan.Filters, given, cancellation).ConfigureAwait(false);
        try
        {
            return reader == TableReader.Json
                ? PlanJson(scan, bound, opened)
                : await PlanParquetAsync(scan, bound, opened, cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            Release(opened);
            throw;
        }
    }

    /// <summary>
    /// The table's objects as of one moment. One that is gone when it is opened may live on in another, so the table is
    /// listed again; what the second listing still names and cannot be opened was deleted by its owner meanwhile.
    /// </summary>
    private async Task<List<(LocalFile File, IReadOnlyList<string> Values)>> OpenFilesAsync(
        BoundTable bound,
        IReadOnlyList<ScanFilter> filters,
        IReadOnlyList<ObjectKey>? given,
        CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var listed = await files.ListAsync(bound, filters, given, cancellation).ConfigureAwait(false);
            var opened = new List<(LocalFile File, IReadOnlyList<string> Values)>();
            try
            {
                foreach (var file in listed)
                {
                    if (await objects.OpenLocalAsync(file.Object.Key, cancellation).ConfigureAwait(false) is { } local)
                    {
                        opened.Add((local, file.PartitionValues));
                    }
                }
            }
            catch (Exception)
            {
                Release(opened);
                throw;
            }

            if (opened.Count == listed.Count || given is not null || attempt == ListingsMax)
            {
                return opened;
            }

            Release(opened);
        }
    }

    private static void Release(List<(LocalFile File, IReadOnlyList<string> Values)> opened)
    {
        foreach (var (file, _) in opened)
        {
            file.Dispose();
        }
    }

    private PlannedScan PlanJson(
        TableScan scan, BoundTable bound, List<(LocalFile File, IReadOnlyList<string> Values)> opened) => new(
        scan,
        bound,
        opened,
        NoColumns,
        new JsonTable(scan, bound, opened, options.UnpackedBytesMax),
        opened.Sum(file => file.File.Info.Size));

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

        return new PlannedScan(scan, bound, withRows, present, null, bytes);
    }
}
