using System.Text.Json;

namespace Tarn.Delivery.Jq.Values;

/// <summary>An array that was made, or one of the input that is read when it is looked into.</summary>
internal sealed class JqArray
{
    private readonly JsonElement _source;
    private IReadOnlyList<JqValue>? _items;

    public JqArray(JsonElement source) => _source = source;

    public JqArray(IReadOnlyList<JqValue> items) => _items = items;

    public static JqArray Empty { get; } = new(System.Array.Empty<JqValue>());

    public int Count => _items?.Count ?? _source.GetArrayLength();

    public IReadOnlyList<JqValue> Items => _items ??= [.. _source.EnumerateArray().Select(JqValue.Of)];

    /// <summary>The item, counted from the end when negative; null when there is none.</summary>
    public JqValue At(double index)
    {
        if (index != Math.Floor(index))
        {
            return JqValue.Null;
        }

        var count = Count;
        var place = index < 0 ? index + count : index;
        if (!(place >= 0 && place < count))
        {
            return JqValue.Null;
        }

        return _items is null ? JqValue.Of(_source[(int)place]) : _items[(int)place];
    }
}
