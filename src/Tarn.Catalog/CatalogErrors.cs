using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;

namespace Tarn.Catalog;

/// <summary>The catalog's failures in one wording.</summary>
internal static class CatalogErrors
{
    public static TarnException NoDatabase(string name) =>
        new(ErrorKind.NotFound, $"database '{name}' does not exist") { Code = "SCHEMA_NOT_FOUND" };

    public static TarnException NoTable(TableName name) =>
        new(ErrorKind.NotFound, $"table '{name}' does not exist") { Code = "TABLE_NOT_FOUND" };

    public static TarnException DatabaseExists(string name) =>
        new(ErrorKind.AlreadyExists, $"database '{name}' already exists");

    public static TarnException TableExists(TableName name) =>
        new(ErrorKind.AlreadyExists, $"table '{name}' already exists");

    public static TarnException NoPartition(TableName table, IReadOnlyList<string> values) =>
        new(ErrorKind.NotFound, $"partition [{string.Join(", ", values)}] of table '{table}' does not exist");

    public static TarnException PartitionExists(TableName table, IReadOnlyList<string> values) =>
        new(ErrorKind.AlreadyExists, $"partition [{string.Join(", ", values)}] of table '{table}' already exists");

    public static TarnException Invalid(string message, string? detail = null) =>
        new(ErrorKind.Invalid, message, detail);
}
