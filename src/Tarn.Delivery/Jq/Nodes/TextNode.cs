using Tarn.Delivery.Jq.Functions;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>Text with interpolations; what is interpolated goes through the format before the quotes.</summary>
internal sealed class TextNode(string format, IReadOnlyList<JqNode> parts, IReadOnlyList<bool> areInterpolated) : JqNode
{
    public override bool IsSingle { get; } = parts.All(part => part.IsSingle);

    public override JqValue One(JqRun run, JqValue input)
    {
        var texts = new string[parts.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = TextOf(run, parts[i].One(run, input), i);
        }

        return Join(run, texts);
    }

    public override IEnumerable<JqValue> All(JqRun run, JqValue input) =>
        Combine(run, input, parts.Count - 1, []).Select(texts => Join(run, texts));

    /// <summary>The first interpolation changes fastest, as in jq.</summary>
    private IEnumerable<IEnumerable<string>> Combine(JqRun run, JqValue input, int index, IEnumerable<string> after)
    {
        if (index < 0)
        {
            return [after];
        }

        return parts[index].All(run, input)
            .SelectMany(value => Combine(run, input, index - 1, after.Prepend(TextOf(run, value, index))));
    }

    private static JqValue Join(JqRun run, IEnumerable<string> texts)
    {
        var text = string.Concat(texts);
        run.Grow(text.Length);
        return JqValue.Of(text);
    }

    private string TextOf(JqRun run, JqValue value, int index)
    {
        run.Step();
        return areInterpolated[index] ? JqFormats.Apply(run, format, value) : value.Text;
    }
}
