using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Compilation;
using Tarn.Query.Statements;
using Tarn.Query.Views;
using Tarn.Query.Writing.Commits;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Tree;

namespace Tarn.Query.Writing.Targets;

/// <summary>INSERT INTO: rows join a table, with the partitions that are new, all of them or none.</summary>
internal sealed class RowInsertion(
    ICatalog catalog, TableLookup lookup, QueryCompiler compiler, WriteFlow flow, TimeProvider clock)
{
    private const string ProjectionEnabled = "projection.enabled";
    private const string LocationTemplate = "storage.location.template";

    public async Task<PlannedWrite> PlanAsync(
        Statement.Insert insert, string database, CancellationToken cancellation)
    {
        var table = await FindAsync(insert, database, cancellation).ConfigureAwait(false);
        var plan = await compiler.PlanAsync(
            new Statement.Select(insert.Query, insert.Tables), new CompileOptions { Database = database }, cancellation)
            .ConfigureAwait(false);
        try
        {
            var shape = TableShape.Of(table, insert, plan.Query.Columns);
            return new PlannedWrite(plan, (context, token) => RunAsync(table, plan, shape, context, token));
        }
        catch (Exception)
        {
            plan.Dispose();
            throw;
        }
    }

    private async Task<Table> FindAsync(Statement.Insert insert, string database, CancellationToken cancellation)
    {
        var name = TableLookup.NameOf(insert.Table, database);
        var at = insert.Table.Position;
        var table = await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false);
        if (table is null)
        {
            throw lookup.IsLive(name)
                ? HiveFailure.Refused($"{at}: '{name}' is a live view: rows come from its stream", hint: null)
                : new TarnException(
                    ErrorKind.NotFound, $"{at}: Table '{PrestoView.CatalogName}.{name}' does not exist")
                {
                    Code = "TABLE_NOT_FOUND",
                };
        }

        if (PrestoView.Is(table))
        {
            throw HiveFailure.Refused($"{at}: Inserting into views is not supported", hint: null);
        }

        return table.Storage.Location.Length > 0
            ? table
            : throw HiveFailure.Refused($"{at}: table '{name}' has no location", "ALTER TABLE SET LOCATION");
    }

    private async Task<WriteSummary> RunAsync(
        Table table, QueryPlan plan, WriteShape shape, WriteContext context, CancellationToken cancellation)
    {
        using var query = QueryCompiler.Open(plan, context.Engine, context.Meter);
        using var session = context.Engine.OpenSession();
        query.Attach(session);
        context.Started(session);
        var isProjected = table.Parameters.GetValueOrDefault(ProjectionEnabled, "")
            .Equals("true", StringComparison.OrdinalIgnoreCase);
        var known = table.PartitionKeys.Count == 0 || isProjected
            ? []
            : await catalog.ListPartitionsAsync(table.Name, cancellation).ConfigureAwait(false);
        var places = known.ToDictionary(partition => Key(partition.Values), StringComparer.Ordinal);
        return await flow.RunAsync(
            context,
            session,
            query.DuckDbSql,
            plan.Query.Columns.Count,
            shape,
            values => places.TryGetValue(Key(values), out var there)
                ? PlaceOf(table, there)
                : PlaceOf(table, isProjected, values),
            async (outputs, token) => table.PartitionKeys.Count == 0 || isProjected
                ? []
                : await catalog.PlanPartitionsAsync(table.Name, PartitionsOf(outputs), token).ConfigureAwait(false),
            cancellation).ConfigureAwait(false);
    }

    private List<Partition> PartitionsOf(IReadOnlyList<WriteOutput> outputs)
    {
        var now = clock.GetUtcNow();
        return [.. outputs.DistinctBy(output => output.Folder)
            .Select(output => new Partition(output.File.Values, output.Folder, now))];
    }

    /// <summary>
    /// Rows are written as the table's are: a partition whose files are read otherwise would lose them.
    /// </summary>
    private static string PlaceOf(Table table, Partition partition) =>
        partition.Storage is null || DescriptorComparer.Instance.Equals(partition.Storage, table.Storage)
            ? Folder(partition.Location)
            : throw HiveFailure.Refused(
                "INSERT into partition '"
                    + PartitionFolder.Of(table.PartitionKeys.Select(key => key.Name), partition.Values).TrimEnd('/')
                    + $"' of table '{table.Name}' is not supported: its files are read by a descriptor of its own",
                "drop the partition and add it again, or write another one");

    private static string PlaceOf(Table table, bool isProjected, IReadOnlyList<string> values)
    {
        var keys = table.PartitionKeys.Select(key => key.Name).ToList();
        if (!isProjected || !table.Parameters.TryGetValue(LocationTemplate, out var template))
        {
            return Folder(table.Storage.Location) + PartitionFolder.Of(keys, values);
        }

        foreach (var (key, value) in keys.Zip(values))
        {
            template = template.Replace($"${{{key}}}", value, StringComparison.OrdinalIgnoreCase);
        }

        return Folder(template);
    }

    private static string Folder(string location) => location.EndsWith('/') ? location : location + "/";

    private static string Key(IReadOnlyList<string> values) => string.Join('\u0000', values);
}
