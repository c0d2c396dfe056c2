using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>The catalog's table that CREATE EXTERNAL TABLE describes.</summary>
internal static class TableDefinition
{
    public static Table Of(Statement.CreateTable create, TableName name, DateTimeOffset now)
    {
        Check(create, name);
        var classes = StorageClasses.Of(create.StoredAs, create.RowFormat);
        var added = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["EXTERNAL"] = "TRUE",
            ["transient_lastDdlTime"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        return new Table
        {
            Name = name,
            Description = create.Comment ?? "",
            PartitionKeys = [.. create.PartitionColumns.Select(ColumnOf)],
            Storage = new StorageDescriptor
            {
                Columns = [.. create.Columns.Select(ColumnOf)],
                Location = create.Location!,
                InputFormat = classes.InputFormat,
                OutputFormat = classes.OutputFormat,
                SerDe = classes.SerDe,
                SerDeParameters = SerDeParameters(create.RowFormat, classes.SerDe),
                Buckets = BucketsOf(create),
            },
            Parameters = PropertyLists.Merge(added, create.Properties),
        };
    }

    public static Column ColumnOf(ColumnDefinition column) => new(column.Name, column.Type, column.Comment ?? "");

    /// <summary>Fails with Hive's words when a name appears twice.</summary>
    public static void CheckNames(IEnumerable<string> columns, IEnumerable<string> keys)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns)
        {
            if (!seen.Add(column))
            {
                throw HiveFailure.Semantic(
                    ErrorKind.Invalid, "DUPLICATE_COLUMN_NAME", $"[Error 10036]: Duplicate column name: {column}");
            }
        }

        foreach (var key in keys)
        {
            if (!seen.Add(key))
            {
                throw HiveFailure.Semantic(
                    ErrorKind.Invalid,
                    "DUPLICATE_COLUMN_NAME",
                    $"[Error 10035]: Column repeated in partitioning columns: {key}");
            }
        }
    }

    private static TableBuckets? BucketsOf(Statement.CreateTable create)
    {
        if (create.Bucketing is not { } bucketing)
        {
            return null;
        }

        var columns = bucketing.Columns.Select(column => column.ToLowerInvariant()).ToList();
        var known = create.Columns.Select(column => column.Name.ToLowerInvariant()).ToList();
        return columns.Find(column => !known.Contains(column)) is { } missing
            ? throw HiveFailure.Semantic(
                ErrorKind.Invalid,
                "COLUMN_NOT_FOUND",
                $"[Error 10002]: Invalid column reference: {missing}",
                Suggestion.Hint(missing, known))
            : new TableBuckets(columns, bucketing.Count);
    }

    private static void Check(Statement.CreateTable create, TableName name)
    {
        if (!create.IsExternal)
        {
            throw HiveFailure.Semantic(
                ErrorKind.Unsupported,
                "NOT_SUPPORTED",
                $"table {name} is not external: only CREATE EXTERNAL TABLE makes tables of files",
                "add EXTERNAL, or use CREATE TABLE AS");
        }

        if (create.Bucketing is { SortedBy.Count: > 0 })
        {
            throw HiveFailure.Refused($"{create.Position}: SORTED BY is not supported", "leave it out, as in Athena");
        }

        if (string.IsNullOrEmpty(create.Location))
        {
            throw HiveFailure.Semantic(
                ErrorKind.Invalid, "INVALID_TABLE_PROPERTY", "LOCATION is required for an external table");
        }

        if (create.Columns.Count == 0)
        {
            throw HiveFailure.Semantic(
                ErrorKind.Invalid, "SYNTAX_ERROR", "at least one column must be specified for the table");
        }

        CheckNames(
            create.Columns.Select(column => column.Name), create.PartitionColumns.Select(column => column.Name));
    }

    private static IReadOnlyDictionary<string, string> SerDeParameters(RowFormat? rows, string serDe)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                properties[name] = value;
            }
        }

        switch (rows)
        {
            case RowFormat.SerDe written:
                return PropertyLists.Merge(properties, written.Properties);
            case RowFormat.Delimited delimited:
                Add("field.delim", delimited.Fields);
                Add("serialization.format", delimited.Fields);
                Add("escape.delim", delimited.Escape);
                Add("collection.delim", delimited.CollectionItems);
                Add("mapkey.delim", delimited.MapKeys);
                Add("line.delim", delimited.Lines);
                Add("serialization.null.format", delimited.Null);
                return properties;
            default:
                Add("serialization.format", serDe == SerDeNames.LazySimple ? "1" : null);
                return properties;
        }
    }
}
