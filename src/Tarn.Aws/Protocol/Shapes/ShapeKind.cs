namespace Tarn.Aws.Protocol.Shapes;

/// <summary>What a member's value is.</summary>
internal enum ShapeKind
{
    Text,
    Number,
    Flag,
    Structure,
    Structures,
    Texts,
    Map,
}
