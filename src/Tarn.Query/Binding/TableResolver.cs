using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>What the names of a query stand for: tables of the catalog, and live tables of other rooms.</summary>
internal sealed class TableResolver(ICatalog catalog, IEnumerable<ITableSource> sources)
{
    private const string CatalogName = "awsdatacatalog";

    /// <summary>
    /// Looks all names up and answers with a function for the translator, which gives null for what is not there
    /// (it may still be a name of WITH).
    /// </summary>
    public async Task<Func<Relation.Table, TableSchema?>> ResolveAsync(
        IReadOnlyList<Relation.Table> tables, string database, CancellationToken cancellation)
    {
        var found = new Dictionary<Relation.Table, TableSchema?>(ReferenceEqualityComparer.Instance);
        var known = new Dictionary<TableName, TableSchema?>();
        foreach (var table in tables)
        {
            if (NameOf(table, database) is not { } name)
            {
                continue;
            }

            if (!known.TryGetValue(name, out var schema))
            {
                schema = await FindAsync(name, table, cancellation).ConfigureAwait(false);
                known[name] = schema;
            }

            found[table] = schema;
        }

        return table => found.GetValueOrDefault(table);
    }

    private static TableName? NameOf(Relation.Table table, string database)
    {
        var parts = table.Parts.Select(part => part.Text.ToLowerInvariant()).ToArray();
        return parts switch
        {
            [var name] => new TableName(database.ToLowerInvariant(), name),
            [var schema, var name] => new TableName(schema, name),
            [CatalogName, var schema, var name] => new TableName(schema, name),
            _ => null,
        };
    }

    private async Task<TableSchema?> FindAsync(TableName name, Relation.Table at, CancellationToken cancellation)
    {
        var table = await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false);
        INativeTable? live = null;
        foreach (var source in sources)
        {
            live ??= await source.OpenAsync(name, cancellation).ConfigureAwait(false);
        }

        if (table is not null && live is not null)
        {
            throw new TarnException(
                ErrorKind.Conflict,
                $"{at.Position}: '{name}' is both a table of the catalog and a live view",
                hint: "rename or drop one of them") { Code = "AMBIGUOUS_NAME" };
        }

        return table is not null ? OfCatalog(table, at) : live is not null ? OfLive(name, live) : null;
    }

    private static TableSchema OfCatalog(Table table, Relation.Table at)
    {
        if (table.TableType == "VIRTUAL_VIEW")
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"{at.Position}: '{table.Name}' is a view, and views of the catalog are not supported",
                hint: "put its query into WITH") { Code = "NOT_SUPPORTED" };
        }

        var columns = table.Storage.Columns.Concat(table.PartitionKeys)
            .Select(
                column => (Name: column.Name.ToLowerInvariant(), Type: TypeText.TryParseHive(column.Type), column.Type))
            .ToList();
        return Schema(table.Name, table, null, columns);
    }

    private static TableSchema OfLive(TableName name, INativeTable live)
    {
        var columns = live.Columns
            .Select(column => (column.Name, Type: OfDuckDb(column.Type), column.Type))
            .ToList();
        return Schema(name, null, live, columns);
    }

    private static TableSchema Schema(
        TableName name, Table? table, INativeTable? live, List<(string Name, SqlType? Type, string)> columns)
    {
        var types = columns
            .Where(column => column.Type is not null)
            .DistinctBy(column => column.Name)
            .ToDictionary(column => column.Name, column => column.Type!, StringComparer.Ordinal);
        return new TableSchema(new BoundTable(name, table, live, types), name.Database, name.Name, columns);
    }

    private static SqlType? OfDuckDb(string type) => type.ToUpperInvariant() switch
    {
        "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => SqlType.TimestampTz,
        "FLOAT" => SqlType.Real,
        "HUGEINT" or "UBIGINT" => SqlType.Decimal(38, 0),
        var other => TypeText.TryParseHive(other),
    };
}
