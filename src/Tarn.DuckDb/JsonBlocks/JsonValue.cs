using System.Text.Json;
using DuckDB.NET.Native;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>Reads values of one type into their column. One thread's.</summary>
internal abstract class JsonValue
{
    public static JsonValue Of(NativeType type, JsonReading reading) => type.Id switch
    {
        DuckDBType.Struct => new JsonStruct(type, reading),
        DuckDBType.List => new JsonList(type, reading),
        DuckDBType.Map when type.Members![0].Type is { Id: DuckDBType.Varchar } => new JsonMap(type, reading),
        DuckDBType.Map => throw new TarnException(
            ErrorKind.Unsupported, $"JSON has no keys of type {type.Members![0].Type}", hint: "use text for them"),
        DuckDBType.Varchar => new JsonString(type, reading),
        _ => new JsonScalar(type, reading),
    };

    /// <summary>
    /// Adds the value under the reader, which is not null, and moves the reader to its end. False when it does not fit;
    /// then neither the reader nor the column stands where it should.
    /// </summary>
    public abstract bool TryRead(ref JsonScanner reader, in JsonText text, ColumnBuffer target);

    /// <summary>The same for a value that may be null.</summary>
    public bool TryReadOrNull(ref JsonScanner reader, in JsonText text, ColumnBuffer target)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            return TryRead(ref reader, text, target);
        }

        target.AddNull();
        return true;
    }
}
