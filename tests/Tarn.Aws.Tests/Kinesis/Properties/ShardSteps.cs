using System.Text.Json.Nodes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>Steps that change shards, and the listing of them.</summary>
internal sealed class ShardSteps(World world, ShardChecks checks)
{
    private const int OpenMax = 7;

    private static readonly string[] Filters =
        ["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"];

    public async Task SplitAsync(Step step)
    {
        if (Find(step) is not { } stream || stream.Open.Count >= OpenMax)
        {
            return;
        }

        var from = step.C % 7 == 0 ? stream.Kept(world.Now) : stream.Open;
        var shard = from[step.B % from.Count];
        var key = (step.C % 5) switch
        {
            0 => shard.From + 2,
            1 => shard.To - 1,
            2 => shard.From + 1,
            _ => shard.From + ((shard.To - shard.From) / 100 * (UInt128)step.C) + 1,
        };
        var fits = key > shard.From && key - shard.From > 1 && key < shard.To;
        var code = stream.OnDemand ? "ValidationException" : !shard.IsOpen || !fits ? "InvalidArgumentException" : null;
        var now = world.Now;
        if (await world.ExpectAsync(
            code,
            "SplitShard",
            ("StreamName", stream.Name),
            ("ShardToSplit", shard.Id),
            ("NewStartingHashKey", key.ToString())))
        {
            stream.Split(shard, key, now);
        }

        await checks.CompareAsync(stream);
    }

    public async Task MergeAsync(Step step)
    {
        if (Find(step) is not { } stream)
        {
            return;
        }

        var open = stream.Open;
        var (lower, upper) = (open[step.B % open.Count], open[(step.B + 1) % open.Count]);
        var adjacent = lower.To != UInt128.MaxValue && lower.To + 1 == upper.From;
        var code = stream.OnDemand ? "ValidationException" : adjacent ? null : "InvalidArgumentException";
        var now = world.Now;
        if (await world.ExpectAsync(
            code,
            "MergeShards",
            ("StreamARN", stream.Arn),
            ("ShardToMerge", lower.Id),
            ("AdjacentShardToMerge", upper.Id)))
        {
            stream.Merge(lower, upper, now);
        }

        await checks.CompareAsync(stream);
    }

    public async Task ScaleAsync(Step step)
    {
        if (Find(step) is not { } stream)
        {
            return;
        }

        var current = stream.Open.Count;
        var target = Math.Min(1 + (step.B % ((current * 2) + 1)), OpenMax);
        var code = stream.OnDemand ? "ValidationException"
            : target > current * 2 || target * 2 < current ? "LimitExceededException"
            : null;
        var now = world.Now;
        if (await world.ExpectAsync(
            code,
            "UpdateShardCount",
            ("StreamName", stream.Name),
            ("TargetShardCount", target),
            ("ScalingType", "UNIFORM_SCALING"))
            && target != current)
        {
            await ScaledShards.AdoptAsync(stream, target, checks, now);
        }

        await checks.CompareAsync(stream);
    }

    public async Task ListAsync(Step step)
    {
        if (Find(step) is not { } stream)
        {
            return;
        }

        var type = Filters[step.B % Filters.Length];
        var after = type == "AFTER_SHARD_ID" ? step.C % stream.Shards.Count : (int?)null;
        var time = type.EndsWith("TIMESTAMP", StringComparison.Ordinal)
            ? world.Marks[step.C % world.Marks.Count]
            : (DateTimeOffset?)null;
        var filter = new JsonObject { ["Type"] = type };
        if (after is not null)
        {
            filter["ShardId"] = stream.Shards[after.Value].Id;
        }

        if (time is not null)
        {
            filter["Timestamp"] = time.Value.ToUnixTimeMilliseconds() / 1000.0;
        }

        var expected = stream.Filter(type, after, time, world.Now).Select(shard => shard.Id);
        var actual = new List<string>();
        var page = await world.OkAsync(
            "ListShards", ("StreamName", stream.Name), ("ShardFilter", filter), ("MaxResults", 1 + (step.C % 4)));
        while (true)
        {
            actual.AddRange(page["Shards"]!.AsArray().Select(shard => (string)shard!["ShardId"]!));
            if ((string?)page["NextToken"] is not { } token)
            {
                break;
            }

            page = await world.OkAsync("ListShards", ("NextToken", token), ("MaxResults", 1 + (step.C % 4)));
        }

        Mismatch.UnlessEqual(
            string.Join(' ', expected), string.Join(' ', actual), $"ListShards {filter.ToJsonString()}");
    }

    private ModelStream? Find(Step step) => world.Streams.GetValueOrDefault(world.NameAt(step.A));
}
