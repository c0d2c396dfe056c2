using System.Globalization;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>A shard as Kinesis' documentation says it must be.</summary>
internal sealed class ModelShard
{
    public required int Index { get; init; }

    public required UInt128 From { get; init; }

    public required UInt128 To { get; init; }

    public int? Parent { get; init; }

    public int? AdjacentParent { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>As the server first said it; it must not change afterwards.</summary>
    public ulong? First { get; set; }

    /// <summary>As the server first said it once closed.</summary>
    public ulong? Last { get; set; }

    public List<ModelRecord> Records { get; } = [];

    public string Id => string.Create(CultureInfo.InvariantCulture, $"shardId-{Index:D12}");

    public IEnumerable<int> Parents => new[] { Parent, AdjacentParent }.OfType<int>();

    public bool IsOpen => ClosedAt is null;

    public bool Owns(UInt128 key) => From <= key && key <= To;
}
