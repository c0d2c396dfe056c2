using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>What ALTER TABLE does to a table's columns. Pure.</summary>
internal static class ColumnChanges
{
    public static Table Add(Table table, IReadOnlyList<ColumnDefinition> columns) =>
        With(table, [.. table.Storage.Columns, .. columns.Select(TableDefinition.ColumnOf)]);

    public static Table Replace(Table table, IReadOnlyList<ColumnDefinition> columns) =>
        With(table, [.. columns.Select(TableDefinition.ColumnOf)]);

    public static Table Change(Table table, Statement.ChangeColumn change)
    {
        var columns = table.Storage.Columns.ToList();
        var index = columns.FindIndex(column => Is(column, change.Column));
        if (index < 0)
        {
            throw NoColumn(change.Column);
        }

        var before = columns[index];
        var after = TableDefinition.ColumnOf(change.Definition) with
        {
            Comment = change.Definition.Comment ?? before.Comment,
        };
        columns.RemoveAt(index);
        if (change.After is { Length: > 0 } name)
        {
            var behind = columns.FindIndex(column => Is(column, name));
            index = behind < 0 ? throw NoColumn(name) : behind + 1;
        }
        else if (change.After is not null)
        {
            index = 0;
        }

        columns.Insert(index, after);
        return With(table, columns);
    }

    private static bool Is(Column column, string name) =>
        column.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static Table With(Table table, IReadOnlyList<Column> columns)
    {
        TableDefinition.CheckNames(
            columns.Select(column => column.Name), table.PartitionKeys.Select(key => key.Name));
        return table with { Storage = table.Storage with { Columns = columns } };
    }

    private static TarnException NoColumn(string name) => HiveFailure.Execution(
        ErrorKind.NotFound, "COLUMN_NOT_FOUND", $"Invalid column reference {name}");
}
