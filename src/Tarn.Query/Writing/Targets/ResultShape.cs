using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Query.Statements;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;

namespace Tarn.Query.Writing.Targets;

/// <summary>How a query's own columns are written, where no table says it.</summary>
internal static class ResultShape
{
    /// <summary>Fails for columns that cannot be written, and for partition columns that are not the last.</summary>
    public static WriteShape Of(FileOptions options, IReadOnlyList<TranslatedColumn> result, SqlPosition position)
    {
        ResultColumnNames.Check(result, position);
        var columns = result.Select((column, i) => new WriteColumn(
            column.Name.ToLowerInvariant(), column.Type, Cast(i, column.Type.DuckDbName))).ToList();
        foreach (var column in columns)
        {
            HiveTypeText.Of(column.Type);
        }

        var keys = options.PartitionedBy;
        CheckKeys(columns, keys, position);
        return new WriteShape
        {
            Format = options.Format,
            Compression = options.Compression,
            Columns = columns[..^keys.Count],
            PartitionKeys = columns[^keys.Count..],
            Text = options.Text,
        };
    }

    /// <summary>A column of the query's result as another type.</summary>
    public static string Cast(int column, string duckDbType) =>
        string.Create(CultureInfo.InvariantCulture, $"CAST(result.c{column} AS {duckDbType})");

    private static void CheckKeys(List<WriteColumn> columns, IReadOnlyList<string> keys, SqlPosition position)
    {
        var missing = keys.Except(columns.Select(column => column.Name)).ToList();
        if (missing.Count > 0)
        {
            throw PropertyReader.Wrong(
                position,
                $"Partition columns [{string.Join(", ", missing)}] not present in schema",
                Suggestion.Hint(missing[0], columns.Select(column => column.Name)));
        }

        if (!columns.TakeLast(keys.Count).Select(column => column.Name).SequenceEqual(keys))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"{position}: Partition keys must be the last columns in the table and in the same order as the table "
                    + $"properties: [{string.Join(", ", keys)}]") { Code = "HIVE_COLUMN_ORDER_MISMATCH" };
        }

        if (keys.Count > 0 && keys.Count == columns.Count)
        {
            throw PropertyReader.Wrong(position, "Table contains only partition columns", hint: null);
        }

        if (columns.TakeLast(keys.Count).FirstOrDefault(key => key.Type.Arguments.Count > 0) is { } nested)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"{position}: Unsupported type [{nested.Type}] for partition: {nested.Name}")
            {
                Code = "NOT_SUPPORTED",
            };
        }
    }
}
