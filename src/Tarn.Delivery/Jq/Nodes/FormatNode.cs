using Tarn.Delivery.Jq.Functions;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>@base64</c> and the like of the input.</summary>
internal sealed class FormatNode(string format) : JqNode
{
    public override bool IsSingle => true;

    public override JqValue One(JqRun run, JqValue input)
    {
        run.Step();
        return JqValue.Of(JqFormats.Apply(run, format, input));
    }
}
