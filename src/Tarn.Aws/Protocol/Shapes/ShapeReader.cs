using System.Text.Json;
using System.Text.Json.Nodes;
using Tarn.Primitives.Errors;

namespace Tarn.Aws.Protocol.Shapes;

/// <summary>
/// Reads a request into the names that a record has, strictly: a member that the shape does not have, or has and
/// refuses, is refused by name before anything has happened, and all constraints of AWS's model are told at once.
/// A JSON null is the same as an absent member.
/// </summary>
/// <param name="operation">For errors, such as <c>firehose CreateDeliveryStream</c>.</param>
internal sealed class ShapeReader(string operation, ShapeForm form)
{
    private readonly List<string> _violations = [];

    /// <summary>The members as they are kept, of a JSON object.</summary>
    public JsonObject Read(JsonElement element, Shape shape)
    {
        var read = ReadObject(element, shape, "");
        return _violations.Count switch
        {
            0 => read,
            1 => throw Invalid("1 validation error detected: "),
            _ => throw Invalid($"{_violations.Count} validation errors detected: "),
        };
    }

    private JsonObject ReadObject(JsonElement element, Shape shape, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw WrongType(path, "a structure");
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null
                && shape.Find(property.Name, form) is not { Rules.Refused: null })
            {
                throw Refused(
                    $"member '{Join(path, property.Name)}'", shape.Find(property.Name, form)?.Rules.Refused);
            }
        }

        var read = new JsonObject();
        foreach (var member in shape.Members)
        {
            var at = Join(path, member.NameIn(form));
            if (element.TryGetProperty(member.NameIn(form), out var value) && value.ValueKind != JsonValueKind.Null)
            {
                read[member.Name] = ReadValue(value, member, at);
            }
            else if (member.IsNeededIn(form))
            {
                _violations.Add($"Value null at '{Lower(at)}' failed to satisfy constraint: Member must not be null");
            }
        }

        return read;
    }

    private JsonNode ReadValue(JsonElement value, ShapeMember member, string at) => member.Kind switch
    {
        ShapeKind.Text => ReadText(value, member, at),
        ShapeKind.Number => ReadNumber(value, member, at),
        ShapeKind.Flag => ReadFlag(value, member, at),
        ShapeKind.Structure => ReadObject(value, member.Shape!, at),
        ShapeKind.Structures => ReadList(
            value, member, at, (item, itemAt) => ReadObject(item, member.Shape!, itemAt)),
        ShapeKind.Texts => ReadList(value, member, at, (item, itemAt) => ReadText(item, member, itemAt)),
        _ => ReadMap(value, member, at),
    };

    private JsonValue ReadText(JsonElement value, ShapeMember member, string at)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw WrongType(at, "a string");
        }

        var text = value.GetString()!;
        RefuseValue(text, member, at);
        Check(member.Broken(text), member, text, at);
        return JsonValue.Create(text);
    }

    private JsonValue ReadFlag(JsonElement value, ShapeMember member, string at)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw WrongType(at, "a boolean");
        }

        RefuseValue(value.GetRawText(), member, at);
        return JsonValue.Create(value.GetBoolean());
    }

    private JsonValue ReadNumber(JsonElement value, ShapeMember member, string at)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            throw WrongType(at, "an integer");
        }

        Check(member.Broken(number), member, value.GetRawText(), at);
        return JsonValue.Create(number);
    }

    private JsonArray ReadList(
        JsonElement value, ShapeMember member, string at, Func<JsonElement, string, JsonNode> read)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw WrongType(at, "a list");
        }

        Check(member.BrokenBy(value.GetArrayLength()), member, "[...]", at);
        return new JsonArray([.. value.EnumerateArray().Select((item, i) => read(item, $"{at}.{i + 1}.member"))]);
    }

    private JsonObject ReadMap(JsonElement value, ShapeMember member, string at)
    {
        if (value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
        {
            throw WrongType(at, "a map of strings");
        }

        var map = new JsonObject();
        foreach (var pair in value.EnumerateObject())
        {
            map[pair.Name] = pair.Value.GetString();
        }

        var failed = $"Value '{{...}}' at '{Lower(at)}' failed to satisfy constraint: ";
        if (map.Any(pair => !member.IsKey(pair.Key)))
        {
            _violations.Add(failed + "Map keys must satisfy constraint: " + member.ItemRules(isKey: true));
        }

        if (map.Any(pair => member.Broken((string)pair.Value!).Any()))
        {
            _violations.Add(failed + "Map value must satisfy constraint: " + member.ItemRules(isKey: false));
        }

        return map;
    }

    private void RefuseValue(string value, ShapeMember member, string at)
    {
        if (member.Rules.RefusedValues.Contains(value, StringComparer.Ordinal))
        {
            throw Refused($"'{value}' in member '{at}'", member.Rules.RefusedValuesWhy);
        }
    }

    private TarnException Refused(string what, string? why) => new(
        ErrorKind.Unsupported, $"tarn does not support {what} of {operation}{(why is null ? "" : ": " + why)}");

    private void Check(IEnumerable<string> broken, ShapeMember member, string value, string at) =>
        _violations.AddRange(broken.Select(constraint =>
            (member.Rules.IsSensitive ? "Value" : $"Value '{value}'")
            + $" at '{Lower(at)}' failed to satisfy constraint: {constraint}"));

    private AwsException Invalid(string head) => new("ValidationException", 400, head + string.Join("; ", _violations));

    private static AwsException WrongType(string at, string wanted) =>
        new("SerializationException", 400, $"member '{Lower(at)}' must be {wanted}");

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    /// <summary>A path as validation messages write it, first letters in lower case.</summary>
    private static string Lower(string path) =>
        string.Join('.', path.Split('.').Select(step => char.ToLowerInvariant(step[0]) + step[1..]));
}
