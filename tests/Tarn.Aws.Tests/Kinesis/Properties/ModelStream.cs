using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>A stream as Kinesis' documentation says it must be. Knows nothing of how Tarn does it.</summary>
internal sealed class ModelStream(string name, DateTimeOffset createdAt)
{
    public string Name { get; } = name;

    public string Arn { get; } = "arn:aws:kinesis:us-east-1:000000000000:stream/" + name;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public int RetentionHours { get; set; } = 24;

    public bool OnDemand { get; set; }

    public List<ModelShard> Shards { get; } = [];

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, ModelConsumer> Consumers { get; } = new(StringComparer.Ordinal);

    public List<ModelShard> Open => [.. Shards.Where(shard => shard.IsOpen).OrderBy(shard => shard.From)];

#pragma warning disable CA5351 // Kinesis routes by MD5
    public static UInt128 HashOf(string key) =>
        BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(Encoding.UTF8.GetBytes(key)));
#pragma warning restore CA5351

    /// <summary>Even ranges: each begins at its part of 2^128, rounded down as Kinesis does.</summary>
    public void OpenEvenly(int count)
    {
        var (size, rest) = UInt128.DivRem(UInt128.MaxValue, (UInt128)count);
        size += rest + 1 == (UInt128)count ? 1u : 0u;
        for (var i = 0; i < count; i++)
        {
            Shards.Add(new ModelShard
            {
                Index = i,
                From = size * (UInt128)i,
                To = i == count - 1 ? UInt128.MaxValue : (size * (UInt128)(i + 1)) - 1,
                OpenedAt = CreatedAt,
            });
        }
    }

    public ModelShard OwnerOf(UInt128 key) => Shards.Single(shard => shard.IsOpen && shard.Owns(key));

    public void Split(ModelShard shard, UInt128 start, DateTimeOffset now)
    {
        shard.ClosedAt = now;
        Add(shard.From, start - 1, shard, null, now);
        Add(start, shard.To, shard, null, now);
    }

    public void Merge(ModelShard lower, ModelShard upper, DateTimeOffset now)
    {
        (lower.ClosedAt, upper.ClosedAt) = (now, now);
        Add(lower.From, upper.To, lower, upper, now);
    }

    public DateTimeOffset Horizon(DateTimeOffset now) => now - TimeSpan.FromHours(RetentionHours);

    public bool IsExpired(ModelShard shard, DateTimeOffset now) => shard.ClosedAt < Horizon(now);

    public bool IsExpired(ModelRecord record, DateTimeOffset now) => record.At < Horizon(now);

    public List<ModelShard> Kept(DateTimeOffset now) => [.. Shards.Where(shard => !IsExpired(shard, now))];

    /// <summary>What a reader that stands at that record must get.</summary>
    public List<ModelRecord> Readable(ModelShard shard, int index, DateTimeOffset now) =>
        [.. shard.Records.Skip(index).SkipWhile(record => IsExpired(record, now))];

    /// <summary>The answer of ListShards.</summary>
    public IEnumerable<ModelShard> Filter(string type, int? afterShard, DateTimeOffset? time, DateTimeOffset now)
    {
        var kept = Kept(now);
        var horizon = Horizon(now) > CreatedAt ? Horizon(now) : CreatedAt;
        return type switch
        {
            "AFTER_SHARD_ID" => kept.Where(shard => shard.Index > afterShard),
            "AT_LATEST" => kept.Where(shard => shard.IsOpen),
            "FROM_TIMESTAMP" => kept.Where(shard => shard.IsOpen || shard.ClosedAt >= time),
            "AT_TIMESTAMP" when time > horizon =>
                kept.Where(shard => shard.OpenedAt <= time && (shard.IsOpen || shard.ClosedAt >= time)),
            "AT_TIMESTAMP" or "AT_TRIM_HORIZON" =>
                kept.Where(shard => !shard.Parents.Any(parent => !IsExpired(Shards[parent], now))),
            _ => kept,
        };
    }

    private void Add(UInt128 from, UInt128 to, ModelShard parent, ModelShard? adjacent, DateTimeOffset now) =>
        Shards.Add(new ModelShard
        {
            Index = Shards.Count,
            From = from,
            To = to,
            Parent = parent.Index,
            AdjacentParent = adjacent?.Index,
            OpenedAt = now,
        });
}
