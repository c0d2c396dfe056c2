namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>What a snapshot says of one leaf's state.</summary>
/// <param name="Groups">Groups or kept rows that follow the header.</param>
/// <param name="NextRow">Number of the next row that is kept.</param>
/// <param name="ClosedUpTo">Microseconds; windows that end up to there are shown.</param>
/// <param name="HasTimes">The time at which each last changed follows its columns.</param>
internal sealed record SnapshotLeaf(int Groups, long NextRow, long ClosedUpTo, bool HasTimes);
