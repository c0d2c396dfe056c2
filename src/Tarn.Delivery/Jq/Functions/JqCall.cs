using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Syntax;
using Tarn.Delivery.Jq.Values;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>A call as it stands in a query.</summary>
internal sealed record JqCall(
    JqSource Source, JqToken Name, IReadOnlyList<JqNode> Arguments, IReadOnlyList<int> Positions)
{
    /// <summary>An argument that must be text in the query itself: it is checked before a record comes.</summary>
    public string LiteralText(int index, string what) =>
        Arguments[index] is LiteralNode { Value.Kind: JqKind.Text } literal
            ? literal.Value.Text
            : throw Source.Unsupported(
                Positions[index],
                $"{what} of '{Name.Text}' must be text in the query",
                "\"…\" without interpolation");

    public TarnException Invalid(int index, string what, string? hint) =>
        Source.Invalid(Positions[index], what, hint);
}
