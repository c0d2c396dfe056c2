using System.Text.Json;

namespace Tarn.Aws.Protocol.Records;

/// <summary>Values of a put as <see cref="Utf8JsonReader"/> meets them. Text without escapes is not copied.</summary>
internal static class PutJson
{
    /// <summary>A reader of a whole body.</summary>
    public static Utf8JsonReader Open(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = 8 });
        Expect(ref reader, JsonTokenType.StartObject, "the body must be a JSON object");
        return reader;
    }

    /// <summary>Runs over the closing brace and refuses anything after it.</summary>
    public static void Close(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
        }
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string message)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw PutErrors.Wrong(message);
        }
    }

    /// <summary>
    /// The text that follows, as it stands in the body, or in rented memory where it has escapes; false when it is
    /// none.
    /// </summary>
    public static bool TryBytes<TPut>(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, RecordBatch<TPut> put, out ReadOnlyMemory<byte> bytes)
        where TPut : RecordBatch<TPut>, new()
    {
        reader.Read();
        bytes = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        if (!reader.ValueIsEscaped)
        {
            bytes = body.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            return true;
        }

        var plain = put.Rent(reader.ValueSpan.Length);
        bytes = plain[..reader.CopyString(plain.Span)];
        return true;
    }

    /// <summary>The text that follows; null for JSON's null.</summary>
    public static string? Text(ref Utf8JsonReader reader, string at)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw PutErrors.Wrong($"member '{at}' must be a string"),
        };
    }

    /// <summary>Disposes the put when reading its body failed, and says why as AWS does.</summary>
    public static TPut Read<TPut>(TPut put, ReadOnlyMemory<byte> body, Action<TPut, ReadOnlyMemory<byte>> read)
        where TPut : RecordBatch<TPut>, new()
    {
        try
        {
            read(put, body);
            return put;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            put.Dispose();
            throw PutErrors.Wrong("the body is not valid JSON: " + failure.Message);
        }
        catch
        {
            put.Dispose();
            throw;
        }
    }
}
