namespace Tarn.Delivery.Jq.Values;

/// <summary>Kinds of values, in the order that jq sorts them.</summary>
internal enum JqKind
{
    Null,
    False,
    True,
    Number,
    Text,
    Array,
    Object,
}
