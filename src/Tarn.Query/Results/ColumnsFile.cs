using System.Buffers;
using System.Text;
using Tarn.Query.Executions;

namespace Tarn.Query.Results;

/// <summary>
/// The object beside a result that drivers read the columns from, <c>.metadata</c>: protocol buffers as Athena writes
/// them. Layout in docs/formats/query-execution.md.
/// <code>
/// 1 text     id of the query
/// 2 text     kind of update, where rows were written
/// 3 varint   rows written
/// 4 message  a column: 1 catalog ("hive"), 4 name, 5 label, 6 type, 7 precision, 8 scale, 9 nullable (3: unknown),
///            10 case-sensitive
/// </code>
/// </summary>
internal static class ColumnsFile
{
    private const int NullableUnknown = 3;

    public static byte[] Write(
        string id, string? updateKind, long? updateCount, IReadOnlyList<ResultColumn> columns)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Text(buffer, 1, id);
        if (updateKind is not null)
        {
            Text(buffer, 2, updateKind);
        }

        if (updateCount is { } count)
        {
            Number(buffer, 3, count);
        }

        foreach (var column in columns)
        {
            Bytes(buffer, 4, Column(column));
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Column(ResultColumn column)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var (hasPrecision, hasScale, hasCase) = Told(column.Type);
        Text(buffer, 1, "hive");
        Text(buffer, 4, column.Name);
        Text(buffer, 5, column.Name);
        Text(buffer, 6, column.Type);
        if (hasPrecision)
        {
            Number(buffer, 7, column.Precision);
        }

        if (hasScale)
        {
            Number(buffer, 8, column.Scale);
        }

        Number(buffer, 9, NullableUnknown);
        if (hasCase)
        {
            Number(buffer, 10, column.IsCaseSensitive ? 1 : 0);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Which fields a type has, zeros included: precision, scale, case-sensitive.</summary>
    private static (bool Precision, bool Scale, bool Case) Told(string type) => type switch
    {
        "tinyint" or "smallint" or "integer" or "bigint" or "double" or "float" or "decimal" or "varchar" or "char"
            or "varbinary" or "timestamp" or "time" or "timestamp with time zone" or "time with time zone" =>
            (true, true, true),
        "boolean" or "interval day to second" or "interval year to month" => (false, false, true),
        "date" => (false, true, true),
        _ => (false, false, false),
    };

    private static void Text(ArrayBufferWriter<byte> buffer, int field, string text) =>
        Bytes(buffer, field, Encoding.UTF8.GetBytes(text));

    private static void Bytes(ArrayBufferWriter<byte> buffer, int field, ReadOnlySpan<byte> bytes)
    {
        const int LengthDelimited = 2;
        Varint(buffer, ((ulong)field << 3) | LengthDelimited);
        Varint(buffer, (ulong)bytes.Length);
        buffer.Write(bytes);
    }

    private static void Number(ArrayBufferWriter<byte> buffer, int field, long value)
    {
        Varint(buffer, (ulong)field << 3);
        Varint(buffer, (ulong)value);
    }

    /// <summary>Seven bits a byte, low ones first.</summary>
    private static void Varint(ArrayBufferWriter<byte> buffer, ulong value)
    {
        var bytes = buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        buffer.Advance(length);
    }
}
