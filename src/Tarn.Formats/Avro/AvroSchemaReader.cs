using System.Text;
using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Formats.Avro;

/// <summary>Reads a schema from its JSON.</summary>
internal sealed class AvroSchemaReader
{
    private const int DepthMax = 200;
    private const int DecimalDigitsMax = 38;

    private static readonly Dictionary<string, AvroKind> Plain = new(StringComparer.Ordinal)
    {
        ["null"] = AvroKind.Null,
        ["boolean"] = AvroKind.Boolean,
        ["int"] = AvroKind.Int,
        ["long"] = AvroKind.Long,
        ["float"] = AvroKind.Float,
        ["double"] = AvroKind.Double,
        ["bytes"] = AvroKind.Bytes,
        ["string"] = AvroKind.String,
    };

    private readonly Dictionary<string, AvroType> _named = new(StringComparer.Ordinal);

    public AvroType Read(string schema)
    {
        try
        {
            using var json = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = DepthMax });
            return Type(json.RootElement, space: "");
        }
        catch (JsonException exception)
        {
            throw Wrong("it is no JSON: " + exception.Message, exception);
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Wrong(exception.Message, exception);
        }
    }

    private static TarnException Wrong(string why, Exception? cause = null) =>
        new(ErrorKind.Invalid, "the Avro schema cannot be read: " + why, cause: cause);

    private AvroType Type(JsonElement json, string space) => json.ValueKind switch
    {
        JsonValueKind.String => Named(json.GetString()!, space),
        JsonValueKind.Array => new AvroType(AvroKind.Union)
        {
            Parts = [.. json.EnumerateArray().Select(branch => Type(branch, space))],
        },
        JsonValueKind.Object => Object(json, space),
        _ => throw Wrong($"{json} is no type"),
    };

    private AvroType Named(string name, string space) =>
        Plain.TryGetValue(name, out var kind) ? new AvroType(kind)
            : _named.GetValueOrDefault(Full(name, space)) ?? _named.GetValueOrDefault(name)
                ?? throw Wrong($"the type '{name}' is not known");

    private AvroType Object(JsonElement json, string space)
    {
        var word = json.GetProperty("type");
        if (word.ValueKind != JsonValueKind.String)
        {
            // Some writers keep the logical type around the type that it is of.
            var inner = Type(word, space);
            return json.TryGetProperty("logicalType", out _) && inner.Kind <= AvroKind.Fixed
                ? Logical(json, inner.Kind, inner.Name, inner.Size)
                : inner;
        }

        switch (word.GetString())
        {
            case "record" or "error":
                return Record(json, space);
            case "enum":
                return Keep(new AvroType(AvroKind.Enum)
                {
                    Name = FullOf(json, space),
                    Symbols =
                    [
                        .. json.GetProperty("symbols").EnumerateArray()
                            .Select(symbol => Encoding.UTF8.GetBytes(symbol.GetString()!)),
                    ],
                });
            case "fixed":
                return Keep(Logical(json, AvroKind.Fixed, FullOf(json, space), json.GetProperty("size").GetInt32()));
            case "array":
                return new AvroType(AvroKind.Array) { Parts = [Type(json.GetProperty("items"), space)] };
            case "map":
                return new AvroType(AvroKind.Map) { Parts = [Type(json.GetProperty("values"), space)] };
            case { } name when Plain.TryGetValue(name, out var kind):
                return Logical(json, kind, name: "", size: 0);
            case { } name:
                return Named(name, space);
            default:
                throw Wrong($"{word} is no type");
        }
    }

    private AvroType Record(JsonElement json, string space)
    {
        var name = FullOf(json, space);
        var dot = name.LastIndexOf('.');
        var inner = dot < 0 ? "" : name[..dot];
        var record = Keep(new AvroType(AvroKind.Record) { Name = name });
        var fields = new List<AvroField>();
        foreach (var field in json.GetProperty("fields").EnumerateArray())
        {
            var type = Type(field.GetProperty("type"), inner);
            var aliases = field.TryGetProperty("aliases", out var others)
                ? others.EnumerateArray().Select(alias => alias.GetString()!).ToList()
                : [];
            var hasDefault = field.TryGetProperty("default", out var value);
            fields.Add(new AvroField(
                field.GetProperty("name").GetString()!,
                type,
                aliases,
                hasDefault ? AvroDefault.Encode(type, value) : null));
        }

        record.Fields = fields;
        return record;
    }

    /// <summary>What Avro does not know as a logical type counts as the plain one.</summary>
    private static AvroType Logical(JsonElement json, AvroKind kind, string name, int size)
    {
        var logical = json.TryGetProperty("logicalType", out var word) ? word.GetString() ?? "" : "";
        var precision = logical == "decimal" && json.TryGetProperty("precision", out var digits)
            ? digits.GetInt32()
            : 0;
        var scale = precision > 0 && json.TryGetProperty("scale", out var behind) ? behind.GetInt32() : 0;
        if (logical == "decimal" && (precision is < 1 or > DecimalDigitsMax || scale < 0 || scale > precision))
        {
            throw Wrong($"decimal({precision},{scale}) is no decimal of up to {DecimalDigitsMax} digits");
        }

        return size < 0
            ? throw Wrong($"a fixed of {size} bytes")
            : new AvroType(kind)
            {
                Name = name, Logical = logical, Precision = precision, Scale = scale, Size = size,
            };
    }

    private AvroType Keep(AvroType type) =>
        _named.TryAdd(type.Name, type) ? type : throw Wrong($"the type '{type.Name}' is there twice");

    private static string FullOf(JsonElement json, string space) => Full(
        json.GetProperty("name").GetString()!,
        json.TryGetProperty("namespace", out var own) ? own.GetString() ?? "" : space);

    private static string Full(string name, string space) =>
        name.Contains('.', StringComparison.Ordinal) || space.Length == 0 ? name : $"{space}.{name}";
}
