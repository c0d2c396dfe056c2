using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>
/// Writes a value with parts as JSON that DuckDB's cast reads exactly: every field once, under its declared name, and
/// every leaf checked and rounded as <see cref="JsonScalar"/> does for columns.
/// </summary>
internal sealed class JsonNested : IDisposable
{
    private readonly JsonSerDe _serDe;
    private readonly JsonScalar _scalars;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<SqlType, Func<string, int>> _fields = new(ReferenceEqualityComparer.Instance);

    public JsonNested(JsonSerDe serDe, JsonScalar scalars)
    {
        _serDe = serDe;
        _scalars = scalars;
        _json = new Utf8JsonWriter(
            _buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>
    /// The value under the reader, which is moved to its end; false when a part does not fit. Good until the next one.
    /// </summary>
    public bool TryRead(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> line, SqlType type, out ReadOnlySpan<byte> json)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        var fits = TryWrite(ref reader, line, type);
        if (fits)
        {
            _json.Flush();
        }

        json = _buffer.WrittenSpan;
        return fits;
    }

    public void Dispose() => _json.Dispose();

    private bool TryWrite(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, SqlType type)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            _json.WriteNullValue();
            return true;
        }

        return type.Kind switch
        {
            TypeKind.Array => reader.TokenType == JsonTokenType.StartArray && TryArray(ref reader, line, type),
            TypeKind.Map => reader.TokenType == JsonTokenType.StartObject && TryMap(ref reader, line, type),
            TypeKind.Row => reader.TokenType == JsonTokenType.StartObject && TryRow(ref reader, line, type),
            _ => _scalars.TryRead(ref reader, line, type, new NestedSink(_json)),
        };
    }

    private bool TryArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, SqlType type)
    {
        _json.WriteStartArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!TryWrite(ref reader, line, type.Arguments[0]))
            {
                return false;
            }
        }

        _json.WriteEndArray();
        return true;
    }

    private bool TryMap(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, SqlType type)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        _json.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Name(ref reader) is not { } name || Key(name, type.Arguments[0]) is not { } key || !keys.Add(key))
            {
                return false;
            }

            _json.WritePropertyName(key);
            reader.Read();
            if (!TryWrite(ref reader, line, type.Arguments[1]))
            {
                return false;
            }
        }

        _json.WriteEndObject();
        return true;
    }

    private bool TryRow(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, SqlType type)
    {
        if (!_fields.TryGetValue(type, out var find))
        {
            find = _serDe.Finder([.. Enumerable.Range(0, type.Arguments.Count).Select(type.FieldKey)]);
            _fields.Add(type, find);
        }

        var seen = new bool[type.Arguments.Count];
        _json.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Name(ref reader) is { } name ? find(name) : -1;
            reader.Read();
            if (field < 0)
            {
                reader.Skip();
                continue;
            }

            if (seen[field])
            {
                return false;
            }

            seen[field] = true;
            _json.WritePropertyName(type.FieldKey(field));
            if (!TryWrite(ref reader, line, type.Arguments[field]))
            {
                return false;
            }
        }

        for (var field = 0; field < seen.Length; field++)
        {
            if (!seen[field])
            {
                _json.WriteNull(type.FieldKey(field));
            }
        }

        _json.WriteEndObject();
        return true;
    }

    /// <summary>A map's key in the one spelling that its type has for it.</summary>
    private string? Key(string name, SqlType type)
    {
        if (type.Kind == TypeKind.Varchar)
        {
            return name;
        }

        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text);
        if (!_scalars.TryRead(Encoding.UTF8.GetBytes(name), type, isText: true, new NestedSink(json)))
        {
            return null;
        }

        json.Flush();
        return Encoding.UTF8.GetString(text.WrittenSpan).Trim('"');
    }

    private static string? Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // A name that is not UTF-8.
            return null;
        }
    }
}
