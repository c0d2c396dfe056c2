using System.Text;
using System.Text.Json;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>What JSON_EXISTS, JSON_VALUE and JSON_QUERY are made of.</summary>
internal static class JsonSqlNatives
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_json_items", (string json, string path) => Items(json, path)),
        Define.Of("tarn_json_single_scalar", (string?[] items) => SingleScalar(items)),
        Define.Of("tarn_json_single", (string?[] items, string wrapper, bool keepsQuotes) =>
            Single(items, wrapper, keepsQuotes)),
    ];

    private static string?[] Items(string json, string path)
    {
        var steps = new JsonSqlPath(path);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            return [.. steps.Find(document.RootElement).Select(Compact)];
        }
        catch (JsonException)
        {
            throw Define.Error("JSON_INPUT_CONVERSION_ERROR", "conversion to JSON failed");
        }
    }

    private static string Compact(JsonElement item)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(item.GetRawText()), JsonNatives.Reading);
        json.Read();
        return Encoding.UTF8.GetString(JsonNatives.Compact(ref json).WrittenSpan);
    }

    private static string? SingleScalar(string?[] items)
    {
        if (items is not [{ } item])
        {
            throw Define.Error(
                "JSON_VALUE_RESULT_ERROR",
                "cannot extract SQL scalar from JSON: JSON path found "
                + (items.Length == 0 ? "no items" : "multiple items"));
        }

        return item[0] switch
        {
            '{' or '[' => throw Define.Error(
                "JSON_VALUE_RESULT_ERROR",
                "cannot extract SQL scalar from JSON: JSON path found an item that cannot be converted to an SQL "
                + "value"),
            '"' => JsonSerializer.Deserialize<string>(item),
            'n' => null,
            _ => item,
        };
    }

    private static string Single(string?[] items, string wrapper, bool keepsQuotes)
    {
        var wraps = wrapper == "UNCONDITIONAL"
            || (wrapper == "CONDITIONAL" && items is not [['{' or '[', ..]]);
        if (wraps)
        {
            return $"[{string.Join(',', items)}]";
        }

        return items is [{ } item]
            ? keepsQuotes || item[0] != '"' ? item : JsonSerializer.Deserialize<string>(item)!
            : throw Define.Error(
                "JSON_QUERY_RESULT_ERROR",
                "cannot extract SQL scalar from JSON: JSON path found "
                + (items.Length == 0 ? "no items" : "multiple items"));
    }
}
