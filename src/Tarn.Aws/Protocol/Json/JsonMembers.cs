using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Aws.Protocol.Json;

/// <summary>
/// The members of a JSON object in a request. Reading a member marks it; <see cref="RefuseRest"/> then refuses the
/// first one that nobody read, by name: a member that AWS documents and Tarn does not honour must not pass in
/// silence. A JSON null is the same as an absent member.
/// </summary>
internal sealed class JsonMembers(JsonElement element, string path, IReadOnlySet<string> noEffect)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<JsonMembers> _children = [];

    public string? Text(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw WrongType(name, "a string")
        : null;

    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    public long? Number(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw WrongType(name, "an integer")
        : null;

    /// <summary>An integer within bounds, or null when absent.</summary>
    public int? Number(string name, int min, int max)
    {
        var number = Number(name);
        if (number < min || number > max)
        {
            var (relation, bound) = number < min ? ("greater", min) : ("less", max);
            throw Violation(
                $"Value '{number}' at '{At(name)}' failed to satisfy constraint: "
                + $"Member must have value {relation} than or equal to {bound}");
        }

        return (int?)number;
    }

    public int RequiredNumber(string name, int min, int max) => Number(name, min, max) ?? throw Missing(name);

    public bool? Flag(string name) => Find(name) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw WrongType(name, "a boolean")
        : null;

    /// <summary>A point in time, sent as seconds since 1970 with fractions.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        const double SecondsMax = 253_402_300_799;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            && seconds is >= 0 and <= SecondsMax
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000))
            : throw WrongType(name, "a timestamp in seconds");
    }

    public JsonMembers? Object(string name) => Find(name) is { } value ? Child(value, name) : null;

    public IReadOnlyList<JsonMembers>? Objects(string name) => Find(name) is { } value
        ? [.. Items(value, name).Select((item, i) => Child(item, $"{name}.{i + 1}.member"))]
        : null;

    public IReadOnlyList<string>? Texts(string name) => Find(name) is { } value
        ? [.. Items(value, name).Select(item =>
            item.ValueKind == JsonValueKind.String ? item.GetString()! : throw WrongType(name, "a list of strings"))]
        : null;

    public IReadOnlyDictionary<string, string>? Map(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw WrongType(name, "a map of strings");
        }

        return value.EnumerateObject().ToDictionary(
            pair => pair.Name,
            pair => pair.Value.ValueKind == JsonValueKind.String
                ? pair.Value.GetString()!
                : throw WrongType(name, "a map of strings"));
    }

    /// <summary>
    /// Takes a member whose neutral value (false, 0, -1, empty) is what happens anyway; another value stays unread
    /// and is refused.
    /// </summary>
    public void TakeNeutral(string name)
    {
        var isNeutral = Find(name) is not { } value || value.ValueKind switch
        {
            JsonValueKind.False => true,
            JsonValueKind.Number => value.TryGetInt32(out var number) && number is 0 or -1,
            JsonValueKind.String => value.GetString()!.Length == 0,
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => value.GetPropertyCount() == 0,
            _ => false,
        };
        if (!isNeutral)
        {
            _read.Remove(name);
        }
    }

    /// <summary>Refuses the first member that was not read, here or in an object below.</summary>
    public void RefuseRest(string operation)
    {
        foreach (var member in element.EnumerateObject())
        {
            var full = Join(member.Name);
            var isKnown = _read.Contains(member.Name) || noEffect.Contains(full);
            if (!isKnown && member.Value.ValueKind != JsonValueKind.Null)
            {
                throw new TarnException(ErrorKind.Unsupported, $"tarn does not support member '{full}' of {operation}");
            }
        }

        foreach (var child in _children)
        {
            child.RefuseRest(operation);
        }
    }

    public AwsException Missing(string name) => Violation(
        $"Value null at '{At(name)}' failed to satisfy constraint: Member must not be null");

    /// <summary>The path of a member as validation messages write it, first letters in lower case.</summary>
    public string At(string name) =>
        string.Join('.', Join(name).Split('.').Select(step => char.ToLowerInvariant(step[0]) + step[1..]));

    public static AwsException Violation(string constraint) =>
        new("ValidationException", 400, "1 validation error detected: " + constraint);

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string Join(string name) => path.Length == 0 ? name : path + "." + name;

    private JsonMembers Child(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw WrongType(name, "a structure");
        }

        var child = new JsonMembers(value, Join(name), noEffect);
        _children.Add(child);
        return child;
    }

    private JsonElement.ArrayEnumerator Items(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw WrongType(name, "a list");

    private AwsException WrongType(string name, string wanted) =>
        new("SerializationException", 400, $"member '{At(name)}' must be {wanted}");
}
