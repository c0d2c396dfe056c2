using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>.[]</c>: every item or member's value.</summary>
internal sealed class IterateNode(JqNode target, bool isOptional = false) : StepNode
{
    public override bool IsSingle => false;

    public override StepNode AsOptional() => new IterateNode(target, isOptional: true);

    public override IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        foreach (var value in target.All(run, input))
        {
            if (isOptional && value.Kind < JqKind.Array)
            {
                continue;
            }

            foreach (var item in ItemsOf(value))
            {
                run.Step();
                yield return item;
            }
        }
    }

    /// <summary>Items of an array or values of an object; a fault for anything else.</summary>
    public static IEnumerable<JqValue> ItemsOf(JqValue value) => value.Kind switch
    {
        JqKind.Array => value.Array.Items,
        JqKind.Object => value.Object.Members.Values,
        JqKind.Null => throw new JqFault("cannot iterate over null"),
        _ => throw new JqFault($"cannot iterate over {value.TypeName}"),
    };
}
