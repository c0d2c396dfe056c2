namespace Tarn.Catalog.Types;

#pragma warning disable CA1720 // the names are Hive's
/// <summary>Hive types without parameters.</summary>
public enum HivePrimitive
{
    Boolean,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    Float,
    Double,
    String,
    Binary,
    Date,
    Timestamp,
}
