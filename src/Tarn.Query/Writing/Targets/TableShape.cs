using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Writing.Targets;

/// <summary>How the rows of INSERT are written into a table: what it declares decides.</summary>
internal static class TableShape
{
    private const string AvroSerDe = "org.apache.hadoop.hive.serde2.avro.AvroSerDe";

    /// <summary>Fails with Trino's words for columns that do not fit, and for formats that are only read.</summary>
    public static WriteShape Of(
        Table table, Statement.Insert insert, IReadOnlyList<TranslatedColumn> result)
    {
        var format = FormatOf(table, insert.Position);
        var targets = table.Storage.Columns.Concat(table.PartitionKeys).ToList();
        var sources = Sources(table, targets, insert);
        var columns = Columns(table, targets, sources, insert, result);
        var count = table.Storage.Columns.Count;
        return new WriteShape
        {
            Format = format,
            Compression = FileOptions.CompressionOf(format, Codec(table, format), insert.Position),
            Columns = columns[..count],
            PartitionKeys = columns[count..],
            Text = TextLayout.Of(table.Storage.SerDeParameters),
        };
    }

    /// <summary>For each column of the query the index of the table's column that it goes into.</summary>
    private static List<int> Sources(Table table, List<Column> targets, Statement.Insert insert)
    {
        if (insert.Columns.Count == 0)
        {
            return [.. Enumerable.Range(0, targets.Count)];
        }

        var indexes = new List<int>();
        foreach (var column in insert.Columns)
        {
            var index = targets.FindIndex(
                target => target.Name.Equals(column.Text, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"{column.Position}: Insert column name does not exist in target table: {column.Text}",
                    hint: Suggestion.Hint(column.Text, targets.Select(target => target.Name)))
                {
                    Code = "COLUMN_NOT_FOUND",
                };
            }

            if (indexes.Contains(index))
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"{column.Position}: Insert column name is specified more than once: {column.Text}")
                {
                    Code = "DUPLICATE_COLUMN_NAME",
                };
            }

            indexes.Add(index);
        }

        return indexes;
    }

    private static List<WriteColumn> Columns(
        Table table,
        List<Column> targets,
        List<int> sources,
        Statement.Insert insert,
        IReadOnlyList<TranslatedColumn> result)
    {
        var types = targets.Select(target => TypeText.TryParseHive(target.Type) ?? throw new TarnException(
            ErrorKind.Unsupported,
            $"column '{target.Name}' of table '{table.Name}' has the type '{target.Type}', which is not supported")
        {
            Code = "NOT_SUPPORTED",
        }).ToList();
        var fits = sources.Count == result.Count
            && sources.Select((target, i) => StoreCast.IsAllowed(result[i].Type, types[target])).All(can => can);
        if (!fits)
        {
            var wanted = string.Join(", ", sources.Select(target => types[target]));
            throw new TarnException(
                ErrorKind.Invalid,
                $"{insert.Position}: Insert query has mismatched column types: Table: [{wanted}], "
                    + $"Query: [{string.Join(", ", result.Select(column => column.Type))}]") { Code = "TYPE_MISMATCH" };
        }

        return [.. targets.Select((target, i) =>
        {
            var from = sources.IndexOf(i);
            var value = from < 0
                ? $"CAST(NULL AS {types[i].DuckDbName})"
                : StoreCast.Of(from, result[from].Type, types[i]);
            return new WriteColumn(target.Name, types[i], value);
        })];
    }

    private static string? Codec(Table table, WriteFormat format)
    {
        string[] names = format == WriteFormat.Parquet
            ? ["parquet.compression", "parquet.compress", "write.compression"]
            : ["write.compression"];
        return names.Select(name => table.Parameters.GetValueOrDefault(name)).FirstOrDefault(name => name is not null);
    }

    private static WriteFormat FormatOf(Table table, SqlPosition position)
    {
        if (table.Parameters.GetValueOrDefault("skip.header.line.count", "0") is var lines && lines != "0")
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"{position}: table '{table.Name}' skips the first lines of its files (skip.header.line.count = "
                    + $"{lines}): rows that INSERT writes would be lost",
                hint: "write another table with CREATE TABLE AS") { Code = "NOT_SUPPORTED" };
        }

        if (table.Storage.Buckets is not null)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"{position}: INSERT INTO is not supported on bucketed tables, as '{table.Name}' is one",
                hint: "write another table with CREATE TABLE AS") { Code = "NOT_SUPPORTED" };
        }

        return table.Storage.SerDe switch
        {
            SerDeNames.Parquet => WriteFormat.Parquet,
            SerDeNames.OpenXJson or SerDeNames.HiveJson => WriteFormat.Json,
            SerDeNames.LazySimple => WriteFormat.Text,
            AvroSerDe => WriteFormat.Avro,
            var other => throw new TarnException(
                ErrorKind.Unsupported,
                $"{position}: INSERT into table '{table.Name}' is not supported: its SerDe '{other}' is only read",
                hint: "write another table with CREATE TABLE AS") { Code = "NOT_SUPPORTED" },
        };
    }
}
