using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Query.Compilation;
using Tarn.Query.Statements;
using Tarn.Query.Views;
using Tarn.Query.Writing.Commits;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Tree;
using Tarn.Storage.Objects;

namespace Tarn.Query.Writing.Targets;

/// <summary>CREATE TABLE AS: the table is there with all its rows, or not at all.</summary>
internal sealed class TableCreation(
    ICatalog catalog,
    TableLookup lookup,
    QueryCompiler compiler,
    EmptyFolder folders,
    WriteFlow flow,
    TimeProvider clock)
{
    public async Task<PlannedWrite> PlanAsync(
        Statement.CreateTableAs create, string database, CancellationToken cancellation)
    {
        var name = TableLookup.NameOf(create.Table, database);
        if (await catalog.FindDatabaseAsync(name.Database, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"{create.Table.Position}: Schema '{name.Database}' does not exist")
            {
                Code = "SCHEMA_NOT_FOUND",
            };
        }

        if (lookup.IsLive(name) || await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false) is not null)
        {
            return create.IfNotExists ? new PlannedWrite(null, (_, _) => Nothing) : throw Exists(create, name);
        }

        var properties = new PropertyReader(create.Properties);
        var format = properties.Text("format");
        var options = FileOptions.Read(
            properties, create.Position, format, "write_compression", "parquet_compression");
        var location = properties.Text("external_location");
        var buckets = BucketOptions.Read(properties, create.Position);
        RefuseOthers(create, properties);
        if (location is not null)
        {
            location = await folders.RequireAsync(location, $"table '{name}'", cancellation).ConfigureAwait(false);
        }

        var plan = await compiler.PlanAsync(
            new Statement.Select(create.Query, create.Tables), new CompileOptions { Database = database }, cancellation)
            .ConfigureAwait(false);
        try
        {
            var shape = ResultShape.Of(options, plan.Query.Columns, create.Position);
            shape = shape with { Buckets = buckets?.Of(shape) };
            return new PlannedWrite(
                plan, (context, token) => RunAsync(create, name, plan, shape, location, context, token));
        }
        catch (Exception)
        {
            plan.Dispose();
            throw;
        }
    }

    private static Task<WriteSummary> Nothing => Task.FromResult(new WriteSummary(0, [], ""));

    private static TarnException Exists(Statement.CreateTableAs create, TableName name) => new(
        ErrorKind.AlreadyExists,
        $"{create.Table.Position}: Destination table '{PrestoView.CatalogName}.{name}' already exists")
    {
        Code = "TABLE_ALREADY_EXISTS",
    };

    private static void RefuseOthers(Statement.CreateTableAs create, PropertyReader properties)
    {
        var type = properties.Text("table_type");
        if (type is not null && !type.Equals("HIVE", StringComparison.OrdinalIgnoreCase))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"{create.Position}: table_type '{type}' is not supported",
                hint: "leave it out: tables are Hive's") { Code = "NOT_SUPPORTED" };
        }

        properties.RefuseOthers("CREATE TABLE AS");
    }

    private async Task<WriteSummary> RunAsync(
        Statement.CreateTableAs create,
        TableName name,
        QueryPlan plan,
        WriteShape shape,
        string? location,
        WriteContext context,
        CancellationToken cancellation)
    {
        using var query = QueryCompiler.Open(plan, context.Engine, context.Meter);
        using var session = context.Engine.OpenSession();
        query.Attach(session);
        context.Started(session);
        var folder = location ?? context.Beside($"tables/{context.Id}/").ToString();
        var table = Define(name, shape, folder);
        var keys = shape.PartitionKeys.Select(key => key.Name).ToList();
        return await flow.RunAsync(
            context,
            session,
            create.WithData ? query.DuckDbSql : $"SELECT * FROM ({query.DuckDbSql}) AS result LIMIT 0",
            plan.Query.Columns.Count,
            shape,
            values => folder + PartitionFolder.Of(keys, values),
            async (outputs, token) =>
            {
                try
                {
                    return await catalog.PlanTableAsync(table, PartitionsOf(table, outputs), token)
                        .ConfigureAwait(false);
                }
                catch (TarnException failure) when (failure.Kind == ErrorKind.AlreadyExists)
                {
                    throw Exists(create, name);
                }
            },
            cancellation).ConfigureAwait(false);
    }

    private List<Partition> PartitionsOf(Table table, IReadOnlyList<WriteOutput> outputs)
    {
        var now = clock.GetUtcNow();
        return table.PartitionKeys.Count == 0
            ? []
            : [.. outputs.DistinctBy(output => output.Folder)
                .Select(output => new Partition(output.File.Values, output.Folder, now))];
    }

    private static Table Define(TableName name, WriteShape shape, string folder)
    {
        var classes = shape.Format switch
        {
            WriteFormat.Parquet => StorageClasses.Parquet,
            WriteFormat.Avro => StorageClasses.Avro,
            WriteFormat.Json => StorageClasses.Json with { SerDe = SerDeNames.HiveJson },
            _ => StorageClasses.Text,
        };
        var delimiters = new Dictionary<string, string>
        {
            ["field.delim"] = shape.Text.FieldDelimiter,
            ["serialization.format"] = shape.Text.FieldDelimiter,
        };
        return new Table
        {
            Name = name,
            PartitionKeys = [.. shape.PartitionKeys.Select(ColumnOf)],
            Storage = new StorageDescriptor
            {
                Columns = [.. shape.Columns.Select(ColumnOf)],
                Location = folder,
                InputFormat = classes.InputFormat,
                OutputFormat = classes.OutputFormat,
                SerDe = classes.SerDe,
                SerDeParameters = shape.Format == WriteFormat.Text
                    ? delimiters
                    : new Dictionary<string, string>(),
                Buckets = shape.Buckets is { } buckets
                    ? new TableBuckets([.. buckets.Columns.Select(column => column.Name)], buckets.Count)
                    : null,
            },
            Parameters = new Dictionary<string, string>
            {
                ["EXTERNAL"] = "TRUE",
                ["write.compression"] = shape.Compression.ToString().ToUpperInvariant(),
            },
        };
    }

    private static Column ColumnOf(WriteColumn column) => new(column.Name, HiveTypeText.Of(column.Type));
}
