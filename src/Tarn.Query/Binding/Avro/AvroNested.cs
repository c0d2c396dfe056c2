using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tarn.Formats.Avro;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Avro;

/// <summary>Writes a record, array or map as JSON that DuckDB's cast reads exactly. One thread's.</summary>
internal sealed class AvroNested : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<(AvroType, SqlType), int[]> _fields = new(new ByIdentity());

    public AvroNested() => _json = new Utf8JsonWriter(
        _buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The next value as JSON, good until the one after.</summary>
    public ReadOnlySpan<byte> Read(AvroDecoder values, AvroType from, SqlType to)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        Write(values, from, to);
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    private void Write(AvroDecoder values, AvroType declared, SqlType to)
    {
        var from = AvroRow.Branch(values, declared, to);
        switch (from.Kind)
        {
            case AvroKind.Null:
                _json.WriteNullValue();
                break;
            case AvroKind.Array:
                _json.WriteStartArray();
                for (var count = values.ReadCount(); count > 0; count = values.ReadCount())
                {
                    for (; count > 0; count--)
                    {
                        Write(values, from.Parts[0], to.Arguments[0]);
                    }
                }

                _json.WriteEndArray();
                break;
            case AvroKind.Map:
                _json.WriteStartObject();
                for (var count = values.ReadCount(); count > 0; count = values.ReadCount())
                {
                    for (; count > 0; count--)
                    {
                        _json.WritePropertyName(values.ReadBytes());
                        Write(values, from.Parts[0], to.Arguments[1]);
                    }
                }

                _json.WriteEndObject();
                break;
            case AvroKind.Record:
                WriteFields(values, from, to);
                break;
            default:
                AvroScalar.Read(values, from, to, new NestedSink(_json));
                break;
        }
    }

    private void WriteFields(AvroDecoder values, AvroType from, SqlType to)
    {
        if (!_fields.TryGetValue((from, to), out var places))
        {
            _fields[(from, to)] = places = [.. from.Fields.Select(field => AvroFit.FindField(to, field.Name))];
        }

        _json.WriteStartObject();
        for (var index = 0; index < places.Length; index++)
        {
            var field = from.Fields[index];
            if (places[index] < 0)
            {
                values.Skip(field.Type);
                continue;
            }

            _json.WritePropertyName(to.FieldKey(places[index]));
            Write(values, field.Type, to.Arguments[places[index]]);
        }

        for (var index = 0; index < to.Arguments.Count; index++)
        {
            if (!places.Contains(index))
            {
                _json.WriteNull(to.FieldKey(index));
            }
        }

        _json.WriteEndObject();
    }

    private sealed class ByIdentity : IEqualityComparer<(AvroType From, SqlType To)>
    {
        public bool Equals((AvroType From, SqlType To) x, (AvroType From, SqlType To) y) =>
            ReferenceEquals(x.From, y.From) && ReferenceEquals(x.To, y.To);

        public int GetHashCode((AvroType From, SqlType To) pair) =>
            HashCode.Combine(
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.From),
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.To));
    }
}
