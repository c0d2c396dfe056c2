namespace Tarn.Delivery.Jq.Values;

/// <summary>
/// jq's order of all values: by kind, then numbers by size, texts by code point, arrays and objects by content.
/// </summary>
internal sealed class JqOrder : IComparer<JqValue>
{
    public static JqOrder Instance { get; } = new();

    public static bool AreEqual(JqValue a, JqValue b) => Instance.Compare(a, b) == 0;

    public static IReadOnlyList<string> SortedNames(JqObject value)
    {
        var names = value.Members.Keys.ToArray();
        Array.Sort(names, CompareText);
        return names;
    }

    /// <summary>By code point: UTF-16's own order puts surrogates before U+E000.</summary>
    public static int CompareText(string? a, string? b)
    {
        var length = Math.Min(a!.Length, b!.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] != b[i])
            {
                return char.IsSurrogate(a[i]) != char.IsSurrogate(b[i])
                    ? (char.IsSurrogate(a[i]) ? 1 : -1)
                    : a[i].CompareTo(b[i]);
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    public int Compare(JqValue x, JqValue y)
    {
        if (x.Kind != y.Kind)
        {
            return x.Kind.CompareTo(y.Kind);
        }

        return x.Kind switch
        {
            JqKind.Number => CompareNumbers(x.Number, y.Number),
            JqKind.Text => CompareText(x.Text, y.Text),
            JqKind.Array => CompareItems(x.Array.Items, y.Array.Items),
            JqKind.Object => CompareObjects(x.Object, y.Object),
            _ => 0,
        };
    }

    /// <summary>What is no number is less than all, itself too.</summary>
    private static int CompareNumbers(double a, double b) => a < b || double.IsNaN(a) ? -1 : a == b ? 0 : 1;

    private int CompareItems(IReadOnlyList<JqValue> a, IReadOnlyList<JqValue> b)
    {
        for (var i = 0; i < a.Count && i < b.Count; i++)
        {
            var order = Compare(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Count.CompareTo(b.Count);
    }

    private int CompareObjects(JqObject a, JqObject b)
    {
        var names = SortedNames(a);
        var order = CompareItems(Texts(names), Texts(SortedNames(b)));
        return order != 0 ? order : CompareItems([.. names.Select(a.At)], [.. names.Select(b.At)]);
    }

    private static JqValue[] Texts(IReadOnlyList<string> names) => [.. names.Select(JqValue.Of)];
}
