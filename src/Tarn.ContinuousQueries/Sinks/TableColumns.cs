using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>How a view's columns go into a table's, by name.</summary>
internal static class TableColumns
{
    /// <summary>The columns that a table gets which is made for the view.</summary>
    public static IReadOnlyList<Column> Of(string view, IReadOnlyList<ViewColumn> columns)
    {
        var made = columns.Select(column => new Column(NameOf(view, column), HiveOf(column))).ToList();
        return made.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new TarnException(
                ErrorKind.Invalid, $"view '{view}' has two columns '{twice.Key}', which a table cannot tell apart",
                hint: "give one of them another name with AS")
            : made;
    }

    /// <summary>DuckDB's select list of the table's columns over the view's rows; partition keys are apart.</summary>
    public static (string Columns, IReadOnlyList<string> Keys) Fit(
        Table table, string view, IReadOnlyList<ViewColumn> columns)
    {
        CheckTable(table);
        var all = table.Storage.Columns.Concat(table.PartitionKeys).ToList();
        if (columns.FirstOrDefault(column => !all.Exists(known => Matches(known, column))) is { } more)
        {
            throw Unfit(table, $"column '{more.Name}' of view '{view}' is not in table '{table.Name}'", all);
        }

        var sources = all.ConvertAll(target => Expression(table, target, view, columns, all));
        var count = table.Storage.Columns.Count;
        return (
            string.Join(", ", sources.Take(count).Zip(all, (source, target) =>
                $"{source} AS {SqlText.Name(target.Name)}")),
            sources[count..]);
    }

    private static void CheckTable(Table table)
    {
        if (table.Storage.SerDe != SerDeNames.Parquet || table.Storage.Buckets is not null
            || table.Parameters.GetValueOrDefault("projection.enabled", "")
                .Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"a sink into table '{table.Name}' is not supported",
                table.Storage.SerDe != SerDeNames.Parquet ? $"its SerDe is '{table.Storage.SerDe}'"
                    : table.Storage.Buckets is not null ? "its rows are divided among buckets"
                    : "its partitions are projected",
                "use a Parquet table without buckets and partition projection, or let the sink make one");
        }
    }

    private static string Expression(
        Table table, Column target, string view, IReadOnlyList<ViewColumn> columns, List<Column> all)
    {
        var source = columns.FirstOrDefault(column => Matches(target, column)) ?? throw Unfit(
            table, $"column '{target.Name}' of table '{table.Name}' is not in view '{view}'", all);
        var (name, own) = (SqlText.Name(source.Name), HiveOf(source));
        var wanted = target.Type.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return own == wanted ? source.Type == "TIMESTAMPTZ" ? $"timezone('UTC', {name})" : name
            : (own, wanted) is ("int", "bigint") ? $"CAST({name} AS BIGINT)"
            : (own, wanted) is ("int" or "bigint", "double") ? $"CAST({name} AS DOUBLE)"
            : throw Unfit(
                table,
                $"column '{source.Name}' of view '{view}' is {source.Type}, and {target.Type} in table '{table.Name}'",
                all);
    }

    private static bool Matches(Column target, ViewColumn source) =>
        target.Name.Equals(source.Name, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string view, ViewColumn column) =>
        column.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? column.Name.ToLowerInvariant()
            : throw new TarnException(
                ErrorKind.Invalid, $"column '{column.Name}' of view '{view}' has a name that no column of a table has",
                hint: "use letters, digits and _: give it another name with AS");

    /// <summary>Times with a zone are held in UTC.</summary>
    private static string HiveOf(ViewColumn column) => column.Type switch
    {
        "BOOLEAN" => "boolean",
        "INTEGER" => "int",
        "BIGINT" => "bigint",
        "DOUBLE" => "double",
        "DATE" => "date",
        "TIMESTAMP" or "TIMESTAMPTZ" => "timestamp",
        var type when CellType.DecimalDigits(type).Precision > 0 =>
            type.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
        _ => "string",
    };

    private static TarnException Unfit(Table table, string message, List<Column> all) => new(
        ErrorKind.Invalid, message,
        $"table '{table.Name}' has {string.Join(", ", all.Select(column => $"{column.Name} {column.Type}"))}",
        "change the view's SELECT, or use another table");
}
