using System.Text;
using System.Text.Json;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>An object whose members are data: each key at most once.</summary>
internal sealed class JsonMap(NativeType type, JsonReading reading) : JsonValue
{
    private const int ComparedMax = 16;

    private readonly JsonString _key = new(type.Members![0].Type, reading);
    private readonly JsonValue _value = Of(type.Members![1].Type, reading);
    private readonly List<(int Start, int Length)> _plain = [];

    public override bool TryRead(ref JsonScanner reader, in JsonText text, ColumnBuffer target)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var (keys, values) = (target.Members[0], target.Members[1]);
        var start = keys.Count;
        HashSet<string>? seen = null;
        _plain.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!IsNew(ref reader, text, ref seen) || !_key.TryRead(ref reader, text, keys))
            {
                return false;
            }

            reader.Read();
            if (!_value.TryReadOrNull(ref reader, text, values))
            {
                return false;
            }
        }

        target.AddList(start);
        return true;
    }

    /// <summary>A few plain keys are compared as they stand; others are looked up as text.</summary>
    private bool IsNew(ref JsonScanner reader, in JsonText text, ref HashSet<string>? seen)
    {
        if (seen is null && !reader.ValueIsEscaped && _plain.Count < ComparedMax)
        {
            foreach (var (at, length) in _plain)
            {
                if (text.Bytes.Slice(at, length).SequenceEqual(reader.ValueSpan))
                {
                    return false;
                }
            }

            _plain.Add((reader.TokenStart + 1, reader.ValueSpan.Length));
            return true;
        }

        if (seen is null)
        {
            seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (at, length) in _plain)
            {
                seen.Add(Encoding.UTF8.GetString(text.Bytes.Slice(at, length)));
            }
        }

        try
        {
            return seen.Add(reader.GetString());
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return false;
        }
    }
}
