using System.Text;
using System.Text.RegularExpressions;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;
using Tarn.Query.Views;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>SHOW DATABASES, TABLES, VIEWS, COLUMNS and PARTITIONS: names, a line each.</summary>
internal sealed class ListStatements(ICatalog catalog, IEnumerable<ITableSource> sources)
{
    /// <summary>Null when the statement is none of these.</summary>
    public async Task<(string Column, IReadOnlyList<string> Lines)?> RunAsync(
        Statement statement, string database, CancellationToken cancellation)
    {
        switch (statement)
        {
            case Statement.ShowDatabases show:
                var databases = await catalog.ListDatabasesAsync(cancellation).ConfigureAwait(false);
                var live = sources.SelectMany(source => source.List()).Select(name => name.Database);
                return ("database_name", Like(databases.Select(entry => entry.Name).Concat(live), show.Pattern));
            case Statement.ShowTables show:
                var names = await TablesAsync(show.Database ?? database, cancellation).ConfigureAwait(false);
                return ("tab_name", Like(names, show.Pattern));
            case Statement.ShowViews show:
                var views = await ViewsAsync(show.Database ?? database, cancellation).ConfigureAwait(false);
                return ("views", Like(views, show.Pattern));
            case Statement.ShowColumns show:
                var (columns, keys) = await ColumnsAsync(show.Table, database, cancellation).ConfigureAwait(false);
                return ("field", [.. columns.Concat(keys).Select(column => column.Name)]);
            case Statement.ShowPartitions show:
                return ("partition", await PartitionsAsync(show, database, cancellation).ConfigureAwait(false));
            default:
                return null;
        }
    }

    /// <summary>Columns and partition keys of a table, a view or a live view.</summary>
    public async Task<(IReadOnlyList<Column> Columns, IReadOnlyList<Column> Keys)> ColumnsAsync(
        TableRef table, string database, CancellationToken cancellation)
    {
        var name = TableLookup.NameOf(table, database);
        if (await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false) is { } found)
        {
            return (found.Storage.Columns, found.PartitionKeys);
        }

        foreach (var source in sources)
        {
            if (await source.OpenAsync(name, cancellation).ConfigureAwait(false) is { } live)
            {
                return (
                    [.. live.Columns.Select(column => new Column(column.Name, column.Type.ToLowerInvariant()))], []);
            }
        }

        throw new TarnException(
            ErrorKind.NotFound, $"{table.Position}: Table '{name}' does not exist") { Code = "TABLE_NOT_FOUND" };
    }

    private async Task<IEnumerable<string>> TablesAsync(string database, CancellationToken cancellation)
    {
        var name = database.ToLowerInvariant();
        var live = sources.SelectMany(source => source.List()).Where(table => table.Database == name).ToList();
        if (live.Count == 0)
        {
            await RequireDatabaseAsync(name, cancellation).ConfigureAwait(false);
        }

        var tables = await catalog.ListTablesAsync(name, cancellation).ConfigureAwait(false);
        return tables.Select(table => table.Name.Name).Concat(live.Select(table => table.Name));
    }

    private async Task<IEnumerable<string>> ViewsAsync(string database, CancellationToken cancellation)
    {
        await RequireDatabaseAsync(database, cancellation).ConfigureAwait(false);
        var tables = await catalog.ListTablesAsync(database, cancellation).ConfigureAwait(false);
        return tables.Where(PrestoView.Is).Select(table => table.Name.Name);
    }

    private async Task RequireDatabaseAsync(string name, CancellationToken cancellation)
    {
        if (await catalog.FindDatabaseAsync(name, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"database '{name}' does not exist") { Code = "SCHEMA_NOT_FOUND" };
        }
    }

    private async Task<IReadOnlyList<string>> PartitionsAsync(
        Statement.ShowPartitions show, string database, CancellationToken cancellation)
    {
        var (_, keys) = await ColumnsAsync(show.Table, database, cancellation).ConfigureAwait(false);
        var name = TableLookup.NameOf(show.Table, database);
        if (keys.Count == 0)
        {
            throw HiveFailure.Execution(
                ErrorKind.Invalid, "INVALID_TABLE_PROPERTY", $"Table {name.Name} is not a partitioned table");
        }

        var partitions = await catalog.ListPartitionsAsync(name, cancellation).ConfigureAwait(false);
        return [.. partitions.Select(partition =>
            string.Join('/', keys.Zip(partition.Values, (key, value) => $"{key.Name}={value}")))];
    }

    /// <summary>
    /// Hive's patterns: <c>*</c> for anything, <c>|</c> between choices; <c>%</c> too, as Trino's users write it.
    /// </summary>
    private static IReadOnlyList<string> Like(IEnumerable<string> names, string? pattern)
    {
        var sorted = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        if (pattern is null)
        {
            return [.. sorted];
        }

        var expression = new StringBuilder("^(");
        foreach (var c in pattern)
        {
            expression.Append(c is '*' or '%' ? ".*" : c == '|' ? "|" : Regex.Escape(c.ToString()));
        }

        var test = new Regex(
            expression.Append(")$").ToString(), RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
        return [.. sorted.Where(name => test.IsMatch(name))];
    }
}
