namespace Tarn.Storage.Access;

/// <summary>What a user may do below a place.</summary>
/// <param name="Prefix">
/// Empty: the whole bucket. Otherwise the key of that name and all keys below it: <c>logs</c> and <c>logs/</c> cover
/// <c>logs/a</c>, neither covers <c>logs-old/a</c>. It is taken literally, without wildcards.
/// </param>
public sealed record Grant(string UserName, GrantLevel Level, string Bucket, string Prefix)
{
    /// <summary>The place as the command line writes it: <c>lake/logs/</c>.</summary>
    public string Place => Prefix.Length == 0 ? Bucket : $"{Bucket}/{Prefix}";

    /// <summary>Whether the grant is about this object.</summary>
    public bool Covers(string key) =>
        Prefix.Length == 0
        || (key.StartsWith(Prefix, StringComparison.Ordinal)
            && (Prefix[^1] == '/' || key.Length == Prefix.Length || key[Prefix.Length] == '/'));

    /// <summary>Whether it is about every object whose key begins so.</summary>
    public bool CoversListing(string prefix) =>
        Prefix.Length == 0
        || prefix.StartsWith(Prefix[^1] == '/' ? Prefix : Prefix + "/", StringComparison.Ordinal);
}
