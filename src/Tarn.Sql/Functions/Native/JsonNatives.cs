using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>
/// JSON by path. Documents are read as a stream and no further than the value that is asked for; text that is no JSON
/// up to there gives NULL, as in Trino.
/// </summary>
internal static class JsonNatives
{
    public static JsonReaderOptions Reading { get; } = new() { MaxDepth = 1000 };

    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
        SkipValidation = true,
    };

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("tarn_json_extract", ["VARCHAR", "VARCHAR"], "JSON", row => At(row, Copy)),
        new("tarn_json_extract_scalar", ["VARCHAR", "VARCHAR"], "VARCHAR", row => At(row, Scalar)),
        new("tarn_json_size", ["VARCHAR", "VARCHAR"], "BIGINT", row => At(row, Size)),
        new("tarn_json_array_length", ["VARCHAR"], "BIGINT", row => Whole(row, Length)),
        new("tarn_json_array_get", ["VARCHAR", "BIGINT"], "JSON", row => Whole(row, Element)),
        new("tarn_json_contains_text", ["VARCHAR", "VARCHAR"], "BOOLEAN", row => Whole(row, ContainsText)),
        new("tarn_json_contains_number", ["VARCHAR", "DOUBLE"], "BOOLEAN", row => Whole(row, ContainsNumber)),
        new("tarn_json_contains_boolean", ["VARCHAR", "BOOLEAN"], "BOOLEAN", row => Whole(row, ContainsBoolean)),
        Define.Of("tarn_is_json_scalar", (string json) => IsScalar(json)),
        Define.Of("tarn_json_parse", (string json) => JsonCanonical.Of(json)) with { Result = "JSON" },
    ];

    private delegate void Reader(FunctionRow row, ref Utf8JsonReader json);

    private static void At(FunctionRow row, Reader read)
    {
        var steps = JsonSteps.Of(row.GetBytes(1));
        var json = new Utf8JsonReader(row.GetBytes(0), Reading);
        try
        {
            if (json.Read() && Descend(ref json, steps))
            {
                read(row, ref json);
            }
        }
        catch (JsonException)
        {
            row.SetNull();
        }
    }

    private static void Whole(FunctionRow row, Reader read)
    {
        var json = new Utf8JsonReader(row.GetBytes(0), Reading);
        try
        {
            if (json.Read() && json.TokenType == JsonTokenType.StartArray)
            {
                read(row, ref json);
            }
        }
        catch (JsonException)
        {
            row.SetNull();
        }
    }

    /// <summary>Stands on the value that the path names, or gives false.</summary>
    private static bool Descend(ref Utf8JsonReader json, JsonSteps path)
    {
        foreach (var (name, index) in path.Steps)
        {
            var found = json.TokenType switch
            {
                JsonTokenType.StartObject => FindMember(ref json, name),
                JsonTokenType.StartArray => FindElement(ref json, index),
                _ => false,
            };
            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    private static bool FindMember(ref Utf8JsonReader json, byte[] name)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = json.ValueTextEquals(name);
            json.Read();
            if (isIt)
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }

    private static bool FindElement(ref Utf8JsonReader json, int index)
    {
        for (var at = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; at++)
        {
            if (at == index)
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }

    private static void Scalar(FunctionRow row, ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                SetString(row, ref json);
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                row.SetBytes(json.ValueSpan);
                break;
        }
    }

    private static void SetString(FunctionRow row, ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            row.SetBytes(json.ValueSpan);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        try
        {
            row.SetBytes(buffer.AsSpan(0, json.CopyString(buffer)));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text.
            row.SetNull();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Copy(FunctionRow row, ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null)
        {
            row.SetBytes(json.ValueSpan);
            return;
        }

        row.SetBytes(Compact(ref json).WrittenSpan);
    }

    public static ArrayBufferWriter<byte> Compact(ref Utf8JsonReader json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Writing);
        var depth = json.CurrentDepth;
        WriteToken(writer, ref json);
        if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            do
            {
                json.Read();
                WriteToken(writer, ref json);
            }
            while (json.CurrentDepth > depth);
        }

        writer.Flush();
        return buffer;
    }

    private static void WriteToken(Utf8JsonWriter writer, ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.PropertyName: writer.WritePropertyName(json.GetString()!); break;
            case JsonTokenType.String: writer.WriteStringValue(json.GetString()); break;
            default: writer.WriteRawValue(json.ValueSpan, skipInputValidation: true); break;
        }
    }

    private static void Size(FunctionRow row, ref Utf8JsonReader json)
    {
        var count = 0L;
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            {
                count++;
                json.Skip();
            }
        }

        row.SetInt64(count);
    }

    private static void Length(FunctionRow row, ref Utf8JsonReader json) => Size(row, ref json);

    /// <summary>A text element is given without its quotes, as Trino gives it.</summary>
    private static void Element(FunctionRow row, ref Utf8JsonReader json)
    {
        var index = row.GetInt64(1);
        if (index < 0)
        {
            var length = 0L;
            var counting = json;
            while (counting.Read() && counting.TokenType != JsonTokenType.EndArray)
            {
                length++;
                counting.Skip();
            }

            index += length;
        }

        if (index is < 0 or > int.MaxValue || !FindElement(ref json, (int)index)
            || json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (json.TokenType == JsonTokenType.String)
        {
            SetString(row, ref json);
        }
        else
        {
            Copy(row, ref json);
        }
    }

    private static void ContainsText(FunctionRow row, ref Utf8JsonReader json)
    {
        var found = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            found |= json.TokenType == JsonTokenType.String && json.ValueTextEquals(row.GetBytes(1));
            json.Skip();
        }

        row.SetBoolean(found);
    }

    private static void ContainsNumber(FunctionRow row, ref Utf8JsonReader json)
    {
        var found = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            found |= json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var value)
                && value.Equals(row.GetDouble(1));
            json.Skip();
        }

        row.SetBoolean(found);
    }

    private static void ContainsBoolean(FunctionRow row, ref Utf8JsonReader json)
    {
        var found = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            found |= json.TokenType == (row.GetBoolean(1) ? JsonTokenType.True : JsonTokenType.False);
            json.Skip();
        }

        row.SetBoolean(found);
    }

    private static bool IsScalar(string text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Reading);
        try
        {
            json.Read();
            var isScalar = json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject);
            while (json.Read())
            {
                // Only whether it is JSON to its end.
            }

            return isScalar;
        }
        catch (JsonException)
        {
            throw Define.Invalid($"Invalid JSON value: {text}");
        }
    }
}
