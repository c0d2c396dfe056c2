using System.Numerics;
using System.Text;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;
using Tarn.Primitives.Errors;
using static DuckDB.NET.Native.NativeMethods;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>The reader of each type.</summary>
internal static class ValueReaders
{
    public static ValueReader Create(DuckDBLogicalType type, string column) => LogicalType.DuckDBGetTypeId(type) switch
    {
        DuckDBType.Boolean => new ScalarReader<bool>(value => value),
        DuckDBType.TinyInt => new ScalarReader<sbyte>(value => value),
        DuckDBType.SmallInt => new ScalarReader<short>(value => value),
        DuckDBType.Integer => new ScalarReader<int>(value => value),
        DuckDBType.BigInt => new ScalarReader<long>(value => value),
        DuckDBType.UnsignedTinyInt => new ScalarReader<byte>(value => value),
        DuckDBType.UnsignedSmallInt => new ScalarReader<ushort>(value => value),
        DuckDBType.UnsignedInteger => new ScalarReader<uint>(value => value),
        DuckDBType.UnsignedBigInt => new ScalarReader<ulong>(value => value),
        DuckDBType.HugeInt => new ScalarReader<Int128>(value => (BigInteger)value),
        DuckDBType.UnsignedHugeInt => new ScalarReader<UInt128>(value => (BigInteger)value),
        DuckDBType.Float => new ScalarReader<float>(value => value),
        DuckDBType.Double => new ScalarReader<double>(value => value),
        DuckDBType.Varchar => new BytesReader(bytes => Encoding.UTF8.GetString(bytes)),
        DuckDBType.Blob => new BytesReader(bytes => bytes.ToArray()),
        DuckDBType.Bit => new BytesReader(BinaryValues.BitText),
        DuckDBType.Uuid => new ScalarReader<Int128>(BinaryValues.Uuid),
        DuckDBType.Enum => Enumeration(type),
        DuckDBType.Decimal => Decimal(type),
        DuckDBType.List => new ListReader(Owned(LogicalType.DuckDBListTypeChildType(type), column)),
        DuckDBType.Array => new ArrayReader(
            Owned(LogicalType.DuckDBArrayTypeChildType(type), column), (int)LogicalType.DuckDBArrayVectorGetSize(type)),
        DuckDBType.Map => new MapReader(
            Owned(LogicalType.DuckDBMapTypeKeyType(type), column),
            Owned(LogicalType.DuckDBMapTypeValueType(type), column)),
        DuckDBType.Struct => Structure(type, column),
        DuckDBType.Union => Union(type, column),
        DuckDBType.SqlNull => new NullReader(),
        var id => TimeReaders.Create(id, column) ?? throw new TarnException(
            ErrorKind.Unsupported,
            $"column '{column}' has type {TypeText.Of(type)}, which results do not carry",
            hint: "cast it to VARCHAR"),
    };

    private static ValueReader Owned(DuckDBLogicalType type, string column)
    {
        using (type)
        {
            return Create(type, column);
        }
    }

    private static ValueReader Enumeration(DuckDBLogicalType type)
    {
        var texts = new object[LogicalType.DuckDBEnumDictionarySize(type)];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = LogicalType.DuckDBEnumDictionaryValue(type, index);
        }

        return LogicalType.DuckDBEnumInternalType(type) switch
        {
            DuckDBType.UnsignedTinyInt => new ScalarReader<byte>(value => texts[value]),
            DuckDBType.UnsignedSmallInt => new ScalarReader<ushort>(value => texts[value]),
            _ => new ScalarReader<uint>(value => texts[value]),
        };
    }

    private static ValueReader Decimal(DuckDBLogicalType type)
    {
        var scale = LogicalType.DuckDBDecimalScale(type);
        return LogicalType.DuckDBDecimalInternalType(type) switch
        {
            DuckDBType.SmallInt => new ScalarReader<short>(value => BinaryValues.ToDecimal(value, scale)),
            DuckDBType.Integer => new ScalarReader<int>(value => BinaryValues.ToDecimal(value, scale)),
            DuckDBType.BigInt => new ScalarReader<long>(value => BinaryValues.ToDecimal(value, scale)),
            _ => new ScalarReader<Int128>(value => BinaryValues.ToDecimal(value, scale)),
        };
    }

    private static StructReader Structure(DuckDBLogicalType type, string column)
    {
        var count = (int)LogicalType.DuckDBStructTypeChildCount(type);
        var names = new string[count];
        var members = new ValueReader[count];
        for (var index = 0; index < count; index++)
        {
            names[index] = LogicalType.DuckDBStructTypeChildName(type, index);
            members[index] = Owned(LogicalType.DuckDBStructTypeChildType(type, index), column);
        }

        return new StructReader(names, members);
    }

    private static UnionReader Union(DuckDBLogicalType type, string column)
    {
        var members = new ValueReader[UnsafeImports.UnionTypeMemberCount(type)];
        for (var index = 0; index < members.Length; index++)
        {
            members[index] = Owned(UnsafeImports.UnionTypeMemberType(type, (ulong)index), column);
        }

        return new UnionReader(members);
    }
}
