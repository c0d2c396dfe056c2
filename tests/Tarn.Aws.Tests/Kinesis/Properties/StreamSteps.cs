using System.Text.Json.Nodes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>Steps on streams as wholes: their life, settings, tags and consumers.</summary>
internal sealed class StreamSteps(World world, ShardChecks checks)
{
    private const int ShardsMax = 4;

    public async Task CreateAsync(Step step)
    {
        var name = world.NameAt(step.A);
        var count = 1 + (step.B % ShardsMax);
        var exists = world.Streams.ContainsKey(name);
        var now = world.Now;
        if (!await world.ExpectAsync(
            exists ? "ResourceInUseException" : null,
            "CreateStream",
            ("StreamName", name),
            ("ShardCount", count)))
        {
            return;
        }

        var stream = new ModelStream(name, now);
        stream.OpenEvenly(count);
        world.Streams.Add(name, stream);
        await checks.CompareAsync(stream);
        var floor = world.Floors.GetValueOrDefault(name);
        Mismatch.Unless(
            stream.Shards.All(shard => shard.First > floor), $"numbers of {name} begin again below {floor}");
    }

    public async Task DeleteAsync(Step step, bool enforce)
    {
        var name = world.NameAt(step.A);
        var stream = world.Streams.GetValueOrDefault(name);
        var code = stream is null ? "ResourceNotFoundException"
            : stream.Consumers.Count > 0 && !enforce ? "ResourceInUseException"
            : null;
        if (await world.ExpectAsync(
            code,
            "DeleteStream",
            ("StreamName", name),
            ("EnforceConsumerDeletion", enforce)))
        {
            world.Floors[name] = stream!.Shards.Max(shard =>
                shard.Records.Count > 0 ? shard.Records[^1].Number : shard.First!.Value);
            world.Streams.Remove(name);
        }
    }

    public async Task ChangeRetentionAsync(Step step)
    {
        var name = world.NameAt(step.A);
        var stream = world.Streams.GetValueOrDefault(name);
        var hours = 24 * (1 + (step.B % 3));
        var increase = step.C % 2 == 0;
        if (stream is not null && hours > stream.RetentionHours && HasExpired(stream))
        {
            return; // whether what has expired comes back is left open
        }

        var code = stream is null ? "ResourceNotFoundException"
            : (increase ? hours < stream.RetentionHours : hours > stream.RetentionHours) ? "InvalidArgumentException"
            : null;
        if (await world.ExpectAsync(
            code,
            (increase ? "Increase" : "Decrease") + "StreamRetentionPeriod",
            ("StreamName", name),
            ("RetentionPeriodHours", hours)))
        {
            stream!.RetentionHours = hours;
        }
    }

    public async Task ChangeModeAsync(Step step)
    {
        if (world.Streams.GetValueOrDefault(world.NameAt(step.A)) is not { } stream)
        {
            return;
        }

        stream.OnDemand = step.B % 2 == 0;
        await world.OkAsync(
            "UpdateStreamMode",
            ("StreamARN", stream.Arn),
            ("StreamModeDetails", new JsonObject
            {
                ["StreamMode"] = stream.OnDemand ? "ON_DEMAND" : "PROVISIONED",
            }));
        await checks.CompareAsync(stream);
    }

    public async Task TagAsync(Step step, bool remove)
    {
        if (world.Streams.GetValueOrDefault(world.NameAt(step.A)) is not { } stream)
        {
            return;
        }

        var consumer = stream.Consumers.Values.ElementAtOrDefault(step.C % (stream.Consumers.Count + 1));
        var (arn, tags) = consumer is null ? (stream.Arn, stream.Tags) : (consumer.Arn, consumer.Tags);
        var key = "key " + (step.B % 4);
        if (remove)
        {
            tags.Remove(key);
            await world.OkAsync("UntagResource", ("ResourceARN", arn), ("TagKeys", new JsonArray(key)));
        }
        else
        {
            tags[key] = $"value {step.C}";
            await world.OkAsync(
                "TagResource", ("ResourceARN", arn), ("Tags", new JsonObject { [key] = tags[key] }));
        }

        await checks.CompareTagsAsync(arn, tags);
    }

    public async Task RegisterAsync(Step step)
    {
        if (world.Streams.GetValueOrDefault(world.NameAt(step.A)) is not { } stream)
        {
            return;
        }

        var name = "reader-" + (step.B % 3);
        if (stream.Consumers.ContainsKey(name))
        {
            await world.ExpectAsync(
                "ResourceInUseException",
                "RegisterStreamConsumer",
                ("StreamARN", stream.Arn),
                ("ConsumerName", name));
            return;
        }

        var answer = await world.OkAsync(
            "RegisterStreamConsumer", ("StreamARN", stream.Arn), ("ConsumerName", name));
        stream.Consumers.Add(name, new ModelConsumer(name, (string)answer["Consumer"]!["ConsumerARN"]!));
        await checks.CompareConsumersAsync(stream);
    }

    public async Task DeregisterAsync(Step step)
    {
        var stream = world.Streams.GetValueOrDefault(world.NameAt(step.A));
        var name = "reader-" + (step.B % 3);
        var there = stream?.Consumers.ContainsKey(name) ?? false;
        var arn = "arn:aws:kinesis:us-east-1:000000000000:stream/" + world.NameAt(step.A);
        if (await world.ExpectAsync(
            there ? null : "ResourceNotFoundException",
            "DeregisterStreamConsumer",
            ("StreamARN", arn),
            ("ConsumerName", name)))
        {
            stream!.Consumers.Remove(name);
            await checks.CompareConsumersAsync(stream);
        }
    }

    public async Task ListAsync()
    {
        var names = new List<string>();
        string? after = world.Names[0][..^2];
        do
        {
            var page = await world.OkAsync("ListStreams", ("ExclusiveStartStreamName", after), ("Limit", 1));
            names.AddRange(page["StreamNames"]!.AsArray().Select(name => (string)name!));
            after = (bool)page["HasMoreStreams"]! ? names[^1] : null;
        }
        while (after is not null);

        var ours = names.Where(name => world.Names.Contains(name));
        Mismatch.UnlessEqual(
            string.Join(',', world.Streams.Keys.Order(StringComparer.Ordinal)), string.Join(',', ours), "ListStreams");
    }

    private bool HasExpired(ModelStream stream) => stream.Shards.Any(shard =>
        stream.IsExpired(shard, world.Now) || shard.Records.Any(record => stream.IsExpired(record, world.Now)));
}
