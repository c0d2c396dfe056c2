using Tarn.Query.Compilation;
using Tarn.Query.Writing.Commits;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Tree;

namespace Tarn.Query.Writing.Targets;

/// <summary>UNLOAD: a query's rows as files in an empty folder, all of them or none.</summary>
internal sealed class Unloading(QueryCompiler compiler, EmptyFolder folders, WriteFlow flow)
{
    public async Task<PlannedWrite> PlanAsync(
        Statement.Unload unload, string database, CancellationToken cancellation)
    {
        var properties = new PropertyReader(unload.Properties);
        var format = properties.Text("format") ?? throw PropertyReader.Wrong(
            unload.Position, "UNLOAD needs the property 'format'", "WITH (format = 'PARQUET')");
        var options = FileOptions.Read(properties, unload.Position, format, "compression");
        properties.RefuseOthers("UNLOAD");
        var folder = await folders.RequireAsync(unload.Location, "UNLOAD", cancellation).ConfigureAwait(false);
        var plan = await compiler.PlanAsync(
            new Statement.Select(unload.Query, unload.Tables), new CompileOptions { Database = database }, cancellation)
            .ConfigureAwait(false);
        try
        {
            var shape = ResultShape.Of(options, plan.Query.Columns, unload.Position);
            return new PlannedWrite(plan, (context, token) => RunAsync(plan, shape, folder, context, token));
        }
        catch (Exception)
        {
            plan.Dispose();
            throw;
        }
    }

    private async Task<WriteSummary> RunAsync(
        QueryPlan plan, WriteShape shape, string folder, WriteContext context, CancellationToken cancellation)
    {
        using var query = QueryCompiler.Open(plan, context.Engine, context.Meter);
        using var session = context.Engine.OpenSession();
        query.Attach(session);
        context.Started(session);
        var keys = shape.PartitionKeys.Select(key => key.Name).ToList();
        return await flow.RunAsync(
            context,
            session,
            query.DuckDbSql,
            plan.Query.Columns.Count,
            shape,
            values => folder + PartitionFolder.Of(keys, values),
            (_, _) => Task.FromResult<IReadOnlyList<Tarn.Storage.Metadata.MetadataChange>>([]),
            cancellation).ConfigureAwait(false);
    }
}
