using System.Text.Json;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>An array.</summary>
internal sealed class JsonList(NativeType type, JsonReading reading) : JsonValue
{
    private readonly JsonValue _element = Of(type.Members![0].Type, reading);

    public override bool TryRead(ref JsonScanner reader, in JsonText text, ColumnBuffer target)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        var elements = target.Members[0];
        var start = elements.Count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!_element.TryReadOrNull(ref reader, text, elements))
            {
                return false;
            }
        }

        target.AddList(start);
        return true;
    }
}
