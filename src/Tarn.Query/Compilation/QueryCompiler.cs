using Tarn.DuckDb;
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
        return Open(plan, reads: null, meter: null);
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
    /// <param name="engine">The DuckDB instance that the query is to run in.</param>
    /// <param name="meter">Counts what the query reads.</param>
    public static BoundQuery Open(QueryPlan plan, IDuckDb engine, ScanMeter meter) =>
        Open(plan, engine.CountReads(meter.Add), meter);

    private static BoundQuery Open(QueryPlan plan, IFileReads? reads, ScanMeter? meter)
    {
        try
        {
            string PathOf(OpenFile file) =>
                reads?.PathOf(file.File.Path, file.File.Info.Size) ?? file.File.Path;

            var objectsByPath = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in plan.Scans.SelectMany(scan => scan.Files))
            {
                objectsByPath[PathOf(file)] = file.File.Info.Key.ToString();
            }

            var inMemory = new List<(string, INativeTable)>();
            var relations = new RelationText(plan, PathOf, meter, inMemory);
            return new BoundQuery(plan, plan.Query.Print(relations.Of), inMemory, objectsByPath, reads);
        }
        catch (Exception)
        {
            reads?.Dispose();
            plan.Dispose();
            throw;
        }
    }
}
