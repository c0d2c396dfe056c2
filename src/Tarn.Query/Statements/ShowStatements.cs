using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Views;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>SHOW CREATE TABLE and VIEW, SHOW TBLPROPERTIES, DESCRIBE.</summary>
internal sealed class ShowStatements(ICatalog catalog, TableLookup lookup, ListStatements lists)
{
    /// <summary>Null when the statement is none of these.</summary>
    public async Task<(string Column, IReadOnlyList<string> Lines)?> RunAsync(
        Statement statement, string database, CancellationToken cancellation)
    {
        switch (statement)
        {
            case Statement.ShowCreateTable show:
                var table = await lookup.RequireAsync(show.Table, database, cancellation).ConfigureAwait(false);
                return ("createtab_stmt", PrestoView.Is(table) ? ViewText(table) : CreateTableText.Of(table));
            case Statement.ShowCreateView show:
                return ("Create View", await ViewTextAsync(show, database, cancellation).ConfigureAwait(false));
            case Statement.ShowTableProperties show:
                var of = await lookup.RequireAsync(show.Table, database, cancellation).ConfigureAwait(false);
                return ("prpt_name", Properties(of, show.Property));
            case Statement.Describe describe:
                return ("col_name", await DescribeAsync(describe, database, cancellation).ConfigureAwait(false));
            default:
                return null;
        }
    }

    private async Task<IReadOnlyList<string>> ViewTextAsync(
        Statement.ShowCreateView show, string database, CancellationToken cancellation)
    {
        var name = TableLookup.NameOf(show.View, database);
        var view = await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false);
        if (view is not null && PrestoView.Is(view))
        {
            return ViewText(view);
        }

        throw new TarnException(
            view is null ? ErrorKind.NotFound : ErrorKind.Invalid,
            view is null
                ? $"{show.Position}: View '{PrestoView.CatalogName}.{name}' does not exist"
                : $"{show.Position}: Relation '{PrestoView.CatalogName}.{name}' is a table, not a view")
        {
            Code = view is null ? "TABLE_NOT_FOUND" : "NOT_SUPPORTED",
        };
    }

    private static IReadOnlyList<string> ViewText(Table view) =>
        [$"CREATE VIEW {view.Name} AS", .. PrestoView.Decode(view).Sql.ReplaceLineEndings("\n").Split('\n')];

    private static IReadOnlyList<string> Properties(Table table, string? property)
    {
        if (property is null)
        {
            return [.. table.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}\t{pair.Value}")];
        }

        return table.Parameters.TryGetValue(property, out var value)
            ? [value]
            : [$"Table {table.Name} does not have property: {property}"];
    }

    private async Task<IReadOnlyList<string>> DescribeAsync(
        Statement.Describe describe, string database, CancellationToken cancellation)
    {
        if (describe.Column.Count > 0)
        {
            return await ColumnAsync(describe, database, cancellation).ConfigureAwait(false);
        }

        if (describe.Mode == DescribeMode.Plain)
        {
            var (columns, keys) = await lists.ColumnsAsync(describe.Table, database, cancellation)
                .ConfigureAwait(false);
            return DescribeText.Plain(columns, keys);
        }

        var table = await lookup.RequireAsync(describe.Table, database, cancellation).ConfigureAwait(false);
        if (describe.Mode == DescribeMode.Extended)
        {
            return describe.Partition is null
                ? DescribeText.Extended(table)
                : throw HiveFailure.Refused("DESCRIBE EXTENDED of a partition is not supported", "use FORMATTED");
        }

        var of = await catalog.FindDatabaseAsync(table.Name.Database, cancellation).ConfigureAwait(false);
        if (describe.Partition is not { } spec)
        {
            return DescribeText.Formatted(table, of, partition: null);
        }

        var all = await catalog.ListPartitionsAsync(table.Name, cancellation).ConfigureAwait(false);
        var values = table.PartitionKeys.Select(key => spec.Values
            .FirstOrDefault(pair => pair.Column.Equals(key.Name, StringComparison.OrdinalIgnoreCase)).Value).ToList();
        var found = all.FirstOrDefault(partition => partition.Values.SequenceEqual(values))
            ?? throw HiveFailure.Semantic(
                ErrorKind.NotFound, "NOT_FOUND", $"[Error 10006]: Partition not found {string.Join('/', values)}");
        return DescribeText.Formatted(table, of, found);
    }

    private async Task<IReadOnlyList<string>> ColumnAsync(
        Statement.Describe describe, string database, CancellationToken cancellation)
    {
        var (columns, keys) = await lists.ColumnsAsync(describe.Table, database, cancellation).ConfigureAwait(false);
        if (describe.Column.Count > 1)
        {
            throw HiveFailure.Refused(
                $"{describe.Position}: DESCRIBE of a part of a column is not supported", "name the column alone");
        }

        var name = describe.Column[0];
        var found = columns.Concat(keys)
            .FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw HiveFailure.Semantic(
                ErrorKind.NotFound, "COLUMN_NOT_FOUND", $"[Error 10002]: Invalid column reference {name}");
        return DescribeText.Plain([found], []);
    }
}
