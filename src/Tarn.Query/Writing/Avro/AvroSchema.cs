using System.Text.Json;
using System.Text.Json.Nodes;
using Tarn.Primitives.Errors;
using Tarn.Sql.Types;

namespace Tarn.Query.Writing.Avro;

/// <summary>The Avro schema of rows: a record whose fields may all be null, as Hive writes it.</summary>
internal static class AvroSchema
{
    public static string Of(IReadOnlyList<WriteColumn> columns)
    {
        var names = new NameCounter();
        var fields = columns.Select(column => Field(column.Name, column.Type, names)).ToArray<JsonNode?>();
        var schema = new JsonObject { ["type"] = "record", ["name"] = "row", ["fields"] = new JsonArray(fields) };
        return schema.ToJsonString(JsonSerializerOptions.Default);
    }

    private static JsonObject Field(string name, SqlType type, NameCounter names) => new()
    {
        ["name"] = name,
        ["type"] = Nullable(type, names),
        ["default"] = null,
    };

    private static JsonArray Nullable(SqlType type, NameCounter names) => ["null", Type(type, names)];

    private static JsonNode Type(SqlType type, NameCounter names) => type.Kind switch
    {
        TypeKind.Boolean => "boolean",
        TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer => "int",
        TypeKind.BigInt => "long",
        TypeKind.Real => "float",
        TypeKind.Double => "double",
        TypeKind.Varbinary => "bytes",
        TypeKind.Date => Logical("int", "date"),
        TypeKind.Timestamp => Logical("long", "timestamp-millis"),
        TypeKind.Decimal => new JsonObject
        {
            ["type"] = "bytes",
            ["logicalType"] = "decimal",
            ["precision"] = type.Precision,
            ["scale"] = type.Scale,
        },
        TypeKind.Array => new JsonObject { ["type"] = "array", ["items"] = Nullable(type.Arguments[0], names) },
        TypeKind.Map when IsText(type.Arguments[0]) => new JsonObject
        {
            ["type"] = "map",
            ["values"] = Nullable(type.Arguments[1], names),
        },
        TypeKind.Row => new JsonObject
        {
            ["type"] = "record",
            ["name"] = names.Next(),
            ["fields"] = new JsonArray([
                .. type.Arguments.Select((field, i) => Field(type.FieldKey(i).ToLowerInvariant(), field, names))]),
        },
        _ when IsText(type) => "string",
        _ => throw new TarnException(
            ErrorKind.Unsupported, $"Avro cannot hold the type {type}") { Code = "NOT_SUPPORTED" },
    };

    public static bool IsText(SqlType type) => type.ToString() is var name
        && (name.StartsWith("varchar", StringComparison.Ordinal) || name.StartsWith("char", StringComparison.Ordinal));

    private static JsonObject Logical(string type, string logical) =>
        new() { ["type"] = type, ["logicalType"] = logical };

    /// <summary>Records within records need names of their own.</summary>
    private sealed class NameCounter
    {
        private int _count;

        public string Next() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"record_{++_count}");
    }
}
