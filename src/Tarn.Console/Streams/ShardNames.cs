namespace Tarn.Console.Streams;

/// <summary>Shard ids as people read them.</summary>
internal static class ShardNames
{
    private const string Prefix = "shardId-";

    /// <summary><c>shardId-000000000012</c> as <c>12</c>.</summary>
    public static string Short(string shardId) =>
        shardId.StartsWith(Prefix, StringComparison.Ordinal) && shardId[Prefix.Length..].TrimStart('0') is var number
            ? number.Length == 0 ? "0" : number
            : shardId;
}
