#pragma warning disable CA1720 // the names are SQL's own
namespace Tarn.Sql.Types;

/// <summary>A Trino type. Immutable; equal by content.</summary>
public sealed class SqlType : IEquatable<SqlType>
{
    public static readonly SqlType Unknown = new(TypeKind.Unknown);
    public static readonly SqlType Boolean = new(TypeKind.Boolean);
    public static readonly SqlType TinyInt = new(TypeKind.TinyInt);
    public static readonly SqlType SmallInt = new(TypeKind.SmallInt);
    public static readonly SqlType Integer = new(TypeKind.Integer);
    public static readonly SqlType BigInt = new(TypeKind.BigInt);
    public static readonly SqlType Real = new(TypeKind.Real);
    public static readonly SqlType Double = new(TypeKind.Double);
    public static readonly SqlType Varchar = new(TypeKind.Varchar);
    public static readonly SqlType Varbinary = new(TypeKind.Varbinary);
    public static readonly SqlType Date = new(TypeKind.Date);
    public static readonly SqlType Timestamp = TimestampOf(3);
    public static readonly SqlType TimestampTz = InZone("UTC");
    public static readonly SqlType IntervalDayToSecond = new(TypeKind.IntervalDayToSecond);
    public static readonly SqlType IntervalYearToMonth = new(TypeKind.IntervalYearToMonth);
    public static readonly SqlType Json = new(TypeKind.Json);
    public static readonly SqlType Uuid = new(TypeKind.Uuid);
    public static readonly SqlType Geometry = new(TypeKind.Geometry);
    public static readonly SqlType SphericalGeography = new(TypeKind.SphericalGeography);
    public static readonly SqlType BingTile = new(TypeKind.BingTile);
    public static readonly SqlType HyperLogLog = new(TypeKind.HyperLogLog);
    public static readonly SqlType SetDigest = new(TypeKind.SetDigest);

    private SqlType(TypeKind kind) => Kind = kind;

    public TypeKind Kind { get; }

    /// <summary>Of a decimal: all digits. Of a time or timestamp: digits of the fraction of a second.</summary>
    public int Precision { get; private init; }

    /// <summary>Of a decimal.</summary>
    public int Scale { get; private init; }

    /// <summary>Of char and varchar, in characters; null of a varchar without bound.</summary>
    public int? Length { get; private init; }

    /// <summary>Of a timestamp with time zone: the zone it is shown in. No part of the type's identity.</summary>
    public string Zone { get; private init; } = "";

    /// <summary>Element of an array; key and value of a map; fields of a row.</summary>
    public IReadOnlyList<SqlType> Arguments { get; private init; } = [];

    /// <summary>Of a row; an empty name is an anonymous field.</summary>
    public IReadOnlyList<string> FieldNames { get; private init; } = [];

    public bool IsInteger => Kind is >= TypeKind.TinyInt and <= TypeKind.BigInt;

    public bool IsNumeric => Kind is >= TypeKind.TinyInt and <= TypeKind.Double;

    public bool IsText => Kind is TypeKind.Varchar or TypeKind.Char;

    public bool IsFloating => Kind is TypeKind.Real or TypeKind.Double;

    public static SqlType Decimal(int precision, int scale) =>
        new(TypeKind.Decimal) { Precision = precision, Scale = scale };

    public static SqlType VarcharOf(int length) => new(TypeKind.Varchar) { Length = length };

    /// <summary>In DuckDB its values are kept without trailing blanks; they are padded where they are shown.</summary>
    public static SqlType CharOf(int length) => new(TypeKind.Char) { Length = length };

    public static SqlType TimestampOf(int precision) => new(TypeKind.Timestamp) { Precision = precision };

    public static SqlType TimeOf(int precision) => new(TypeKind.Time) { Precision = precision };

    public static SqlType TimeTzOf(int precision) => new(TypeKind.TimeWithTimeZone) { Precision = precision };

