namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>A shard iterator that the server gave.</summary>
/// <param name="Index">Of the first record that it has still to give, in the model's list.</param>
internal sealed record ModelIterator(
    string Token, ModelStream Stream, ModelShard Shard, int Index, DateTimeOffset GivenAt)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(5);
}
