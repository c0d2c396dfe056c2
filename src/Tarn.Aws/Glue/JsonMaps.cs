using System.Text.Json;

namespace Tarn.Aws.Glue;

/// <summary>Maps of strings in answers.</summary>
internal static class JsonMaps
{
    public static void Write(Utf8JsonWriter answer, string name, IReadOnlyDictionary<string, string> map)
    {
        answer.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            answer.WriteString(key, value);
        }

        answer.WriteEndObject();
    }
}
