using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>{key: value, …}</c>; every combination where keys or values give several.</summary>
internal sealed class ObjectNode(IReadOnlyList<(JqNode Key, JqNode Value)> members) : JqNode
{
    public override bool IsSingle { get; } = members.All(member => member.Key.IsSingle && member.Value.IsSingle);

    public override IReadOnlyList<string>? ResultKeys { get; } =
        members.All(member => member.Key is LiteralNode { Value.Kind: JqKind.Text })
            ? [.. members.Select(member => ((LiteralNode)member.Key).Value.Text).Distinct()]
            : null;

    public override JqValue One(JqRun run, JqValue input)
    {
        var made = New();
        run.Grow(members.Count);
        foreach (var (key, value) in members)
        {
            run.Step();
            made[NameOf(key.One(run, input))] = value.One(run, input);
        }

        return JqValue.Of(new JqObject(made));
    }

    public override IEnumerable<JqValue> All(JqRun run, JqValue input) =>
        IsSingle ? [One(run, input)] : Combine(run, input, 0, New()).Select(made => JqValue.Of(new JqObject(made)));

    private IEnumerable<OrderedDictionary<string, JqValue>> Combine(
        JqRun run, JqValue input, int index, OrderedDictionary<string, JqValue> before)
    {
        if (index == members.Count)
        {
            run.Grow(before.Count);
            yield return before;
            yield break;
        }

        foreach (var key in members[index].Key.All(run, input))
        {
            foreach (var value in members[index].Value.All(run, input))
            {
                run.Step();
                var next = new OrderedDictionary<string, JqValue>(before, StringComparer.Ordinal)
                {
                    [NameOf(key)] = value,
                };
                foreach (var made in Combine(run, input, index + 1, next))
                {
                    yield return made;
                }
            }
        }
    }

    private static OrderedDictionary<string, JqValue> New() => new(StringComparer.Ordinal);

    private static string NameOf(JqValue key) => key.Kind == JqKind.Text
        ? key.Text
        : throw new JqFault($"cannot use {key.TypeName} as object key");
}
