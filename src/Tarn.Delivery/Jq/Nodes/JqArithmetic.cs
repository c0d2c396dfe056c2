using System.Text;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>What jq's operators do for each kind of operands.</summary>
internal static class JqArithmetic
{
    public static Func<JqRun, JqValue, JqValue, JqValue> Of(string @operator) => @operator switch
    {
        "+" => Add,
        "-" => Subtract,
        "*" => Multiply,
        "/" => Divide,
        "%" => Remainder,
        "==" => (_, a, b) => JqValue.Of(JqOrder.AreEqual(a, b)),
        "!=" => (_, a, b) => JqValue.Of(!JqOrder.AreEqual(a, b)),
        "<" => (_, a, b) => JqValue.Of(JqOrder.Instance.Compare(a, b) < 0),
        "<=" => (_, a, b) => JqValue.Of(JqOrder.Instance.Compare(a, b) <= 0),
        ">" => (_, a, b) => JqValue.Of(JqOrder.Instance.Compare(a, b) > 0),
        ">=" => (_, a, b) => JqValue.Of(JqOrder.Instance.Compare(a, b) >= 0),
        _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, message: null),
    };

    public static JqValue Add(JqRun run, JqValue a, JqValue b)
    {
        switch (a.Kind, b.Kind)
        {
            case (JqKind.Null, _):
                return b;
            case (_, JqKind.Null):
                return a;
            case (JqKind.Number, JqKind.Number):
                return JqValue.Of(a.Number + b.Number);
            case (JqKind.Text, JqKind.Text):
                run.Grow(a.Text.Length + b.Text.Length);
                return JqValue.Of(a.Text + b.Text);
            case (JqKind.Array, JqKind.Array):
                run.Grow(a.Array.Count + b.Array.Count);
                return JqValue.Of([.. a.Array.Items, .. b.Array.Items]);
            case (JqKind.Object, JqKind.Object):
                return Merge(run, a.Object, b.Object, isDeep: false);
            default:
                throw Cannot(a, b, "added");
        }
    }

    private static JqValue Subtract(JqRun run, JqValue a, JqValue b)
    {
        if (a.Kind == JqKind.Array && b.Kind == JqKind.Array)
        {
            var without = b.Array.Items;
            run.Grow(a.Array.Count);
            return JqValue.Of([.. a.Array.Items.Where(item => !without.Any(other => IsSame(run, item, other)))]);
        }

        return a.Kind == JqKind.Number && b.Kind == JqKind.Number
            ? JqValue.Of(a.Number - b.Number)
            : throw Cannot(a, b, "subtracted");
    }

    private static bool IsSame(JqRun run, JqValue a, JqValue b)
    {
        run.Step();
        return JqOrder.AreEqual(a, b);
    }

    private static JqValue Multiply(JqRun run, JqValue a, JqValue b)
    {
        switch (a.Kind, b.Kind)
        {
            case (JqKind.Number, JqKind.Number):
                return JqValue.Of(a.Number * b.Number);
            case (JqKind.Text, JqKind.Number):
                return Repeat(run, a.Text, b.Number);
            case (JqKind.Object, JqKind.Object):
                return Merge(run, a.Object, b.Object, isDeep: true);
            default:
                throw Cannot(a, b, "multiplied");
        }
    }

    private static JqValue Repeat(JqRun run, string text, double times)
    {
        if (!(times > 0))
        {
            return JqValue.Null;
        }

        var count = Math.Max(1, Math.Floor(times));
        run.Grow((long)Math.Min(count * text.Length, int.MaxValue));
        return text.Length == 0
            ? JqValue.EmptyText
            : JqValue.Of(new StringBuilder().Insert(0, text, (int)count).ToString());
    }

    private static JqValue Divide(JqRun run, JqValue a, JqValue b)
    {
        if (a.Kind == JqKind.Text && b.Kind == JqKind.Text)
        {
            return Split(run, a.Text, b.Text);
        }

        if (a.Kind != JqKind.Number || b.Kind != JqKind.Number)
        {
            throw Cannot(a, b, "divided");
        }

        return b.Number != 0
            ? JqValue.Of(a.Number / b.Number)
            : throw Cannot(a, b, "divided because the divisor is zero");
    }

    /// <summary>Whole numbers only: what is behind the point is cut off first.</summary>
    private static JqValue Remainder(JqRun run, JqValue a, JqValue b)
    {
        if (a.Kind != JqKind.Number || b.Kind != JqKind.Number)
        {
            throw Cannot(a, b, "divided (remainder)");
        }

        var divisor = Math.Abs(Math.Truncate(b.Number));
        return divisor != 0
            ? JqValue.Of((Math.Truncate(a.Number) % divisor) + 0.0)
            : throw Cannot(a, b, "divided (remainder) because the divisor is zero");
    }

    /// <summary>Pieces between separators; an empty separator gives the code points.</summary>
    public static JqValue Split(JqRun run, string text, string separator)
    {
        run.Grow(text.Length);
        if (text.Length == 0)
        {
            return JqValue.Of(JqArray.Empty);
        }

        return separator.Length == 0
            ? JqValue.Of([.. text.EnumerateRunes().Select(rune => JqValue.Of(rune.ToString()))])
            : JqValue.Of([.. text.Split(separator).Select(JqValue.Of)]);
    }

    private static JqValue Merge(JqRun run, JqObject a, JqObject b, bool isDeep)
    {
        run.Grow(a.Members.Count + b.Members.Count);
        var merged = new OrderedDictionary<string, JqValue>(a.Members, StringComparer.Ordinal);
        foreach (var (name, value) in b.Members)
        {
            merged[name] = isDeep
                && value.Kind == JqKind.Object
                && merged.TryGetValue(name, out var old)
                && old.Kind == JqKind.Object
                    ? Merge(run, old.Object, value.Object, isDeep: true)
                    : value;
        }

        return JqValue.Of(new JqObject(merged));
    }

    private static JqFault Cannot(JqValue a, JqValue b, string what) =>
        new($"{a.TypeName} and {b.TypeName} cannot be {what}");
}
