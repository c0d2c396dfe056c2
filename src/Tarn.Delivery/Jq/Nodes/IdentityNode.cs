using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>.</c></summary>
internal sealed class IdentityNode : JqNode
{
    private IdentityNode()
    {
    }

    public static IdentityNode Instance { get; } = new();

    public override bool IsSingle => true;

    public override JqValue One(JqRun run, JqValue input) => input;
}
