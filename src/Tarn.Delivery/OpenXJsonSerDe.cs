namespace Tarn.Delivery;

/// <summary>The OpenX JSON SerDe.</summary>
public sealed record OpenXJsonSerDe : JsonSerDe
{
    /// <summary>Keys are turned to lower case before they are looked up.</summary>
    public bool CaseInsensitive { get; init; } = true;

    /// <summary>A key <c>a.b</c> goes to column <c>a_b</c>.</summary>
    public bool ConvertDots { get; init; }

    /// <summary>By the name of a column or field, the key that it is read from where that is spelt otherwise.</summary>
    public IReadOnlyDictionary<string, string> ColumnToKey { get; init; } = new Dictionary<string, string>();
}
