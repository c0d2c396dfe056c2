#pragma warning disable CA1720 // the names are Avro's own
namespace Tarn.Formats.Avro;

/// <summary>The types of Avro.</summary>
public enum AvroKind
{
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed,
    Enum,
    Array,
    Map,
    Record,
    Union,
}
