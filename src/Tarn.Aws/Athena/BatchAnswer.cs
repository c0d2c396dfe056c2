using System.Text.Json;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Athena;

/// <summary>Answers of operations that get many things: those that are there, then those that are not.</summary>
internal static class BatchAnswer
{
    private const int NamesMax = 50;

    public static IReadOnlyList<string> Read(JsonMembers members, string name)
    {
        var names = members.Texts(name) ?? throw members.Missing(name);
        return names.Count is >= 1 and <= NamesMax
            ? names
            : throw AthenaErrors.Invalid($"{name} must have 1 to {NamesMax} items");
    }

    /// <param name="found">Name of the list of what is there.</param>
    /// <param name="missing">Name of the list of what is not, and of the name in each of its items.</param>
    public static async Task WriteAsync<T>(
        Utf8JsonWriter answer,
        string found,
        (string List, string Name) missing,
        IReadOnlyList<string> names,
        Func<string, Task<T?>> find,
        Action<Utf8JsonWriter, T> write)
        where T : class
    {
        var unknown = new List<string>();
        answer.WriteStartArray(found);
        foreach (var name in names)
        {
            if (await find(name) is { } item)
            {
                write(answer, item);
            }
            else
            {
                unknown.Add(name);
            }
        }

        answer.WriteEndArray();
        answer.WriteStartArray(missing.List);
        foreach (var name in unknown)
        {
            answer.WriteStartObject();
            answer.WriteString(missing.Name, name);
            answer.WriteString("ErrorCode", "INVALID_INPUT");
            answer.WriteString("ErrorMessage", $"{name} was not found");
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }
}
