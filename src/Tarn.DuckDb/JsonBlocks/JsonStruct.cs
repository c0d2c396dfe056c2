using System.Text.Json;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>An object whose members are known: each at most once, missing ones are NULL, others are ignored.</summary>
internal sealed class JsonStruct : JsonValue
{
    private readonly JsonValue[] _members;
    private readonly MemberNames _names;

    public JsonStruct(NativeType type, JsonReading reading)
    {
        _members = [.. type.Members!.Select(member => Of(member.Type, reading))];
        _names = new MemberNames(KeyFinder.Of([.. type.Members!.Select(member => member.Name)], reading));
    }

    public override bool TryRead(ref JsonScanner reader, in JsonText text, ColumnBuffer target)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        for (var position = 0; reader.TryReadMember(_names, position, out var place); position++)
        {
            if (place < 0)
            {
                reader.Skip();
            }
            else if (target.Members[place].Count > target.Count
                || !_members[place].TryReadOrNull(ref reader, text, target.Members[place]))
            {
                return false;
            }
        }

        foreach (var member in target.Members)
        {
            if (member.Count == target.Count)
            {
                member.AddNull();
            }
        }

        target.AddStruct();
        return true;
    }
}
