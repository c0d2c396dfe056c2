using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Delimited;

/// <summary>
/// Writes an array, map or struct as JSON that DuckDB's cast reads exactly. Each level takes the next separator, a map
/// takes two. Of equal keys of a map the first counts.
/// </summary>
internal sealed class LazyNested : IDisposable
{
    private readonly LazySimpleFormat _format;
    private readonly LazyText _text;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly ArrayBufferWriter<byte> _keyBuffer = new();
    private readonly Utf8JsonWriter _keyJson;

    public LazyNested(LazySimpleFormat format)
    {
        _format = format;
        _text = new LazyText(format);
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        _json = new Utf8JsonWriter(_buffer, options);
        _keyJson = new Utf8JsonWriter(_keyBuffer, options);
    }

    /// <summary>Throws Unsupported for a column that has more levels than there are separators.</summary>
    public static void CheckDepth(string owner, LineField field, int separators)
    {
        if (Depth(field.Type) >= separators)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"column '{field.Name}' of {owner} has more levels than LazySimpleSerDe has separators",
                hint: "set the SerDe property 'hive.serialization.extend.nesting.levels' = 'true'")
            {
                Code = "NOT_SUPPORTED",
            };
        }
    }

    /// <summary>The value as JSON, good until the next one.</summary>
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> value, SqlType type)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        Write(value, type, level: 1);
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    public void Dispose()
    {
        _json.Dispose();
        _keyJson.Dispose();
    }

    private static int Depth(SqlType type) => type.Kind switch
    {
        TypeKind.Map => 2 + type.Arguments.Max(Depth),
        TypeKind.Array or TypeKind.Row => 1 + type.Arguments.Max(Depth),
        _ => 0,
    };

    private void Write(ReadOnlySpan<byte> value, SqlType type, int level)
    {
        switch (type.Kind)
        {
            case TypeKind.Array:
                _json.WriteStartArray();
                WriteElements(value, type.Arguments[0], level);
                _json.WriteEndArray();
                break;
            case TypeKind.Map:
                _json.WriteStartObject();
                WriteEntries(value, type, level);
                _json.WriteEndObject();
                break;
            case TypeKind.Row:
                _json.WriteStartObject();
                WriteFields(value, type, level);
                _json.WriteEndObject();
                break;
            default:
                if (!TextScalar.TryRead(_text.Plain(value, type), type, new NestedSink(_json)))
                {
                    _json.WriteNullValue();
                }

                break;
        }
    }

    private void WriteOrNull(ReadOnlySpan<byte> value, SqlType type, int level)
    {
        if (value.SequenceEqual(_format.Null))
        {
            _json.WriteNullValue();
        }
        else
        {
            Write(value, type, level);
        }
    }

    private void WriteElements(ReadOnlySpan<byte> value, SqlType element, int level)
    {
        for (var hasMore = !value.IsEmpty; hasMore;)
        {
            WriteOrNull(Take(ref value, level, out hasMore), element, level + 1);
        }
    }

    private void WriteFields(ReadOnlySpan<byte> value, SqlType type, int level)
    {
        var hasMore = true;
        for (var field = 0; field < type.Arguments.Count; field++)
        {
            _json.WritePropertyName(type.FieldKey(field));
            if (hasMore)
            {
                WriteOrNull(Take(ref value, level, out hasMore), type.Arguments[field], level + 1);
            }
            else
            {
                _json.WriteNullValue();
            }
        }
    }

    private void WriteEntries(ReadOnlySpan<byte> value, SqlType type, int level)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var hasMore = !value.IsEmpty; hasMore;)
        {
            var entry = Take(ref value, level, out hasMore);
            var middle = _text.FindEnd(entry, _format.Separators[level + 1]);
            var key = Key(middle < 0 ? entry : entry[..middle], type.Arguments[0]);
            if (key is null || !keys.Add(key))
            {
                continue;
            }

            _json.WritePropertyName(key);
            if (middle < 0)
            {
                _json.WriteNullValue();
            }
            else
            {
                WriteOrNull(entry[(middle + 1)..], type.Arguments[1], level + 2);
            }
        }
    }

    /// <summary>A key in the one spelling that its type has for it; null: it is NULL and so is no key.</summary>
    private string? Key(ReadOnlySpan<byte> value, SqlType type)
    {
        if (value.SequenceEqual(_format.Null))
        {
            return null;
        }

        if (type.Kind == TypeKind.Varchar)
        {
            return Encoding.UTF8.GetString(_text.Plain(value, type));
        }

        _keyBuffer.ResetWrittenCount();
        _keyJson.Reset(_keyBuffer);
        if (!TextScalar.TryRead(value, type, new NestedSink(_keyJson)))
        {
            return null;
        }

        _keyJson.Flush();
        return Encoding.UTF8.GetString(_keyBuffer.WrittenSpan).Trim('"');
    }

    private ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> value, int level, out bool hasMore)
    {
        var end = _text.FindEnd(value, _format.Separators[level]);
        hasMore = end >= 0;
        var taken = hasMore ? value[..end] : value;
        value = hasMore ? value[(end + 1)..] : default;
        return taken;
    }
}
