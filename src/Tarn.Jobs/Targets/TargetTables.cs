using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Specs;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Targets;

/// <summary>Makes a job's target table, or checks that the one that is there suits the result.</summary>
internal sealed class TargetTables(ICatalog catalog)
{
    public async Task<bool> ExistsAsync(JobSpec spec, CancellationToken cancellation) =>
        await catalog.FindTableAsync(JobRules.ParseTable(spec.Target), cancellation).ConfigureAwait(false) is not null;

    public async Task<Table> EnsureAsync(JobSpec spec, TargetSchema schema, CancellationToken cancellation)
    {
        var name = JobRules.ParseTable(spec.Target);
        var table = await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false)
            ?? await MakeAsync(spec, name, schema, cancellation).ConfigureAwait(false);
        Check(spec, schema, table);
        return table;
    }

    private static void Check(JobSpec spec, TargetSchema schema, Table table)
    {
        if (table.Storage.SerDe != SerDeNames.Parquet)
        {
            throw Invalid(spec, table, "is not a Parquet table", $"its SerDe is '{table.Storage.SerDe}'");
        }

        if (Describe(table.PartitionKeys) != Describe(schema.PartitionKeys))
        {
            throw Invalid(
                spec,
                table,
                "has other partition keys than the result",
                $"table: {Describe(table.PartitionKeys)}; result: {Describe(schema.PartitionKeys)}");
        }

        if (Describe(table.Storage.Columns.OrderBy(Name)) != Describe(schema.Columns.OrderBy(Name)))
        {
            var there = table.Storage.Columns.Select(Text).ToHashSet(StringComparer.Ordinal);
            var here = schema.Columns.Select(Text).ToHashSet(StringComparer.Ordinal);
            throw Invalid(
                spec,
                table,
                "has other columns than the result",
                $"only in the table: {string.Join(", ", there.Except(here))};"
                    + $" only in the result: {string.Join(", ", here.Except(there))}");
        }

        var isAppended = spec.Bookmark is not null;
        if (isAppended && spec.Location is not null
            && table.Storage.Location.TrimEnd('/') != spec.Location.TrimEnd('/'))
        {
            throw Invalid(spec, table, $"does not lie at '{spec.Location}'", $"it lies at '{table.Storage.Location}'");
        }
    }

    private static string Name(Column column) => column.Name;

    private static string Text(Column column) =>
        $"{column.Name} {column.Type.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}";

    private static string Describe(IEnumerable<Column> columns) => string.Join(", ", columns.Select(Text));

    private static TarnException Invalid(JobSpec spec, Table table, string problem, string detail) => new(
        ErrorKind.Invalid,
        $"target '{table.Name}' of job '{spec.Name}' {problem}",
        detail,
        "change the SELECT, or delete the table so that the job makes it");

    private async Task<Table> MakeAsync(
        JobSpec spec, TableName name, TargetSchema schema, CancellationToken cancellation)
    {
        if (await catalog.FindDatabaseAsync(name.Database, cancellation).ConfigureAwait(false) is null)
        {
            await catalog.CreateDatabaseAsync(new Database { Name = name.Database }, cancellation)
                .ConfigureAwait(false);
        }

        var table = new Table
        {
            Name = name,
            Description = $"made by job '{spec.Name}'",
            PartitionKeys = schema.PartitionKeys,
            Storage = new StorageDescriptor
            {
                Columns = schema.Columns,
                Location = spec.Bookmark is null
                    ? OutputNaming.RunFolder(spec, run: 0)
                    : JobRules.RootOf(spec).ToString(),
                InputFormat = SerDeNames.ParquetInputFormat,
                OutputFormat = SerDeNames.ParquetOutputFormat,
                SerDe = SerDeNames.Parquet,
            },
            Parameters = new Dictionary<string, string> { ["classification"] = "parquet" },
        };
        return await catalog.CreateTableAsync(table, cancellation).ConfigureAwait(false);
    }
}