    public static SqlType InZone(string zone) => InZone(zone, 3);

    public static SqlType InZone(string zone, int precision) =>
        new(TypeKind.TimestampWithTimeZone) { Zone = zone, Precision = precision };

    public static SqlType Array(SqlType element) => new(TypeKind.Array) { Arguments = [element] };

    public static SqlType Map(SqlType key, SqlType value) => new(TypeKind.Map) { Arguments = [key, value] };

    public static SqlType Row(IReadOnlyList<string> names, IReadOnlyList<SqlType> types) =>
        new(TypeKind.Row) { Arguments = types, FieldNames = names };

    public bool Equals(SqlType? other) =>
        other is not null && Kind == other.Kind && Precision == other.Precision && Scale == other.Scale
        && Length == other.Length && Arguments.SequenceEqual(other.Arguments)
        && FieldNames.SequenceEqual(other.FieldNames, StringComparer.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as SqlType);

    public override int GetHashCode() => HashCode.Combine(Kind, Precision, Scale, Arguments.Count);

    /// <summary>Trino's name, such as <c>array(decimal(10,2))</c>.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.Decimal => $"decimal({Precision},{Scale})",
        TypeKind.Real => "real",
        TypeKind.Varchar or TypeKind.Char when Length is { } length => $"{BaseName}({length})",
        TypeKind.Time => $"time({Precision})",
        TypeKind.TimeWithTimeZone => $"time({Precision}) with time zone",
        TypeKind.Timestamp => $"timestamp({Precision})",
        TypeKind.TimestampWithTimeZone => $"timestamp({Precision}) with time zone",
        TypeKind.Array => $"array({Arguments[0]})",
        TypeKind.Map => $"map({Arguments[0]}, {Arguments[1]})",
        TypeKind.Row => $"row({string.Join(", ", Arguments.Select((type, i) => $"{FieldNames[i]} {type}".Trim()))})",
        _ => BaseName,
    };

    /// <summary>Trino's name without arguments, as Athena's result metadata shows it.</summary>
    public string BaseName => Kind switch
    {
        TypeKind.TimestampWithTimeZone => "timestamp with time zone",
        TypeKind.TimeWithTimeZone => "time with time zone",
        TypeKind.IntervalDayToSecond => "interval day to second",
        TypeKind.IntervalYearToMonth => "interval year to month",
        TypeKind.Real => "float",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The DuckDB type that holds its values.</summary>
    public string DuckDbName => Kind switch
    {
        TypeKind.Unknown => "INTEGER",
        TypeKind.Decimal => $"DECIMAL({Precision},{Scale})",
        TypeKind.Real => "FLOAT",
        TypeKind.Varbinary => "BLOB",
        TypeKind.Char or TypeKind.Geometry or TypeKind.SphericalGeography or TypeKind.BingTile => "VARCHAR",
        TypeKind.HyperLogLog or TypeKind.SetDigest => "UBIGINT[]",
        TypeKind.TimestampWithTimeZone => "TIMESTAMPTZ",
        TypeKind.TimeWithTimeZone => "TIMETZ",
        TypeKind.IntervalDayToSecond or TypeKind.IntervalYearToMonth => "INTERVAL",
        TypeKind.Array => Arguments[0].DuckDbName + "[]",
        TypeKind.Map => $"MAP({Arguments[0].DuckDbName}, {Arguments[1].DuckDbName})",
        TypeKind.Row => $"STRUCT({string.Join(", ", Arguments.Select(FieldText))})",
        _ => Kind.ToString().ToUpperInvariant(),
    };

    /// <summary>The field's name in DuckDB, where every field needs one.</summary>
    public string FieldKey(int index) => FieldNames[index].Length > 0 ? FieldNames[index] : $"field{index}";

    private string FieldText(SqlType type, int index) =>
        $"\"{FieldKey(index).Replace("\"", "\"\"", StringComparison.Ordinal)}\" {type.DuckDbName}";
}
