#pragma warning disable CA1720 // the names are SQL's own
namespace Tarn.Sql.Types;

/// <summary>Trino's types that Tarn knows. Numbers are in order of widening.</summary>
public enum TypeKind
{
    /// <summary>Of a bare NULL.</summary>
    Unknown,
    Boolean,
    TinyInt,
    SmallInt,
    Integer,
    BigInt,
    Decimal,
    Real,
    Double,
    Char,
    Varchar,
    Varbinary,
    Time,
    TimeWithTimeZone,
    Date,
    Timestamp,
    TimestampWithTimeZone,
    IntervalDayToSecond,
    IntervalYearToMonth,
    Json,
    Uuid,
    Geometry,
    SphericalGeography,
    BingTile,
    HyperLogLog,
    SetDigest,
    Array,
    Map,
    Row,
}
