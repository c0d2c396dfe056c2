using System.Text.Json;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>
/// VARCHAR: texts, numbers and booleans as they are spelt and, where reading is lenient, arrays and objects as their
/// JSON text without space. A text longer than the column allows does not fit.
/// </summary>
internal sealed class JsonString(NativeType type, JsonReading reading) : JsonValue
{
    private readonly int _lettersMax = type.Width;

    public override bool TryRead(ref JsonScanner reader, in JsonText text, ColumnBuffer target)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return reader.ValueIsEscaped
                    ? TryAddUnescaped(ref reader, text, target)
                    : TryAdd(reader.ValueSpan, text.Address + reader.TokenStart + 1, target);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return reading.IsLenient && TryAddNested(ref reader, text, target);
            default:
                return TryAdd(reader.ValueSpan, text.Address + reader.TokenStart, target);
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> value, nint address, ColumnBuffer target)
    {
        if (_lettersMax > 0 && value.Length > _lettersMax && Letters(value) > _lettersMax)
        {
            return false;
        }

        target.AddText(value, address);
        return true;
    }

    private bool TryAddUnescaped(ref JsonScanner reader, in JsonText text, ColumnBuffer target)
    {
        var room = text.Heap.Reserve(reader.ValueSpan.Length);
        try
        {
            var length = reader.CopyString(room);
            return TryAdd(room[..length], text.Heap.Commit(length), target);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return false;
        }
    }

    private bool TryAddNested(ref JsonScanner reader, in JsonText text, ColumnBuffer target)
    {
        var start = reader.TokenStart;
        reader.Skip();
        var raw = text.Bytes[start..reader.Consumed];
        if (raw.IndexOfAny(" \t\r\n"u8) < 0)
        {
            return TryAdd(raw, text.Address + start, target);
        }

        var room = text.Heap.Reserve(raw.Length);
        var length = Condense(raw, room);
        return TryAdd(room[..length], text.Heap.Commit(length), target);
    }

    /// <summary>Leaves out space between tokens.</summary>
    private static int Condense(ReadOnlySpan<byte> json, Span<byte> target)
    {
        var length = 0;
        var isInText = false;
        for (var index = 0; index < json.Length; index++)
        {
            var letter = json[index];
            if (!isInText && letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            target[length++] = letter;
            if (isInText && letter == '\\')
            {
                target[length++] = json[++index];
            }
            else if (letter == '"')
            {
                isInText = !isInText;
            }
        }

        return length;
    }

    /// <summary>Characters of UTF-8: the bytes that do not go on from one before.</summary>
    private static int Letters(ReadOnlySpan<byte> value)
    {
        var letters = 0;
        foreach (var letter in value)
        {
            letters += (letter & 0xC0) != 0x80 ? 1 : 0;
        }

        return letters;
    }
}
