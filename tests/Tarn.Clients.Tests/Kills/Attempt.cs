namespace Tarn.Clients.Tests.Kills;

/// <summary>One request to make a key hold something, or nothing.</summary>
/// <param name="Hash">SHA-256 of what the key holds when it succeeds; null: nothing.</param>
/// <param name="Start">When it was sent, in events of the ledger.</param>
internal sealed record Attempt(string Key, string? Hash, long Start)
{
    public const long Unanswered = long.MaxValue;

    /// <summary>When its answer came; an unanswered one may have taken effect at any time since its start.</summary>
    public long End { get; set; } = Unanswered;

    /// <summary>The answer said that nothing has changed.</summary>
    public bool IsRefused { get; set; }
}
