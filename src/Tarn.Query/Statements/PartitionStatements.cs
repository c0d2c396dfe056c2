using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>ALTER TABLE ADD, DROP and RENAME PARTITION, and SET LOCATION of one. Objects stay where they are.</summary>
internal sealed class PartitionStatements(ICatalog catalog, TableLookup lookup, TimeProvider clock)
{
    /// <summary>False when the statement is none of these.</summary>
    public async Task<bool> RunAsync(Statement statement, string database, CancellationToken cancellation)
    {
        switch (statement)
        {
            case Statement.AddPartitions add:
                await AddAsync(add, database, cancellation).ConfigureAwait(false);
                return true;
            case Statement.DropPartitions drop:
                await DropAsync(drop, database, cancellation).ConfigureAwait(false);
                return true;
            case Statement.RenamePartition rename:
                await RenameAsync(rename, database, cancellation).ConfigureAwait(false);
                return true;
            case Statement.SetLocation { Partition: { } partition } set:
                await SetLocationAsync(set, partition, database, cancellation).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private async Task AddAsync(Statement.AddPartitions add, string database, CancellationToken cancellation)
    {
        var table = await PartitionedAsync(add.Table, database, cancellation).ConfigureAwait(false);
        var root = table.Storage.Location.TrimEnd('/');
        var now = clock.GetUtcNow();
        var partitions = new List<Partition>();
        foreach (var item in add.Partitions)
        {
            var values = FullValues(table, item.Partition);
            var location = item.Location
                ?? $"{root}/{PartitionFolder.Of(table.PartitionKeys.Select(key => key.Name), values)}";
            partitions.Add(new Partition(values, location, now));
        }

        if (!add.IfNotExists)
        {
            var known = await KnownAsync(table, cancellation).ConfigureAwait(false);
            var there = partitions.FirstOrDefault(partition => known.ContainsKey(Key(partition.Values)));
            if (there is not null)
            {
                throw HiveFailure.Execution(
                    ErrorKind.AlreadyExists,
                    "ALREADY_EXISTS",
                    $"AlreadyExistsException(message:Partition already exists: {Text(table, there.Values)})",
                    "ADD IF NOT EXISTS leaves it as it is");
            }
        }

        await catalog.AddPartitionsAsync(table.Name, partitions, cancellation).ConfigureAwait(false);
    }

    private async Task DropAsync(Statement.DropPartitions drop, string database, CancellationToken cancellation)
    {
        var table = await PartitionedAsync(drop.Table, database, cancellation).ConfigureAwait(false);
        var known = await catalog.ListPartitionsAsync(table.Name, cancellation).ConfigureAwait(false);
        var gone = new List<IReadOnlyList<string>>();
        foreach (var spec in drop.Partitions)
        {
            var wanted = Indexed(table, spec);
            var matching = known
                .Where(partition => wanted.All(pair => partition.Values[pair.Index] == pair.Value))
                .Select(partition => partition.Values).ToList();
            if (matching.Count == 0 && !drop.IfExists)
            {
                var text = string.Join(", ", spec.Values.Select(pair => $"{pair.Column} = '{pair.Value}'"));
                throw HiveFailure.Semantic(
                    ErrorKind.NotFound, "NOT_FOUND", $"[Error 10006]: Partition not found ({text})");
            }

            gone.AddRange(matching);
        }

        await catalog.DeletePartitionsAsync(table.Name, gone, cancellation).ConfigureAwait(false);
    }

    private async Task RenameAsync(Statement.RenamePartition rename, string database, CancellationToken cancellation)
    {
        var table = await PartitionedAsync(rename.Table, database, cancellation).ConfigureAwait(false);
        var before = await RequireAsync(table, rename.From, cancellation).ConfigureAwait(false);
        var values = FullValues(table, rename.To);
        try
        {
            await catalog.ReplacePartitionAsync(
                table.Name, before.Values, before with { Values = values }, cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.AlreadyExists)
        {
            throw HiveFailure.Execution(
                ErrorKind.AlreadyExists,
                "ALREADY_EXISTS",
                $"Unable to rename partition. Partition already exists: {Text(table, values)}");
        }
    }

    private async Task SetLocationAsync(
        Statement.SetLocation set, PartitionSpec spec, string database, CancellationToken cancellation)
    {
        var table = await PartitionedAsync(set.Table, database, cancellation).ConfigureAwait(false);
        var before = await RequireAsync(table, spec, cancellation).ConfigureAwait(false);
        await catalog.ReplacePartitionAsync(
            table.Name, before.Values, before with { Location = set.Location }, cancellation).ConfigureAwait(false);
    }

    private async Task<Partition> RequireAsync(Table table, PartitionSpec spec, CancellationToken cancellation)
    {
        var values = FullValues(table, spec);
        var known = await KnownAsync(table, cancellation).ConfigureAwait(false);
        return known.GetValueOrDefault(Key(values)) ?? throw HiveFailure.Semantic(
            ErrorKind.NotFound, "NOT_FOUND", $"[Error 10006]: Partition not found {Text(table, values)}");
    }

    private async Task<Dictionary<string, Partition>> KnownAsync(Table table, CancellationToken cancellation)
    {
        var known = await catalog.ListPartitionsAsync(table.Name, cancellation).ConfigureAwait(false);
        return known.ToDictionary(partition => Key(partition.Values), StringComparer.Ordinal);
    }

    private async Task<Table> PartitionedAsync(TableRef at, string database, CancellationToken cancellation)
    {
        var table = await lookup.RequireFilesAsync(at, database, cancellation).ConfigureAwait(false);
        return table.PartitionKeys.Count > 0
            ? table
            : throw HiveFailure.Semantic(
                ErrorKind.Invalid,
                "INVALID_TABLE_PROPERTY",
                $"table is not partitioned but partition spec exists: {table.Name}");
    }

    /// <summary>A value for every key, in the table's order.</summary>
    private static IReadOnlyList<string> FullValues(Table table, PartitionSpec spec)
    {
        var given = Indexed(table, spec);
        return given.Count == table.PartitionKeys.Count
            ? [.. given.OrderBy(pair => pair.Index).Select(pair => pair.Value)]
            : throw HiveFailure.Semantic(
                ErrorKind.Invalid,
                "INVALID_TABLE_PROPERTY",
                $"partition spec {Braces(spec)} doesn't contain all ({table.PartitionKeys.Count}) partition columns");
    }

    private static List<(int Index, string Value)> Indexed(Table table, PartitionSpec spec)
    {
        var pairs = spec.Values.Select(pair =>
        {
            var index = table.PartitionKeys.ToList().FindIndex(
                key => key.Name.Equals(pair.Column, StringComparison.OrdinalIgnoreCase));
            return index >= 0
                ? (Index: index, pair.Value)
                : throw HiveFailure.Semantic(
                    ErrorKind.Invalid,
                    "COLUMN_NOT_FOUND",
                    $"Partition spec {Braces(spec)} contains non-partition columns",
                    Suggestion.Hint(pair.Column, table.PartitionKeys.Select(key => key.Name)));
        }).ToList();
        return pairs.DistinctBy(pair => pair.Index).Count() == pairs.Count
            ? pairs
            : throw HiveFailure.Semantic(
                ErrorKind.Invalid, "INVALID_TABLE_PROPERTY", $"Partition spec {Braces(spec)} names a column twice");
    }

    private static string Braces(PartitionSpec spec) =>
        $"{{{string.Join(", ", spec.Values.Select(pair => $"{pair.Column}={pair.Value}"))}}}";

    private static string Text(Table table, IReadOnlyList<string> values) =>
        table.Name.Name
            + $"({string.Join(", ", table.PartitionKeys.Zip(values, (key, value) => $"{key.Name}={value}"))})";

    /// <summary>Values hold anything but this.</summary>
    private static string Key(IReadOnlyList<string> values) => string.Join('\u0000', values);
}
