using System.Text;
using System.Text.RegularExpressions;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>SHOW and DESCRIBE: lines of text, as Athena gives them.</summary>
internal sealed class CatalogStatements(ICatalog catalog, IEnumerable<ITableSource> sources)
{
    /// <summary>The result's column name and its lines; null when the statement is not one of these.</summary>
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
                return (
                    "tab_name",
                    Like(
                        await TablesAsync(show.Database ?? database, cancellation).ConfigureAwait(false),
                        show.Pattern));
            case Statement.ShowColumns show:
                var shown = await ColumnsAsync(
                    show.Position, show.Table.Database ?? database, show.Table.Name, cancellation)
                    .ConfigureAwait(false);
                return ("field", [.. shown.Columns.Concat(shown.Keys).Select(column => column.Name)]);
            case Statement.Describe { Mode: DescribeMode.Plain, Column.Count: 0, Partition: null } describe:
                return ("col_name", await DescribeAsync(describe, database, cancellation).ConfigureAwait(false));
            case Statement.ShowPartitions show:
                return ("partition", await PartitionsAsync(show, database, cancellation).ConfigureAwait(false));
            default:
                return null;
        }
    }

    private async Task<IEnumerable<string>> TablesAsync(string database, CancellationToken cancellation)
    {
        var name = database.ToLowerInvariant();
        var live = sources.SelectMany(source => source.List()).Where(table => table.Database == name).ToList();
        if (live.Count == 0 && await catalog.FindDatabaseAsync(name, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"database '{name}' does not exist") { Code = "SCHEMA_NOT_FOUND" };
        }

        var tables = await catalog.ListTablesAsync(name, cancellation).ConfigureAwait(false);
        return tables.Select(table => table.Name.Name).Concat(live.Select(table => table.Name));
    }

    private async Task<(IReadOnlyList<Column> Columns, IReadOnlyList<Column> Keys)> ColumnsAsync(
        SqlPosition position, string database, string table, CancellationToken cancellation)
    {
        var name = new TableName(database.ToLowerInvariant(), table.ToLowerInvariant());
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
            ErrorKind.NotFound, $"{position}: Table '{name}' does not exist") { Code = "TABLE_NOT_FOUND" };
    }

    private async Task<IReadOnlyList<string>> DescribeAsync(
        Statement.Describe describe, string database, CancellationToken cancellation)
    {
        var (columns, keys) = await ColumnsAsync(
            describe.Position, describe.Table.Database ?? database, describe.Table.Name, cancellation)
            .ConfigureAwait(false);
        var lines = columns.Concat(keys).Select(Line).ToList();
        if (keys.Count > 0)
        {
            lines.AddRange(["", "# Partition Information", "# col_name\tdata_type\tcomment", ""]);
            lines.AddRange(keys.Select(Line));
        }

        return lines;
    }

    private static string Line(Column column) => $"{column.Name}\t{column.Type}\t{column.Comment}";

    private async Task<IReadOnlyList<string>> PartitionsAsync(
        Statement.ShowPartitions show, string database, CancellationToken cancellation)
    {
        var schema = show.Table.Database ?? database;
        var (_, keys) = await ColumnsAsync(show.Position, schema, show.Table.Name, cancellation)
            .ConfigureAwait(false);
        var name = new TableName(schema.ToLowerInvariant(), show.Table.Name.ToLowerInvariant());
        if (keys.Count == 0)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"{show.Position}: table '{name}' is not partitioned") { Code = "INVALID_TABLE_PROPERTY" };
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
