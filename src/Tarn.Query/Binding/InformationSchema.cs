using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Query.Sources;
using Tarn.Query.Views;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>
/// <c>information_schema</c>: what the catalog holds, as tables. A snapshot as of the query's planning. Live tables are
/// among them; each database lists <c>information_schema</c> itself as little as Athena does.
/// </summary>
internal sealed class InformationSchema(ICatalog catalog, IEnumerable<ITableSource> sources)
{
    public const string Database = "information_schema";

    private static readonly DuckDbColumn[] TableColumns = Texts("table_catalog", "table_schema", "table_name");

    /// <summary>The rows of one of its tables; null: there is none of the name.</summary>
    public async Task<INativeTable?> FindAsync(string name, CancellationToken cancellation) => name switch
    {
        "schemata" => new TextTable(
            Texts("catalog_name", "schema_name"),
            [
                .. (await catalog.ListDatabasesAsync(cancellation).ConfigureAwait(false))
                    .Select(database => database.Name).Append(Database).Order(StringComparer.Ordinal)
                    .Select(database => new string?[] { PrestoView.CatalogName, database }),
            ]),
        "tables" => new TextTable(
            [.. TableColumns, .. Texts("table_type")],
            [.. (await ListAsync(cancellation).ConfigureAwait(false)).Select(entry => Row(entry.Name, entry.Type))]),
        "columns" => new TextTable(
            [
                .. TableColumns,
                .. Texts("column_name"),
                new DuckDbColumn("ordinal_position", "BIGINT"),
                .. Texts("column_default", "is_nullable", "data_type", "comment", "extra_info"),
            ],
            [.. (await ListAsync(cancellation).ConfigureAwait(false)).SelectMany(Columns)]),
        "views" => new TextTable(
            [.. TableColumns, .. Texts("view_definition")],
            [
                .. (await ListAsync(cancellation).ConfigureAwait(false))
                    .Where(entry => entry.Table is not null && PrestoView.Is(entry.Table))
                    .Select(entry => Row(entry.Name, Definition(entry.Table!))),
            ]),
        _ => null,
    };

    private static DuckDbColumn[] Texts(params ReadOnlySpan<string> names)
    {
        var columns = new DuckDbColumn[names.Length];
        for (var index = 0; index < names.Length; index++)
        {
            columns[index] = new DuckDbColumn(names[index], "VARCHAR");
        }

        return columns;
    }

    private static string?[] Row(TableName name, params ReadOnlySpan<string?> more) =>
        [PrestoView.CatalogName, name.Database, name.Name, .. more];

    private async Task<List<Entry>> ListAsync(CancellationToken cancellation)
    {
        var entries = new List<Entry>();
        foreach (var database in await catalog.ListDatabasesAsync(cancellation).ConfigureAwait(false))
        {
            foreach (var table in await catalog.ListTablesAsync(database.Name, cancellation).ConfigureAwait(false))
            {
                entries.Add(new Entry(table.Name, PrestoView.Is(table) ? "VIEW" : "BASE TABLE", table, null));
            }
        }

        foreach (var source in sources)
        {
            foreach (var name in source.List())
            {
                var live = await source.OpenAsync(name, cancellation).ConfigureAwait(false);
                entries.Add(new Entry(name, "BASE TABLE", null, live));
            }
        }

        return entries;
    }

    private static IEnumerable<string?[]> Columns(Entry entry)
    {
        var columns = entry.Table is { } table
            ? Own(table)
            : (entry.Live?.Columns ?? []).Select(column => (column.Name, Type(column.Type), Comment: "", Info: ""));
        return columns.Select((column, index) => Row(
            entry.Name,
            column.Name,
            (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            null,
            "YES",
            column.Item2,
            column.Comment.Length == 0 ? null : column.Comment,
            column.Info.Length == 0 ? null : column.Info));
    }

    private static IEnumerable<(string Name, string Type, string Comment, string Info)> Own(Table table)
    {
        if (PrestoView.Is(table))
        {
            return TryDecode(table)?.Columns.Select(column => (column.Name, column.Type, "", "")) ?? [];
        }

        return table.Storage.Columns.Select(column => (column.Name, Type(column.Type), column.Comment, ""))
            .Concat(table.PartitionKeys.Select(key => (key.Name, Type(key.Type), key.Comment, "partition key")));
    }

    private static string Type(string declared) => TypeText.TryParseHive(declared)?.ToString() ?? declared;

    private static string? Definition(Table view) => TryDecode(view)?.Sql;

    /// <summary>A view that cannot be read is listed without what it holds.</summary>
    private static PrestoView? TryDecode(Table view)
    {
        try
        {
            return PrestoView.Decode(view);
        }
        catch (Primitives.Errors.TarnException failure) when (failure.Code == "INVALID_VIEW")
        {
            return null;
        }
    }

    private sealed record Entry(TableName Name, string Type, Table? Table, INativeTable? Live);
}
