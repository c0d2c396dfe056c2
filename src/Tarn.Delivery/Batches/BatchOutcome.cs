using Tarn.Delivery.Checkpoints;

namespace Tarn.Delivery.Batches;

/// <summary>What became of a planned batch.</summary>
internal sealed record BatchOutcome
{
    /// <summary>Delivered.</summary>
    public required long Records { get; init; }

    /// <summary>Put where failures go.</summary>
    public required long FailedRecords { get; init; }

    /// <summary>Data objects.</summary>
    public required int Objects { get; init; }

    public required string? LastObject { get; init; }

    /// <summary>The outputs whose folders are partitions of the table.</summary>
    public IReadOnlyList<PlannedOutput> Folders { get; init; } = [];

    public IReadOnlyDictionary<string, string> UnknownMembers { get; init; } = new Dictionary<string, string>();

    /// <param name="outputs">That stand.</param>
    public static BatchOutcome Of(
        IReadOnlyList<PlannedOutput> outputs, IReadOnlyDictionary<string, string> unknownMembers)
    {
        var data = outputs.Where(output => output.Kind == OutputKind.Data).ToList();
        return new BatchOutcome
        {
            Records = data.Sum(output => output.Records),
            FailedRecords = outputs.Where(output => output.Kind == OutputKind.Failures).Sum(output => output.Records),
            Objects = data.Count,
            LastObject = data.Count == 0 ? null : data[^1].Object,
            Folders = [.. data.Where(output => output.Partition is not null)],
            UnknownMembers = unknownMembers,
        };
    }
}
