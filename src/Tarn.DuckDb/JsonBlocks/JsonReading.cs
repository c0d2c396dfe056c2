namespace Tarn.DuckDb.JsonBlocks;

/// <summary>How JSON values become those of columns.</summary>
public sealed record JsonReading
{
    /// <summary>Whether keys go to columns and fields without regard to case.</summary>
    public bool IgnoresCase { get; init; } = true;

    /// <summary>A key <c>a.b</c> goes to column <c>a_b</c>.</summary>
    public bool DotsAreUnderscores { get; init; }

    /// <summary>By the name of a column or field, the key that it is read from where that is spelt otherwise.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Numbers and booleans may be written as text, and VARCHAR takes arrays and objects as their JSON text.
    /// </summary>
    public bool IsLenient { get; init; } = true;

    /// <summary>BLOB is written in base64; otherwise it is the text's own bytes.</summary>
    public bool BlobIsBase64 { get; init; } = true;

    public required IJsonTimes Times { get; init; }
}
