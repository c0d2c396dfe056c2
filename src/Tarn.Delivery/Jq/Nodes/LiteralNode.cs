using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>A value that the query's text holds.</summary>
internal sealed class LiteralNode(JqValue value) : JqNode
{
    public JqValue Value => value;

    public override bool IsSingle => true;

    public override JqValue One(JqRun run, JqValue input) => value;
}
