namespace Tarn.Storage.Tests.Objects;

/// <summary>
/// What a store behind an S3 service may lack because the service does. Conditions that it lacks are refused by name,
/// which the contracts then look for.
/// </summary>
public sealed record StoreTraits
{
    public static StoreTraits Whole { get; } = new();

    /// <summary>If-Match of puts.</summary>
    public bool MatchesETags { get; init; } = true;

    public bool HasConditionalCopies { get; init; } = true;

    public bool HasConditionalCompletions { get; init; } = true;

    /// <summary>Parts that a completion does not name are dropped; else it is refused by name.</summary>
    public bool DropsParts { get; init; } = true;

    /// <summary>An object keeps its date when its tags are replaced.</summary>
    public bool DatesBytesOnly { get; init; } = true;

    /// <summary>Keys of a listing that is walked in pages of one: each is a request.</summary>
    public int WalkedKeys { get; init; } = 150;
}
