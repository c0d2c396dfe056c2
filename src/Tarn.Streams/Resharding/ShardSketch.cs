namespace Tarn.Streams.Resharding;

/// <summary>A shard to be made.</summary>
/// <param name="Passing">Only a step on the way: closed in the change that makes it, and never written to.</param>
internal sealed record ShardSketch(
    uint Number, UInt128 HashFrom, UInt128 HashTo, uint Parent, uint? AdjacentParent, bool Passing);
