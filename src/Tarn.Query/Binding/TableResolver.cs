using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;
using Tarn.Query.Views;
using Tarn.Sql;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>What the names of a query stand for: tables of the catalog, and live tables of other rooms.</summary>
internal sealed class TableResolver(
    ICatalog catalog, IEnumerable<ITableSource> sources, InformationSchema informationSchema)
{
    /// <summary>Views may stand on views; deeper than this they stand on themselves.</summary>
    private const int ViewDepthMax = 64;

    /// <summary>
    /// Looks all names up and answers with a function for the translator, which gives null for what is not there
    /// (it may still be a name of WITH).
    /// </summary>
    public async Task<Func<Relation.Table, TableSchema?>> ResolveAsync(
        IReadOnlyList<Relation.Table> tables, string database, CancellationToken cancellation)
    {
        var found = new Resolution();
        await ResolveAsync(found, tables, database, depth: 0, cancellation).ConfigureAwait(false);
        return table => found.Tables.GetValueOrDefault(table);
    }

    private async Task ResolveAsync(
        Resolution found,
        IReadOnlyList<Relation.Table> tables,
        string database,
        int depth,
        CancellationToken cancellation)
    {
        foreach (var table in tables)
        {
            if (NameOf(table, database) is not { } name)
            {
                continue;
            }

            if (!found.Known.TryGetValue(name, out var schema))
            {
                found.Known[name] = null;
                schema = await FindAsync(found, name, table, depth, cancellation).ConfigureAwait(false);
                found.Known[name] = schema;
            }

            found.Tables[table] = schema;
        }
    }

    private static TableName? NameOf(Relation.Table table, string database)
    {
        var parts = table.Parts.Select(part => part.Text.ToLowerInvariant()).ToArray();
        return parts switch
        {
            [var name] => new TableName(database.ToLowerInvariant(), name),
            [var schema, var name] => new TableName(schema, name),
            [PrestoView.CatalogName, var schema, var name] => new TableName(schema, name),
            _ => null,
        };
    }

    private async Task<TableSchema?> FindAsync(
        Resolution found, TableName name, Relation.Table at, int depth, CancellationToken cancellation)
    {
        if (name.Database == InformationSchema.Database)
        {
            return await informationSchema.FindAsync(name.Name, cancellation).ConfigureAwait(false) is { } rows
                ? OfLive(name, rows)
                : null;
        }

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

        return table is null ? (live is null ? null : OfLive(name, live))
            : PrestoView.Is(table)
                ? await OfViewAsync(found, table, at, depth, cancellation).ConfigureAwait(false)
                : OfCatalog(table);
    }

    /// <summary>The view's query is parsed; its own tables are looked up from the database it was made in.</summary>
    private async Task<TableSchema> OfViewAsync(
        Resolution found, Table table, Relation.Table at, int depth, CancellationToken cancellation)
    {
        var view = PrestoView.Decode(table);
        var name = $"{PrestoView.CatalogName}.{table.Name}";
        if (depth == ViewDepthMax)
        {
            throw Broken("INVALID_VIEW", $"View '{name}' stands on more than {ViewDepthMax} views", at, null);
        }

        Statement.Select select;
        try
        {
            select = SqlParser.Parse(view.Sql) as Statement.Select
                ?? throw Broken("INVALID_VIEW", $"View '{name}' holds another statement than a query", at, null);
        }
        catch (TarnException failure) when (failure.Code == "SYNTAX_ERROR")
        {
            throw Broken("INVALID_VIEW", $"Failed parsing stored view '{name}': {failure.Message}", at, failure);
        }

        found.Open.Add(table.Name);
        foreach (var inner in select.Tables)
        {
            if (NameOf(inner, view.Database) is { } used && found.Open.Contains(used))
            {
                throw Broken("VIEW_IS_RECURSIVE", $"View '{name}' stands on itself", at, null);
            }
        }

        await ResolveAsync(found, select.Tables, view.Database, depth + 1, cancellation).ConfigureAwait(false);
        found.Open.Remove(table.Name);
        var columns = view.Columns
            .Select(column => (column.Name.ToLowerInvariant(), TypeText.TryParseHive(column.Type), column.Type))
            .ToList();
        return Schema(table.Name, table, null, columns) with { View = new TableView(name, select.Query, columns) };
    }

    private static TarnException Broken(string code, string message, Relation.Table at, Exception? cause) =>
        new(ErrorKind.Invalid, $"{at.Position}: {message}", cause: cause) { Code = code };

    private static TableSchema OfCatalog(Table table)
    {
        var columns = table.Storage.Columns.Concat(table.PartitionKeys)
            .Select(
                column => (Name: column.Name.ToLowerInvariant(), Type: TypeText.TryParseHive(column.Type), column.Type))
            .ToList();
        return Schema(table.Name, table, null, columns) with
        {
            Hidden = HiddenColumns.All,
            PartitionKeys = table.PartitionKeys.Select(key => key.Name.ToLowerInvariant()).ToHashSet(),
        };
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
        foreach (var (hidden, type) in table is null ? [] : HiddenColumns.All)
        {
            types.TryAdd(hidden, type);
        }

        return new TableSchema(new BoundTable(name, table, live, types), name.Database, name.Name, columns);
    }

    /// <summary>Of a column of a live table; null: SQL cannot use it.</summary>
    public static SqlType? OfDuckDb(string type) => type.ToUpperInvariant() switch
    {
        "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => SqlType.TimestampTz,
        "FLOAT" => SqlType.Real,
        "HUGEINT" or "UBIGINT" => SqlType.Decimal(38, 0),
        var other => TypeText.TryParseHive(other),
    };

    /// <summary>What one query's names were found to be.</summary>
    private sealed class Resolution
    {
        public Dictionary<Relation.Table, TableSchema?> Tables { get; } = new(ReferenceEqualityComparer.Instance);

        public Dictionary<TableName, TableSchema?> Known { get; } = [];

        /// <summary>The views that are being looked into.</summary>
        public HashSet<TableName> Open { get; } = [];
    }
}
