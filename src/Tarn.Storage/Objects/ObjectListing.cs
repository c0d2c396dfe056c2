namespace Tarn.Storage.Objects;

/// <summary>What to list. Keys come in UTF-8 byte order.</summary>
public sealed record ObjectListing
{
    /// <summary>Only keys that begin with this.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// Keys that share the text between prefix and the next delimiter fold into one common prefix; null: none do.
    /// </summary>
    public string? Delimiter { get; init; }

    /// <summary>Only keys and common prefixes after this; null: from the start.</summary>
    public string? After { get; init; }

    /// <summary>Keys and common prefixes together, 1 to 1,000.</summary>
    public int EntriesMax { get; init; } = 1000;
}
