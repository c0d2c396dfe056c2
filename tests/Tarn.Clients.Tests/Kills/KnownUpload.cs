namespace Tarn.Clients.Tests.Kills;

/// <summary>An upload in parts whose beginning was acknowledged.</summary>
internal sealed class KnownUpload(string key, string id)
{
    public string Key { get; } = key;

    public string Id { get; } = id;

    /// <summary>Acknowledged parts' ETags by number.</summary>
    public SortedDictionary<int, string> Parts { get; } = [];

    /// <summary>Numbers of parts that were sent again, without an answer: their ETag may be another now.</summary>
    public HashSet<int> InDoubt { get; } = [];

    /// <summary>SHA-256 of the whole, once all parts are acknowledged; null: more were to come.</summary>
    public string? Hash { get; set; }

    /// <summary>Its completion or abort was sent.</summary>
    public bool IsEnding { get; set; }

    /// <summary>... and acknowledged.</summary>
    public bool IsEnded { get; set; }
}
