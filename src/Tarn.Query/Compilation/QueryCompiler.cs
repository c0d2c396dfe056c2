using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding;
using Tarn.Query.Estimates;
using Tarn.Query.Executions;
using Tarn.Sql;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;

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
    TableResolver resolver, ScanPlanner scanPlanner, QueryOptions queryOptions) : IQueryCompiler
{
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
                    scans.Add(await scanPlanner.PlanAsync(scan, options, cancellation).ConfigureAwait(false));
                }
            }
        }
        catch (Exception)
        {
            new QueryPlan(query, scans, new ScanEstimate(0, 0, 0)).Dispose();
            throw;
        }

        var bytes = scans.Sum(scan => scan.Bytes);
        var estimate = ScanEstimate.Of(bytes, scans.Sum(scan => scan.Files.Count()), queryOptions);
        return new QueryPlan(query, scans, estimate);
    }

    /// <summary>Takes the plan over: it is disposed with the result, or here when this fails.</summary>
    public static BoundQuery Open(QueryPlan plan)
    {
        try
        {
            var objectsByPath = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in plan.Scans.SelectMany(scan => scan.Files))
            {
                objectsByPath[file.File.Path] = file.File.Info.Key.ToString();
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
        if (planned is not null)
        {
            return Relation(planned, inMemory);
        }

        var name = $"live_{scan.Alias}";
        inMemory.Add((name, ((BoundTable)scan.Table.Key).Live!));
        var columns = scan.Columns.Order(StringComparer.Ordinal).Select(DuckText.Name).DefaultIfEmpty("1 AS \"$row\"");
        return $"SELECT {string.Join(", ", columns)} FROM {DuckText.Name(name)}";
    }

    private static string Relation(PlannedScan planned, List<(string, INativeTable)> inMemory)
    {
        var texts = new List<string>();
        foreach (var part in planned.Parts.Where(part => part.Files.Count > 0))
        {
            if (part.Rows is { } rows)
            {
                var source = $"rows_{planned.Scan.Alias}_{texts.Count}";
                inMemory.Add((source, rows));
                texts.Add(rows.Select(source));
            }
            else
            {
                texts.Add(ScanText.Parquet(part.Columns, part.Constants, part.Files, part.Present));
            }
        }

        return texts.Count == 0
            ? ScanText.Empty(planned.Scan, planned.Bound)
            : string.Join(" UNION ALL ", texts);
    }
}
